import { t } from '#schemas/text/text.ts';
import type { DashboardTarget } from '#schemas/protocol/dashboard.ts';
import type { ClientContext } from '../context/client-context.ts';
import type { ServerNode } from '../../views/servers/server-nodes.ts';
import { pickTarget } from '../context/pick-target.ts';
import { selectRows } from '../context/row-selection.ts';

/** Handlers of what shows metrics. */
export const dashboardCommands = {
  /** Of the rows it was called on; without one, of the whole project. */
  'ict.showDashboard': async (context: ClientContext, argument: unknown, selection: unknown) => {
    const nodes = selectRows(argument, selection).flatMap((row) => context.servers.resolve(row) ?? []);
    const target = nodes.length > 0 ? targetOfRows(nodes, context) : await targetOfPlace(context, argument, selection);
    if (target) await context.dashboards.show(target);
  },
} as const;

/** Rows of one file: those of another are left to another dashboard. Undefined: none of them is a server. */
function targetOfRows(nodes: readonly ServerNode[], { render }: ClientContext): DashboardTarget | undefined {
  const [first] = nodes;
  if (!first) return undefined;
  if (first.kind === 'project') return { file: first.project.file, title: first.project.view?.project ?? first.project.file };
  const own = nodes.filter((node) => node.kind !== 'project' && node.file === first.file);
  const names = own.flatMap((node): readonly string[] => {
    if (node.kind === 'server') return [node.server.address];
    if (node.kind !== 'group') return [];
    // A group of the tree's own, such as a data centre, is known to nobody else.
    return node.target === undefined
      ? node.children.flatMap((child) => (child.kind === 'server' ? [child.server.address] : []))
      : [node.target];
  });
  const titles = own.flatMap((node) => {
    if (node.kind === 'server') return [node.server.name];
    return node.kind === 'group' ? [render(node.label)] : [];
  });
  return names.length === 0 ? undefined : { file: first.file, title: titles.join(', '), names };
}

/** From a code lens, the editor or the palette. */
async function targetOfPlace(context: ClientContext, argument: unknown, selection: unknown): Promise<DashboardTarget | undefined> {
  const target = await pickTarget(context, argument, selection);
  if (!target) return undefined;
  const { file, names } = target;
  const project = context.feed.projects.find((one) => one.file === file)?.view?.project;
  if (names.length > 0) return { file, names: [...names], title: names.join(', ') };
  return { file, title: project ?? context.render(t('All servers')) };
}

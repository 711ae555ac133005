import type { RenderText } from '#core/text/render-text.ts';
import type { SurveyFinding } from '#schemas/survey/survey-report.ts';
import { t, type Text, tn } from '#schemas/text/text.ts';
import type { Style } from '../terminal/style.ts';

/** Sections of docs/reference/1cloud-api.md. */
const titles: Readonly<Record<string, Text>> = {
  '1': t('Transport'),
  '3': t('Servers'),
  '3.1': t('Server object'),
  '3.2': t('Server states'),
  '3.3': t('Network links of a server'),
  '3.4': t('Limits of a server'),
  '3.6': t('Disk types'),
  '3.8': t('Actions'),
  '4': t('Images'),
  '6': t('Data centers'),
  '7': t('SSH keys'),
  '8.1': t('Private networks'),
  '8.2': t('Public networks'),
  '9': t('Account and money'),
  '10': t('Storage'),
  '11': t('DNS'),
  '12': t('Errors'),
  '13': t('Rate limits'),
  '14': t('Order of events'),
  '16': t('Open questions'),
};

const kinds: Readonly<Record<SurveyFinding['kind'], Text>> = { different: t('differs'), new: t('new'), answer: t('settles') };

/** A survey as text: one block for each section of the API reference. */
export function renderSurvey(
  survey: { host: string; requests: number; confirmed: number; findings: readonly SurveyFinding[] },
  render: RenderText,
  style: Style,
): string {
  const { host, requests, confirmed, findings } = survey;
  const lines = [
    `${host}: ${[tn(requests, '{0} request', '{0} requests'), tn(confirmed, '{0} assumption confirmed', '{0} assumptions confirmed'), tn(findings.length, '{0} finding', '{0} findings')].map(render).join(', ')}`,
  ];
  const marks = { different: style.red, new: style.yellow, answer: style.dim } as const;
  const width = Math.max(...Object.values(kinds).map((kind) => render(kind).length));
  let section = '';
  for (const finding of findings) {
    if (finding.section !== section) {
      section = finding.section;
      const title = titles[section];
      lines.push('', `${section} ${title === undefined ? '' : render(title)}`.trimEnd());
    }
    lines.push(`  ${marks[finding.kind](render(kinds[finding.kind]).padEnd(width))}  ${finding.request}: ${render(finding.text)}`);
  }
  return `${lines.join('\n')}\n\n`;
}

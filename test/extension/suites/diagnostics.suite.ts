import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode';
import { codeOf, diagnosticsWhen } from '../helpers/diagnostics.ts';
import { openProject, type Project, replaceText } from '../helpers/project.ts';

suite('diagnostics', () => {
  let project: Project;
  suiteSetup(async () => {
    project = await openProject('examples/shop');
  });
  suiteTeardown(() => project.close());

  test('a mistake shows where it is and goes with its cause', async () => {
    const document = await project.show('infra.yaml');
    await replaceText(document, 'size: small', 'size: smoll');
    const [problem] = await diagnosticsWhen(document.uri, (found) => found.length > 0);
    assert.ok(problem);
    assert.equal(document.getText(problem.range), 'smoll');
    assert.equal(problem.severity, DiagnosticSeverity.Error);
    assert.equal(problem.source, 'ict');
    assert.match(problem.message, /Did you mean `small`\?/);
    assert.notEqual(codeOf(problem), '');
    await replaceText(document, 'size: smoll', 'size: small');
    assert.deepEqual(await diagnosticsWhen(document.uri, (found) => found.length === 0), []);
  });

  test('text that is no YAML is reported, not thrown over', async () => {
    await project.write('broken.infra.yaml', 'version: 1\nservers: { web: [\n');
    const document = await project.show('broken.infra.yaml');
    const found = await diagnosticsWhen(document.uri, (all) => all.length > 0);
    assert.ok(found.every(({ severity }) => severity === DiagnosticSeverity.Error));
  });
});

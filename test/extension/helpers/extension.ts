import assert from 'node:assert/strict';
import { type Extension, extensions } from 'vscode';

/** The extension under test, whether under development or installed. */
export function ourExtension(): Extension<unknown> {
  const id = process.env['ICT_TEST_EXTENSION'] ?? '';
  const found = extensions.getExtension(id);
  assert.ok(found, `VS Code does not know the extension ${id}`);
  return found;
}

/**
 * A suite over what the extension hands to VS Code and asks of a person. Seen of the working tree alone: an installed package
 * has an instance of VS Code's API of its own, out of reach of tests.
 */
export function worksWithWindow(title: string, define: (this: Mocha.Suite) => void): void {
  if (process.env['ICT_TEST_VSIX'] === undefined) suite(title, define);
  else suite.skip(`${title} (skipped: of a package only its own windows see this)`, define);
}

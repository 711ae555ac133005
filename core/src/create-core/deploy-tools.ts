/** What a surface may ask about the machine before any project is opened. */
export { type BundledContent, findBundledContent } from '../ansible/bundled-content.ts';
export { examineTools, findRemedy, type ToolName, type ToolReport } from '../ansible/examine-tools.ts';

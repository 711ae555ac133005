import {
  DefinitionRequest,
  DocumentHighlightRequest,
  LSPErrorCodes,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
  type LocationLink,
} from 'vscode-languageserver';
import { findDefinition } from '#server/languageservice/navigation/find-definition.ts';
import { findReferences, listHighlights } from '#server/languageservice/navigation/find-references.ts';
import { prepareRename, renameName } from '#server/languageservice/navigation/rename-name.ts';
import { answerAbout, type AnswerContext } from './answer.ts';

/** Definition, references, highlights and renaming: all that goes from a name to its other places. */
export function handleNavigation(context: AnswerContext): void {
  answerAbout(context, DefinitionRequest.type, null, async ({ server, document }, { position }) => {
    const { members } = await server.families.familyOf(document);
    const links = findDefinition(members, document, position, server.resolvePath);
    return server.session.capabilities.definitionLinks ? links : links.map(toLocation);
  });
  answerAbout(context, ReferencesRequest.type, null, async ({ server, document }, { position, context: { includeDeclaration } }) => {
    const { members } = await server.families.familyOf(document);
    return findReferences(members, document, position, includeDeclaration);
  });
  answerAbout(context, DocumentHighlightRequest.type, null, ({ document }, { position }) => listHighlights(document, position));
  answerAbout(context, PrepareRenameRequest.type, null, ({ document }, { position }) => prepareRename(document, position) ?? null);
  answerAbout(context, RenameRequest.type, null, async ({ server, document }, { position, newName }) => {
    const { members } = await server.families.familyOf(document);
    const renaming = renameName(members, document, position, newName);
    if ('edit' in renaming) return renaming.edit;
    throw new ResponseError(LSPErrorCodes.RequestFailed, server.render(renaming.problem));
  });
}

const toLocation = ({ targetUri, targetSelectionRange }: LocationLink) => ({ uri: targetUri, range: targetSelectionRange });

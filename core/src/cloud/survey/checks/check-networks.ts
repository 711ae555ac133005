import { t } from '#schemas/text/text.ts';
import { idOf, isRow, rowsOf } from '../read/exchange.ts';
import { checkWords } from './check-servers.ts';
import { finding, listWords, type SurveyCheck } from './survey-notes.ts';

const networkStates = new Set(['New', 'Active', 'NeedMoney', 'FromPool', 'InPool', 'Blocked', 'Deleting', 'Deleted', 'NotActivated']);

/** Sections 7 and 8: keys and networks, and whether servers and networks tell of the same links. */
export const checkNetworks: SurveyCheck = (answers, notes) => {
  const [servers, keys] = [answers.list('/server'), answers.list('/sshkey')];
  const networks = [...answers.list('/network'), ...answers.list('/publicnetwork')];
  checkWords(notes, '8.1', 'unknown-network-state', '/network', networks, 'State', networkStates);
  checkWords(notes, '8.1', 'unknown-network-type', '/network', answers.list('/network'), 'Type', new Set(['PrivateClient']));
  checkWords(notes, '8.2', 'unknown-public-type', '/publicnetwork', answers.list('/publicnetwork'), 'Type', new Set(['PublicClient']));
  if (keys.length > 0) {
    const bare = keys.filter(({ PublicKey }) => typeof PublicKey === 'string' && !/\s/.test(PublicKey.trim())).length;
    notes.expect(bare === 0, () => finding('7', 'answer', 'key-form', '/sshkey', t('Keys come without their type: {0} of {1}.', bare, keys.length)));
  }
  const linkedKeys = servers.flatMap(({ LinkedSshKeys }) => (Array.isArray(LinkedSshKeys) ? (LinkedSshKeys as unknown[]) : []));
  if (linkedKeys.length > 0) {
    const kinds = linkedKeys.map((key) => (isRow(key) ? `{${Object.keys(key).join(', ')}}` : typeof key));
    notes.add(finding('3.1', 'answer', 'linked-keys', '/server', t('LinkedSshKeys holds {0}.', listWords(kinds))));
  }
  const inServers = servers.flatMap((server) => rowsOf(server['LinkedNetworks']).map(({ NetworkID }) => `${String(idOf(server))}/${String(NetworkID)}`));
  const inNetworks = networks.flatMap((network) => rowsOf(network['LinkedServers']).map(({ ServerID }) => `${String(ServerID)}/${String(idOf(network))}`));
  const missing = inNetworks.filter((link) => !inServers.includes(link)).length;
  if (inNetworks.length > 0) {
    notes.expect(missing === 0, () => finding('8.1', 'different', 'links-agree', '/network', t('Networks name links that their servers do not have: {0}.', missing)));
  }
  const unseen = inServers.filter((link) => !inNetworks.includes(link) && networks.some((network) => String(idOf(network)) === link.split('/')[1])).length;
  if (inServers.length > 0 && networks.length > 0) {
    notes.expect(unseen === 0, () => finding('8.1', 'different', 'links-seen', '/network', t('Servers name links that their networks do not have: {0}.', unseen)));
  }
}; // prettier-ignore

import type { Party } from '../model/party.js';
import type { BootstrapServerStimulus, ClientStimulus, ServerStimulus, StimulusKind } from './contract.js';

const CLIENT: Readonly<Record<ClientStimulus['do'], true>> = {
  set: true,
  update: true,
  deregister: true,
  restart: true,
  bootstrap: true,
  send: true,
  offline: true,
  'insert-card': true,
  value: true,
};

const SERVER: Readonly<Record<ServerStimulus['do'], true>> = {
  read: true,
  discover: true,
  write: true,
  'write-attributes': true,
  execute: true,
  create: true,
  delete: true,
  observe: true,
  cancel: true,
  'read-composite': true,
  'write-composite': true,
  'observe-composite': true,
  'cancel-composite': true,
  registrations: true,
  shown: true,
};

const BOOTSTRAP_SERVER: Readonly<Record<BootstrapServerStimulus['do'], true>> = { provision: true, sessions: true };

const kinds = <K extends StimulusKind>(table: Readonly<Record<K, true>>): readonly StimulusKind[] => {
  const isKind = (name: string): name is K => name in table;
  return Object.keys(table).filter(isKind);
};

/** The stimuli of each party; a kind that the contract gains does not compile until it stands here. */
export const PARTY_STIMULI: Readonly<Record<Party, readonly StimulusKind[]>> = {
  client: kinds(CLIENT),
  server: kinds(SERVER),
  'bootstrap-server': kinds(BOOTSTRAP_SERVER),
};

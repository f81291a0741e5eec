import type { Stimulus, StimulusKind } from './contract.js';

const endpoint = 'check-adapter';

/** A well-formed stimulus of each kind, for trying adapters. */
export const SAMPLE_STIMULI: Readonly<Record<StimulusKind, Stimulus>> = {
  read: { do: 'read', endpoint, path: '/3/0/0' },
  discover: { do: 'discover', endpoint, path: '/3' },
  write: { do: 'write', endpoint, path: '/3/0/14', value: '+01', mode: 'replace' },
  'write-attributes': { do: 'write-attributes', endpoint, path: '/3/0/9', attributes: { pmin: 10, pmax: null } },
  execute: { do: 'execute', endpoint, path: '/1/0/8' },
  create: { do: 'create', endpoint, path: '/3303', value: { '5700': 21.5 } },
  delete: { do: 'delete', endpoint, path: '/3303/0' },
  observe: { do: 'observe', endpoint, path: '/3/0/9' },
  cancel: { do: 'cancel', endpoint, path: '/3/0/9', how: 'active' },
  'read-composite': { do: 'read-composite', endpoint, paths: ['/3/0/9', '/1/0/1'] },
  'write-composite': { do: 'write-composite', endpoint, values: { '/1/0/1': 300 } },
  'observe-composite': { do: 'observe-composite', endpoint, paths: ['/3/0/9'] },
  'cancel-composite': { do: 'cancel-composite', endpoint, paths: ['/3/0/9'], how: 'passive' },
  registrations: { do: 'registrations' },
  shown: { do: 'shown', endpoint, path: '/3/0/0' },
  set: { do: 'set', path: '/3/0/14', value: '+01' },
  update: { do: 'update' },
  deregister: { do: 'deregister' },
  restart: { do: 'restart' },
  bootstrap: { do: 'bootstrap' },
  send: { do: 'send', paths: ['/3/0/9'] },
  offline: { do: 'offline', seconds: 1 },
  'insert-card': { do: 'insert-card', values: { '/1/0/1': 60 }, files: { '6432': '0001000b0001000006080003c1013c' } },
  value: { do: 'value', path: '/3/0/0' },
  provision: { do: 'provision', endpoint, deletes: ['/'], writes: { '/1/0': { '1': 300 } } },
  sessions: { do: 'sessions' },
};

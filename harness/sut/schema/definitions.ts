import type { BootstrapStep, StimulusKind } from '../contract.js';

/** Fields that every stimulus of a kind must and may have: `!` marks those that must be there. */
const FIELDS: Readonly<Record<StimulusKind, readonly string[]>> = {
  read: ['endpoint!', 'path!', 'format'],
  discover: ['endpoint!', 'path!', 'depth'],
  write: ['endpoint!', 'path!', 'value!', 'mode!', 'format'],
  'write-attributes': ['endpoint!', 'path!', 'attributes!'],
  execute: ['endpoint!', 'path!', 'arguments'],
  create: ['endpoint!', 'path!', 'instance', 'value:plain-content!', 'format'],
  delete: ['endpoint!', 'path!'],
  observe: ['endpoint!', 'path!', 'format', 'attributes'],
  cancel: ['endpoint!', 'path!', 'how!'],
  'read-composite': ['endpoint!', 'paths!', 'format'],
  'write-composite': ['endpoint!', 'values!', 'format'],
  'observe-composite': ['endpoint!', 'paths!', 'format'],
  'cancel-composite': ['endpoint!', 'paths!', 'how!'],
  registrations: [],
  shown: ['endpoint!', 'path!'],
  set: ['path!', 'value:plain!'],
  update: [],
  deregister: [],
  restart: [],
  bootstrap: [],
  send: ['paths!', 'format'],
  offline: ['seconds!'],
  'insert-card': ['values!', 'files!'],
  value: ['path!'],
  provision: ['endpoint!', 'deletes!', 'writes!', 'format', 'steps'],
  sessions: [],
};

/** Every kind of stimulus there is. */
export const STIMULUS_KINDS: readonly string[] = Object.keys(FIELDS);

const reference = (name: string): object => ({ $ref: `#/definitions/${name}` });

const FIELD_SCHEMAS: Readonly<Record<string, object>> = {
  endpoint: { type: 'string', description: 'Endpoint client name' },
  path: reference('path'),
  paths: { type: 'array', items: reference('path') },
  deletes: { type: 'array', items: reference('path') },
  format: {
    type: 'integer',
    minimum: 0,
    maximum: 65_535,
    description: 'Content-Format number; without it the party chooses',
  },
  depth: { type: 'integer', minimum: 0 },
  value: reference('content'),
  'value:plain': reference('plain'),
  'value:plain-content': reference('plainContent'),
  values: reference('plainContent'),
  writes: { type: 'object', additionalProperties: reference('content') },
  steps: { type: 'array', items: reference('bootstrapStep') },
  optional: { type: 'boolean', description: 'The session goes on when the client refuses it' },
  mode: { enum: ['replace', 'update'] },
  attributes: {
    type: 'object',
    additionalProperties: { type: ['number', 'string', 'null'] },
    description: 'Notification attributes; null removes one',
  },
  arguments: { type: 'string' },
  instance: { type: 'integer', minimum: 0, maximum: 65_535 },
  how: {
    enum: ['active', 'passive'],
    description: 'active: GET with Observe 1; passive: RST to the next notification',
  },
  seconds: { type: 'number', minimum: 0 },
  files: {
    type: 'object',
    additionalProperties: { type: 'string', pattern: '^([0-9a-f]{2})*$' },
    description: 'Elementary files of a smart card by identifier, in hexadecimal',
  },
};

/** Likewise of the commands of a bootstrap session. */
const STEP_FIELDS: Readonly<Record<BootstrapStep['do'], readonly string[]>> = {
  discover: ['path!'],
  read: ['path!', 'format'],
  delete: ['path!', 'optional'],
  write: ['path!', 'value!', 'format', 'optional'],
  finish: [],
};

const choiceOf = (table: Readonly<Record<string, readonly string[]>>): object => ({
  anyOf: Object.entries(table).map(([kind, fields]) => stimulusSchema(kind, fields)),
});

function stimulusSchema(kind: string, fields: readonly string[]): object {
  const properties: Record<string, object> = { do: { const: kind } };
  const required = ['do'];
  for (const field of fields) {
    const key = field.replace('!', '');
    const name = key.replace(/:.*/, '');
    properties[name] = FIELD_SCHEMAS[key] ?? {};
    if (field.endsWith('!')) required.push(name);
  }
  return { type: 'object', properties, required, additionalProperties: false };
}

const party = { enum: ['client', 'server', 'bootstrap-server'] };

/** The values of the contract, as JSON Schema (draft-07) definitions. */
export const definitions: Readonly<Record<string, object>> = {
  path: { type: 'string', pattern: '^/((0|[1-9][0-9]{0,4})(/(0|[1-9][0-9]{0,4})){0,3})?$' },
  plain: {
    type: ['string', 'number', 'boolean'],
    description: 'Integers above 2^53 as decimal string, opaque as hexadecimal, an object link as "o:i"',
  },
  plainContent: {
    type: 'object',
    additionalProperties: reference('plain'),
    description: 'Values by path relative to the target: { "14": "+02", "7/0": 3800 }',
  },
  content: { anyOf: [reference('plain'), reference('plainContent')] },
  bootstrapStep: choiceOf(STEP_FIELDS),
  stimulus: choiceOf(FIELDS),
  outcome: {
    description: 'What the party says came of a stimulus; may come before, with or after the effect on the wire',
    anyOf: [
      { const: 'unsupported' },
      {
        type: 'object',
        properties: { refused: { type: 'string' } },
        required: ['refused'],
        additionalProperties: false,
      },
      { type: 'object', properties: { failed: { type: 'string' } }, required: ['failed'], additionalProperties: false },
      { type: 'object', properties: { told: {} }, additionalProperties: false },
    ],
  },
  peer: {
    type: 'object',
    properties: { party, uri: { type: 'string' }, shortServerId: { type: 'integer', minimum: 1, maximum: 65_535 } },
    required: ['party', 'uri'],
    additionalProperties: false,
  },
  setup: {
    type: 'object',
    properties: {
      case: { type: 'string', description: "Id of the case, for the party's log" },
      endpoint: { type: 'string' },
      enabler: { enum: ['1.0', '1.1', '1.2'] },
      configuration: {
        type: 'object',
        properties: { id: { type: 'string' }, values: reference('plainContent') },
        required: ['id', 'values'],
        additionalProperties: false,
      },
      peers: { type: 'array', items: reference('peer') },
      credentials: { type: 'object', additionalProperties: { type: 'string' } },
    },
    required: ['case', 'endpoint', 'enabler', 'configuration', 'peers', 'credentials'],
    additionalProperties: false,
  },
  description: {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1 },
      version: { type: 'string' },
      party,
      stimuli: { type: 'array', items: { enum: STIMULUS_KINDS }, uniqueItems: true },
      statement: { type: 'object', additionalProperties: { type: 'boolean' } },
    },
    required: ['name', 'version', 'party', 'stimuli'],
    additionalProperties: false,
  },
  started: {
    type: 'object',
    properties: { address: { type: 'string', description: 'Where a server listens: host:port' } },
    additionalProperties: false,
  },
  event: {
    type: 'object',
    properties: {
      event: { enum: ['registered', 'updated', 'deregistered', 'notified', 'sent', 'bootstrapped', 'log'] },
      endpoint: { type: 'string' },
      path: { type: 'string' },
      text: { type: 'string' },
    },
    required: ['event'],
    additionalProperties: false,
  },
  greeting: {
    type: 'object',
    properties: { protocols: { type: 'array', items: { type: 'integer' }, minItems: 1 }, name: { type: 'string' } },
    required: ['protocols'],
  },
  welcome: {
    type: 'object',
    properties: {
      protocol: { type: 'integer', description: 'The one version chosen of those offered' },
      capabilities: {
        type: 'array',
        items: { type: 'string' },
        description: '"events": event messages will come by themselves',
      },
    },
    required: ['protocol'],
  },
};

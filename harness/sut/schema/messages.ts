import { definitions } from './definitions.js';

const DRAFT = 'http://json-schema.org/draft-07/schema#';

/** One call of the contract: its parameters and its result, by name of a definition. */
export interface Method {
  readonly params: string | undefined;
  readonly result: string | undefined;
}

/** The calls of protocol version 1. */
export const METHODS = {
  hello: { params: 'greeting', result: 'welcome' },
  describe: { params: undefined, result: 'description' },
  start: { params: 'setup', result: 'started' },
  stimulate: { params: 'stimulus', result: 'outcome' },
  stop: { params: undefined, result: undefined },
} as const satisfies Readonly<Record<string, Method>>;

export type MethodName = keyof typeof METHODS;

/** A schema whose root is one of the definitions. It carries all of them: a file stands for itself. */
export const schemaOf = (name: string, title: string): object => ({
  $schema: DRAFT,
  title,
  $ref: `#/definitions/${name}`,
  definitions,
});

const id = { type: 'integer', minimum: 1, description: 'Chosen by the caller, never used twice on a connection' };

function requestSchema(method: string, params: string | undefined): object {
  const properties = {
    id,
    method: { const: method },
    ...(params === undefined ? {} : { params: { $ref: `#/definitions/${params}` } }),
  };
  return { type: 'object', properties, required: ['id', 'method', ...(params === undefined ? [] : ['params'])] };
}

const problem = {
  type: 'object',
  properties: {
    code: { type: 'string', description: 'unknown-method, bad-params, not-started, internal, or one of your own' },
    message: { type: 'string' },
    hint: { type: 'string' },
  },
  required: ['code', 'message'],
};

/** Each message as a JSON Schema of its own, by file name. */
export const messageSchemas: Readonly<Record<string, object>> = {
  request: {
    $schema: DRAFT,
    title: 'A call: from the harness to the adapter',
    anyOf: Object.entries(METHODS).map(([name, { params }]) => requestSchema(name, params)),
    definitions,
  },
  response: {
    $schema: DRAFT,
    title: 'The answer to a call',
    type: 'object',
    oneOf: [
      { properties: { id, result: {} }, required: ['id', 'result'], additionalProperties: false },
      {
        properties: { id: { anyOf: [id, { type: 'null' }] }, error: problem },
        required: ['id', 'error'],
        additionalProperties: false,
      },
    ],
  },
  event: {
    $schema: DRAFT,
    title: 'Something the adapter tells by itself',
    type: 'object',
    properties: { event: { $ref: '#/definitions/event' } },
    required: ['event'],
    additionalProperties: false,
    definitions,
  },
  description: schemaOf('description', 'Result of describe'),
  setup: schemaOf('setup', 'Parameters of start'),
  started: schemaOf('started', 'Result of start'),
  stimulus: schemaOf('stimulus', 'Parameters of stimulate'),
  outcome: schemaOf('outcome', 'Result of stimulate'),
  greeting: schemaOf('greeting', 'Parameters of hello'),
  welcome: schemaOf('welcome', 'Result of hello'),
};

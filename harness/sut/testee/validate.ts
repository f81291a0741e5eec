import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { failed, ok, type Result } from '../../base/error.js';
import { readPackageJson } from '../../base/package-files.js';
import type { Answer, Introduction, Question, VectorModel } from './contract.js';

const VECTORS = 'vectors/schema/vectors.schema.json';
const TESTEE = 'vectors/schema/testee-1.schema.json';
const ID = 'urn:lwm2m-conformance:testee:1';

/** The end of a conversation, and how it begins. */
export type Request =
  | Question
  | { readonly cmd: 'hello'; readonly protocol: number }
  | { readonly cmd: 'model'; readonly id: string; readonly model: VectorModel }
  | { readonly cmd: 'stop' };

let ajv: Ajv2020 | undefined;

function readSchema(path: string): object {
  const schema = readPackageJson(path);
  if (typeof schema === 'object' && schema !== null) return schema;
  throw new Error(`${path} of the package is no schema`);
}

function schemas(): Ajv2020 {
  if (ajv) return ajv;
  ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
  for (const path of [VECTORS, TESTEE]) ajv.addSchema(readSchema(path));
  return ajv;
}

/** Checks a message by its definition in the schema; a problem names the field. */
function check<T>(definition: string, what: string): (value: unknown) => Result<T> {
  let validate: ValidateFunction<T> | undefined;
  return (value) => {
    validate ??= schemas().compile<T>({ $ref: `${ID}#/$defs/${definition}` });
    if (validate(value)) return ok(value);
    const error = mostTelling(validate.errors ?? []);
    return failed({
      code: 'testee-shape',
      message: `${what}: ${error?.message ?? 'not of the expected shape'}`,
      place: error?.instancePath || '/',
    });
  };
}

/** Of a choice the deepest place tells most: a branch that got that far was the one that was meant. */
const mostTelling = (errors: readonly ErrorObject[]): ErrorObject | undefined =>
  errors
    .filter(({ keyword }) => !['const', 'oneOf', 'anyOf', '$ref'].includes(keyword))
    .sort((a, b) => b.instancePath.length - a.instancePath.length)[0] ?? errors[0];

export const checkHello = check<Introduction>('helloAnswer', 'the answer to hello');
export const checkDone = check<object>('doneAnswer', 'the answer');
export const checkRequest = check<Request>('request', 'a request');

const decoded = check<Answer>('decodedAnswer', 'an answer');
const payload = check<Answer>('payloadAnswer', 'an answer');
const reaction = check<Answer>('reactionAnswer', 'an answer');
const refused = check<Answer>('errorAnswer', 'an answer');
const skipped = check<Answer>('skipAnswer', 'an answer');

/** The answer to a question: refused, skipped, or what its command asks for. */
export function checkAnswer(value: unknown, cmd: Question['cmd']): Result<Answer> {
  const has = (field: string): boolean => typeof value === 'object' && value !== null && field in value;
  if (has('error')) return refused(value);
  if (has('skip')) return skipped(value);
  if (cmd === 'decode' || cmd === 'evaluate') return decoded(value);
  return cmd === 'process' ? reaction(value) : payload(value);
}

import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { failed, ok, type Result } from '../base/error.js';
import type { Description, Outcome, Setup, Stimulus, SutEvent } from './contract.js';
import { messageSchemas, schemaOf } from './schema/messages.js';

/** The greeting of the caller: which versions of the protocol it speaks. */
export interface Greeting {
  readonly protocols: readonly number[];
  readonly name?: string;
}

/** The answer: the one version chosen, and what more the adapter does. */
export interface Welcome {
  readonly protocol: number;
  readonly capabilities?: readonly string[];
}

export interface CallMessage {
  readonly id: number;
  readonly method: string;
  readonly params?: unknown;
}

export type AnswerMessage =
  | { readonly id: number; readonly result: unknown }
  | {
      readonly id: number | null;
      readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
    };

const ajv = new Ajv({ allErrors: false, allowUnionTypes: true, strict: false });

/** A check of a shape; the problem names the field and what was expected there. */
type Check<T> = (value: unknown) => Result<T>;

function check<T>(schema: object, what: string): Check<T> {
  let validate: ValidateFunction<T> | undefined;
  return (value) => {
    validate ??= ajv.compile<T>(schema);
    if (validate(value)) return ok(value);
    return failed({
      code: 'control-shape',
      message: `${what}: ${explain(validate.errors)}`,
      place: placeOf(validate.errors),
    });
  };
}

const placeOf = (errors: readonly ErrorObject[] | null | undefined): string => errors?.at(-1)?.instancePath || '/';

function explain(errors: readonly ErrorObject[] | null | undefined): string {
  // Of a choice the last error only says that no branch fits; the first says what was wrong with one of them.
  const error = errors?.find((one) => one.keyword !== 'const') ?? errors?.[0];
  if (!error) return 'not of the expected shape';
  const detail = error.keyword === 'additionalProperties' ? ` (${String(error.params['additionalProperty'])})` : '';
  return `${error.message ?? 'not of the expected shape'}${detail}`;
}

const named = <T>(name: string): Check<T> => check<T>(schemaOf(name, name), name);

export const checkDescription = named<Description>('description');
export const checkSetup = named<Setup>('setup');
export const checkStarted = named<{ readonly address?: string }>('started');
export const checkStimulus = named<Stimulus>('stimulus');
export const checkOutcome = named<Outcome>('outcome');
export const checkEvent = named<SutEvent>('event');
export const checkGreeting = named<Greeting>('greeting');
export const checkWelcome = named<Welcome>('welcome');
export const checkAnswer = check<AnswerMessage>(messageSchemas['response'] ?? {}, 'answer');

/** A call whose method need not be known: that is answered, not refused as a shape. */
export const checkCall = check<CallMessage>(
  {
    type: 'object',
    properties: { id: { type: 'integer', minimum: 1 }, method: { type: 'string' } },
    required: ['id', 'method'],
  },
  'call',
);

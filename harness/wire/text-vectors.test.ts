import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex, utf8 } from '../base/bytes.js';
import { ProblemError, type Result } from '../base/error.js';
import { ENABLERS, type Enabler } from '../model/party.js';
import {
  decodeMessage,
  encodeMessage,
  formatBootstrap,
  formatRegister,
  formatUpdate,
  parseBootstrap,
  parseRegister,
  parseUpdate,
} from './index.js';

// Queries of registration and bootstrap; payloads, links and attributes are in vectors.test.ts.

interface Expected {
  readonly class: string;
  readonly alsoAccept?: readonly string[];
}
interface Decoded {
  readonly params: readonly (readonly string[])[];
}
interface Context {
  readonly operation?: string;
  readonly enabler?: readonly string[];
}
interface Vector {
  readonly tcId: number;
  readonly name: string;
  readonly comment: string;
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly context?: Context;
  readonly payload: string;
  readonly text: string;
  readonly options: readonly string[];
  readonly decoded?: Decoded;
  readonly encodingCheck?: string;
  readonly error?: Expected;
  readonly outcomes?: readonly { decoded?: Decoded; error?: Expected }[];
}
interface VectorFile {
  readonly groups: readonly { readonly context?: Context; readonly tests: readonly Vector[] }[];
}

function readVectors(format: string): { vector: Vector; context: Context }[] {
  const file: VectorFile = JSON.parse(readFileSync(new URL(`../../vectors/${format}.json`, import.meta.url), 'utf8'));
  return file.groups.flatMap((group) =>
    group.tests.map((vector) => ({ vector, context: { ...group.context, ...vector.context } })),
  );
}

/** Our classes for what is missing or too long are those of the vectors under another name. */
const CLASSES: Readonly<Record<string, string>> = { missing: 'bad-structure', 'coap-option-length': 'bad-length' };

const URI_QUERY = 15;

/** Options as they arrive: through a message, which limits their length. */
function carried(options: readonly string[]): Result<readonly string[]> {
  try {
    const message = decodeMessage(
      encodeMessage({
        type: 'CON',
        code: '0.02',
        id: 1,
        token: new Uint8Array(),
        options: options.map((option) => ({ number: URI_QUERY, value: utf8(option) })),
        payload: new Uint8Array(),
      }),
    );
    if (!message.ok) return { ok: false, problem: message.problem };
    const unrecognised = message.message.options.find(({ value }) => value.length > 255);
    if (unrecognised)
      return { ok: false, problem: { code: 'bad-length', message: 'an option of more than 255 bytes' } };
    return { ok: true, value: message.message.options.map(({ value }) => new TextDecoder().decode(value)) };
  } catch (thrown) {
    if (thrown instanceof ProblemError) return { ok: false, problem: { code: 'bad-length', message: thrown.message } };
    throw thrown;
  }
}

/** The options that our reading of a query stands for, or the problem. */
function reading(options: readonly string[], { operation, enabler }: Context): Result<readonly string[]> {
  const arrived = carried(options);
  if (!arrived.ok) return arrived;
  const version: Enabler = ENABLERS.find((one) => one === enabler?.at(-1)) ?? '1.2';
  const map = <T>(result: Result<T>, format: (value: T) => string[]): Result<string[]> =>
    result.ok ? { ok: true, value: format(result.value) } : result;
  switch (operation) {
    case 'register':
      return map(parseRegister(arrived.value), formatRegister);
    case 'bootstrap-request':
      return map(parseBootstrap(arrived.value, { enabler: version }), formatBootstrap);
    case 'bootstrap-pack':
      return map(parseBootstrap(arrived.value, { enabler: version, pack: true }), formatBootstrap);
    default:
      return map(parseUpdate(arrived.value, { enabler: version }), formatUpdate);
  }
}

/** Order means nothing, and a number means the same with zeros in front. */
const comparable = (options: readonly string[]): string =>
  options
    .map((option) => option.replace(/^(lt|pct)=0+(?=\d)/, '$1='))
    .sort()
    .join('\n');

const optionsOf = ({ params }: Decoded): string[] => params.map((pair) => pair.join('='));

function judge({ result, decoded, error, outcomes = [] }: Vector, read: Result<readonly string[]>): void {
  if (read.ok) {
    const wanted = result === 'valid' ? [decoded] : outcomes.map((outcome) => outcome.decoded);
    const texts = wanted.flatMap((one) => (one ? [comparable(optionsOf(one))] : []));
    expect(texts, `reads ${read.value.join(' ')}`).toContain(comparable(read.value));
    return;
  }
  const { code, message } = read.problem;
  const refusals = result === 'invalid' ? [error] : outcomes.map((outcome) => outcome.error);
  const classes = refusals.flatMap((one) => (one ? [one.class, ...(one.alsoAccept ?? [])] : []));
  expect(classes, message).toContain(CLASSES[code] ?? code);
}

for (const format of ['registration-query', 'bootstrap-query'])
  describe(`vectors/${format}.json`, () => {
    for (const { vector, context } of readVectors(format)) {
      const { tcId, name, comment, options, encodingCheck } = vector;
      it(`reads ${tcId} ${name}: ${comment}`, () => {
        expect(new TextDecoder().decode(fromHex(vector.payload))).toBe(options.join('&'));
        judge(vector, reading(options, context));
      });
      if (encodingCheck !== undefined)
        it(`writes ${tcId} ${name}: ${comment}`, () => {
          const written = reading(options, context);
          if (!written.ok) throw new ProblemError(written.problem);
          if (encodingCheck === 'bytes') expect(written.value.join('&')).toBe(vector.text);
          judge(vector, reading(written.value, context));
        });
    }
  });

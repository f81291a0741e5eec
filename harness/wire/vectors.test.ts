import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../base/bytes.js';
import { ProblemError, type Problem, type Result } from '../base/error.js';
import { modelOf, type Model, type ObjectDefinition } from '../model/definition.js';
import { ENABLERS } from '../model/party.js';
import { formatPath, pathOf } from '../model/path.js';
import type { Entry, ResourceType, Value } from '../model/value.js';
import {
  checkAttributes,
  decode,
  decodeArguments,
  decodeLinks,
  decodeMessage,
  encode,
  encodeMessage,
  formatArguments,
  formatAttributes,
  formatLinks,
  parseAttributes,
  parseDiscover,
  parseRegistration,
  type CoapMessage,
  type Pack,
  type PackDecodeContext,
} from './index.js';

// ---- the shape of a file, as far as a runner needs it; vectors/schema/ has the whole

interface VectorNode {
  readonly path: string;
  readonly type: ResourceType | 'object' | 'instance' | 'multiple';
  readonly value?: string | boolean | null;
  readonly bits?: string;
  readonly time?: string;
  readonly prefix?: string;
}
interface VectorMessage {
  readonly type?: CoapMessage['type'];
  readonly code: string;
  readonly mid?: number;
  readonly token: string;
  readonly options: readonly (readonly [number, string])[];
  readonly payload: string | null;
}
interface Decoded {
  readonly kind: string;
  readonly nodes?: readonly VectorNode[];
  readonly ordered?: boolean;
  readonly paths?: readonly string[];
  readonly message?: VectorMessage;
  readonly links?: readonly { uri: string; attributes: readonly string[][] }[];
  readonly arguments?: readonly { digit: number; value: string | null }[];
  readonly attributes?: readonly { name: string; action: string; value?: string }[];
}
interface Expected {
  readonly class: string;
  readonly alsoAccept?: readonly string[];
}
interface Context {
  readonly model?: string;
  readonly path?: string;
  readonly rootPath?: string;
  readonly operation?: string;
  readonly enabler?: readonly string[];
  readonly contentFormat?: number | null;
  readonly transport?: string;
}
interface Vector {
  readonly tcId: number;
  readonly name: string;
  readonly comment: string;
  readonly direction: string;
  readonly result: string;
  readonly context?: Context;
  readonly payload?: string;
  readonly options?: readonly string[];
  readonly decoded?: Decoded;
  readonly encodingCheck?: string;
  readonly encodings?: readonly { payload: string; decoders?: 'may-refuse' }[];
  readonly error?: Expected;
  readonly outcomes?: readonly { decoded?: Decoded; error?: Expected }[];
}
interface VectorFile {
  readonly format: string;
  readonly contentFormat: number | null;
  readonly models: Readonly<Record<string, { objects: readonly VectorObject[] }>>;
  readonly groups: readonly { id: string; context?: Context; tests: readonly Vector[] }[];
}
interface VectorObject {
  readonly id: number;
  readonly name?: string;
  readonly version: string;
  readonly multiple: boolean;
  readonly resources: readonly {
    id: number;
    name?: string;
    type: ResourceType;
    multiple: boolean;
    operations: '' | 'R' | 'W' | 'RW' | 'E';
  }[];
}

function readFile(format: string): VectorFile | undefined {
  const path = new URL(`../../vectors/${format}.json`, import.meta.url);
  if (!existsSync(path)) return undefined;
  const file: VectorFile = JSON.parse(readFileSync(path, 'utf8'));
  return file;
}

function modelFrom(objects: readonly VectorObject[]): Model {
  const definitions = objects.map((object): ObjectDefinition => ({
    id: object.id,
    name: object.name ?? '',
    version: object.version,
    enabler: '1.0',
    multiple: object.multiple,
    mandatory: false,
    urn: '',
    resources: object.resources.map((resource) => ({
      ...resource,
      name: resource.name ?? '',
      mandatory: false,
      range: '',
      units: '',
    })),
  }));
  return modelOf(definitions);
}

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array();

// ---- both sides as lines of text, so that a difference is readable

type Seen = { readonly lines: readonly string[] } | { readonly problem: Problem };

const seen = <T>(result: Result<T>, lines: (value: T) => string[]): Seen =>
  result.ok ? { lines: lines(result.value) } : { problem: result.problem };

function floatBits(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

function plain(value: Value): string {
  switch (value.type) {
    case 'float':
      return floatBits(value.value);
    case 'opaque':
      return toHex(value.value);
    case 'objlnk':
      return `${value.value.object}:${value.value.instance}`;
    default:
      return String(value.value);
  }
}

const nodeLine = ({ path, type, value, bits, time, prefix }: VectorNode): string => {
  const content = type === 'float' ? (value === 'NaN' ? 'NaN' : bits) : String(value);
  const typed = ['none', 'object', 'instance', 'multiple'].includes(type) ? '' : ` ${type} ${content}`;
  return `${prefix === undefined ? '' : `${prefix}:`}${path}${typed}${time === undefined ? '' : ` @${Number(time)}`}`;
};

const entryLine = ({ path, value, time }: Entry): string =>
  `${formatPath(path)}${value ? ` ${value.type} ${plain(value)}` : ''}${time === undefined ? '' : ` @${time}`}`;

const linkLine = (uri: string, attributes: readonly (readonly (string | undefined)[])[]): string =>
  [uri, ...attributes.map((pair) => pair.filter((part) => part !== undefined).join('='))].join(';');

const messageLine = (message: VectorMessage): string => JSON.stringify(message);

function expectedLines(decoded: Decoded): string[] {
  if (decoded.nodes) return decoded.nodes.map(nodeLine);
  if (decoded.paths) return [...decoded.paths];
  if (decoded.message) {
    const { type, code, mid, token, options, payload } = decoded.message;
    return [
      messageLine({ ...(type ? { type } : {}), code, ...(mid === undefined ? {} : { mid }), token, options, payload }),
    ];
  }
  if (decoded.links) return decoded.links.map(({ uri, attributes }) => linkLine(uri, attributes));
  if (decoded.arguments) return decoded.arguments.map(({ digit, value }) => `${digit} ${value ?? ''}`);
  return (decoded.attributes ?? []).map(({ name, value }) => `${name} ${value === undefined ? '' : Number(value)}`);
}

const isOrdered = (decoded: Decoded): boolean =>
  decoded.ordered === true || ['coap', 'links', 'arguments'].includes(decoded.kind);
const inOrder = (lines: readonly string[], ordered: boolean): string =>
  (ordered ? [...lines] : [...lines].sort()).join('\n');
/** A list of paths has no times. */
const comparable = ({ kind }: Decoded, lines: readonly string[]): readonly string[] =>
  kind === 'paths' ? lines.map((line) => line.replace(/ @.*$/, '')) : lines;
const says = (decoded: Decoded, lines: readonly string[]): boolean =>
  inOrder(expectedLines(decoded), isOrdered(decoded)) === inOrder(comparable(decoded, lines), isOrdered(decoded));

// ---- our codecs, one adapter for each kind of file

interface Subject {
  read(payload: Uint8Array, vector: Vector, context: Context): Seen;
  write(decoded: Decoded, context: Context): Result<Uint8Array>;
}

function packOf({ operation = '' }: Context): Pack | undefined {
  if (operation === 'read-composite' || operation === 'observe-composite') return 'paths';
  return operation === 'write-composite' ? 'changes' : undefined;
}

/** The strict codec refuses a Create without instance by default; whoever reads a Create says so. */
const CREATE: ReadonlySet<string> = new Set(['tlv-new-instance']);

function dataFormat(file: VectorFile): Subject {
  const models = new Map(Object.entries(file.models).map(([name, { objects }]) => [name, modelFrom(objects)]));
  const options = (context: Context): PackDecodeContext => {
    const model = models.get(context.model ?? '');
    const pack = packOf(context);
    return {
      path: pathOf(context.path ?? '/'),
      ...(model ? { model } : {}),
      ...(pack ? { pack } : {}),
      ...(context.rootPath === undefined ? {} : { rootPath: context.rootPath }),
      ...(context.operation === 'create' ? { lenient: CREATE } : {}),
    };
  };
  const format = (context: Context): number => context.contentFormat ?? file.contentFormat ?? 0;
  return {
    read: (payload, _vector, context) =>
      seen(decode(format(context), payload, options(context)), (entries) => entries.map(entryLine)),
    write: (decoded, context) => {
      const { lenient: _, ...rest } = options(context);
      return encode(format(context), entriesOf(decoded), rest);
    },
  };
}

function valueOf({ type, value, bits }: VectorNode): Value | undefined {
  const text = String(value);
  switch (type) {
    case 'integer':
    case 'unsigned':
    case 'time':
      return { type, value: BigInt(text) };
    case 'float':
      return { type, value: new DataView(bytes(bits ?? '').buffer).getFloat64(0) };
    case 'boolean':
      return { type, value: value === true };
    case 'opaque':
      return { type, value: bytes(text) };
    case 'objlnk': {
      const [object = 0, instance = 0] = text.split(':').map(Number);
      return { type, value: { object, instance } };
    }
    case 'string':
    case 'corelnk':
      return { type, value: text };
    default:
      return undefined;
  }
}

/** Paths are taken apart here: some are out of range on purpose. */
const idsOf = (path: string): number[] => path.split('/').filter(Boolean).map(Number);

function entriesOf(decoded: Decoded): Entry[] {
  if (decoded.paths) return decoded.paths.map((path) => ({ path: idsOf(path) }));
  return (decoded.nodes ?? []).map((node) => {
    const value = valueOf(node);
    return {
      path: idsOf(node.path),
      ...(value ? { value } : {}),
      ...(node.time === undefined ? {} : { time: Number(node.time) }),
    };
  });
}

/** A thrown problem as a value. */
function caught(make: () => Uint8Array): Result<Uint8Array> {
  try {
    return { ok: true, value: make() };
  } catch (thrown) {
    if (thrown instanceof ProblemError) return { ok: false, problem: thrown.problem };
    throw thrown;
  }
}

const coap: Subject = {
  read(payload) {
    const result = decodeMessage(payload);
    if (!result.ok) return { problem: result.problem };
    const { type, code, id, token, options, payload: body } = result.message;
    return {
      lines: [
        messageLine({
          type,
          code,
          mid: id,
          token: toHex(token),
          options: options.map(({ number, value }) => [number, toHex(value)]),
          payload: body.length ? toHex(body) : null,
        }),
      ],
    };
  },
  write: ({ message }) =>
    caught(() =>
      encodeMessage({
        type: message?.type ?? 'CON',
        code: message?.code ?? '0.00',
        id: message?.mid ?? 0,
        token: bytes(message?.token ?? ''),
        options: (message?.options ?? []).map(([number, value]) => ({ number, value: bytes(value) })),
        payload: bytes(message?.payload ?? ''),
      }),
    ),
};

const text = (result: Result<string>): Result<Uint8Array> =>
  result.ok ? { ok: true, value: utf8(result.value) } : result;
/** What the operation asks of the links beyond the grammar: ids, versions, values of attributes. */
function linksProblem(payload: Uint8Array, { operation, enabler, rootPath = '' }: Context): Problem | undefined {
  const version = ENABLERS.find((one) => one === enabler?.at(-1));
  const read = (): Result<unknown> => {
    if (operation === 'register' || operation === 'update') return parseRegistration(payload, version);
    return parseDiscover(payload, rootPath === '/' ? '' : rootPath);
  };
  const result = operation === undefined ? undefined : read();
  return result && !result.ok ? result.problem : undefined;
}

const links: Subject = {
  read(payload, _vector, context) {
    const problem = linksProblem(payload, context);
    if (problem) return { problem };
    return seen(decodeLinks(payload), (list) =>
      list.map(({ path, attributes }) =>
        linkLine(
          path,
          attributes.map(([name, value]) => [name, value]),
        ),
      ),
    );
  },
  write: ({ links: list = [] }) =>
    caught(() =>
      utf8(
        formatLinks(
          list.map(({ uri, attributes }) => ({
            path: uri,
            attributes: attributes.map(([name = '', value]) => [name, value, false] as const),
          })),
        ),
      ),
    ),
};

const executeArguments: Subject = {
  read: (payload) =>
    seen(decodeArguments(payload), (list) => list.map(({ digit, value }) => `${digit} ${value ?? ''}`)),
  write: ({ arguments: list = [] }) =>
    text(formatArguments(list.map(({ digit, value }) => ({ digit, ...(value === null ? {} : { value }) })))),
};

function attributesQuery(file: VectorFile): Subject {
  return {
    read(payload, vector, context) {
      const options = vector.options ?? new TextDecoder().decode(payload).split('&');
      const path = pathOf(context.path ?? '/');
      const model = modelFrom(file.models[context.model ?? '']?.objects ?? []);
      const definition = path.length > 2 ? model.resource(path[0] ?? 0, path[2] ?? 0) : undefined;
      const enabler = ENABLERS.find((one) => one === context.enabler?.at(-1));
      const result = parseAttributes(options, {
        ...(context.path === undefined ? {} : { path }),
        ...(definition ? { definition } : {}),
        ...(enabler ? { enabler } : {}),
        composite: context.operation === 'observe-composite',
      });
      if (!result.ok) return { problem: result.problem };
      const problem = checkAttributes(Object.fromEntries(result.value.map(({ name, value }) => [name, value])));
      return problem ? { problem } : { lines: result.value.map(({ name, value }) => `${name} ${value ?? ''}`) };
    },
    write: ({ attributes = [] }) =>
      caught(() =>
        utf8(
          formatAttributes(
            Object.fromEntries(attributes.map(({ name, value }) => [name, value === undefined ? null : Number(value)])),
          ).join('&'),
        ),
      ),
  };
}

function subjectOf(file: VectorFile): Subject | undefined {
  if (file.format === 'coap') return coap;
  if (file.format === 'link-format') return links;
  if (file.format === 'execute-args') return executeArguments;
  if (file.format === 'attributes-query') return attributesQuery(file);
  return file.contentFormat === null ? undefined : dataFormat(file);
}

// ---- verdicts

const CLASSES: ReadonlySet<string> = new Set([
  'truncated',
  'not-well-formed',
  'trailing-data',
  'bad-structure',
  'bad-length',
  'bad-type',
  'bad-value',
  'out-of-range',
  'bad-path',
  'outside-base',
  'duplicate',
  'unknown-label',
  'unsupported',
  'invalid-utf8',
  'too-deep',
]);

function judge(vector: Vector, answer: Seen): void {
  const wanted =
    vector.result === 'valid' ? [vector.decoded] : (vector.outcomes ?? []).map((outcome) => outcome.decoded);
  if ('problem' in answer) {
    const { code, message } = answer.problem;
    const refusals =
      vector.result === 'invalid' ? [vector.error] : (vector.outcomes ?? []).map((outcome) => outcome.error);
    expect(
      refusals.some((refusal) => refusal !== undefined),
      `refused with ${code}: ${message}`,
    ).toBe(true);
    // Some problems are named apart: those of each field of a message, those of an attribute in the wrong place.
    const { class: named, alsoAccept = [] } = vector.error ?? { class: code };
    if (CLASSES.has(code)) expect([named, ...alsoAccept], message).toContain(code);
    return;
  }
  const matches = wanted.some((decoded) => decoded !== undefined && says(decoded, answer.lines));
  const expected = wanted.flatMap((decoded) => (decoded ? [expectedLines(decoded).join('\n')] : [])).join('\nor\n');
  expect(matches, `read as\n${answer.lines.join('\n') || 'nothing'}\ninstead of\n${expected || 'refusing it'}`).toBe(
    true,
  );
}

function judgeWriting(vector: Vector, context: Context, subject: Subject): void {
  const written = subject.write(vector.decoded ?? { kind: 'nodes' }, context);
  if (vector.result === 'invalid') {
    expect(written.ok, written.ok ? `wrote ${toHex(written.value)}` : '').toBe(false);
    return;
  }
  if (!written.ok) throw new Error(`refused to write: ${written.problem.message}`);
  const hex = toHex(written.value);
  const listed = [vector.payload ?? '', ...(vector.encodings ?? []).map(({ payload }) => payload)];
  if (vector.encodingCheck === 'bytes') expect(hex).toBe(vector.payload);
  else if (vector.encodingCheck === 'any-listed') expect(listed).toContain(hex);
  else judge({ ...vector, result: 'valid' }, subject.read(written.value, vector, context));
}

/** Vectors that our codecs do not meet yet, with the reason; one that is met again fails the run. */
const KNOWN: Readonly<Record<string, string>> = {};

const FORMATS = [
  'tlv',
  'oma-json',
  'senml-json',
  'senml-cbor',
  'senml-etch-json',
  'senml-etch-cbor',
  'lwm2m-cbor',
  'text',
  'opaque',
  'cbor',
  'link-format',
  'coap',
  'execute-args',
  'attributes-query',
];

for (const format of FORMATS) {
  const file = readFile(format);
  const subject = file && subjectOf(file);
  if (!file || !subject) continue;
  describe(`vectors/${format}.json`, () => {
    for (const group of file.groups)
      for (const vector of group.tests) {
        const context = { ...group.context, ...vector.context };
        // Only datagrams have a codec here; endpoints and streams are judged elsewhere.
        if (context.transport === 'tcp' || vector.direction === 'process' || context.operation === 'deregister')
          continue;
        const test = KNOWN[`${format}/${vector.name}`] === undefined ? it : it.fails;
        if (vector.direction !== 'encode')
          test(`reads ${vector.tcId} ${vector.name}: ${vector.comment}`, () => {
            judge(vector, subject.read(bytes(vector.payload ?? ''), vector, context));
            for (const { payload, decoders } of vector.encodings ?? [])
              if (decoders === undefined) judge(vector, subject.read(bytes(payload), vector, context));
          });
        if (vector.encodingCheck !== undefined || vector.direction === 'encode')
          it(`writes ${vector.tcId} ${vector.name}: ${vector.comment}`, () => judgeWriting(vector, context, subject));
      }
  });
}

// ---- stress: any answer will do

interface StressFormat {
  readonly format: string;
  readonly contentFormat: number | null;
  readonly context?: Context;
  readonly prefixesOf: readonly string[];
  readonly bombs: readonly { repeat: string; times: number; then: string }[];
  readonly random: readonly string[];
}
interface StressFile {
  readonly formats: readonly StressFormat[];
}

function* stressPayloads({ prefixesOf, bombs, random }: StressFormat): Generator<Uint8Array> {
  for (let byte = 0; byte < 256; byte++) yield Uint8Array.of(byte);
  for (const whole of prefixesOf.map(bytes))
    for (let length = 0; length < whole.length; length++) yield whole.slice(0, length);
  for (const { repeat, times, then } of bombs) yield bytes(repeat.repeat(times) + then);
  for (const payload of random) yield bytes(payload);
}

describe('vectors/stress/stress.json', () => {
  const stress: StressFile = JSON.parse(
    readFileSync(new URL('../../vectors/stress/stress.json', import.meta.url), 'utf8'),
  );
  it.each(stress.formats.map((one) => [one.format, one] as const))('answers every input of %s', (format, one) => {
    const file = readFile(format);
    const subject = file && subjectOf(file);
    if (!subject) throw new Error(`no codec of ${format}`);
    const vector: Vector = { tcId: 0, name: 'stress', comment: '', direction: 'decode', result: 'acceptable' };
    let answers = 0;
    for (const payload of stressPayloads(one)) {
      const answer = subject.read(payload, vector, one.context ?? {});
      if ('lines' in answer || answer.problem.code !== '') answers++;
    }
    expect(answers).toBeGreaterThan(450);
  });
});

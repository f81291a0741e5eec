import { toHex } from '../../../base/bytes.js';
import type { Model } from '../../../model/definition.js';
import { formatPath } from '../../../model/path.js';
import type { Entry, Value } from '../../../model/value.js';
import { ContentFormat, decode, encode, type Pack, type PackDecodeContext } from '../../../wire/index.js';
import type { Answer, Decoded, VectorContext, VectorNode } from '../contract.js';
import {
  answerOf,
  bytesOf,
  contextPath,
  foreignKind,
  idsOf,
  written,
  type Reading,
  type Subject,
  type Writing,
} from './subject.js';

/** The codec refuses a Create without an instance unless told; whoever reads a Create knows. */
const CREATE: ReadonlySet<string> = new Set(['tlv-new-instance']);

/** The formats of values, told apart by their Content-Format; without one a payload is text. */
export const dataFormats: Subject = {
  read(reading) {
    const { context, model } = reading;
    const pack = packOf(context);
    const entries = decode(reading.contentFormat ?? ContentFormat.text, reading.payload, {
      ...common(reading),
      ...(context.operation === 'create' ? { lenient: CREATE } : {}),
    });
    return answerOf(entries, (list): Answer => ({ decoded: decodedOf(list, pack, model) }));
  },
  write(writing) {
    const entries = entriesOf(writing.decoded);
    if (!entries) return foreignKind(writing.decoded.kind);
    return answerOf(encode(writing.contentFormat ?? ContentFormat.text, entries, common(writing)), written);
  },
};

function common({ context, model }: Reading | Writing): PackDecodeContext {
  const pack = packOf(context);
  return {
    path: contextPath(context.path),
    ...(model ? { model } : {}),
    ...(pack ? { pack } : {}),
    ...(context.rootPath === undefined ? {} : { rootPath: context.rootPath }),
  };
}

/** What the operation says about records without values. */
function packOf({ operation }: VectorContext): Pack | undefined {
  if (operation === 'read-composite' || operation === 'observe-composite') return 'paths';
  return operation === 'write-composite' ? 'changes' : undefined;
}

function decodedOf(entries: readonly Entry[], pack: Pack | undefined, model: Model | undefined): Decoded {
  if (pack === 'paths') return { kind: 'paths', paths: entries.map(({ path }) => formatPath(path)) };
  return { kind: 'nodes', nodes: entries.map((entry) => nodeOf(entry, pack, model)) };
}

const CONTAINERS = ['none', 'object', 'instance', 'multiple'] as const;

/** A value as the vectors carry it. Without one it is a container that holds nothing, or a null: of a change, of an executable. */
export function nodeOf({ path, value, time }: Entry, pack?: Pack, model?: Model): VectorNode {
  const timed = time === undefined ? {} : { time: String(time) };
  const place = { path: formatPath(path), ...timed };
  if (value) return { ...place, ...valueNode(value) };
  const [object = 0, , resource] = path;
  const executable = resource !== undefined && model?.resource(object, resource)?.type === 'none';
  const type = pack === 'changes' || executable ? 'none' : (CONTAINERS[path.length] ?? 'none');
  return type === 'none' ? { ...place, type, value: null } : { ...place, type };
}

function valueNode(value: Value): Pick<VectorNode, 'type' | 'value' | 'bits'> {
  switch (value.type) {
    case 'float':
      return { type: 'float', value: String(value.value), bits: bitsOf(value.value) };
    case 'integer':
    case 'unsigned':
    case 'time':
      return { type: value.type, value: String(value.value) };
    case 'opaque':
      return { type: 'opaque', value: toHex(value.value) };
    case 'objlnk':
      return { type: 'objlnk', value: `${value.value.object}:${value.value.instance}` };
    case 'boolean':
      return { type: 'boolean', value: value.value };
    default:
      return { type: value.type, value: value.value };
  }
}

function bitsOf(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return toHex(new Uint8Array(view.buffer));
}

/** The values to write; undefined for a kind that is none of values. */
export function entriesOf(decoded: Decoded): readonly Entry[] | undefined {
  if (decoded.kind === 'paths') return decoded.paths.map((path) => ({ path: idsOf(path) }));
  if (decoded.kind !== 'nodes') return undefined;
  return decoded.nodes.map((node) => {
    const value = valueOf(node);
    return {
      path: idsOf(node.path),
      ...(value ? { value } : {}),
      ...(node.time === undefined ? {} : { time: Number(node.time) }),
    };
  });
}

function valueOf({ type, value, bits }: VectorNode): Value | undefined {
  const text = String(value);
  switch (type) {
    case 'integer':
    case 'unsigned':
    case 'time':
      return { type, value: BigInt(text) };
    case 'float':
      return { type, value: bits === undefined ? Number(text) : new DataView(bytesOf(bits).buffer).getFloat64(0) };
    case 'boolean':
      return { type, value: value === true };
    case 'opaque':
      return { type, value: bytesOf(text) };
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

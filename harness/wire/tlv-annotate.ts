import type { ResourceDefinition } from '../model/definition.js';
import { formatValue } from '../model/value.js';
import { toHex } from '../base/bytes.js';
import { problemLine, withProblem, type Annotation } from './annotation.js';
import type { DecodeContext } from './codec.js';
import { decodeTlv } from './tlv-decode.js';
import { decodeTlvTree, type TlvNode } from './tlv-tree.js';
import { decodeTlvValue } from './tlv-value.js';

/** Explains TLVs: a line for each header, and one for each value. */
export function annotateTlv(payload: Uint8Array, context: DecodeContext): readonly Annotation[] {
  const tree = decodeTlvTree(payload);
  const lines = tree.nodes.flatMap((node) => annotateNode(node, context, context.path[2], 0));
  if (!tree.problem) return withProblem(lines, decodeTlv(payload, context));
  const at = tree.problem.at ?? 0;
  return [...lines, { at, length: payload.length - at, depth: 0, meaning: problemLine(tree.problem) }];
}

/** @param resource id of the Resource around, which gives a Resource Instance its type */
function annotateNode(
  node: TlvNode,
  context: DecodeContext,
  resource: number | undefined,
  depth: number,
): readonly Annotation[] {
  const own = node.kind === 'resource-instance' ? resource : node.kind === 'instance' ? undefined : node.id;
  const [object] = context.path;
  const definition = own === undefined || object === undefined ? undefined : context.model?.resource(object, own);
  const header = {
    at: node.at,
    length: node.valueAt - node.at,
    depth,
    meaning: describeHeader(node, node.kind === 'resource-instance' ? undefined : definition),
  };
  if (node.children) return [header, ...node.children.flatMap((child) => annotateNode(child, context, own, depth + 1))];
  if (node.value.length === 0) return [header];
  return [
    header,
    { at: node.valueAt, length: node.value.length, depth: depth + 1, meaning: describeValue(node, definition) },
  ];
}

const KINDS = {
  instance: 'Object Instance',
  'multiple-resource': 'multiple Resource',
  resource: 'Resource',
  'resource-instance': 'Resource Instance',
} as const;

function describeHeader(node: TlvNode, definition: ResourceDefinition | undefined): string {
  const { kind, id, idBits, lengthBits, reserved, value } = node;
  const shortest = value.length < 8 ? 0 : value.length <= 0xff ? 8 : value.length <= 0xffff ? 16 : 24;
  const remarks = [
    ...(idBits === 16 && id <= 0xff ? ['16-bit id'] : []),
    ...(lengthBits > shortest ? [`${lengthBits}-bit length`] : []),
    ...(reserved === 0 ? [] : ['reserved bits set']),
  ];
  const name = definition ? ` ${definition.name}` : '';
  const size = value.length === 1 ? '1 byte' : `${value.length} bytes`;
  return `${KINDS[kind]} ${id}${name}, ${[size, ...remarks].join(', ')}`;
}

function describeValue(node: TlvNode, definition: ResourceDefinition | undefined): string {
  const value = decodeTlvValue(node.value, definition?.type ?? 'opaque');
  return value.ok ? formatValue(value.value) : `h'${toHex(node.value)}'`;
}

import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { ResourceDefinition } from '../model/definition.js';
import { formatPath, MAX_ID, type Path } from '../model/path.js';
import type { Entry } from '../model/value.js';
import type { DecodeContext } from './codec.js';
import { decodeTlvTree, findRepeated, type TlvNode } from './tlv-tree.js';
import { decodeTlvValue } from './tlv-value.js';

/** Deviations from the strict reading that {@link decodeTlv} accepts by name. */
export const TLV_LENIENCIES = {
  'tlv-new-instance':
    'of a Create: bare Resources on /o stand for an instance whose id the receiver picks, 65535 (M-36)',
  'tlv-unwrapped-instance': 'bare Resources on /o stand for instance 0 (X-76)',
  'tlv-instance-wrapper': 'an Object Instance around the Resource that was asked for (EN-08)',
  'tlv-bare-resource-instances': 'Resource Instances without their multiple Resource, on a Resource path',
  'tlv-resource-for-instance': 'kind Resource with the id of the Resource Instance that was asked for (X-39)',
  'tlv-multiple-wrapper': 'a multiple Resource around the Resource Instance that was asked for (X-39)',
} as const;

interface Sink {
  readonly context: DecodeContext;
  readonly entries: Entry[];
}

/**
 * Reads a payload of format 11542 as a list of typed values (Core 1.1 §7.4.4).
 *
 * Without a definition a value is opaque. A container with nothing in it is an entry without a value: `/3/1` an
 * Object Instance, `/3/0/6` a multiple Resource. On `/o/i` the Object Instance may be there or not (F-13). On `/o` it must be:
 * only a Create can do without, and whoever reads one says so with `tlv-new-instance`.
 *
 * Problem codes: those of {@link decodeTlvTree} and {@link decodeTlvValue}; `bad-structure`, `outside-base` (an id other
 * than that of the path), `duplicate`, `out-of-range` (id 65535), `bad-type` (single against multiple), `bad-path`.
 */
export function decodeTlv(payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]> {
  const tree = decodeTlvTree(payload);
  if (tree.problem) return failed(tree.problem);
  const sink: Sink = { context, entries: [] };
  const problem = readTarget(tree.nodes, context.path, sink);
  return problem ? failed(problem) : ok(sink.entries);
}

function readTarget(nodes: readonly TlvNode[], path: Path, sink: Sink): Problem | undefined {
  switch (path.length) {
    case 1:
      return readObject(nodes, path, sink);
    case 2:
      return readInstance(nodes, path, sink);
    case 3:
      return readResourceTarget(nodes, path, sink);
    case 4:
      return readResourceInstanceTarget(nodes, path, sink);
    default:
      return {
        code: 'bad-path',
        message: `TLV cannot be about ${formatPath(path)}`,
        hint: 'expected a path of an Object or below',
      };
  }
}

const allows = (sink: Sink, leniency: keyof typeof TLV_LENIENCIES): boolean =>
  sink.context.lenient?.has(leniency) ?? false;

function readObject(nodes: readonly TlvNode[], path: Path, sink: Sink): Problem | undefined {
  const first = nodes[0];
  if (first?.kind === 'resource' || first?.kind === 'multiple-resource') {
    if (allows(sink, 'tlv-new-instance')) return readResources(nodes, [...path, MAX_ID], sink);
    if (allows(sink, 'tlv-unwrapped-instance')) return readResources(nodes, [...path, 0], sink);
  }
  for (const node of nodes) {
    if (node.value.length === 0) sink.entries.push({ path: [...path, node.id] });
    const problem = wrongKind(node, path, 'instance') ?? readResources(node.children ?? [], [...path, node.id], sink);
    if (problem) return problem;
  }
  return badIds(nodes, path);
}

function readInstance(nodes: readonly TlvNode[], path: Path, sink: Sink): Problem | undefined {
  if (nodes[0]?.kind !== 'instance') return readResources(nodes, path, sink);
  return unwrap(nodes, 'instance', path, (inner) => readResources(inner, path, sink));
}

function readResources(nodes: readonly TlvNode[], path: Path, sink: Sink): Problem | undefined {
  const [object = 0, instance = 0] = path;
  for (const node of nodes) {
    if (node.kind !== 'resource' && node.kind !== 'multiple-resource')
      return wrongKind(node, path, 'resource', 'multiple-resource');
    const problem = readResource(node, [object, instance, node.id], sink);
    if (problem) return problem;
  }
  return badIds(nodes, path);
}

function readResource(node: TlvNode, path: Path, sink: Sink): Problem | undefined {
  const definition = definitionOf(path, sink);
  const multiple = node.kind === 'multiple-resource';
  if (definition && definition.multiple !== multiple) return wrongMultiplicity(definition, path, node.at);
  if (!multiple) return readValue(node, path, definition, sink);
  return readResourceInstances(node.children ?? [], path, definition, sink);
}

function readResourceInstances(
  nodes: readonly TlvNode[],
  path: Path,
  definition: ResourceDefinition | undefined,
  sink: Sink,
): Problem | undefined {
  const [object = 0, instance = 0, resource = 0] = path;
  if (nodes.length === 0) sink.entries.push({ path });
  for (const node of nodes) {
    const problem =
      wrongKind(node, path, 'resource-instance') ??
      readValue(node, [object, instance, resource, node.id], definition, sink);
    if (problem) return problem;
  }
  return badIds(nodes, path);
}

function readResourceTarget(nodes: readonly TlvNode[], path: Path, sink: Sink): Problem | undefined {
  const first = nodes[0];
  if (first?.kind === 'instance' && allows(sink, 'tlv-instance-wrapper'))
    return unwrap(nodes, 'instance', path.slice(0, 2), (inner) => readResourceTarget(inner, path, sink));
  const definition = definitionOf(path, sink);
  if (!first && definition?.multiple) return readResourceInstances([], path, definition, sink);
  if (first?.kind === 'resource-instance' && allows(sink, 'tlv-bare-resource-instances')) {
    if (definition?.multiple === false) return wrongMultiplicity(definition, path, first.at);
    return readResourceInstances(nodes, path, definition, sink);
  }
  return readOnly(nodes, path, ['resource', 'multiple-resource'], (node) => readResource(node, path, sink));
}

function readResourceInstanceTarget(nodes: readonly TlvNode[], path: Path, sink: Sink): Problem | undefined {
  const definition = definitionOf(path, sink);
  const kind = nodes[0]?.kind;
  if (kind === 'multiple-resource' && allows(sink, 'tlv-multiple-wrapper'))
    return unwrap(nodes, kind, path.slice(0, 3), (inner) => readResourceInstanceTarget(inner, path, sink));
  const accepted: TlvNode['kind'][] = ['resource-instance'];
  if (allows(sink, 'tlv-resource-for-instance')) accepted.push('resource');
  return readOnly(nodes, path, accepted, (node) => readValue(node, path, definition, sink));
}

/** Exactly one TLV, with the last id of the path. */
function readOnly(
  nodes: readonly TlvNode[],
  path: Path,
  kinds: readonly TlvNode['kind'][],
  read: (node: TlvNode) => Problem | undefined,
): Problem | undefined {
  const [first] = nodes;
  const place = formatPath(path);
  if (!first)
    return { code: 'truncated', message: 'no TLV is there', at: 0, place, hint: `expected one ${kinds.join(' or ')}` };
  for (const node of nodes) {
    const problem = wrongKind(node, path, ...kinds) ?? wrongId(node, path);
    if (problem) return problem;
  }
  return badIds(nodes, path.slice(0, -1)) ?? read(first);
}

/** The children of a wrapper that is the only TLV and has the last id of `path`. */
function unwrap(
  nodes: readonly TlvNode[],
  kind: TlvNode['kind'],
  path: Path,
  read: (inner: readonly TlvNode[]) => Problem | undefined,
): Problem | undefined {
  return readOnly(nodes, path, [kind], (node) => read(node.children ?? []));
}

function readValue(
  node: TlvNode,
  path: Path,
  definition: ResourceDefinition | undefined,
  sink: Sink,
): Problem | undefined {
  const value = decodeTlvValue(node.value, definition?.type ?? 'opaque', node.valueAt);
  if (!value.ok) return { ...value.problem, place: formatPath(path) };
  sink.entries.push({ path, value: value.value });
  return undefined;
}

function definitionOf(path: Path, sink: Sink): ResourceDefinition | undefined {
  const [object = 0, , resource = 0] = path;
  return sink.context.model?.resource(object, resource);
}

function wrongKind(node: TlvNode, path: Path, ...kinds: readonly TlvNode['kind'][]): Problem | undefined {
  if (kinds.includes(node.kind)) return undefined;
  return {
    code: 'bad-structure',
    message: `a TLV of kind ${node.kind} has no place here`,
    at: node.at,
    place: formatPath(path),
    hint: `expected ${kinds.join(' or ')}`,
  };
}

function wrongId(node: TlvNode, path: Path): Problem | undefined {
  const id = path.at(-1);
  if (node.id === id) return undefined;
  return {
    code: 'outside-base',
    message: `${node.kind} ${node.id} is not what the request path is about`,
    at: node.at,
    place: formatPath(path),
    hint: `expected the id ${id}`,
  };
}

function wrongMultiplicity(definition: ResourceDefinition, path: Path, at: number): Problem {
  const kind = definition.multiple ? 'multiple-resource' : 'resource';
  return {
    code: 'bad-type',
    message: `the Resource ${definition.name} is ${definition.multiple ? 'multiple' : 'single'}`,
    at,
    place: formatPath(path),
    hint: `expected a TLV of kind ${kind}`,
  };
}

/** Ids are below 65535, each once. */
function badIds(nodes: readonly TlvNode[], path: Path): Problem | undefined {
  const reserved = nodes.find((node) => node.id >= MAX_ID);
  if (reserved) return badId('out-of-range', `${reserved.kind} ${reserved.id}: this id is reserved`, reserved, path);
  const repeated = findRepeated(nodes);
  return repeated && badId('duplicate', `${repeated.kind} ${repeated.id} stands twice`, repeated, path);
}

const badId = (code: string, message: string, node: TlvNode, path: Path): Problem => ({
  code,
  message,
  at: node.at,
  place: formatPath(path),
});

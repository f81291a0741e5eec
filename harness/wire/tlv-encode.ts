import { failed, ok, type Problem, type Result } from '../base/error.js';
import { formatPath, isWithin, MAX_ID, type Path } from '../model/path.js';
import type { Entry } from '../model/value.js';
import type { EncodeContext } from './codec.js';
import { encodeTlvTree, findRepeated, type TlvLengthBits, type TlvSpec } from './tlv-tree.js';
import { encodeTlvValue, type TlvWidths } from './tlv-value.js';

/** Permitted alternatives that {@link encodeTlv} writes by name. */
export const TLV_STYLES = {
  'tlv-instance-wrapper': 'the Object Instance also on /o/i (X-38); on /o/i/r a fault (EN-08)',
  'tlv-resource-for-instance': 'kind Resource on /o/i/r/ri (X-39)',
  'tlv-multiple-wrapper': 'the multiple Resource also on /o/i/r/ri (X-39)',
  'tlv-id16': 'every id in 16 bits (F-17)',
  'tlv-length8': 'a length field of at least 8 bits (F-17)',
  'tlv-length16': 'a length field of at least 16 bits (F-17)',
  'tlv-length24': 'every length field in 24 bits (F-17)',
  'tlv-reserved-bits': 'bits 2-0 set where a length field exists (X-65)',
  'tlv-integer4': 'integers in at least 4 bytes (F-8)',
  'tlv-integer8': 'integers in 8 bytes (F-8)',
  'tlv-float4': 'floats in 4 bytes, rounded where needed',
  'tlv-float8': 'floats in 8 bytes',
} as const;

/** Deliberate faults, likewise. */
export const TLV_FAULTS = {
  'tlv-unwrapped-instance': 'Resources of the only instance bare on /o (X-76)',
  'tlv-bare-resource-instances': 'Resource Instances without their multiple Resource, on /o/i/r',
} as const;

type Style = keyof typeof TLV_STYLES | keyof typeof TLV_FAULTS;

interface Layout {
  readonly has: (style: Style) => boolean;
  readonly widths: TlvWidths;
  /** Whether any header is to be longer than needed. */
  readonly wide: boolean;
}

/** A TLV in the making: the children are still growing. */
interface Draft extends TlvSpec {
  readonly children?: Draft[];
}

/**
 * Writes values as format 11542, in the order in which their instances and resources first appear.
 *
 * On `/o` each instance is wrapped, except instance 65535: its Resources stand bare, so that the receiver picks the id
 * (Create, M-36). An entry without a value is an empty Object Instance or multiple Resource.
 * Problem codes: `outside-base`, `not-encodable`, `bad-path`; the path is in `place`.
 */
export function encodeTlv(entries: readonly Entry[], context: EncodeContext): Result<Uint8Array> {
  const layout = layoutOf(context);
  if (context.path.length < 1 || context.path.length > 4)
    return failed({ code: 'bad-path', message: `TLV cannot be about ${formatPath(context.path)}` });
  const instances: Draft[] = [];
  for (const entry of entries) {
    const problem = add(entry, context.path, instances, layout);
    if (problem) return failed(problem);
  }
  const repeated = findRepeatedBelow(instances);
  if (repeated) return failed({ code: 'not-encodable', message: `${repeated.kind} ${repeated.id} stands twice` });
  const nodes = arrange(instances, context.path, layout);
  if (!nodes.ok) return nodes;
  return encodeTlvTree(layout.wide ? widen(nodes.value, layout) : nodes.value);
}

function layoutOf(context: EncodeContext): Layout {
  const style = context.style;
  if (!style || style.size === 0) return { has: () => false, widths: {}, wide: false };
  const integer = style.has('tlv-integer8') ? 8 : style.has('tlv-integer4') ? 4 : undefined;
  const float = style.has('tlv-float8') ? 8 : style.has('tlv-float4') ? 4 : undefined;
  return {
    has: (name) => style.has(name),
    widths: { ...(integer && { integer }), ...(float && { float }) },
    wide: ['tlv-id16', 'tlv-length8', 'tlv-length16', 'tlv-length24', 'tlv-reserved-bits'].some((x) => style.has(x)),
  };
}

function add(entry: Entry, base: Path, instances: Draft[], layout: Layout): Problem | undefined {
  const { path, value } = entry;
  const [, instance, resource, resourceInstance] = path;
  const place = formatPath(path);
  if (!isWithin(path, base))
    return { code: 'outside-base', message: `the value lies outside ${formatPath(base)}`, place };
  if (entry.time !== undefined) return { code: 'not-encodable', message: 'TLV carries no time', place };
  if (instance === undefined) return value && misplaced(place);
  const container = childOf(instances, 'instance', instance);
  if (resource === undefined) return value && misplaced(place);
  const siblings = container.children ?? [];
  if (!value) {
    if (resourceInstance !== undefined) return { code: 'not-encodable', message: 'a value is missing', place };
    childOf(siblings, 'multiple-resource', resource);
    return undefined;
  }
  const bytes = encodeTlvValue(value, layout.widths);
  if (!bytes.ok) return { ...bytes.problem, place };
  const leaf: Draft =
    resourceInstance === undefined
      ? { kind: 'resource', id: resource, value: bytes.value }
      : { kind: 'resource-instance', id: resourceInstance, value: bytes.value };
  const level =
    resourceInstance === undefined ? siblings : (childOf(siblings, 'multiple-resource', resource).children ?? []);
  level.push(leaf);
  return undefined;
}

const misplaced = (place: string): Problem => ({
  code: 'not-encodable',
  message: 'a value stands at a Resource or Resource Instance',
  place,
});

/** The container of that id, made when it is not there; the newest one is the likeliest. */
function childOf(level: Draft[], kind: 'instance' | 'multiple-resource', id: number): Draft {
  const last = level.at(-1);
  const found =
    last?.id === id && last.kind === kind ? last : level.find((other) => other.id === id && other.kind === kind);
  if (found) return found;
  const made: Draft = { kind, id, children: [] };
  level.push(made);
  return made;
}

function findRepeatedBelow(drafts: readonly Draft[]): Draft | undefined {
  for (const { children } of drafts) {
    const repeated = children && (findRepeated(children) ?? findRepeatedBelow(children));
    if (repeated) return repeated;
  }
  return undefined;
}

/** Which of the nested TLVs stand at the top, for this path and these styles. */
function arrange(instances: readonly Draft[], path: Path, layout: Layout): Result<readonly TlvSpec[]> {
  const resources = instances[0]?.children ?? [];
  if (path.length === 1) {
    if (!instances.some((one) => one.id === MAX_ID) && !layout.has('tlv-unwrapped-instance')) return ok(instances);
    if (instances.length === 1) return ok(resources);
    const message = 'Resources can stand bare for one instance only';
    return failed({ code: 'not-encodable', message, place: formatPath(path) });
  }
  if (path.length < 4 && layout.has('tlv-instance-wrapper')) return ok(instances);
  if (path.length === 2) return ok(resources);
  const inner = resources[0]?.children ?? [];
  if (path.length === 3) {
    if (resources.length === 0)
      return failed({ code: 'not-encodable', message: 'a Resource needs a value', place: formatPath(path) });
    return ok(layout.has('tlv-bare-resource-instances') && resources[0]?.children ? inner : resources);
  }
  if (inner.length === 0)
    return failed({ code: 'not-encodable', message: 'a Resource Instance needs a value', place: formatPath(path) });
  if (layout.has('tlv-multiple-wrapper')) return ok(resources);
  return ok(layout.has('tlv-resource-for-instance') ? inner.map((one) => ({ ...one, kind: 'resource' })) : inner);
}

function widen(nodes: readonly TlvSpec[], layout: Layout): TlvSpec[] {
  const least = layout.has('tlv-length24') ? 24 : layout.has('tlv-length16') ? 16 : layout.has('tlv-length8') ? 8 : 0;
  return nodes.map((node) => {
    const children = node.children && widen(node.children, layout);
    return { ...node, children, ...widths(node, children, least, layout) };
  });
}

function widths(node: TlvSpec, children: readonly TlvSpec[] | undefined, least: TlvLengthBits, layout: Layout) {
  const encoded = children && encodeTlvTree(children);
  const length = encoded?.ok ? encoded.value.length : (node.value?.length ?? 0);
  const needed: TlvLengthBits = length < 8 ? 0 : length <= 0xff ? 8 : length <= 0xffff ? 16 : 24;
  return {
    ...(layout.has('tlv-id16') && { idBits: 16 as const }),
    ...(needed < least && { lengthBits: least }),
    ...(layout.has('tlv-reserved-bits') && { reserved: 7 }),
  };
}

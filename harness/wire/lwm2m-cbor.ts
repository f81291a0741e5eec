import { formatPath, type Path } from '../model/path.js';
import { withProblem, type Annotation } from './annotation.js';
import { annotateItem, enclosed, withRest } from './cbor/annotate.js';
import type { DescribedCodec } from './cbor/described.js';
import { emptyLeniencies, isNothing } from './cbor/empty.js';
import type { CborItem } from './cbor/item.js';
import { selfDescribed } from './cbor/self-described.js';
import { writerFaults, writerStyles } from './cbor/styled-writer.js';
import { readPartial } from './cbor/tree.js';
import { valueLeniencies } from './cbor/typing.js';
import { timeStyles, valueFaults, valueStyles } from './cbor/values.js';
import { ContentFormat } from './codec.js';
import { decodeLwm2mCbor, LWM2M_CBOR_LENIENCIES } from './lwm2m-cbor-decode.js';
import { encodeLwm2mCbor, LWM2M_CBOR_FAULTS, LWM2M_CBOR_STYLES } from './lwm2m-cbor-encode.js';

/** LwM2M CBOR, Content-Format 11544 (Core 1.2 §7.5.4). */
export const lwm2mCbor: DescribedCodec = {
  format: ContentFormat.lwm2mCbor,
  name: 'application/vnd.oma.lwm2m+cbor',
  styles: { ...LWM2M_CBOR_STYLES, ...writerStyles, ...valueStyles, ...timeStyles },
  faults: { ...LWM2M_CBOR_FAULTS, ...writerFaults, ...valueFaults, ...selfDescribed.faults },
  leniencies: { ...emptyLeniencies, ...LWM2M_CBOR_LENIENCIES, ...valueLeniencies, ...selfDescribed.leniencies },
  decode: decodeLwm2mCbor,
  encode: encodeLwm2mCbor,

  annotate(payload, context) {
    if (isNothing(payload, context)) return [];
    const { item, problem } = readPartial(payload);
    const lines = item ? levelLines(item, 0, []) : [];
    if (problem) return withRest(lines, problem, payload.length);
    return withProblem(lines, decodeLwm2mCbor(payload, context));
  },
};

/** Lines of a map and all below it; a key says which path it leads to. */
function levelLines(item: CborItem, depth: number, prefix: Path): Annotation[] {
  if (item.kind !== 'map') return annotateItem(item, depth);
  const pairs = item.pairs.flatMap(([key, value]) => {
    const path = pathBelow(prefix, key);
    return [...keyLines(key, depth + 1, path), ...levelLines(value, depth + 2, path ?? prefix)];
  });
  return enclosed(item, depth, '', pairs);
}

/** The note belongs to the first line, that of an array key as a whole. */
function keyLines(key: CborItem, depth: number, path: Path | undefined): Annotation[] {
  return annotateItem(key, depth, path ? `: ${formatPath(path)}` : ': no identifier');
}

function pathBelow(prefix: Path, key: CborItem): Path | undefined {
  if (key.kind === 'integer') return [...prefix, Number(key.value)];
  if (key.kind !== 'array') return undefined;
  const ids = key.items.flatMap((id) => (id.kind === 'integer' ? [Number(id.value)] : []));
  return ids.length === key.items.length ? [...prefix, ...ids] : undefined;
}

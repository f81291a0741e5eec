import { nameCode } from './json-bytes.js';

/** Labels of SenML, by their CBOR numbers (RFC 8428 §4.3, §6). The object link of LwM2M has none and gets one of ours. */
export const Label = {
  bver: -1,
  bn: -2,
  bt: -3,
  bu: -4,
  bv: -5,
  bs: -6,
  n: 0,
  u: 1,
  v: 2,
  vs: 3,
  vb: 4,
  s: 5,
  t: 6,
  ut: 7,
  vd: 8,
  /** `vlo`, a text key in CBOR too (Core 1.1 §7.4.6). */
  vlo: 9,
} as const;

/** Labels by their JSON names. */
export const LABELS: ReadonlyMap<string, number> = new Map(Object.entries(Label));

/** Labels by the codes of their JSON names. */
export const LABELS_BY_CODE: ReadonlyMap<number, number> = new Map(
  Object.entries(Label).map(([name, label]) => [nameCode(name), label]),
);

/** JSON names by label. */
export const LABEL_NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(Label).map(([name, label]) => [label, name]),
);

export const LABEL_MEANINGS: Readonly<Record<string, string>> = {
  bver: 'base version',
  bn: 'base name',
  bt: 'base time',
  bu: 'base unit',
  bv: 'base value',
  bs: 'base sum',
  n: 'name',
  u: 'unit',
  v: 'value',
  vs: 'string value',
  vb: 'boolean value',
  s: 'sum',
  t: 'time',
  ut: 'update time',
  vd: 'data value',
  vlo: 'object link value',
};

/** A bit for a set of labels. */
export const bit = (label: number): number => 1 << (label + 6);

export const VALUE_LABELS = bit(Label.v) | bit(Label.vs) | bit(Label.vb) | bit(Label.vd) | bit(Label.vlo);

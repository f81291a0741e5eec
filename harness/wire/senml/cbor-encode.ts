import type { Entry } from '../../model/value.js';
import { writeSelfDescription } from '../cbor/self-described.js';
import { writerFor } from '../cbor/styled-writer.js';
import { writeValue } from '../cbor/values.js';
import type { CborWriter } from '../cbor/writer.js';
import type { PackEncodeContext } from './context.js';
import { Label, LABEL_NAMES } from './labels.js';
import type { Family } from './pack.js';
import { partsOf, valueLabel, type Content, type Part } from './parts.js';
import { planPack, type PlannedRecord, type Style } from './plan.js';

/** Permitted alternatives of SenML CBOR alone. */
export const cborPackStyles = {
  deterministic: 'labels in bytewise order (RFC 8949 §4.2.1)',
} as const;

/** Faults of SenML CBOR alone. */
export const cborPackFaults = {
  'text-labels': 'known labels as text',
  'tagged-time': 'times as seconds with tag 1: outside the data types of SenML, seen in the field (X-52)',
  'dated-time': 'times as RFC 3339 text with tag 0',
} as const;

/** Writes a pack of SenML CBOR (RFC 8428 §6). @throws ProblemError `not-encodable` */
export function encodeCborPack(entries: readonly Entry[], family: Family, context: PackEncodeContext): Uint8Array {
  const { style } = context;
  const records = planPack(entries, family, context);
  const writer = writerFor(style);
  writeSelfDescription(writer, style);
  const isArray = !style?.has('not-an-array');
  if (isArray) writer.array(records.length);
  if (style) for (const [i, record] of records.entries()) writeParts(writer, partsOf(record, i === 0, style), style);
  else for (const record of records) writeRecord(writer, record);
  if (isArray) writer.end();
  return writer.finish();
}

/** The canonical form, without the detour over parts: the same bytes (see the tests) in half the time. */
function writeRecord(writer: CborWriter, { bn, bt, n, t, valued, entry }: PlannedRecord): void {
  const value = entry.value;
  writer.map(
    Number(bn !== undefined) +
      Number(bt !== undefined) +
      Number(n !== undefined) +
      Number(t !== undefined) +
      Number(valued),
  );
  if (bn !== undefined) {
    writer.integer(Label.bn);
    writer.text(bn);
  }
  if (bt !== undefined) {
    writer.integer(Label.bt);
    writeNumber(writer, bt);
  }
  if (n !== undefined) {
    writer.integer(Label.n);
    writer.text(n);
  }
  if (t !== undefined) {
    writer.integer(Label.t);
    writeNumber(writer, t);
  }
  if (valued) {
    writeLabel(writer, valueLabel(value, undefined), undefined);
    if (value) writeValue(writer, value, undefined);
    else writer.null();
  }
  writer.end();
}

function writeParts(writer: CborWriter, parts: readonly Part[], style: Style): void {
  const ordered = style?.has('deterministic') ? [...parts].sort((a, b) => rank(a.label) - rank(b.label)) : parts;
  writer.map(ordered.length);
  for (const { label, content } of ordered) {
    writeLabel(writer, label, style);
    writeContent(writer, content, style);
  }
  writer.end();
}

/** Bytewise order of labels: unsigned, then negative, then text by length. */
function rank(label: number | string): number {
  if (typeof label === 'string') return 100 + label.length;
  if (label === Label.vlo) return 103;
  return label >= 0 ? label : 10 - label;
}

function writeLabel(writer: CborWriter, label: number | string, style: Style): void {
  if (typeof label === 'string') writer.key(label);
  else if (label === Label.vlo || style?.has('text-labels')) writer.key(LABEL_NAMES.get(label) ?? '');
  else writer.integer(label);
}

function writeContent(writer: CborWriter, content: Content, style: Style): void {
  switch (content.kind) {
    case 'text':
      return writer.text(content.value);
    case 'number':
      return writeNumber(writer, content.value);
    case 'value':
      return writeValue(writer, content.value, style);
    case 'null':
      return writer.null();
  }
}

function writeNumber(writer: CborWriter, value: number): void {
  if (Number.isSafeInteger(value)) writer.integer(value);
  else writer.float(value);
}

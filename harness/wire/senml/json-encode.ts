import { concatBytes, utf8 } from '../../base/bytes.js';
import type { Entry, Value } from '../../model/value.js';
import { fail } from '../cbor/attempt.js';
import { isEncodable } from '../cbor/text.js';
import { checkInteger, formatLink } from '../cbor/values.js';
import { formatBase64url } from './base64url.js';
import type { PackEncodeContext } from './context.js';
import { LABEL_NAMES } from './labels.js';
import type { Family } from './pack.js';
import { partsOf, type Content, type Part } from './parts.js';
import { planPack, type Style } from './plan.js';

/** Permitted alternatives of SenML JSON alone. */
export const jsonStyles = {
  whitespace: 'blanks and line feeds wherever they may stand (RFC 8259 §2)',
  escaped: 'every character of a string as \\u escape (RFC 8259 §7)',
  'float-as-integer': 'floats without a fraction without ".0"',
  exponents: 'floats with an exponent, in lower case (RFC 8428 §5.1)',
} as const;

/** Faults of SenML JSON, and forms that receivers may refuse. */
export const jsonFaults = {
  'base64-padding': 'data values padded with "="',
  'base64-standard-alphabet': 'data values with "+" and "/"',
  'hex-null-link': 'the null link written FFFF:FFFF',
  'link-trailing-nul': 'object links with a NUL at their end',
  'boolean-as-integer': 'booleans as 0 and 1',
  'integer-as-float': 'integers with ".0": receivers may take or refuse it',
  'number-as-string': 'numbers in quotes',
  'leading-zero': 'numbers with a zero in front',
  'upper-case-exponent': 'floats with an exponent in upper case: JSON, but not RFC 8428 §5.1',
  'non-finite-numbers': 'NaN and infinity as bare words',
  'lone-surrogate': 'strings end in half a surrogate pair, escaped',
  'bad-utf8': 'strings end in a byte that is not UTF-8',
  'control-character': 'strings end in a line feed that is not escaped',
  'trailing-comma': 'a comma after the last record',
  'trailing-text': 'text after the array',
  'byte-order-mark': 'a byte order mark in front (RFC 8259 §8.1)',
  truncated: 'the last byte is missing',
} as const;

/** Writes a pack of SenML JSON (RFC 8428 §5). @throws ProblemError `not-encodable` */
export function encodeJsonPack(entries: readonly Entry[], family: Family, context: PackEncodeContext): Uint8Array {
  const { style } = context;
  const records = planPack(entries, family, context);
  const gap = style?.has('whitespace') ? '\n ' : '';
  const texts = records.map((record, i) => formatRecord(partsOf(record, i === 0, style), gap, style));
  const list = `${texts.join(`,${gap}`)}${style?.has('trailing-comma') && texts.length > 0 ? ',' : ''}`;
  const text = style?.has('not-an-array') ? list : `[${gap}${list}${gap}]`;
  const payload = bytesOf(
    `${style?.has('byte-order-mark') ? '\ufeff' : ''}${text}${style?.has('trailing-text') ? ' x' : ''}`,
  );
  return style?.has('truncated') ? payload.subarray(0, -1) : payload;
}

/** Stands for a byte that is not UTF-8 until the text has become bytes: half a surrogate pair, which no value can hold. */
const BAD = '\ud800';

function bytesOf(text: string): Uint8Array {
  if (!text.includes(BAD)) return utf8(text);
  const parts = text.split(/\ud800(?![\udc00-\udfff])/);
  return concatBytes(...parts.flatMap((part, i) => (i === 0 ? [utf8(part)] : [Uint8Array.of(0xc3), utf8(part)])));
}

function formatRecord(parts: readonly Part[], gap: string, style: Style): string {
  const members = parts.map(({ label, content }) => {
    const name = typeof label === 'string' ? label : (LABEL_NAMES.get(label) ?? '');
    return `"${name}"${gap}:${gap}${formatContent(content, style)}`;
  });
  return `{${gap}${members.join(`,${gap}`)}${gap}}`;
}

function formatContent(content: Content, style: Style): string {
  switch (content.kind) {
    case 'text':
      return formatString(content.value, style?.has('escaped') ? style : undefined);
    case 'number':
      return String(content.value);
    case 'value':
      return formatValue(content.value, style);
    case 'null':
      return 'null';
  }
}

function formatValue(value: Value, style: Style): string {
  switch (value.type) {
    case 'string':
    case 'corelnk':
      return formatString(value.value, style);
    case 'boolean':
      return style?.has('boolean-as-integer') ? (value.value ? '1' : '0') : String(value.value);
    case 'opaque':
      return `"${formatData(value.value, style)}"`;
    case 'objlnk':
      return formatString(formatLink(value.value, style), undefined);
    case 'float':
      return quoted(formatFloat(value.value, style), style);
    default:
      checkInteger(value);
      return quoted(`${zeroed(String(value.value), style)}${style?.has('integer-as-float') ? '.0' : ''}`, style);
  }
}

const quoted = (number: string, style: Style): string => (style?.has('number-as-string') ? `"${number}"` : number);

const zeroed = (number: string, style: Style): string =>
  style?.has('leading-zero') ? number.replace(/^-?/, '$&0') : number;

/** The shortest decimal that is the same binary64; it shows that it is a float (RFC 8428 §5.1: a lower-case e). */
function formatFloat(value: number, style: Style): string {
  if (!Number.isFinite(value)) {
    if (style?.has('non-finite-numbers')) return String(value);
    return fail('not-encodable', `JSON has no number ${value}`);
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  const shown = style?.has('exponents') || style?.has('upper-case-exponent') ? exponential(value) : text;
  const isWhole = /^-?\d+$/.test(shown) && !(style?.has('float-as-integer') && shown !== '-0');
  const number = zeroed(isWhole ? `${shown}.0` : shown, style);
  return style?.has('upper-case-exponent') ? number.toUpperCase() : number;
}

const exponential = (value: number): string => (Object.is(value, -0) ? '-0e+0' : value.toExponential());

function formatData(bytes: Uint8Array, style: Style): string {
  const url = formatBase64url(bytes);
  const text = style?.has('base64-standard-alphabet') ? url.replaceAll('-', '+').replaceAll('_', '/') : url;
  return style?.has('base64-padding') ? text.padEnd(Math.ceil(text.length / 4) * 4, '=') : text;
}

/** A string of JSON; without a style its canonical form. */
function formatString(value: string, style: Style): string {
  if (!isEncodable(value)) return fail('not-encodable', 'a lone surrogate has no UTF-8 form');
  const body = style?.has('escaped') ? escapeAll(value) : JSON.stringify(value).slice(1, -1);
  return `"${body}${style?.has('lone-surrogate') ? '\\ud800' : ''}${style?.has('bad-utf8') ? BAD : ''}${style?.has('control-character') ? '\n' : ''}"`;
}

function escapeAll(value: string): string {
  let text = '';
  for (let i = 0; i < value.length; i++) text += `\\u${value.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return text;
}

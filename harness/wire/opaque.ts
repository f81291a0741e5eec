import { utf8 } from '../base/bytes.js';
import { failed, ok, type Result } from '../base/error.js';
import { formatPath } from '../model/path.js';
import type { Entry } from '../model/value.js';
import type { DescribedCodec } from './annotation.js';
import { ContentFormat, type DecodeContext, type EncodeContext } from './codec.js';
import { annotateSingle } from './text-annotate.js';
import { readUtf8 } from './text-value.js';
import { singleType, singleValue } from './text.js';

/** Deviations that the opaque codec accepts by name. */
export const OPAQUE_LENIENCIES = {
  'opaque-for-string': 'the UTF-8 of a String or Corelnk as opaque data',
} as const;

/** Deliberate faults that the opaque codec writes by name. */
export const OPAQUE_FAULTS = {
  'opaque-for-string': 'a String or Corelnk as opaque data',
} as const;

/** Opaque data, Content-Format 42: the bytes of one Opaque Resource or Resource Instance (Core 1.1 §7.4.2). */
export const opaqueCodec: DescribedCodec = {
  format: ContentFormat.opaque,
  name: 'application/octet-stream',
  styles: {},
  faults: OPAQUE_FAULTS,
  leniencies: OPAQUE_LENIENCIES,
  decode: decodeOpaque,
  encode: encodeOpaque,
  annotate: (payload, context) => annotateSingle(payload, decodeOpaque(payload, context)),
};

/** Problem codes: `bad-type` (the Resource is not Opaque), `unsupported` (the path is not that of a single value). */
function decodeOpaque(payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]> {
  const type = singleType(context, 'opaque');
  if (!type.ok) return type;
  if (type.value === 'opaque') return ok([{ path: context.path, value: { type: 'opaque', value: payload } }]);
  if (context.lenient?.has('opaque-for-string') && (type.value === 'string' || type.value === 'corelnk')) {
    const text = readUtf8(payload);
    return text.ok ? ok([{ path: context.path, value: { type: type.value, value: text.value } }]) : text;
  }
  return failed({
    code: 'bad-type',
    message: `a Resource of type ${type.value} has no opaque form`,
    at: 0,
    place: formatPath(context.path),
  });
}

function encodeOpaque(entries: readonly Entry[], context: EncodeContext): Result<Uint8Array> {
  const value = singleValue(entries, context.path);
  if (!value.ok) return value;
  if (value.value.type === 'opaque') return ok(value.value.value);
  if (context.style?.has('opaque-for-string') && (value.value.type === 'string' || value.value.type === 'corelnk'))
    return ok(utf8(value.value.value));
  return failed({
    code: 'not-encodable',
    message: `a value of type ${value.value.type} has no opaque form`,
    place: formatPath(context.path),
  });
}

import { utf8 } from '../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import { formatPath, type Path } from '../model/path.js';
import type { Entry, ResourceType, Value } from '../model/value.js';
import type { DescribedCodec } from './annotation.js';
import { ContentFormat, type DecodeContext, type EncodeContext } from './codec.js';
import { annotateSingle } from './text-annotate.js';
import { formatTextValue, parseTextValue, readUtf8, TEXT_LENIENCIES } from './text-value.js';

/** Plain text, Content-Format 0: the value of one Resource or Resource Instance (Core 1.1 §7.4.1). */
export const textCodec: DescribedCodec = {
  format: ContentFormat.text,
  name: 'text/plain',
  styles: {},
  faults: {},
  leniencies: TEXT_LENIENCIES,
  decode: decodeText,
  encode: encodeText,
  annotate: (payload, context) => annotateSingle(payload, decodeText(payload, context)),
};

/**
 * Reads a text; without a definition it is a String.
 * Problem codes: those of {@link parseTextValue}, `invalid-utf8`, `unsupported` (the path is not that of a single value).
 */
function decodeText(payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]> {
  const type = singleType(context, 'string');
  if (!type.ok) return type;
  const text = readUtf8(payload);
  if (!text.ok) return located(text.problem, context.path);
  const value = parseTextValue(text.value, type.value, context.lenient);
  return value.ok ? ok([{ path: context.path, value: value.value }]) : located(value.problem, context.path);
}

function encodeText(entries: readonly Entry[], context: EncodeContext): Result<Uint8Array> {
  const value = singleValue(entries, context.path);
  if (!value.ok) return value;
  const text = formatTextValue(value.value);
  return text.ok ? ok(utf8(text.value)) : located(text.problem, context.path);
}

const located = (problem: Problem, path: Path): Result<never> => failed({ ...problem, place: formatPath(path) });

/**
 * The type of the one value that a single-value format carries for this path (F-5).
 * Problem code: `unsupported`, for an Object, an instance, or a multiple Resource as a whole.
 */
export function singleType(context: DecodeContext, without: ResourceType): Result<ResourceType> {
  const { path, model } = context;
  const [object = 0, , resource = 0] = path;
  const definition = model?.resource(object, resource);
  const single = path.length === 4 || (path.length === 3 && definition?.multiple !== true);
  if (single) return ok(definition?.type ?? without);
  return failed({
    code: 'unsupported',
    message: 'this format carries one value',
    at: 0,
    place: formatPath(path),
    hint: 'expected the path of a single Resource or a Resource Instance',
  });
}

/** The value of the only entry, which stands at `path`. Problem code: `not-encodable`. */
export function singleValue(entries: readonly Entry[], path: Path): Result<Value> {
  const [entry] = entries;
  const place = formatPath(path);
  if (entries.length !== 1 || !entry?.value)
    return failed({ code: 'not-encodable', message: 'this format carries exactly one value', place });
  if (path.length < 3 || formatPath(entry.path) !== place)
    return failed({
      code: 'not-encodable',
      message: `${formatPath(entry.path)} is not the path of the request`,
      place,
    });
  if (entry.time !== undefined) return failed({ code: 'not-encodable', message: 'this format carries no time', place });
  return ok(entry.value);
}

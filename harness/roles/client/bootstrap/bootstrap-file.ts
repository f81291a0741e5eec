import { failed, ok, type Problem, type Result } from '../../../base/error.js';
import type { Model } from '../../../model/definition.js';
import type { PlainContent } from '../../../model/plain.js';
import type { Entry } from '../../../model/value.js';
import { ContentFormat } from '../../../wire/codec.js';
import { contentOf } from '../../../wire/coerce.js';
import { decode } from '../../../wire/formats.js';

export interface BootstrapFile {
  /** By absolute path. */
  readonly values: PlainContent;
  readonly remarks: readonly Problem[];
}

/** Number of Objects, and of bytes that follow. */
const HEADER = 4;

/** Object id in two bytes, length in three. */
const OBJECT_HEADER = 5;

/**
 * Reads the content of EF(LwM2M_Bootstrap) (Core 1.1 App. G.3.4): number of Objects and number of bytes, two bytes each; then for
 * every Object its id, in two bytes, the length of its instances, in three, and these as TLV. What follows is padding.
 *
 * Problem codes: `card-content` with the offset in the file, and those of the TLV decoder with the offset in the Object. Remark
 * code: `card-unknown-object`, which is left aside.
 *
 * @example
 * // one Object, 11 bytes: Object 1, 6 bytes: instance 0 with resource 1 = 60
 * decodeBootstrapFile(Uint8Array.of(0, 1, 0, 11, 0, 1, 0, 0, 6, 0x08, 0, 3, 0xc1, 1, 60), model)
 * // => { ok: true, value: { values: { '/1/0/1': 60 }, remarks: [] } }
 */
export function decodeBootstrapFile(bytes: Uint8Array, model: Model): Result<BootstrapFile> {
  if (bytes.length < HEADER) return damaged(0, 'the file has no header');
  const count = uint(bytes, 0, 2);
  const end = HEADER + uint(bytes, 2, 2);
  if (end > bytes.length) return damaged(2, `${end - HEADER} bytes are announced, ${bytes.length - HEADER} are there`);
  const entries: Entry[] = [];
  const remarks: Problem[] = [];
  let at = HEADER;
  for (let i = 0; i < count; i++) {
    const from = at + OBJECT_HEADER;
    if (from > end) return damaged(at, `Object ${i + 1} of ${count} is missing`);
    const object = uint(bytes, at, 2);
    const to = from + uint(bytes, at + 2, 3);
    if (to > end) return damaged(at + 2, `the instances of Object ${object} go beyond the announced end`);
    const own = decode(ContentFormat.tlv, bytes.subarray(from, to), { path: [object], model });
    if (!own.ok) return failed({ ...own.problem, message: `Object ${object}: ${own.problem.message}` });
    if (model.object(object)) entries.push(...own.value);
    else remarks.push({ code: 'card-unknown-object', message: `Object ${object} is not known`, at });
    at = to;
  }
  if (at < end) return damaged(at, `${end - at} bytes are left after ${count} Objects`);
  return ok({ values: valuesOf(entries), remarks });
}

function valuesOf(entries: readonly Entry[]): PlainContent {
  const content = contentOf(entries, []);
  if (typeof content !== 'object') return {};
  return Object.fromEntries(Object.entries(content).map(([path, value]) => [`/${path}`, value]));
}

/** Unsigned, most significant byte first. */
function uint(bytes: Uint8Array, at: number, length: number): number {
  return bytes.subarray(at, at + length).reduce((value, byte) => value * 256 + byte, 0);
}

const damaged = (at: number, message: string): Result<never> => failed({ code: 'card-content', message, at });

import type { Result } from '../base/error.js';
import { formatPath } from '../model/path.js';
import { formatValue, type Entry } from '../model/value.js';
import { unreadable, type Annotation } from './annotation.js';

/** Explains a payload that is one value as a whole: one line with path and value, or with what is wrong. */
export function annotateSingle(payload: Uint8Array, decoded: Result<readonly Entry[]>): readonly Annotation[] {
  if (!decoded.ok) return unreadable(payload, decoded.problem);
  return decoded.value.map(({ path, value }) => ({
    at: 0,
    length: payload.length,
    depth: 0,
    meaning: `${formatPath(path)} = ${value ? formatValue(value) : ''}`,
  }));
}

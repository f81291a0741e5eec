import { formatProblem, type Problem } from '../base/error.js';
import type { Model } from '../model/definition.js';
import { formatPath, parsePath } from '../model/path.js';
import type { Plain } from '../model/plain.js';
import type { Entry } from '../model/value.js';
import { toPlain } from '../wire/coerce.js';
import { decode } from '../wire/formats.js';

/** A Create may leave the instance to the client (Core 1.1 §6.3.6); it is shown as 65535. */
const NEW_INSTANCE: ReadonlySet<string> = new Set(['tlv-new-instance']);

/**
 * A payload as values, decoded when first asked for: a procedure that looks only at codes pays nothing,
 * and a payload that cannot be decoded is a problem of the check that looks, not of the view.
 */
export class Content {
  #decoded: { readonly entries: readonly Entry[]; readonly problem?: Problem } | undefined;

  constructor(
    private readonly payload: Uint8Array,
    private readonly format: number | undefined,
    private readonly path: string,
    private readonly model: Model,
    /** Alternate path of the client: names in SenML may begin with it (Transport 1.2 §6.4.1). */
    private readonly rootPath = '',
  ) {}

  /** Every value with its path; empty when the payload cannot be decoded. */
  get entries(): readonly Entry[] {
    return this.#decode().entries;
  }

  /** What is wrong with the payload, as a sentence; undefined when it was decoded. */
  get problem(): string | undefined {
    const { problem } = this.#decode();
    return problem && formatProblem(problem);
  }

  /** Values by absolute path, `{ '/3/0/7/0': 3800 }`. */
  get values(): Readonly<Record<string, Plain>> {
    const values: Record<string, Plain> = {};
    for (const { path, value } of this.entries) if (value) values[formatPath(path)] = toPlain(value);
    return values;
  }

  /** The value at `path`, or undefined. */
  value(path: string): Plain | undefined {
    return this.values[path];
  }

  #decode(): { readonly entries: readonly Entry[]; readonly problem?: Problem } {
    return (this.#decoded ??= this.#attempt());
  }

  #attempt(): { readonly entries: readonly Entry[]; readonly problem?: Problem } {
    if (this.format === undefined)
      return this.payload.length === 0
        ? { entries: [] }
        : { entries: [], problem: { code: 'no-format', message: 'a payload without Content-Format' } };
    const path = parsePath(this.path);
    if (!path.ok) return { entries: [], problem: path.problem };
    const decoded = decode(this.format, this.payload, {
      ...{ path: path.value, model: this.model, lenient: NEW_INSTANCE },
      ...(this.rootPath !== '' && { rootPath: this.rootPath }),
    });
    return decoded.ok ? { entries: decoded.value } : { entries: [], problem: decoded.problem };
  }
}

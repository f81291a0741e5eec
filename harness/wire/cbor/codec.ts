import { formatPath, type Path } from '../../model/path.js';
import type { Result } from '../../base/error.js';
import type { Model } from '../../model/definition.js';
import type { Entry } from '../../model/value.js';
import { ContentFormat, type DecodeContext } from '../codec.js';
import { withProblem } from '../annotation.js';
import { annotateItem, withRest } from './annotate.js';
import { attempt, fail } from './attempt.js';
import { onlyValue } from './check.js';
import type { DescribedCodec } from './described.js';
import { CborReader } from './reader.js';
import { readScalar } from './scalar.js';
import { selfDescribed, skipSelfDescription, writeSelfDescription } from './self-described.js';
import { writerFaults, writerFor, writerStyles } from './styled-writer.js';
import { readPartial } from './tree.js';
import { typeAt, typeScalar, valueLeniencies } from './typing.js';
import { timeStyles, valueFaults, valueStyles, writeValue } from './values.js';

/** CBOR, Content-Format 60: the value of one resource or resource instance (Core 1.1 §7.4.3, RFC 8949). */
export const cbor: DescribedCodec = {
  format: ContentFormat.cbor,
  name: 'application/cbor',
  styles: { ...writerStyles, ...valueStyles, ...timeStyles },
  faults: { ...writerFaults, ...valueFaults, ...selfDescribed.faults },
  leniencies: { ...valueLeniencies, ...selfDescribed.leniencies },

  decode,

  encode: (entries, context) =>
    attempt(() => {
      const value = onlyValue(entries, targetOf(context.path, context.model));
      const writer = writerFor(context.style);
      writeSelfDescription(writer, context.style);
      writeValue(writer, value, context.style);
      return writer.finish();
    }),

  annotate(payload, context) {
    const { item, problem } = readPartial(payload);
    const lines = item ? annotateItem(item, 0) : [];
    if (problem) return withRest(lines, problem, payload.length);
    return withProblem(lines, decode(payload, context));
  },
};

function decode(payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]> {
  return attempt(() => [decodeValue(payload, context)]);
}

function decodeValue(payload: Uint8Array, context: DecodeContext): Entry {
  const path = targetOf(context.path, context.model);
  const reader = new CborReader(payload);
  skipSelfDescription(reader, context.lenient);
  const at = reader.at;
  const scalar = readScalar(reader);
  reader.done();
  return { path, value: typeScalar(scalar, typeAt(context.model, path, at, 'bad-type'), path, at, context.lenient) };
}

/** The path, when it can have a single value (F-5). */
function targetOf(path: Path, model: Model | undefined): Path {
  if (path.length < 3) fail('unsupported', `${formatPath(path)} is no resource: CBOR holds a single value`);
  if (path.length === 3 && model?.resource(path[0] ?? -1, path[2] ?? -1)?.multiple)
    fail('unsupported', `${formatPath(path)} is a multiple resource: CBOR holds a single value`);
  return path;
}

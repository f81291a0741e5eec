import type { Result } from '../../base/error.js';
import type { Entry } from '../../model/value.js';
import { ContentFormat } from '../codec.js';
import { attempt } from '../cbor/attempt.js';
import type { DescribedCodec } from '../cbor/described.js';
import { emptyLeniencies } from '../cbor/empty.js';
import { selfDescribed } from '../cbor/self-described.js';
import { writerFaults, writerStyles } from '../cbor/styled-writer.js';
import { valueLeniencies } from '../cbor/typing.js';
import { valueFaults, valueStyles } from '../cbor/values.js';
import { annotateCborPack, annotateJsonPack } from './annotate.js';
import { dataLeniencies } from './base64url.js';
import { cborLeniencies, decodeCborPack } from './cbor-decode.js';
import { cborPackFaults, cborPackStyles, encodeCborPack } from './cbor-encode.js';
import type { PackDecodeContext, PackEncodeContext } from './context.js';
import { recordLeniencies } from './fields.js';
import { decodeJsonPack, jsonLeniencies } from './json-decode.js';
import { encodeJsonPack, jsonFaults, jsonStyles } from './json-encode.js';
import type { Family } from './pack.js';
import { recordFaults, recordStyles } from './plan.js';

export type { Pack, PackDecodeContext, PackEncodeContext } from './context.js';

/** A codec of SenML, which can be told what the records of a pack are. */
export interface SenmlCodec extends DescribedCodec {
  decode(payload: Uint8Array, context: PackDecodeContext): Result<readonly Entry[]>;
  encode(entries: readonly Entry[], context: PackEncodeContext): Result<Uint8Array>;
}

const json = {
  styles: { ...recordStyles, ...jsonStyles },
  faults: { ...recordFaults, ...jsonFaults },
  leniencies: { ...emptyLeniencies, ...valueLeniencies, ...recordLeniencies, ...jsonLeniencies, ...dataLeniencies },
};

const cbor = {
  styles: { ...recordStyles, ...cborPackStyles, ...writerStyles, ...valueStyles },
  faults: { ...recordFaults, ...cborPackFaults, ...writerFaults, ...valueFaults, ...selfDescribed.faults },
  leniencies: {
    ...emptyLeniencies,
    ...valueLeniencies,
    ...recordLeniencies,
    ...cborLeniencies,
    ...selfDescribed.leniencies,
  },
};

const jsonCodec = (format: number, name: string, family: Family): SenmlCodec => ({
  format,
  name,
  ...json,
  decode: (payload, context) => attempt(() => decodeJsonPack(payload, family, context)),
  encode: (entries, context) => attempt(() => encodeJsonPack(entries, family, context)),
  annotate: (payload, context) => annotateJsonPack(payload, family, context),
});

const cborCodec = (format: number, name: string, family: Family): SenmlCodec => ({
  format,
  name,
  ...cbor,
  decode: (payload, context) => attempt(() => decodeCborPack(payload, family, context)),
  encode: (entries, context) => attempt(() => encodeCborPack(entries, family, context)),
  annotate: (payload, context) => annotateCborPack(payload, family, context),
});

/** SenML JSON, Content-Format 110 (Core 1.1 §7.4.5, RFC 8428 §5). */
export const senmlJson = jsonCodec(ContentFormat.senmlJson, 'application/senml+json', { etch: false });

/** SenML CBOR, Content-Format 112 (Core 1.1 §7.4.6, RFC 8428 §6). */
export const senmlCbor = cborCodec(ContentFormat.senmlCbor, 'application/senml+cbor', { etch: false });

/** SenML-ETCH JSON, Content-Format 320: bodies of composite requests (Core 1.2 §7.5, RFC 8790). */
export const senmlEtchJson = jsonCodec(ContentFormat.senmlEtchJson, 'application/senml-etch+json', { etch: true });

/** SenML-ETCH CBOR, Content-Format 322: bodies of composite requests (Core 1.2 §7.5, RFC 8790). */
export const senmlEtchCbor = cborCodec(ContentFormat.senmlEtchCbor, 'application/senml-etch+cbor', { etch: true });

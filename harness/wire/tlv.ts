import type { DescribedCodec } from './annotation.js';
import { ContentFormat } from './codec.js';
import { annotateTlv } from './tlv-annotate.js';
import { decodeTlv, TLV_LENIENCIES } from './tlv-decode.js';
import { encodeTlv, TLV_FAULTS, TLV_STYLES } from './tlv-encode.js';

/** OMA TLV, Content-Format 11542 (Core 1.0 §6.4.3, Core 1.1 §7.4.4). */
export const tlvCodec: DescribedCodec = {
  format: ContentFormat.tlv,
  name: 'application/vnd.oma.lwm2m+tlv',
  styles: TLV_STYLES,
  faults: TLV_FAULTS,
  leniencies: TLV_LENIENCIES,
  decode: decodeTlv,
  encode: encodeTlv,
  annotate: annotateTlv,
};

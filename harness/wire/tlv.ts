import { ContentFormat, type Codec } from './codec.js';
import { decodeTlv } from './tlv-decode.js';
import { encodeTlv } from './tlv-encode.js';

/** OMA TLV, Content-Format 11542 (Core 1.0 §6.4.3, Core 1.1 §7.4.4). */
export const tlvCodec: Codec = {
  format: ContentFormat.tlv,
  name: 'application/vnd.oma.lwm2m+tlv',
  decode: decodeTlv,
  encode: encodeTlv,
};

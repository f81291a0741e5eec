/**
 * `lwm2m-conformance/wire`: LwM2M payloads, queries and CoAP messages as values and back, with the place and class of whatever is
 * wrong. Nothing here throws, sends, or knows the time.
 */
export type { Annotation } from './annotation.js';
export { ContentFormat, type Codec, type DecodeContext, type EncodeContext, type Leniency } from './codec.js';
export {
  annotate,
  codecOf,
  CODECS,
  decode,
  encode,
  FAULTS,
  formatName,
  LENIENCIES,
  STYLES,
  type Meanings,
} from './formats.js';
export type { DescribedCodec } from './annotation.js';
export type { Pack, PackDecodeContext, PackEncodeContext } from './senml/index.js';
export { checkRange, contentOf, entriesOf, toPlain, toValue } from './coerce.js';
export {
  decodeTlvTree,
  encodeTlvTree,
  type TlvIdBits,
  type TlvKind,
  type TlvLengthBits,
  type TlvNode,
  type TlvSpec,
  type TlvTree,
} from './tlv-tree.js';
export * from './core-link.js';
export * from './queries.js';
export * from './execute-arguments.js';
export * from './coap/index.js';

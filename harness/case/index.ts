/** All that a case needs: its shape, its matchers, and the words they are written in. */
export { testCase, type CaseMeta, type TestCase } from './test-case.js';
export type {
  AnyRequest,
  CheckMeta,
  ClientPort,
  Context,
  OwnMessages,
  Registration,
  ServerPort,
  Wait,
} from './context.js';
export {
  absent,
  between,
  contains,
  each,
  having,
  lacks,
  matcher,
  matches,
  not,
  oneOf,
  present,
  retransmittedAfter,
  seconds,
  type Finding,
  type Matcher,
} from './matcher.js';
export { ContentFormat } from '../wire/codec.js';
export type { Exchange, ExchangeKind, Notification } from '../record/exchange.js';
export { bootstrapDiscovered, discovered, type BootstrapDiscovered, type Discovered } from './discovered.js';
export type { Account, BootstrapCommands, BootstrapServerPort } from './context.js';
export type { BootstrapStep } from '../sut/contract.js';
export type { PlainContent } from '../model/plain.js';
export type { Sent, ToSend } from './sending.js';
export { octets, toHex, utf8 } from './octets.js';
export { digest } from '../link/dtls/index.js';
export { announcedPaths } from './registration.js';
export { inSequence } from './sequence.js';
export { attributeOf, decodeLinks, parseRegistration } from '../wire/core-link.js';
export { encodeMessage } from '../wire/coap/codec.js';
export {
  blockOption,
  getBlock,
  getQuery,
  OptionNumber,
  stringOption,
  uintOption,
  uriPath,
  uriQuery,
} from '../wire/coap/options.js';
export type { CoapMessage } from '../wire/coap/message.js';

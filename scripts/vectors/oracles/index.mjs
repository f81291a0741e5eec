import { libcoap, californiumEndpoint } from './endpoints.mjs';
import { californium, javaCoap, leshan, leshanEncoder } from './java.mjs';
import { cbor2, cborg, coapPacket, coapPacketEncoder } from './npm.mjs';
import { leshanLinks } from './lwm2m-links.mjs';
import { nodeUtf8, v8Json } from './json-readers.mjs';
import { aiocoap, pythonCbor } from './python.mjs';
import { leshanServer } from './registrations.mjs';
import { tshark } from './tshark.mjs';
import { wakaama } from './wakaama.mjs';

/**
 * @typedef {{ format: string, document: any, test: any, context: any }} Case
 * @typedef {object} Oracle
 * @property {string} name
 * @property {() => boolean} available
 * @property {() => string | Promise<string>} version
 * @property {(cases: Case[]) => (string | undefined)[] | Promise<(string | undefined)[]>} judge an outcome for each case:
 *   `agrees`, `syntax`, what it did instead, or undefined without an opinion
 */

/** @type {Oracle[]} */
export const ORACLES = [
  leshan,
  leshanEncoder,
  leshanLinks,
  leshanServer,
  californium,
  californiumEndpoint,
  javaCoap,
  libcoap,
  aiocoap,
  coapPacket,
  coapPacketEncoder,
  cbor2,
  cborg,
  pythonCbor,
  v8Json,
  nodeUtf8,
  wakaama,
  tshark,
];

/** Packages of npm, in this process. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { bytesOf, hexOf } from '../lib/bytes.mjs';
import { cborVerdict, readsCbor } from './cbor-readers.mjs';
import { verdict } from './compare.mjs';

const require = createRequire(import.meta.url);

/** @param {string} name */
function installed(name) {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} name @param {(bytes: Uint8Array) => unknown} decode @returns {(one: import('./index.mjs').Case) => string | undefined} */
const reader = (name, decode) => (one) => {
  if (!readsCbor(one)) return undefined;
  try {
    decode(bytesOf(one.test.payload));
    return cborVerdict(one, {});
  } catch (error) {
    return cborVerdict(one, { error: error instanceof Error ? error.message : String(error) });
  }
};

const versionOf = (/** @type {string} */ name) => {
  const root = fileURLToPath(import.meta.resolve(name)).replace(new RegExp(`(node_modules/${name})/.*`), '$1');
  return JSON.parse(readFileSync(`${root}/package.json`, 'utf8')).version;
};

/** The strictest of the readers: it sees reserved simple values, bad UTF-8, repeated keys and trailing bytes. @type {import('./index.mjs').Oracle} */
export const cbor2 = {
  name: 'cbor2',
  available: () => installed('cbor2'),
  version: () => versionOf('cbor2'),
  async judge(cases) {
    const { decode } = await import('cbor2');
    return cases.map(reader('cbor2', (bytes) => decode(bytes, { rejectDuplicateKeys: true })));
  },
};

/** Knows no tags and no UTF-8 errors. @type {import('./index.mjs').Oracle} */
export const cborg = {
  name: 'cborg',
  available: () => installed('cborg'),
  version: () => versionOf('cborg'),
  async judge(cases) {
    const { decode } = await import('cborg');
    const read = reader('cborg', (bytes) =>
      decode(bytes, { rejectDuplicateMapKeys: true, useMaps: true, allowBigInt: true }),
    );
    return cases.map((one) => {
      const said = read(one);
      const { test } = one;
      const refused = said?.startsWith('refuses it');
      if (said === undefined || (refused && /tag|undefined|simple|NaN|Infinity|not supported/i.test(said)))
        return undefined;
      if (test.error?.class === 'invalid-utf8' && said !== 'agrees') return undefined;
      return said;
    });
  },
};

/** Takes many a malformed message: its opinion counts for well-formed ones. @type {import('./index.mjs').Oracle} */
export const coapPacket = {
  name: 'coap-packet',
  available: () => installed('coap-packet'),
  version: () => versionOf('coap-packet'),
  async judge(cases) {
    const { parse } = require('coap-packet');
    return cases.map(({ format, test, context }) => {
      if (
        format !== 'coap' ||
        context.transport === 'tcp' ||
        !['decode', 'both'].includes(test.direction) ||
        test.result === 'invalid'
      )
        return undefined;
      try {
        const packet = parse(Buffer.from(test.payload, 'hex'));
        const type = packet.reset ? 'RST' : packet.ack ? 'ACK' : packet.confirmable ? 'CON' : 'NON';
        const options = packet.options.map((/** @type {any} */ option) => [numberOf(option.name), hexOf(option.value)]);
        if (options.some((/** @type {any} */ [number]) => Number.isNaN(number))) return undefined;
        const message = {
          version: 1,
          type,
          code: packet.code,
          mid: packet.messageId,
          token: hexOf(packet.token),
          options,
          payload: packet.payload.length ? hexOf(packet.payload) : null,
        };
        return verdict(test, { decoded: { kind: 'coap', message } });
      } catch (error) {
        return verdict(test, { error: error instanceof Error ? error.message : String(error) });
      }
    });
  },
};

/** The other direction: it sorts options, and refuses some messages. @type {import('./index.mjs').Oracle} */
export const coapPacketEncoder = {
  name: 'coap-packet-encoder',
  available: () => installed('coap-packet'),
  version: () => versionOf('coap-packet'),
  judge(cases) {
    const { generate } = require('coap-packet');
    return cases.map(({ format, test, context }) => {
      if (format !== 'coap' || context.transport === 'tcp' || !['encode', 'both'].includes(test.direction))
        return undefined;
      const { type, code, mid, token, options, payload } = test.decoded.message;
      try {
        const bytes = generate(
          {
            code,
            messageId: mid,
            confirmable: type === 'CON',
            ack: type === 'ACK',
            reset: type === 'RST',
            token: Buffer.from(token, 'hex'),
            options: options.map((/** @type {[number, string]} */ [number, value]) => ({
              name: number,
              value: Buffer.from(value, 'hex'),
            })),
            payload: Buffer.from(payload ?? '', 'hex'),
          },
          4096,
        );
        // It writes several messages that it should refuse, and pads others.
        return test.result === 'valid' && hexOf(bytes) === test.payload ? 'agrees' : undefined;
      } catch {
        return test.result === 'invalid' ? 'agrees' : undefined;
      }
    });
  },
};

const OPTIONS = /** @type {Record<string, number>} */ ({
  'If-Match': 1,
  'Uri-Host': 3,
  ETag: 4,
  'If-None-Match': 5,
  Observe: 6,
  'Uri-Port': 7,
  'Location-Path': 8,
  OSCORE: 9,
  'Uri-Path': 11,
  'Content-Format': 12,
  'Max-Age': 14,
  'Uri-Query': 15,
  'Hop-Limit': 16,
  Accept: 17,
  'Q-Block1': 19,
  'Location-Query': 20,
  Block2: 23,
  Block1: 27,
  Size2: 28,
  'Q-Block2': 31,
  'Proxy-Uri': 35,
  'Proxy-Scheme': 39,
  Size1: 60,
  'No-Response': 258,
  'OCF-Accept-Content-Format-Version': 2049,
  'OCF-Content-Format-Version': 2053,
});
/** @param {string | number} name */
const numberOf = (name) => OPTIONS[name] ?? Number(name);

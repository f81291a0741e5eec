/**
 * Writes vectors/stress/stress.json: inputs that no decoder may crash, hang or take a gigabyte for. Any answer will do; they are not
 * counted as vectors.
 *
 *     node scripts/vectors/stress.mjs
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hexOf } from './lib/bytes.mjs';
import { LICENSE, VERSION } from './lib/assemble.mjs';
import { layout } from './lib/layout.mjs';
import { build } from './generate.mjs';

/** Steps of a 32-bit xorshift: the same numbers on every machine. @param {number} seed */
function generator(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** @param {number} seed @param {number} count */
function randomPayloads(seed, count) {
  const next = generator(seed);
  return Array.from({ length: count }, () => hexOf(Array.from({ length: 1 + (next() % 64) }, () => next() & 255)));
}

/** Payloads whose every proper prefix is an input, by format. @type {Record<string, string[]>} */
const PREFIXED = {
  tlv: ['several-device-3-0', 'several-access-2-several', 'several-test-every-type', 'several-links-65-0'],
  'senml-cbor': ['several-device-3-0', 'several-access-2-several', 'several-test-every-type', 'series-three'],
  'lwm2m-cbor': ['several-device-3-0', 'several-access-2-several', 'several-test-every-type'],
  'senml-etch-cbor': ['patch-server', 'fetch-three'],
  cbor: ['single-string-utf8', 'time-tag-0-utc', 'float-21-3'],
  coap: ['register', 'observe-composite', 'tcp-register'],
};

/** Depth, counts and lengths beyond reason. `repeat` times `times`, then `then`. @type {Record<string, object[]>} */
const BOMBS = {
  tlv: [
    { repeat: '98060000fa', times: 20_000, then: '' },
    { repeat: '1800ffffff', times: 20_000, then: '' },
    { repeat: 'c000', times: 50_000, then: '' },
    { repeat: 'd809ffffff', times: 1, then: '00' },
  ],
  'senml-cbor': [
    { repeat: '81', times: 100_000, then: '05' },
    { repeat: '9f', times: 100_000, then: '' },
    { repeat: '81a100', times: 50_000, then: '60' },
    { repeat: '9bffffffffffffffff', times: 1, then: '' },
    { repeat: 'bbffffffffffffffff', times: 1, then: '' },
    { repeat: 'c1', times: 100_000, then: '00' },
  ],
  'lwm2m-cbor': [
    { repeat: 'a100', times: 100_000, then: '05' },
    { repeat: 'bf00', times: 100_000, then: '' },
    { repeat: 'a181', times: 50_000, then: '0005' },
    { repeat: 'bbffffffffffffffff', times: 1, then: '' },
  ],
  cbor: [
    { repeat: '81', times: 100_000, then: '05' },
    { repeat: 'c1', times: 100_000, then: '00' },
    { repeat: '7f', times: 100_000, then: '' },
    { repeat: '5f4100', times: 1, then: '' },
    { repeat: '7b7fffffffffffffff', times: 1, then: '61' },
  ],
  coap: [
    { repeat: '40010001', times: 1, then: 'e0ffff'.repeat(1000) },
    { repeat: '00', times: 65_507, then: '' },
    { repeat: 'ff', times: 65_507, then: '' },
  ],
};

const CONTEXTS = /** @type {Record<string, object>} */ ({
  tlv: { model: 'device', path: '/3/0' },
  'senml-cbor': { model: 'device', path: '/3/0' },
  'senml-etch-cbor': { model: 'core', path: '/', operation: 'write-composite' },
  'lwm2m-cbor': { model: 'device', path: '/3/0' },
  cbor: { model: 'test', path: '/3442/0/110' },
});

const formats = await Promise.all(
  Object.entries(PREFIXED).map(async ([format, names], index) => {
    const { document } = await build(format);
    const tests = document.groups.flatMap((/** @type {any} */ group) => group.tests);
    const payloads = names.map((name) => {
      const test = tests.find((/** @type {any} */ candidate) => candidate.name === name);
      if (!test) throw new Error(`${format} has no ${name}`);
      return test.payload;
    });
    return {
      format,
      contentFormat: document.contentFormat,
      ...(CONTEXTS[format] ? { context: CONTEXTS[format] } : {}),
      everyByte: true,
      prefixesOf: payloads,
      bombs: BOMBS[format] ?? [],
      random: randomPayloads(0x5eed0001 + index, 200),
    };
  }),
);

const file = fileURLToPath(new URL('../../vectors/stress/stress.json', import.meta.url));
writeFileSync(
  file,
  `${layout({
    title: 'Inputs that no decoder may crash, hang or take much memory for; any answer will do',
    version: VERSION,
    license: LICENSE,
    header: [
      'everyByte: the 256 payloads of one byte. prefixesOf: every proper prefix of each payload.',
      'bombs: `repeat` written `times` times, then `then`. random: as they stand. Models are those of the file of the format.',
    ],
    formats,
  })}\n`,
);

import { describe, expect, it } from 'vitest';
import { seeded, type Random } from '../../../base/random.js';
import type { PlainContent } from '../../../model/plain.js';
import type { Code } from '../../../wire/coap/message.js';
import { ContentFormat } from '../../../wire/codec.js';
import type { Parts } from '../../shared/outgoing.js';
import { finish, payloadOf, securityOf, serverOf, writeAccount } from '../testing/bootstrap-writes.js';
import { onTestBench } from '../testing/test-bench.js';

const METHODS: readonly Code[] = ['0.01', '0.02', '0.03', '0.03', '0.03', '0.04', '0.05', '0.07'];
const IDS: readonly string[] = [
  '0',
  '0',
  '0',
  '1',
  '1',
  '2',
  '3',
  '5',
  '10',
  '17',
  '21',
  '3303',
  '65535',
  'bs',
  'rd',
  'x',
  '00',
];
const FORMATS: readonly number[] = Object.values(ContentFormat);
const CONTENTS: readonly PlainContent[] = [
  securityOf(101),
  serverOf(101),
  { '0': 'coap://x', '1': true },
  { '17': '21:9' },
  {},
];

const pick = <T>(random: Random, list: readonly [T, ...T[]] | readonly T[]): T => {
  const picked = list[random.integer(list.length)];
  if (picked === undefined) throw new Error('the list is empty');
  return picked;
};

/** Something like a payload: of one of the formats, and often damaged. */
function payload(random: Random, format: number): Uint8Array {
  if (random.next() < 0.3) return random.bytes(random.integer(12));
  try {
    const whole = payloadOf(`/${pick(random, ['0', '1'])}/${random.integer(3)}`, pick(random, CONTENTS), format, '1.1');
    return random.next() < 0.7 ? whole : whole.subarray(0, random.integer(whole.length));
  } catch {
    return random.bytes(random.integer(12)); // the format cannot carry it
  }
}

function request(random: Random): readonly [Code, string, Parts] {
  const path = `/${Array.from({ length: random.integer(5) }, () => pick(random, IDS)).join('/')}`;
  const format = pick(random, FORMATS);
  const parts: Parts = {
    ...(random.next() < 0.8 && { contentFormat: format, payload: payload(random, format) }),
    ...(random.next() < 0.3 && { accept: pick(random, FORMATS) }),
    ...(random.next() < 0.1 && { query: ['depth=1'] }),
  };
  return [pick(random, METHODS), path, parts];
}

describe('A bootstrap session', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))('survives whatever it is asked (seed %i)', (seed) =>
    onTestBench({ bootstrap: true, servers: 0 }, async ({ bootstrapServer, client, server, pass }) => {
      const random = seeded(seed);
      const before = client.store.snapshot();
      const seen = new Set<Code>();
      for (let i = 0; i < 150 && client.bootstrapping.isOpen; i++) {
        const [code, path, parts] = request(random);
        const answer = await bootstrapServer.codeOf(code, path, parts);
        seen.add(answer);
        expect(answer, `${code} ${path}`).toMatch(/^(2\.0[245]|4\.0[04568]|4\.15)$/);
        expect(client.store.has([0, 0]) && client.store.has([3, 0]), `${code} ${path}`).toBe(true);
      }
      expect(seen.size).toBeGreaterThan(4);
      if (client.bootstrapping.isOpen) {
        await pass(248);
        expect(client.store.snapshot()).toEqual(before);
        await pass(60);
        await bootstrapServer.codeOf('0.04', '/');
        await writeAccount(bootstrapServer);
        expect(await finish(bootstrapServer)).toBe('2.04');
        await pass(1);
        expect(server.seen.length).toBe(1);
      }
    }),
  );
});

import { describe, expect, it } from 'vitest';
import { CLIENT, exchange, makeBench, psk, rpk, SERVER, x509 } from './testing/bench.js';
import { SUITES } from './suites.js';

const kinds = { psk, rpk, x509 };

describe('client and server', () => {
  for (const { name, keyExchange } of SUITES) {
    for (const kind of keyExchange === 'ecdhe-ecdsa' ? (['rpk', 'x509'] as const) : (['psk'] as const)) {
      it(`agree on ${name} with ${kind}`, async () => {
        const bench = makeBench({ client: { credentials: kinds[kind], suites: [name] } });
        const { client, server } = await exchange(bench);
        expect(client).toMatchObject({ peer: SERVER, suite: name, resumed: false, extendedMasterSecret: true });
        expect(server).toMatchObject({ peer: CLIENT, suite: name, resumed: false, identity: { kind } });
        expect(bench.atServer).toEqual([`${CLIENT} hello`]);
        expect(bench.atClient).toEqual([`${SERVER} hello`]);
      });
    }
  }
});

import { describe, expect, it } from 'vitest';
import { EMPTY, utf8 } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import { dtlsClient } from './dtls-client.js';
import { HANDSHAKE } from './handshake.js';
import { CONTENT, decodeRecords, type PlainRecord } from './record.js';
import { exchange, IDENTITY, makeBench, pass, run, SERVER, x509 } from './testing/bench.js';

describe('hooks', () => {
  it('change a message for the transcript of both sides: the handshake holds', async () => {
    // An unknown extension of the client is no reason to fail (RFC 5246 §7.4.1.4).
    const bench = makeBench({
      client: {
        hooks: {
          message: (sent) => {
            if (sent.type !== HANDSHAKE.client_hello) return [sent];
            const extension = [0xfa, 0xfa, 0, 1, 7];
            const body = Uint8Array.from([...sent.body, ...extension]);
            // The extensions' length stands behind version, random, session id, cookie, suites and compression.
            const at = sent.body.length - bytesOfExtensions(sent.body);
            const length = bytesOfExtensions(sent.body) + extension.length;
            body.set([length >> 8, length & 255], at - 2);
            return [{ ...sent, body }];
          },
        },
      },
    });
    await exchange(bench);
    expect(bench.atServer).toEqual(['client hello']);
  });

  it('change a record behind the transcript: the handshake fails on its Finished or its records', async () => {
    let done = false;
    const record = (sent: PlainRecord): PlainRecord[] => {
      if (done || sent.type !== CONTENT.handshake || sent.fragment[0] !== HANDSHAKE.server_hello) return [sent];
      // A bit of the server's random: only what is derived from it can show that.
      const fragment = Uint8Array.from(sent.fragment);
      fragment[20] = (fragment[20] ?? 0) ^ 1;
      return [{ ...sent, fragment }];
    };
    const bench = makeBench({ server: { hooks: { record } } });
    expect(await run(bench, () => bench.connect())).toMatchObject({ ok: false });
    done = true;
    expect(await run(bench, () => bench.connect())).toMatchObject({ ok: true });
  });

  it('leave records out, double them and number them', async () => {
    const numbers: number[] = [];
    const record = (sent: PlainRecord): PlainRecord[] => {
      if (sent.type !== CONTENT.application_data) return [sent];
      numbers.push(sent.sequence);
      return sent.fragment[0] === 0x2d ? [] : [sent, { ...sent, sequence: sent.sequence + 10 }];
    };
    const bench = makeBench({ client: { hooks: { record } } });
    await exchange(bench);
    bench.client.send(SERVER, utf8('- left out'));
    await pass(bench, 1);
    expect(numbers).toHaveLength(2);
    expect(bench.atServer).toEqual(['client hello', 'client hello']);
  });

  it('send records of any kind with the keys of the session', async () => {
    const bench = makeBench();
    await exchange(bench);
    bench.client.sendRecord(SERVER, 77, utf8('?'));
    await pass(bench, 1);
    expect(bench.serverEvents.at(-1)).toMatchObject({ kind: 'dropped', reason: 'unexpected' });
  });

  it('change datagrams as they go out', async () => {
    const seen: Uint8Array[] = [];
    const datagram = (sent: Uint8Array): Uint8Array[] => {
      seen.push(sent);
      return [sent, sent];
    };
    const bench = makeBench({ client: { credentials: x509, hooks: { datagram } }, server: { hooks: { datagram } } });
    await exchange(bench);
    expect(bench.atServer).toEqual(['client hello']);
    expect(seen.every((bytes) => decodeRecords(bytes, 0).length > 0)).toBe(true);
  });

  it('send messages under numbers of their own', async () => {
    const message = (sent: {
      type: number;
      sequence: number;
      body: Uint8Array;
    }): { type: number; sequence: number; body: Uint8Array }[] =>
      sent.type === HANDSHAKE.client_key_exchange ? [{ ...sent, sequence: 40 }] : [sent];
    const bench = makeBench({ client: { hooks: { message }, timer: { retransmissions: 1 } } });
    expect(await run(bench, () => bench.connect())).toMatchObject({ ok: false });
    expect(bench.serverEvents.some((event) => event.kind === 'connected')).toBe(false);
  });
});

/** Bytes of the extensions at the end of a ClientHello, without their length. */
function bytesOfExtensions(body: Uint8Array): number {
  let at = 2 + 32;
  at += 1 + (body[at] ?? 0);
  at += 1 + (body[at] ?? 0);
  at += 2 + (body[at] ?? 0) * 256 + (body[at + 1] ?? 0);
  at += 1 + (body[at] ?? 0);
  return body.length - at - 2;
}

describe('a server after a thousand failed handshakes (SE-14)', () => {
  it('keeps nothing of them, and takes a good one at once', async () => {
    const bench = makeBench();
    const wrong = { kind: 'psk', identity: IDENTITY, key: utf8('not the key') } as const;
    for (let i = 0; i < 1000; i++) {
      const link = bench.network.link(`c${i}`);
      const client = dtlsClient({
        link,
        clock: bench.clock,
        random: seeded(i),
        credentials: i % 2 ? wrong : { ...wrong, identity: EMPTY },
      });
      expect(await run(bench, () => client.connect(SERVER))).toMatchObject({ ok: false });
      await client.close();
    }
    const started = bench.clock.now();
    await exchange(bench);
    expect(bench.clock.now() - started).toBeLessThan(2.1);
  }, 20_000);
});

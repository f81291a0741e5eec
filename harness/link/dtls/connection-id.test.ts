import { describe, expect, it } from 'vitest';
import { EMPTY, fromHex, utf8 } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import type { Address, Link } from '../link.js';
import { tap } from '../tap.js';
import { dtlsClient } from './dtls-client.js';
import { CONTENT, decodeRecords, encodeRecord } from './record.js';
import { exchange, makeBench, pass, psk, run, SERVER, x509, type Bench } from './testing/bench.js';
import { SUITES } from './suites.js';

/** A client link whose address on the network can be changed under it, as by a NAT. */
function movable(bench: () => Bench): { link: Link; moveTo: (address: Address) => void } {
  let receive: Parameters<Link['onReceive']>[0] = () => undefined;
  let current: Link | undefined;
  const moveTo = (address: Address): void => {
    void current?.close();
    current = bench().network.link(address);
    current.onReceive((from, bytes) => receive(from, bytes));
  };
  const link: Link = {
    local: 'phone',
    send: (to, bytes) => current?.send(to, bytes),
    onReceive: (next) => (receive = next),
    close: () => Promise.resolve(),
  };
  return { link, moveTo };
}

async function moving(
  options: { client?: object; server?: object } = {},
): Promise<{ bench: Bench; moveTo: (address: Address) => void }> {
  const { link, moveTo } = movable(() => bench);
  const bench: Bench = makeBench({
    client: { link, connectionId: EMPTY, ...options.client },
    server: { connectionIdLength: 6, ...options.server },
  });
  moveTo('home');
  bench.client.send(SERVER, utf8('hello'));
  await pass(bench, 1);
  expect(bench.atClient).toEqual([`${SERVER} hello`]);
  return { bench, moveTo };
}

describe('connection ids', () => {
  for (const { name, keyExchange } of SUITES) {
    it(`carry records both ways with ${name}`, async () => {
      const credentials = keyExchange === 'ecdhe-ecdsa' ? x509 : psk;
      for (const encryptThenMac of [true, false]) {
        const connectionId = Uint8Array.of(1, 2, 3);
        const bench = makeBench({
          client: { credentials, suites: [name], connectionId, encryptThenMac },
          server: { connectionIdLength: 4 },
        });
        const { client, server } = await exchange(bench);
        expect(client.connectionIds?.own).toEqual(connectionId);
        expect(client.connectionIds?.peer).toHaveLength(4);
        expect(server?.connectionIds).toEqual({ own: client.connectionIds?.peer, peer: connectionId });
      }
    });
  }

  it.each([
    [undefined, 6, undefined],
    [EMPTY, undefined, undefined],
    [EMPTY, 0, [0, 0]],
    [EMPTY, 6, [0, 6]],
    [Uint8Array.of(9), 0, [1, 0]],
    [new Uint8Array(32), 1, [32, 1]],
  ])('are agreed on when both sides have them: %o and length %o', async (connectionId, connectionIdLength, lengths) => {
    const bench = makeBench({
      client: connectionId ? { connectionId } : {},
      server: connectionIdLength === undefined ? {} : { connectionIdLength },
    });
    const { client } = await exchange(bench);
    const ids = client.connectionIds;
    expect(ids && [ids.own.length, ids.peer.length]).toEqual(lengths);
  });

  it('hide the type of a record and carry the id of the receiver', async () => {
    const up: Uint8Array[] = [];
    const down: Uint8Array[] = [];
    const bench = makeBench({
      client: { connectionId: Uint8Array.of(0xaa, 0xbb) },
      server: { connectionIdLength: 3 },
      up: (bytes) => (up.push(bytes), [{ bytes }]),
      down: (bytes) => (down.push(bytes), [{ bytes }]),
    });
    const { client } = await exchange(bench);
    expect(decodeRecords(up.at(-1) ?? EMPTY, 3)).toMatchObject([
      { type: CONTENT.tls12_cid, connectionId: client.connectionIds?.peer },
    ]);
    expect(decodeRecords(down.at(-1) ?? EMPTY, 2)).toMatchObject([
      { type: CONTENT.tls12_cid, connectionId: Uint8Array.of(0xaa, 0xbb) },
    ]);
  });

  it('survive resumption, with a new id of the server', async () => {
    const bench = makeBench({ client: { connectionId: EMPTY }, server: { connectionIdLength: 5 } });
    const first = await exchange(bench);
    bench.client.disconnect(SERVER);
    const { client } = await exchange(bench, 'again');
    expect(client.resumed).toBe('ticket');
    expect(client.connectionIds?.peer).toHaveLength(5);
    expect(client.connectionIds?.peer).not.toEqual(first.client.connectionIds?.peer);
  });
});

describe('a client whose address changes', () => {
  it('is followed by the server, without a handshake', async () => {
    const { bench, moveTo } = await moving();
    expect(bench.server.session('home')).toBeDefined();
    moveTo('train');
    bench.client.send(SERVER, utf8('moved'));
    await pass(bench, 1);
    expect(bench.atServer).toEqual(['home hello', 'train moved']);
    expect(bench.atClient.at(-1)).toBe(`${SERVER} moved`);
    expect(bench.serverEvents.at(-1)).toEqual({ kind: 'moved', peer: 'train', from: 'home' });
    expect(bench.server.session('home')).toBeUndefined();
    expect(bench.server.session('train')).toMatchObject({ peer: 'train', identity: { kind: 'psk' } });
    expect(bench.serverEvents.filter((event) => event.kind === 'connected')).toHaveLength(1);
  });

  it('is followed again and back', async () => {
    const { bench, moveTo } = await moving();
    for (const place of ['train', 'office', 'home']) {
      moveTo(place);
      bench.client.send(SERVER, utf8(place));
      await pass(bench, 1);
      expect(bench.atClient.at(-1)).toBe(`${SERVER} ${place}`);
    }
  });

  it('is not followed without ids: the records are dropped', async () => {
    const { bench, moveTo } = await moving({ client: { connectionId: undefined } });
    moveTo('train');
    bench.client.send(SERVER, utf8('moved'));
    await pass(bench, 1);
    expect(bench.atServer).toEqual(['home hello']);
  });

  it('is not followed with an id of zero length at the server', async () => {
    const { bench, moveTo } = await moving({ server: { connectionIdLength: 0 } });
    moveTo('train');
    bench.client.send(SERVER, utf8('moved'));
    await pass(bench, 1);
    expect(bench.atServer).toEqual(['home hello']);
  });

  it('is not followed by a replayed, forged or unknown record', async () => {
    const sent: Uint8Array[] = [];
    const { link, moveTo } = movable(() => bench);
    const bench: Bench = makeBench({
      client: {
        link: tap(link, (direction, _, bytes) => {
          if (direction === 'out') sent.push(Uint8Array.from(bytes));
        }),
        connectionId: EMPTY,
      },
      server: { connectionIdLength: 6 },
    });
    moveTo('home');
    bench.client.send(SERVER, utf8('hello'));
    await pass(bench, 1);
    const last = sent.at(-1) ?? EMPTY;
    const attacker = bench.network.link('attacker');
    const [record] = decodeRecords(last, 6);
    if (!record) throw new Error('no record was sent');
    attacker.send(SERVER, last);
    attacker.send(SERVER, encodeRecord({ ...record, sequence: 1000 }));
    attacker.send(SERVER, encodeRecord({ ...record, connectionId: fromHex('000000000000') ?? EMPTY, sequence: 1001 }));
    await pass(bench, 1);
    expect(bench.server.session('home')).toBeDefined();
    expect(bench.server.session('attacker')).toBeUndefined();
    expect(bench.serverEvents.filter((event) => event.kind === 'dropped').map(({ reason }) => reason)).toEqual([
      'replayed',
      'unreadable',
      'connection-id',
    ]);
  });

  it('is not moved by an older record that arrives late', async () => {
    const { bench, moveTo } = await moving();
    bench.client.sendRecord(SERVER, CONTENT.application_data, utf8('new'), { epoch: 1, sequence: 30 });
    await pass(bench, 1);
    moveTo('train');
    bench.client.sendRecord(SERVER, CONTENT.application_data, utf8('old'), { epoch: 1, sequence: 20 });
    await pass(bench, 1);
    expect(bench.atServer).toEqual(['home hello', 'home new', 'home old']);
    expect(bench.server.session('home')).toBeDefined();
  });

  it('takes the address from the session that had it', async () => {
    const { bench, moveTo } = await moving();
    const neighbour = bench.network.link('train');
    const other = dtlsClient({ link: neighbour, clock: bench.clock, random: seeded(5), credentials: psk });
    await run(bench, () => other.connect(SERVER));
    await neighbour.close();
    moveTo('train');
    bench.client.send(SERVER, utf8('mine now'));
    await pass(bench, 1);
    expect(bench.atClient.at(-1)).toBe(`${SERVER} mine now`);
    expect(bench.serverEvents.slice(-2)).toMatchObject([
      { kind: 'failed', peer: 'train', problem: { code: 'dtls-replaced' } },
      { kind: 'moved', peer: 'train', from: 'home' },
    ]);
  });

  it('drops records of the session that carry no id', async () => {
    const { bench } = await moving();
    const clear = {
      type: CONTENT.application_data,
      version: 0xfefd,
      epoch: 1,
      sequence: 50,
      connectionId: EMPTY,
      fragment: new Uint8Array(40),
    };
    bench.network.link('stranger').send(SERVER, encodeRecord(clear));
    await pass(bench, 1);
    expect(bench.atServer).toEqual(['home hello']);
  });
});

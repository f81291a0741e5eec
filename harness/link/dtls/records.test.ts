import { describe, expect, it } from 'vitest';
import { EMPTY, fromHex, utf8 } from '../../base/bytes.js';
import { seeded } from '../../base/random.js';
import { ALERTS, encodeAlert } from './alert.js';
import { encodeWhole, HANDSHAKE } from './handshake.js';
import { encodeClientHello } from './hello.js';
import { CONTENT, decodeRecords, encodeRecord, type WireRecord } from './record.js';
import { ReplayWindow } from './replay-window.js';
import { CLIENT, exchange, handshake, makeBench, pass, SERVER, type Bench } from './testing/bench.js';

const hex = (text: string): Uint8Array => fromHex(text) ?? EMPTY;

interface Session {
  readonly bench: Bench;
  /** Datagrams of the client. */
  readonly up: Uint8Array[];
  /** Delivers a datagram as if the other side had sent it. */
  readonly inject: (to: 'client' | 'server', bytes: Uint8Array) => Promise<void>;
}

async function established(): Promise<Session> {
  const up: Uint8Array[] = [];
  const forged: { up: Uint8Array[]; down: Uint8Array[] } = { up: [], down: [] };
  const bench = makeBench({
    up: (bytes) => {
      const forgery = forged.up.shift();
      if (!forgery) up.push(bytes);
      return [{ bytes: forgery ?? bytes }];
    },
    down: (bytes) => [{ bytes: forged.down.shift() ?? bytes }],
  });
  await exchange(bench);
  return {
    bench,
    up,
    async inject(to, bytes) {
      // The link below exchanges the next datagram for the forged one.
      if (to === 'server') {
        forged.up.push(bytes);
        bench.client.sendRecord(SERVER, CONTENT.alert, EMPTY, { epoch: 0, sequence: 9999 });
      } else {
        forged.down.push(bytes);
        bench.server.sendRecord(CLIENT, CONTENT.alert, EMPTY, { epoch: 0, sequence: 9999 });
      }
      await pass(bench, 0.01);
    },
  };
}

const echoes = async (bench: Bench, text: string): Promise<void> => {
  bench.client.send(SERVER, utf8(text));
  await pass(bench, 1);
  expect(bench.atClient.at(-1)).toBe(`${SERVER} ${text}`);
};

describe('records of an established session', () => {
  it('are delivered once, however often they come', async () => {
    const { bench, up, inject } = await established();
    const last = up.at(-1) ?? EMPTY;
    for (let i = 0; i < 3; i++) await inject('server', last);
    expect(bench.atServer).toEqual([`${CLIENT} hello`]);
    expect(bench.serverEvents.filter((event) => event.kind === 'dropped')).toMatchObject(
      Array(3).fill({ reason: 'replayed' }),
    );
    await echoes(bench, 'lives on');
  });

  it('are dropped in silence when they are garbage, in either direction', async () => {
    const { bench, inject } = await established();
    const random = seeded(9);
    for (let i = 0; i < 200; i++) {
      await inject('server', random.bytes(random.integer(80)));
      await inject('client', random.bytes(random.integer(80)));
    }
    await echoes(bench, 'lives on');
    expect(bench.clientEvents.concat(bench.serverEvents).some((event) => event.kind === 'alert')).toBe(false);
  });

  it('are dropped in silence when they are cut short or altered', async () => {
    const { bench, up, inject } = await established();
    bench.client.send(SERVER, utf8('not to arrive'));
    const record = up.at(-1) ?? EMPTY;
    await pass(bench, 1);
    const before = bench.atServer.length;
    for (let length = 0; length < record.length; length++) {
      await inject('server', record.subarray(0, length));
      const altered = Uint8Array.from(record);
      altered[length] = (altered[length] ?? 0) ^ 0x40;
      await inject('server', altered);
    }
    expect(bench.atServer.length).toBe(before);
    await echoes(bench, 'lives on');
  });

  it.each([
    ['alert of no bytes', CONTENT.alert, ''],
    ['alert of one byte', CONTENT.alert, '02'],
    ['alert of an unknown level', CONTENT.alert, '0328'],
    ['fatal alert', CONTENT.alert, '0228'],
    ['close_notify', CONTENT.alert, '0100'],
    ['ChangeCipherSpec', CONTENT.change_cipher_spec, '01'],
    ['application data', CONTENT.application_data, '414243'],
    ['Finished', CONTENT.handshake, '1400000c000500000000000c000000000000000000000000'],
    ['HelloRequest', CONTENT.handshake, '000000000000000000000000'],
    ['record of an unknown type', 99, '00'],
  ])('change nothing in the clear: %s', async (_, type, fragment) => {
    const { bench, inject } = await established();
    for (const [to, sequence] of [
      ['server', 1000],
      ['client', 1000],
    ] as const) {
      const record: WireRecord = {
        type,
        version: 0xfefd,
        epoch: 0,
        sequence,
        connectionId: EMPTY,
        fragment: hex(fragment),
      };
      await inject(to, encodeRecord(record));
    }
    await echoes(bench, 'lives on');
  });

  it.each([0, 2, 3, 65535])('are dropped in epoch %i', async (epoch) => {
    const { bench, up, inject } = await established();
    const [record] = decodeRecords(up.at(-1) ?? EMPTY, 0);
    if (!record) throw new Error('no record was sent');
    await inject('server', encodeRecord({ ...record, epoch, sequence: 500 }));
    await echoes(bench, 'lives on');
  });

  it('are dropped with another version', async () => {
    const { bench, up, inject } = await established();
    bench.client.send(SERVER, utf8('one'));
    const [record] = decodeRecords(up.at(-1) ?? EMPTY, 0);
    if (!record) throw new Error('no record was sent');
    await inject('server', encodeRecord({ ...record, version: 0xfeff, sequence: 77 }));
    await echoes(bench, 'lives on');
  });
});

describe('an authenticated record', () => {
  it('with a malformed alert changes nothing', async () => {
    const bench = makeBench();
    await exchange(bench);
    for (const fragment of ['', '02', '0228ff', '0528']) bench.client.sendRecord(SERVER, CONTENT.alert, hex(fragment));
    await echoes(bench, 'lives on');
  });

  it('with a malformed handshake message changes nothing', async () => {
    const bench = makeBench();
    await exchange(bench);
    for (const fragment of ['01', '0100', '0b000001000500000000', '14ffffff0009ffffff000001aa']) {
      bench.client.sendRecord(SERVER, CONTENT.handshake, hex(fragment));
      bench.server.sendRecord(CLIENT, CONTENT.handshake, hex(fragment));
    }
    await echoes(bench, 'lives on');
  });

  it('with a warning is told, and changes nothing', async () => {
    const bench = makeBench();
    await exchange(bench);
    bench.server.sendAlert(CLIENT, 'warning', ALERTS.no_renegotiation);
    await echoes(bench, 'lives on');
    expect(bench.clientEvents.at(-1)).toMatchObject({ kind: 'alert', direction: 'received', name: 'no_renegotiation' });
  });

  it('with a fatal alert ends the session, and its resumption', async () => {
    const bench = makeBench({ client: { tickets: false } });
    await exchange(bench);
    bench.client.sendAlert(SERVER, 'fatal', ALERTS.internal_error);
    await pass(bench, 1);
    expect(bench.server.session(CLIENT)).toBeUndefined();
    expect(bench.serverEvents.at(-1)).toMatchObject({ kind: 'failed', problem: { code: 'dtls-alert-received' } });
    bench.client.disconnect(SERVER);
    expect((await handshake(bench)).client.resumed).toBe(false);
  });

  it('outside the epoch or number of its turn is taken by the window, not by order', async () => {
    const bench = makeBench();
    await exchange(bench);
    for (const sequence of [200, 150, 199, 137, 136, 200]) {
      bench.client.sendRecord(SERVER, CONTENT.application_data, utf8(String(sequence)), { epoch: 1, sequence });
    }
    await pass(bench, 1);
    expect(bench.atServer.slice(1)).toEqual(['200', '150', '199', '137'].map((text) => `${CLIENT} ${text}`));
  });
});

describe('renegotiation', () => {
  const hello = encodeClientHello({
    version: 0xfefd,
    random: new Uint8Array(32),
    sessionId: EMPTY,
    cookie: EMPTY,
    suites: [0xc0a8],
    compression: [0],
    extensions: new Map(),
  });

  // It starts from 0 by RFC 6347 §4.2.2; some go on counting.
  it.each([0, 5])('is refused by a server with a warning, and the session lives on: message %i', async (sequence) => {
    const bench = makeBench();
    await exchange(bench);
    const message = encodeWhole({ type: HANDSHAKE.client_hello, sequence, body: hello });
    bench.client.sendRecord(SERVER, CONTENT.handshake, message);
    await pass(bench, 1);
    expect(bench.clientEvents.at(-1)).toMatchObject({
      kind: 'alert',
      direction: 'received',
      level: 'warning',
      name: 'no_renegotiation',
    });
    await echoes(bench, 'lives on');
  });

  it.each([0, 9])('is refused by a client with a warning, and the session lives on: message %i', async (sequence) => {
    const bench = makeBench();
    await exchange(bench);
    const message = encodeWhole({ type: HANDSHAKE.hello_request, sequence, body: EMPTY });
    bench.server.sendRecord(CLIENT, CONTENT.handshake, message);
    await pass(bench, 1);
    expect(bench.serverEvents.at(-1)).toMatchObject({
      kind: 'alert',
      direction: 'received',
      level: 'warning',
      name: 'no_renegotiation',
    });
    await echoes(bench, 'lives on');
  });
});

describe('a client that starts over from the same address', () => {
  it('keeps the old session at the server until the new one stands', async () => {
    const { bench, inject } = await established();
    // A hello in the clear, as anyone can send it: the server asks for a cookie and keeps the session.
    const record = { type: CONTENT.handshake, version: 0xfefd, epoch: 0, sequence: 0, connectionId: EMPTY };
    const hello = encodeClientHello({
      version: 0xfefd,
      random: new Uint8Array(32).fill(5),
      sessionId: EMPTY,
      cookie: EMPTY,
      suites: [0xc0a8],
      compression: [0],
      extensions: new Map(),
    });
    await inject(
      'server',
      encodeRecord({ ...record, fragment: encodeWhole({ type: HANDSHAKE.client_hello, sequence: 0, body: hello }) }),
    );
    await echoes(bench, 'old');
    await bench.client.close();
    expect(bench.serverEvents.filter((event) => event.kind === 'connected')).toHaveLength(1);
  });
});

describe('a server before any handshake', () => {
  /** The museum's datagrams (SE-01 to SE-12), each from an address of its own; then a real client. */
  it.each([
    ['ChangeCipherSpec', '14fefd0000000000000000000101'],
    ['a ClientHello of one byte', '16fefd0000000000000001000d01000001000500000000000100'],
    ['a ClientHello of no bytes', '16fefd0000000000000001000c010000000000000000000000'],
    ['a hello in epoch 1', '16fefd0001000000000001000c010000000000000000000000'],
    ['a short alert', '15fefd000000000000000100010215fefd00000000000000020000'],
    ['a record of no bytes', '16fefd00000000000000010000'],
    ['half a header', '16fefd0000'],
    ['nothing', ''],
    ['a record with connection id', '19fefd00010000000000010008aabbccddeeff0011'],
    ['a Certificate', `16fefd000000000000000100180b00000c000100000000000c000000000000000000000000`],
  ])('drops %s', async (_, datagram) => {
    const bench = makeBench();
    const stranger = bench.network.link('stranger');
    const answers: Uint8Array[] = [];
    stranger.onReceive((_from, bytes) => answers.push(bytes));
    for (let i = 0; i < 5; i++) stranger.send(SERVER, hex(datagram));
    await exchange(bench);
    expect(answers).toEqual([]);
  });

  const body = (suites: string): string => `fefd${'01'.repeat(32)}0000${suites}0100`;
  it.each([
    ['no suites', '0000'],
    ['an odd length of suites', '0001c0'],
    ['an odd length with suites behind', '0003c0a8c0ae'],
    ['a length beyond the end', 'fffec0a8'],
  ])('drops a ClientHello with %s', async (_, suites) => {
    const bench = makeBench();
    const stranger = bench.network.link('stranger');
    const answers: Uint8Array[] = [];
    stranger.onReceive((_from, bytes) => answers.push(bytes));
    const message = encodeWhole({ type: HANDSHAKE.client_hello, sequence: 0, body: hex(body(suites)) });
    const record = {
      type: CONTENT.handshake,
      version: 0xfefd,
      epoch: 0,
      sequence: 0,
      connectionId: EMPTY,
      fragment: message,
    };
    stranger.send(SERVER, encodeRecord(record));
    await exchange(bench);
    expect(answers).toEqual([]);
  });
});

describe('the replay window', () => {
  it('holds 64 numbers below the newest', () => {
    const window = new ReplayWindow();
    const take = (sequence: number): boolean => {
      const fresh = window.isFresh(sequence);
      if (fresh) window.accept(sequence);
      return fresh;
    };
    expect([0, 0, 5, 3, 3, 5, 100, 37, 36, 100, 99].map(take)).toEqual([
      true,
      false,
      true,
      true,
      false,
      false,
      true,
      true,
      false,
      false,
      true,
    ]);
    expect([2 ** 48 - 1, 2 ** 48 - 1, 2 ** 48 - 2, 100].map(take)).toEqual([true, false, true, false]);
  });
});

describe('decodeRecords', () => {
  it('gives the records before the first that does not parse', () => {
    const record = {
      type: 22,
      version: 0xfefd,
      epoch: 0,
      sequence: 2 ** 47 + 3,
      connectionId: EMPTY,
      fragment: hex('aabb'),
    };
    const bytes = encodeRecord(record);
    expect(decodeRecords(bytes, 0)).toEqual([record]);
    expect(decodeRecords(Uint8Array.from([...bytes, ...bytes.subarray(0, 14)]), 0)).toEqual([record]);
    expect(decodeRecords(encodeAlert('fatal', 40), 0)).toEqual([]);
  });
});

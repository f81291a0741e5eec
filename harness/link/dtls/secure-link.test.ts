import { describe, expect, it } from 'vitest';
import { EMPTY, utf8 } from '../../base/bytes.js';
import { sleep, VirtualClock } from '../../base/clock.js';
import { seeded } from '../../base/random.js';
import type { Link } from '../link.js';
import { memoryNetwork } from '../memory.js';
import type { DtlsEvent } from './dtls-link.js';
import { dtlsServer } from './dtls-server.js';
import { secureLink, type Reach, type SecureLink } from './secure-link.js';
import { channelOf, unsecured, type SecurityInstance } from './security-instance.js';
import { everything, IDENTITY, KEY, now, pki } from './testing/bench.js';

const { server, client } = pki.credentials;
const uri = 'coaps://server.example.com:5684';
const psk: SecurityInstance = { uri, mode: 0, identity: IDENTITY, serverKey: EMPTY, secretKey: KEY };
const rpk: SecurityInstance = {
  uri,
  mode: 1,
  identity: client.privateKey.publicKey.spki,
  serverKey: server.privateKey.publicKey.spki,
  secretKey: client.privateKey.exportPkcs8(),
};
const x509: SecurityInstance = {
  ...rpk,
  mode: 2,
  identity: client.certificate.der,
  serverKey: server.certificate.der,
};

interface Scene {
  readonly link: SecureLink;
  readonly plain: Link;
  readonly events: DtlsEvent[];
  readonly received: string[];
  readonly plaintext: string[];
  reach: Record<string, Reach>;
  pass(seconds?: number): Promise<void>;
}

/** A client's link, a DTLS server that echoes at `server`, and a plain node at `plain` that does so too. */
function scene(body: (scene: Scene) => Promise<void>): Promise<void> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const secured = dtlsServer({ link: network.link('server'), clock, random: seeded(1), credentials: everything });
  secured.onReceive((from, bytes) => secured.send(from, bytes));
  const plain = network.link('plain');
  plain.onReceive((from, bytes) => plain.send(from, bytes));
  const events: DtlsEvent[] = [];
  const received: string[] = [];
  const plaintext: string[] = [];
  const found: Pick<Scene, 'reach'> = { reach: {} };
  const link = secureLink({
    link: network.link('client'),
    clock,
    random: seeded(2),
    instant: now,
    reach: (peer) => found.reach[peer] ?? 'never',
    onEvent: (event) => events.push(event),
    onPlaintext: (direction, peer, bytes) => plaintext.push(`${direction} ${peer} ${Buffer.from(bytes).toString()}`),
  });
  link.onReceive((from, bytes) => received.push(`${from} ${Buffer.from(bytes).toString()}`));
  const pass = (seconds = 1): Promise<void> => sleep(clock, seconds);
  return clock.run(() => body(Object.assign(found, { link, plain, events, received, plaintext, pass })));
}

describe('A secure link', () => {
  it.each([
    ['a pre-shared key', psk],
    ['raw public keys', rpk],
    ['certificates', x509],
  ])('speaks with %s where the account has them', (_name, instance) =>
    scene(async (at) => {
      at.reach = { server: instance };
      at.link.send('server', utf8('hello'));
      await at.pass();
      expect(at.received).toEqual(['server hello']);
      expect(at.link.session('server')?.identity.kind).toBe((['psk', 'rpk', 'x509'] as const)[instance.mode]);
    }),
  );

  it('speaks with several peers, each in its own way', () =>
    scene(async (at) => {
      at.reach = { server: psk, plain: unsecured('coap://plain') };
      at.link.send('server', utf8('secret'));
      at.link.send('plain', utf8('open'));
      await at.pass();
      expect(at.received.sort()).toEqual(['plain open', 'server secret']);
      expect(at.link.session('plain')).toBeUndefined();
    }));

  it('sends nothing to a peer it is not to reach, and hears nothing of it', () =>
    scene(async (at) => {
      at.reach = { server: psk };
      at.link.send('plain', utf8('open'));
      at.plain.send('client', utf8('unasked'));
      await at.pass();
      expect(at.received).toEqual([]);
    }));

  it('takes nothing in the clear from a peer with a secured account', () =>
    scene(async (at) => {
      at.reach = { plain: psk };
      at.plain.send('client', utf8('in the clear'));
      await at.pass();
      at.link.send('plain', utf8('hello'));
      at.plain.send('client', utf8('in the clear'));
      await at.pass();
      expect(at.received).toEqual([]);
    }));

  it('ends the session when the account has changed, and begins another', () =>
    scene(async (at) => {
      at.reach = { server: psk };
      at.link.send('server', utf8('one'));
      await at.pass();
      at.reach = { server: rpk };
      at.link.send('server', utf8('two'));
      await at.pass();
      expect(at.received).toEqual(['server one', 'server two']);
      expect(at.events.map(({ kind }) => kind)).toContain('closed');
      expect(at.link.session('server')?.identity.kind).toBe('rpk');
    }));

  it('never falls back to none when a mode fails', () =>
    scene(async (at) => {
      at.reach = { plain: { ...psk, mode: 4 }, server: { ...psk, secretKey: utf8('another key, 16b') } };
      at.link.send('plain', utf8('hello'));
      at.link.send('server', utf8('hello'));
      await at.pass(200);
      expect(at.received).toEqual([]);
      expect(at.events).toContainEqual(
        expect.objectContaining({
          kind: 'failed',
          peer: 'plain',
          problem: expect.objectContaining({ place: '/0/x/2' }),
        }),
      );
      expect(at.events).toContainEqual(expect.objectContaining({ kind: 'failed', peer: 'server' }));
    }));
});

describe('The channel of a Security instance', () => {
  const context = { instant: now };
  const problemOf = (instance: SecurityInstance): string => {
    const channel = channelOf(instance, context);
    return channel.ok ? 'none' : `${channel.problem.place ?? ''} ${channel.problem.code}`;
  };

  it('names the server of a URI with a name, and of resource 14 before it', () => {
    const nameOf = (instance: SecurityInstance): string | undefined => {
      const channel = channelOf(instance, context);
      return channel.ok && channel.value.kind === 'dtls' ? channel.value.serverName : undefined;
    };
    expect(nameOf(psk)).toBe('server.example.com');
    expect(nameOf({ ...psk, serverName: 'other.example.com' })).toBe('other.example.com');
    expect(nameOf({ ...psk, uri: 'coaps://192.0.2.1:5684' })).toBeUndefined();
    expect(nameOf({ ...psk, uri: 'coaps://[2001:db8::1]:5684' })).toBeUndefined();
  });

  it('offers the suites of resource 16, of those there are', () => {
    const channel = channelOf({ ...psk, suites: [0x00ae, 0x1301] }, context);
    expect(channel.ok && channel.value.kind === 'dtls' && channel.value.suites).toEqual(['PSK_AES_128_CBC_SHA256']);
  });

  it.each([
    ['a scheme that goes against the mode', { ...psk, uri: 'coap://server' }, '/0/x/2 security-instance'],
    ['no security under coaps', unsecured('coaps://server'), '/0/x/2 security-instance'],
    ['a mode that nobody has', { ...psk, mode: 9 }, '/0/x/2 security-instance'],
    ['an empty key', { ...psk, secretKey: EMPTY }, '/0/x/5 security-instance'],
    ['a key that is none', { ...rpk, secretKey: utf8('key') }, '/0/x/5 private-key-unreadable'],
    ['a public key of another', { ...rpk, identity: rpk.serverKey }, '/0/x/3 security-instance'],
    ['a server key that is none', { ...rpk, serverKey: EMPTY }, '/0/x/4 public-key-unreadable'],
    ['a certificate that is none', { ...x509, identity: EMPTY }, '/0/x/3 certificate-unreadable'],
    ['a certificate of another key', { ...x509, identity: server.certificate.der }, '/0/x/3 certificate-mismatch'],
    ['an unknown matching type', { ...x509, matching: 4 }, '/0/x/13 security-instance'],
    ['an unknown certificate usage', { ...x509, usage: 4 }, '/0/x/15 security-instance'],
  ])('is a problem at the resource for %s', (_name, instance, problem) => expect(problemOf(instance)).toBe(problem));
});

describe('What a secure link tells of plaintext', () => {
  it('is what was protected and sent, or opened: nothing that is lost with its handshake', () =>
    scene(async (at) => {
      at.reach = { server: { ...psk, secretKey: utf8('another key, 16b') }, plain: unsecured('coap://plain') };
      at.link.send('server', utf8('lost'));
      at.link.send('plain', utf8('open'));
      await at.pass(200);
      at.reach = { server: psk };
      at.link.send('server', utf8('sent'));
      await at.pass();
      expect(at.plaintext).toEqual(['out plain open', 'in plain open', 'out server sent', 'in server sent']);
    }));
});

// Single trials of what lies beyond suite and credential. Each says what it shows, with whom, and how it is judged.
import { rmSync } from 'node:fs';
import { gnutls, libcoapGnutls, libcoapOpenssl, openssl, scandium } from './peers.mjs';
import { pause } from './processes.mjs';
import { clientCredentials, dtls, files, serverCredentials } from './stack.mjs';
import { call, serve } from './trial.mjs';

const CCM_8 = 'PSK_AES_128_CCM_8';
const CBC = 'PSK_AES_128_CBC_SHA256';
const ECDSA = 'ECDHE_ECDSA_AES_128_CCM_8';

/** A trial that must succeed and of whose last session `holds` is true. */
const shows = (what, peer, attempt, holds = () => true) => ({
  what,
  peer,
  async trial() {
    const result = await attempt();
    if (!result.isOk) return result;
    const isOk = holds(result.session, result);
    return { isOk, why: isOk ? undefined : `the session is not as it should be: ${describe(result.session)}` };
  },
});

/** A trial that must fail, for the reason that `holds` recognises in the events. */
const refuses = (what, peer, attempt, holds) => ({
  what,
  peer,
  async trial() {
    const { events, session, why } = await attempt();
    const isOk = session === undefined && holds(events);
    return { isOk, why: isOk ? undefined : `not refused as it should be: ${why ?? 'a session was made'}` };
  },
});

const describe = ({ resumed, extendedMasterSecret, encryptThenMac, maxFragmentLength, group, serverName }) =>
  JSON.stringify({ resumed, extendedMasterSecret, encryptThenMac, maxFragmentLength, group, serverName });

const alert = (name, direction) => (events) =>
  events.some((event) => event.kind === 'alert' && event.name === name && event.direction === direction);

/** Loses the first datagram of each direction, then one in four, without a period that flights could fall in with. */
const lossy = (index) => Math.imul(index, 0x9e3779b1) >>> 30 === 0;

async function resumeWithOpenssl(extra) {
  rmSync(files.session, { force: true });
  const runs = [
    [...extra, '-sess_out', files.session],
    [...extra, '-sess_in', files.session],
  ];
  return serve(openssl, CCM_8, 'psk', { runs });
}

const wrongTrust = { kind: 'certificate', trust: dtls.trustKey(new Uint8Array(91)) };
const unknownAuthority = () => {
  const trust = dtls.trustAuthorities({ anchors: [], instant: () => undefined, purpose: 'server' });
  return { client: { credentials: { kind: 'certificate', trust } } };
};
const hinting = () => ({
  psk: { hint: new TextEncoder().encode('a hint'), lookup: serverCredentials('psk').psk.lookup },
});

/** OpenSSL's client renegotiates at a line with an R. */
const renegotiate = async (program) => {
  program.write('R\n');
  await pause(0.5);
};

/** One more line of their client, after something else. */
const onceMore = async (program) => {
  await pause(0.3);
  program.output = '';
  program.write('once more\n');
  return program.until(/once more/, 3);
};
const resume = (program) => {
  program.write('RESUME\n');
  return onceMore(program);
};
const move = async (program, relay) => {
  await relay.move();
  return onceMore(program);
};

/** What our side offers where it asks for connection ids, and how long theirs and ours came out. */
const CID = { server: { connectionIdLength: 6 }, client: { connectionId: Uint8Array.of(1, 2, 3) } };
const lengths = ({ connectionIds }) => [connectionIds?.peer.length, connectionIds?.own.length].join();
const hasMoved = ({ events }) => events.some(({ kind }) => kind === 'moved');

const wrongKey = () => ({ client: { credentials: { ...clientCredentials('psk'), key: new Uint8Array(16) } } });

export const features = [
  shows(
    'their client asks to renegotiate, and our server says no_renegotiation',
    openssl,
    () => serve(openssl, CCM_8, 'psk', { then: renegotiate }),
    (_, { events }) => alert('no_renegotiation', 'sent')(events),
  ),
  {
    what: 'an ECDHE_PSK handshake is completed before their client dies',
    peer: gnutls,
    async trial() {
      const { sessions, why } = await serve(gnutls, 'ECDHE_PSK_AES_128_CBC_SHA256', 'psk');
      return { isOk: sessions.length === 1, why };
    },
  },
  ...[openssl, gnutls, libcoapOpenssl, libcoapGnutls, scandium].map((peer) => ({
    what: 'their server makes no session with our client under a wrong key',
    peer,
    async trial() {
      const { sessions, events } = await call(peer, CCM_8, 'psk', wrongKey());
      const heard = events.find((event) => event.kind === 'alert' && event.direction === 'received');
      return { isOk: sessions.length === 0, detail: heard ? `it says ${heard.name}` : 'it says nothing within 6 s' };
    },
  })),
  shows(
    'their client resumes by ticket',
    openssl,
    () => resumeWithOpenssl([]),
    ({ resumed }) => resumed === 'ticket',
  ),
  shows(
    'their client resumes by id',
    openssl,
    () => resumeWithOpenssl(['-no_ticket']),
    ({ resumed }) => resumed === 'id',
  ),
  shows(
    'our client resumes by ticket',
    openssl,
    () => call(openssl, CCM_8, 'psk', { connections: 2 }),
    ({ resumed }) => resumed === 'ticket',
  ),
  shows(
    'our client resumes by id',
    openssl,
    () => call(openssl, CCM_8, 'psk', { connections: 2, client: { tickets: false } }),
    ({ resumed }) => resumed === 'id',
  ),
  shows(
    'our client resumes a certificate session by ticket',
    gnutls,
    () => call(gnutls, ECDSA, 'x509', { connections: 2 }),
    ({ resumed }) => resumed === 'ticket',
  ),
  shows(
    'their client resumes',
    gnutls,
    () => serve(gnutls, ECDSA, 'x509', { runs: [['--resume', '--waitresumption']] }),
    (session, { sessions }) => sessions.some(({ resumed }) => resumed !== false),
  ),
  ...[openssl, gnutls].flatMap((peer) => [
    shows(
      'CBC, encrypt-then-MAC, their client',
      peer,
      () => serve(peer, CBC, 'psk'),
      ({ encryptThenMac }) => encryptThenMac,
    ),
    shows(
      'CBC, encrypt-then-MAC, our client',
      peer,
      () => call(peer, CBC, 'psk'),
      ({ encryptThenMac }) => encryptThenMac,
    ),
    shows(
      'CBC, MAC-then-encrypt, their client',
      peer,
      () => serve(peer, CBC, 'psk', { server: { encryptThenMac: false } }),
      ({ encryptThenMac }) => !encryptThenMac,
    ),
    shows(
      'CBC, MAC-then-encrypt, our client',
      peer,
      () => call(peer, CBC, 'psk', { client: { encryptThenMac: false } }),
      ({ encryptThenMac }) => !encryptThenMac,
    ),
    shows(
      'without extended master secret, their client',
      peer,
      () => serve(peer, CCM_8, 'psk', { server: { extendedMasterSecret: false } }),
      ({ extendedMasterSecret }) => !extendedMasterSecret,
    ),
    shows(
      'without extended master secret, our client',
      peer,
      () => call(peer, CCM_8, 'psk', { client: { extendedMasterSecret: false } }),
      ({ extendedMasterSecret }) => !extendedMasterSecret,
    ),
    shows(
      'X25519, their client',
      peer,
      () => serve(peer, ECDSA, 'x509', { server: { groups: ['x25519'] } }),
      ({ group }) => group === 'x25519',
    ),
    shows(
      'X25519, our client',
      peer,
      () => call(peer, ECDSA, 'x509', { client: { groups: ['x25519', 'secp256r1'] } }),
      ({ group }) => group === 'x25519',
    ),
    shows(
      'SNI of their client',
      peer,
      () => serve(peer, ECDSA, 'x509'),
      ({ serverName }) => serverName === 'server.example.com',
    ),
    shows('our messages in fragments of 100 bytes, their client', peer, () =>
      serve(peer, ECDSA, 'x509', { server: { fragment: 100 } }),
    ),
    shows('our messages in fragments of 150 bytes after the cookie, our client', peer, () =>
      call(peer, ECDSA, 'x509', { client: { fragment: 150 } }),
    ),
    shows('one datagram in four lost, their client', peer, () => serve(peer, ECDSA, 'x509', { drop: lossy })),
    shows('one datagram in four lost, our client', peer, () => call(peer, ECDSA, 'x509', { drop: lossy })),
  ]),
  shows(
    'max_fragment_length 512, their client',
    openssl,
    () => serve(openssl, ECDSA, 'x509', { runs: [['-maxfraglen', '512']] }),
    (session) => session.maxFragmentLength === 512,
  ),
  shows(
    'max_fragment_length 512, our client',
    openssl,
    () => call(openssl, ECDSA, 'x509', { client: { maxFragmentLength: 512 } }),
    (session) => session.maxFragmentLength === 512,
  ),
  shows('their messages at an MTU of 256, their client', openssl, () =>
    serve(openssl, ECDSA, 'x509', { runs: [['-mtu', '256']] }),
  ),
  shows('their messages at an MTU of 256, our client', openssl, () =>
    call(openssl, ECDSA, 'x509', { extra: ['-mtu', '256'] }),
  ),
  shows('their messages at an MTU of 256, their client', gnutls, () =>
    serve(gnutls, ECDSA, 'x509', { runs: [['--mtu', '256']] }),
  ),
  shows('their messages at an MTU of 256, our client', gnutls, () =>
    call(gnutls, ECDSA, 'x509', { extra: ['--mtu', '256'] }),
  ),
  shows('a PSK hint, their client', gnutls, () => serve(gnutls, CCM_8, 'psk', { server: { credentials: hinting() } })),
  ...[libcoapOpenssl, libcoapGnutls].flatMap((peer) => [
    shows('one datagram in four lost, their client', peer, () => serve(peer, CCM_8, 'psk', { drop: lossy })),
    shows('one datagram in four lost, our client', peer, () => call(peer, CCM_8, 'psk', { drop: lossy })),
    shows('a PSK hint, their client', peer, () => serve(peer, CCM_8, 'psk', { server: { credentials: hinting() } })),
  ]),
  shows(
    'connection ids of 4 and 6 bytes, their client moves',
    scandium,
    () => serve(scandium, CCM_8, 'psk', { runs: [['4']], server: CID.server, then: move }),
    (session, result) => lengths(session) === '4,6' && hasMoved(result),
  ),
  shows(
    'connection ids of 0 and 6 bytes, their client moves',
    scandium,
    () => serve(scandium, ECDSA, 'x509', { runs: [['0']], server: CID.server, then: move }),
    (session, result) => lengths(session) === '0,6' && hasMoved(result),
  ),
  shows(
    'connection ids of 5 and 3 bytes, our client moves',
    scandium,
    () => call(scandium, CCM_8, 'psk', { extra: ['5'], client: CID.client, moves: true }),
    (session) => lengths(session) === '5,3',
  ),
  shows(
    'connection ids of 5 and 0 bytes, our client moves',
    scandium,
    () => call(scandium, ECDSA, 'rpk', { extra: ['5'], client: { connectionId: new Uint8Array() }, moves: true }),
    (session) => lengths(session) === '5,0',
  ),
  shows(
    'their client resumes by id',
    scandium,
    () => serve(scandium, CCM_8, 'psk', { then: resume }),
    (session, { sessions }) => sessions.length === 2 && session.resumed === 'id',
  ),
  shows(
    'our client resumes by id',
    scandium,
    () => call(scandium, ECDSA, 'x509', { connections: 2 }),
    ({ resumed }) => resumed === 'id',
  ),
  shows(
    'extended master secret, their client',
    scandium,
    () => serve(scandium, ECDSA, 'rpk'),
    ({ extendedMasterSecret }) => extendedMasterSecret,
  ),
  shows(
    'extended master secret, our client',
    scandium,
    () => call(scandium, ECDSA, 'rpk'),
    ({ extendedMasterSecret }) => extendedMasterSecret,
  ),
  shows('one datagram in four lost, their client', scandium, () => serve(scandium, ECDSA, 'x509', { drop: lossy })),
  shows('one datagram in four lost, our client', scandium, () => call(scandium, ECDSA, 'x509', { drop: lossy })),
  ...[openssl, gnutls].flatMap((peer) => [
    refuses(
      'our server refuses an unknown identity',
      peer,
      () => serve(peer, CCM_8, 'psk', { server: { credentials: { psk: { lookup: () => undefined } } } }),
      alert('unknown_psk_identity', 'sent'),
    ),
    refuses(
      'our server refuses a wrong key',
      peer,
      () => serve(peer, CCM_8, 'psk', { server: { credentials: { psk: { lookup: () => new Uint8Array(16) } } } }),
      alert('bad_record_mac', 'sent'),
    ),
    refuses(
      'our client refuses an unknown authority',
      peer,
      () => call(peer, ECDSA, 'x509', unknownAuthority()),
      alert('unknown_ca', 'sent'),
    ),
  ]),
  refuses(
    'our client refuses an unknown raw public key',
    gnutls,
    () => call(gnutls, ECDSA, 'rpk', { client: { credentials: wrongTrust } }),
    alert('bad_certificate', 'sent'),
  ),
];

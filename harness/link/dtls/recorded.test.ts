import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import { VirtualClock } from '../../base/clock.js';
import { seeded } from '../../base/random.js';
import type { Address, Link, Receive } from '../link.js';
import type { ClientCredentials, ServerCredentials } from './credentials.js';
import { testPki } from './credentials/test-pki.js';
import { trustAuthorities, trustKey } from './credentials/trust.js';
import { dtlsClient } from './dtls-client.js';
import { dtlsServer } from './dtls-server.js';
import { RECORDINGS, type Recording } from './testing/recorded.js';

/** As in scripts/interop-dtls/stack.mjs. */
const identity = 'urn:dev:os:interop';
const key = utf8('0123456789abcdef');
const pki = testPki(seeded(7), identity);
const { client, server } = pki.credentials;
const instant = (): number => 1_700_000_000;
const anchors = [pki.root.certificate];

const clientSide: Record<Recording['kind'], ClientCredentials> = {
  psk: { kind: 'psk', identity: utf8(identity), key },
  rpk: {
    kind: 'certificate',
    own: { kind: 'rpk', privateKey: client.privateKey },
    trust: trustKey(server.privateKey.publicKey.spki),
  },
  x509: {
    kind: 'certificate',
    own: { kind: 'x509', chain: [client.certificate], privateKey: client.privateKey },
    trust: trustAuthorities({ anchors, instant, purpose: 'server', host: 'server.example.com' }),
  },
};
const serverSide: Record<Recording['kind'], ServerCredentials> = {
  psk: { psk: { lookup: () => key } },
  rpk: { own: [{ kind: 'rpk', privateKey: server.privateKey }], trust: trustKey(client.privateKey.publicKey.spki) },
  x509: {
    own: [{ kind: 'x509', chain: [server.certificate], privateKey: server.privateKey }],
    trust: trustAuthorities({ anchors, instant, purpose: 'client' }),
  },
};

/** A link whose peer is a recording. */
function player(): { link: Link; sent: string[]; play: Receive } {
  const sent: string[] = [];
  let receive: Receive = () => undefined;
  const link: Link = {
    local: 'us',
    send: (_: Address, bytes) => void sent.push(toHex(bytes)),
    onReceive: (next) => (receive = next),
    close: () => Promise.resolve(),
  };
  return { link, sent, play: (from, bytes) => receive(from, bytes) };
}

describe('a handshake recorded with a foreign peer', () => {
  for (const recording of RECORDINGS) {
    const { peer, role, suite, kind, address, seed, options, connectionId, connectionIdLength } = recording;
    const ids = connectionId ?? connectionIdLength;
    it(`is repeated byte for byte: ${role}, ${suite}, ${kind}, ${peer}${ids === undefined ? '' : ', connection ids'}`, () => {
      const { link, sent, play } = player();
      const common = { link, clock: new VirtualClock(), random: seeded(seed), suites: [suite], ...options };
      const lines: string[] = [];
      const ours =
        role === 'client'
          ? dtlsClient({
              ...common,
              credentials: clientSide[kind],
              ...(connectionId !== undefined && { connectionId: fromHex(connectionId) ?? new Uint8Array() }),
            })
          : dtlsServer({
              ...common,
              credentials: serverSide[kind],
              ...(connectionIdLength !== undefined && { connectionIdLength }),
            });
      ours.onReceive((from, bytes) => {
        lines.push(Buffer.from(bytes).toString());
        if (role === 'server') ours.send(from, bytes);
      });
      // As the recording was made: the client begins, and says hello once the session stands.
      if (role === 'client') ours.send(address, utf8('hello\n'));
      for (const line of recording.datagrams) {
        const bytes = fromHex(line.slice(2)) ?? new Uint8Array();
        if (line.startsWith('<')) play(address, bytes);
      }
      expect(sent).toEqual(recording.datagrams.filter((line) => line.startsWith('>')).map((line) => line.slice(2)));
      expect(ours.session(address)).toMatchObject({
        suite,
        extendedMasterSecret: options.extendedMasterSecret ?? true,
      });
      if (ids !== undefined) expect(recording.datagrams.some((line) => line.slice(2, 4) === '19')).toBe(true); // tls12_cid
      expect(lines.join('')).toBe('hello\n');
    });
  }
});

import { describe, expect, it } from 'vitest';
import { EMPTY, fromHex, utf8 } from '../../base/bytes.js';
import type { Result } from '../../base/error.js';
import { seeded } from '../../base/random.js';
import { dtlsClient } from './dtls-client.js';
import type { ClientCredentials, OwnCertificate, ServerCredentials } from './credentials.js';
import { makePrivateKey, type Credential, type TestCredentialName } from './credentials/test-pki.js';
import { trustAuthorities, trustKey, trustServer } from './credentials/trust.js';
import { HANDSHAKE, type HandshakeMessage } from './handshake.js';
import { decodeServerHello, encodeServerHello } from './hello.js';
import { decodeServerKeyExchange, encodeServerKeyExchange } from './key-exchange.js';
import type { SessionInfo } from './session.js';
import {
  everything,
  IDENTITY,
  KEY,
  makeBench,
  now,
  pass,
  pki,
  psk,
  rpk,
  run,
  SERVER,
  x509,
  type Bench,
  type BenchOptions,
} from './testing/bench.js';

const kinds = { psk, rpk, x509 };
const { server, client } = pki.credentials;
const root = pki.root.certificate;

const attempt = async (bench: Bench): Promise<Result<SessionInfo>> => {
  const result = await run(bench, () => bench.connect());
  await pass(bench, 1);
  return result;
};

/** Both ends of a refused handshake: the alert that this side sends, that the other side hears, and no session. */
async function expectRefusal(
  by: 'client' | 'server',
  alert: string,
  code: string,
  options: BenchOptions,
): Promise<Bench> {
  const bench = makeBench(options);
  const result = await attempt(bench);
  const [ours, theirs] =
    by === 'client' ? [bench.clientEvents, bench.serverEvents] : [bench.serverEvents, bench.clientEvents];
  expect(ours).toContainEqual(
    expect.objectContaining({ kind: 'alert', direction: 'sent', level: 'fatal', name: alert }),
  );
  expect(theirs).toContainEqual(
    expect.objectContaining({ kind: 'alert', direction: 'received', level: 'fatal', name: alert }),
  );
  expect(ours).toContainEqual(expect.objectContaining({ kind: 'failed', problem: expect.objectContaining({ code }) }));
  expect(theirs).toContainEqual(
    expect.objectContaining({ kind: 'failed', problem: expect.objectContaining({ code: 'dtls-alert-received' }) }),
  );
  expect(result).toMatchObject({ ok: false, problem: { code: by === 'client' ? code : 'dtls-alert-received' } });
  expect(bench.client.session(SERVER)).toBeUndefined();
  expect(bench.server.session('client')).toBeUndefined();
  return bench;
}

const own = ({ certificate, intermediates, privateKey }: Credential): OwnCertificate => ({
  kind: 'x509',
  chain: [certificate, ...intermediates],
  privateKey,
});
const serverWith = (...certificates: OwnCertificate[]): { credentials: ServerCredentials } => ({
  credentials: { ...everything, own: certificates },
});
const trusting = (
  trust: Extract<ClientCredentials, { kind: 'certificate' }>['trust'],
  certificate?: OwnCertificate,
): ClientCredentials => ({
  kind: 'certificate',
  trust,
  ...(certificate ? { own: certificate } : {}),
});

describe('a pre-shared key', () => {
  it('is refused for an unknown identity, with the alert that says so', async () => {
    const stranger: ClientCredentials = { kind: 'psk', identity: utf8('stranger\u0000\u00e4'), key: KEY };
    const bench = await expectRefusal('server', 'unknown_psk_identity', 'dtls-unknown-psk-identity', {
      client: { credentials: stranger },
    });
    const failure = bench.serverEvents.find((event) => event.kind === 'failed');
    expect(failure?.problem.message).toBe('no key is known for the identity "stranger???"');
  });

  it('is refused when it differs, after its records have come three times', async () => {
    const wrong: ClientCredentials = { kind: 'psk', identity: IDENTITY, key: utf8('another key') };
    for (const suites of [
      ['PSK_AES_128_CCM_8'],
      ['PSK_AES_128_CBC_SHA256'],
      ['ECDHE_PSK_AES_128_CBC_SHA256'],
    ] as const) {
      const bench = await expectRefusal('server', 'bad_record_mac', 'dtls-bad-record-mac', {
        client: { credentials: wrong, suites },
      });
      expect(bench.clock.now()).toBeLessThan(6);
    }
  });

  it('is no way in where the server has certificates only, and the other way round', async () => {
    await expectRefusal(
      'server',
      'handshake_failure',
      'dtls-handshake-failure',
      serverCase({ own: everything.own ?? [] }, psk),
    );
    await expectRefusal(
      'server',
      'handshake_failure',
      'dtls-handshake-failure',
      serverCase({ psk: { lookup: () => KEY } }, x509),
    );
  });
});

function serverCase(credentials: ServerCredentials, clientCredentials: ClientCredentials): BenchOptions {
  return { server: { credentials }, client: { credentials: clientCredentials } };
}

describe('a raw public key', () => {
  const other = makePrivateKey(seeded(77));
  it('of the server is refused when it is not the stored one', async () => {
    const credentials = trusting(trustKey(other.publicKey.spki), { kind: 'rpk', privateKey: client.privateKey });
    await expectRefusal('client', 'bad_certificate', 'public-key-unknown', { client: { credentials } });
  });

  it('of the client is refused when it is not a stored one', async () => {
    const credentials = trusting(trustKey(server.privateKey.publicKey.spki), { kind: 'rpk', privateKey: other });
    await expectRefusal('server', 'bad_certificate', 'public-key-unknown', { client: { credentials } });
  });

  it('on another curve is refused', async () => {
    const odd = makePrivateKey(seeded(78), 'P-384');
    const credentials = trusting(trustKey(server.privateKey.publicKey.spki), { kind: 'rpk', privateKey: odd });
    await expectRefusal('server', 'unsupported_certificate', 'dtls-unsupported-certificate', {
      client: { credentials },
    });
  });

  it('must be shown where the server demands one', async () => {
    const credentials = trusting(trustKey(server.privateKey.publicKey.spki));
    await expectRefusal('server', 'handshake_failure', 'dtls-handshake-failure', { client: { credentials } });
  });

  it('is no way in where the other side has certificates only', async () => {
    await expectRefusal('server', 'unsupported_certificate', 'dtls-unsupported-certificate', {
      client: { credentials: rpk },
      server: serverWith(own(server)),
    });
  });
});

describe('a server certificate', () => {
  it.each<[TestCredentialName, string, string]>([
    ['server-wrong-host', 'bad_certificate', 'certificate-wrong-host'],
    ['server-expired', 'certificate_expired', 'certificate-expired'],
    ['server-not-yet-valid', 'bad_certificate', 'certificate-not-yet-valid'],
    ['server-self-signed', 'unknown_ca', 'certificate-unknown-authority'],
    ['server-wrong-curve', 'unsupported_certificate', 'certificate-wrong-key'],
    ['server-other-authority', 'unknown_ca', 'certificate-unknown-authority'],
    ['client', 'unsupported_certificate', 'certificate-wrong-purpose'],
  ])('is refused: %s', async (name, alert, code) => {
    const options = { client: { credentials: x509 }, server: serverWith(own(pki.credentials[name])) };
    await expectRefusal('client', alert, code, options);
  });

  it('is refused without the intermediate certificate that leads to the anchor', async () => {
    const { certificate, privateKey } = pki.credentials['server-by-intermediate'];
    const options = {
      client: { credentials: x509 },
      server: serverWith(own({ certificate, privateKey, intermediates: [] })),
    };
    await expectRefusal('client', 'unknown_ca', 'certificate-unknown-authority', options);
  });

  it('is refused when it is not the provisioned one (usage 3)', async () => {
    const trust = trustServer({ association: client.certificate.der, instant: now });
    await expectRefusal('client', 'bad_certificate', 'certificate-not-the-provisioned', {
      client: { credentials: trusting(trust, own(client)) },
    });
  });

  it('is refused with a key that is not its own', async () => {
    const impostor: OwnCertificate = { kind: 'x509', chain: [server.certificate], privateKey: client.privateKey };
    await expectRefusal('client', 'decrypt_error', 'dtls-decrypt-error', {
      client: { credentials: x509 },
      server: serverWith(impostor),
    });
  });
});

describe('a client certificate', () => {
  const trust = trustAuthorities({ anchors: [root], instant: now, purpose: 'server', host: 'server.example.com' });
  it.each<[TestCredentialName, string, string]>([
    ['client-expired', 'certificate_expired', 'certificate-expired'],
    ['client-other-authority', 'unknown_ca', 'certificate-unknown-authority'],
    ['server', 'unsupported_certificate', 'certificate-wrong-purpose'],
  ])('is refused: %s', async (name, alert, code) => {
    const bench = await expectRefusal('server', alert, code, {
      client: { credentials: trusting(trust, own(pki.credentials[name])) },
    });
    // The server is there for others (SE-17).
    const link = bench.network.link('good');
    const good = dtlsClient({ link, clock: bench.clock, random: seeded(8), credentials: x509 });
    expect(await run(bench, () => good.connect(SERVER))).toMatchObject({ ok: true });
  });

  it('must be shown where the server demands one', async () => {
    await expectRefusal('server', 'handshake_failure', 'dtls-handshake-failure', {
      client: { credentials: trusting(trust) },
    });
  });

  it('is refused with a key that is not its own', async () => {
    const impostor: OwnCertificate = { kind: 'x509', chain: [client.certificate], privateKey: server.privateKey };
    await expectRefusal('server', 'decrypt_error', 'dtls-decrypt-error', {
      client: { credentials: trusting(trust, impostor) },
    });
  });
});

/** Exchanges the body of one kind of handshake message, or leaves the message out. */
const replacing =
  (type: number, replace: (body: Uint8Array) => Uint8Array | undefined) =>
  (message: HandshakeMessage): HandshakeMessage[] => {
    if (message.type !== type) return [message];
    const body = replace(message.body);
    return body ? [{ ...message, body }] : [];
  };

describe('a server that misbehaves', () => {
  const misbehave = (
    type: number,
    replace: (body: Uint8Array) => Uint8Array | undefined,
    credentials = x509,
  ): BenchOptions => ({
    client: { credentials },
    server: { hooks: { message: replacing(type, replace) } },
  });
  const hello = (change: Partial<ReturnType<typeof decodeServerHello>>): BenchOptions =>
    misbehave(HANDSHAKE.server_hello, (body) => encodeServerHello({ ...decodeServerHello(body), ...change }));

  it.each<[string, string, string, BenchOptions]>([
    [
      'a key exchange without signature (SE-16)',
      'decode_error',
      'dtls-decode-error',
      misbehave(HANDSHAKE.server_key_exchange, (body) => {
        const { parameters } = decodeServerKeyExchange(body, 'ecdhe-ecdsa');
        return encodeServerKeyExchange(parameters ? { parameters } : {});
      }),
    ],
    [
      'an empty signature',
      'decrypt_error',
      'dtls-decrypt-error',
      misbehave(HANDSHAKE.server_key_exchange, (body) => {
        const exchange = decodeServerKeyExchange(body, 'ecdhe-ecdsa');
        return encodeServerKeyExchange({ ...exchange, signature: { algorithm: 0x0403, bytes: EMPTY } });
      }),
    ],
    [
      'a signature of another algorithm',
      'illegal_parameter',
      'dtls-illegal-parameter',
      misbehave(HANDSHAKE.server_key_exchange, (body) => {
        const exchange = decodeServerKeyExchange(body, 'ecdhe-ecdsa');
        return encodeServerKeyExchange({
          ...exchange,
          signature: { algorithm: 0x0201, bytes: exchange.signature?.bytes ?? EMPTY },
        });
      }),
    ],
    [
      'no key exchange',
      'unexpected_message',
      'dtls-unexpected-message',
      misbehave(HANDSHAKE.server_key_exchange, () => undefined),
    ],
    [
      'no certificate',
      'unexpected_message',
      'dtls-unexpected-message',
      misbehave(HANDSHAKE.certificate, () => undefined),
    ],
    [
      'an empty certificate list',
      'bad_certificate',
      'dtls-bad-certificate',
      misbehave(HANDSHAKE.certificate, () => Uint8Array.of(0, 0, 0)),
    ],
    [
      'a certificate that is none',
      'bad_certificate',
      'dtls-bad-certificate',
      misbehave(HANDSHAKE.certificate, () => fromHex('000005000002abcd') ?? EMPTY),
    ],
    [
      'a raw public key that is none',
      'bad_certificate',
      'dtls-bad-certificate',
      misbehave(HANDSHAKE.certificate, () => Uint8Array.of(0, 0, 1, 7), rpk),
    ],
    ['a suite that was not offered', 'illegal_parameter', 'dtls-illegal-parameter', hello({ suite: 0xc0a8 })],
    ['an unknown suite', 'illegal_parameter', 'dtls-illegal-parameter', hello({ suite: 0x1301 })],
    ['compression', 'illegal_parameter', 'dtls-illegal-parameter', hello({ compression: 1 })],
    ['DTLS 1.0', 'protocol_version', 'dtls-protocol-version', hello({ version: 0xfeff })],
    [
      'an extension that was not offered',
      'unsupported_extension',
      'dtls-unsupported-extension',
      hello({ extensions: new Map([[54, Uint8Array.of(0)]]) }),
    ],
    [
      'a renegotiation',
      'handshake_failure',
      'dtls-handshake-failure',
      hello({ extensions: new Map([[0xff01, Uint8Array.of(1, 9)]]) }),
    ],
    [
      'bytes in ServerHelloDone',
      'decode_error',
      'dtls-decode-error',
      misbehave(HANDSHAKE.server_hello_done, () => Uint8Array.of(1)),
    ],
    [
      'a Finished that does not match',
      'decrypt_error',
      'dtls-decrypt-error',
      misbehave(HANDSHAKE.finished, () => new Uint8Array(12)),
    ],
    [
      'a Finished of one byte',
      'decrypt_error',
      'dtls-decrypt-error',
      misbehave(HANDSHAKE.finished, () => new Uint8Array(1)),
    ],
    [
      'no ticket after announcing one',
      'unexpected_message',
      'dtls-unexpected-message',
      misbehave(HANDSHAKE.new_session_ticket, () => undefined),
    ],
    [
      'a point that is not on the curve',
      'decrypt_error',
      'dtls-decrypt-error',
      misbehave(HANDSHAKE.server_key_exchange, (body) => {
        const exchange = decodeServerKeyExchange(body, 'ecdhe-ecdsa');
        const publicKey = new Uint8Array(65).fill(4);
        return encodeServerKeyExchange({ ...exchange, parameters: { group: 0x17, publicKey } });
      }),
    ],
  ])('is refused: %s', async (_, alert, code, options) => {
    const bench = makeBench(options);
    const result = await attempt(bench);
    expect(result).toMatchObject({ ok: false, problem: { code } });
    expect(bench.clientEvents).toContainEqual(
      expect.objectContaining({ kind: 'alert', direction: 'sent', name: alert }),
    );
    expect(bench.client.session(SERVER)).toBeUndefined();
  });

  it('is refused: a point that is not on the curve, where nothing is signed', async () => {
    const options = {
      client: { suites: ['ECDHE_PSK_AES_128_CBC_SHA256'] as const },
      server: {
        hooks: {
          message: replacing(HANDSHAKE.server_key_exchange, () =>
            encodeServerKeyExchange({
              hint: EMPTY,
              parameters: { group: 0x17, publicKey: new Uint8Array(65).fill(4) },
            }),
          ),
        },
      },
    };
    expect(await attempt(makeBench(options))).toMatchObject({ ok: false, problem: { code: 'dtls-illegal-parameter' } });
  });

  it('is refused: a group that was not offered', async () => {
    const message = replacing(HANDSHAKE.server_key_exchange, (body) => {
      const exchange = decodeServerKeyExchange(body, 'ecdhe-psk');
      return encodeServerKeyExchange({
        ...exchange,
        parameters: { group: 0x13, publicKey: new Uint8Array(49).fill(4) },
      });
    });
    const bench = makeBench({ client: { suites: ['ECDHE_PSK_AES_128_CBC_SHA256'] }, server: { hooks: { message } } });
    expect(await attempt(bench)).toMatchObject({ ok: false, problem: { code: 'dtls-illegal-parameter' } });
  });

  it('is refused when it asks for a cookie for ever', async () => {
    const message = (sent: HandshakeMessage): HandshakeMessage[] =>
      sent.type === HANDSHAKE.server_hello
        ? Array.from({ length: 5 }, () => ({
            ...sent,
            type: HANDSHAKE.hello_verify_request,
            body: fromHex('feff0411223344') ?? EMPTY,
          }))
        : [sent];
    const bench = makeBench({ server: { hooks: { message } } });
    const result = await attempt(bench);
    expect(result).toMatchObject({ ok: false });
  });
});

describe('a client that misbehaves', () => {
  const misbehave = (
    type: number,
    replace: (body: Uint8Array) => Uint8Array | undefined,
    credentials = x509,
  ): BenchOptions => ({
    client: { credentials, hooks: { message: replacing(type, replace) } },
  });
  it.each<[string, string, BenchOptions]>([
    ['no CertificateVerify (SE-16)', 'unexpected_message', misbehave(HANDSHAKE.certificate_verify, () => undefined)],
    ['a CertificateVerify of nothing', 'decode_error', misbehave(HANDSHAKE.certificate_verify, () => EMPTY)],
    [
      'a CertificateVerify of another algorithm',
      'illegal_parameter',
      misbehave(HANDSHAKE.certificate_verify, () => fromHex('02010000') ?? EMPTY),
    ],
    [
      'a CertificateVerify that does not hold',
      'decrypt_error',
      misbehave(HANDSHAKE.certificate_verify, (body) => body.map((byte, i) => (i === 20 ? byte ^ 1 : byte))),
    ],
    ['no Certificate', 'unexpected_message', misbehave(HANDSHAKE.certificate, () => undefined)],
    ['no ClientKeyExchange', 'unexpected_message', misbehave(HANDSHAKE.client_key_exchange, () => undefined)],
    ['a key exchange of nothing', 'decode_error', misbehave(HANDSHAKE.client_key_exchange, () => EMPTY)],
    [
      'a point that is not on the curve',
      'illegal_parameter',
      misbehave(HANDSHAKE.client_key_exchange, () => Uint8Array.from([65, 4, ...new Uint8Array(64).fill(9)])),
    ],
    [
      'a point of the wrong length',
      'illegal_parameter',
      misbehave(HANDSHAKE.client_key_exchange, () => Uint8Array.of(2, 4, 4)),
    ],
    [
      'an identity that is cut short',
      'decode_error',
      misbehave(HANDSHAKE.client_key_exchange, () => Uint8Array.of(0, 9, 65), psk),
    ],
    ['a Finished that does not match', 'decrypt_error', misbehave(HANDSHAKE.finished, () => new Uint8Array(12))],
  ])('is refused: %s', async (_, alert, options) => {
    const bench = makeBench(options);
    await attempt(bench);
    expect(bench.serverEvents).toContainEqual(
      expect.objectContaining({ kind: 'alert', direction: 'sent', name: alert }),
    );
    expect(bench.serverEvents.some((event) => event.kind === 'connected')).toBe(false);
  });

  it('is told when it offers DTLS 1.0 only', async () => {
    const message = replacing(HANDSHAKE.client_hello, (body) => Uint8Array.from([0xfe, 0xff, ...body.subarray(2)]));
    const bench = makeBench({ client: { hooks: { message } } });
    await attempt(bench);
    expect(bench.serverEvents).toContainEqual(
      expect.objectContaining({ kind: 'alert', direction: 'sent', name: 'protocol_version' }),
    );
  });
});

describe('a peer that falls silent', () => {
  for (const kind of ['psk', 'rpk', 'x509'] as const) {
    it.each([1, 2, 3])(`after %i datagrams costs the other side its own handshake only (${kind})`, async (count) => {
      for (const silent of ['up', 'down'] as const) {
        const bench = makeBench({
          client: { credentials: kinds[kind] },
          [silent]: (bytes: Uint8Array, index: number) => (index < count ? [{ bytes }] : []),
        });
        await run(bench, () => bench.connect());
        await pass(bench, 300);
        // Whoever waited has given up: no timer is left.
        await expect(bench.clock.run(() => new Promise(() => undefined))).rejects.toThrow('nothing is pending');
      }
    });
  }
});

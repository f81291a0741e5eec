import { EMPTY, equalBytes } from '../../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../../base/error.js';
import { parseAddress } from '../address.js';
import type { ClientCredentials, OwnCertificate } from './credentials.js';
import { readCertificate, type Certificate } from './credentials/certificate.js';
import { readPrivateKey, readPublicKey, type PrivateKey } from './credentials/key.js';
import { trustKey, trustServer, type CertificateUsage, type MatchingType } from './credentials/trust.js';
import { suiteByCode, type SuiteName } from './suites.js';

/** The Resources of a Security instance that decide the channel to a server (Core 1.1 App. E.1). */
export interface SecurityInstance {
  /** `/0/x/0`: `coaps://192.0.2.1:5684`. */
  readonly uri: string;
  /** `/0/x/2`: 0 pre-shared key, 1 raw public key, 2 certificate, 3 none, 4 certificate with EST. */
  readonly mode: number;
  /** `/0/x/3`: PSK identity, own SubjectPublicKeyInfo, or own certificate in DER. */
  readonly identity: Uint8Array;
  /** `/0/x/4`: the server's SubjectPublicKeyInfo, certificate, or trust anchor in DER. */
  readonly serverKey: Uint8Array;
  /** `/0/x/5`: pre-shared key, or private key as PKCS#8 or SEC 1 in DER. */
  readonly secretKey: Uint8Array;
  /** `/0/x/13`. */
  readonly matching?: number;
  /** `/0/x/14`. */
  readonly serverName?: string;
  /** `/0/x/15`. */
  readonly usage?: number;
  /** `/0/x/16`: codes of cipher suites. */
  readonly suites?: readonly number[];
}

/** What a client does to speak with a server. */
export type Channel =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'dtls';
      readonly credentials: ClientCredentials;
      /** For SNI. */
      readonly serverName?: string;
      readonly suites?: readonly SuiteName[];
    };

/** What a client has beside its Security instances. */
export interface ChannelContext {
  /** Seconds since 1970; undefined: no clock, and the validity of certificates is not judged (RFC 7925 §4.4). */
  readonly instant: () => number | undefined;
  /** The device's own trust store, for the certificate usages 0 and 1. */
  readonly store?: readonly Certificate[];
}

/**
 * The channel that a Security instance asks for (Transport 1.1 §5.2.8). A mode that cannot be used is a problem, never
 * no security (fact S-5). Its place is the Resource.
 */
export function channelOf(instance: SecurityInstance, context: ChannelContext): Result<Channel> {
  const isSecure = /^coaps:/i.test(instance.uri);
  if (instance.mode === 3 && !isSecure) return ok({ kind: 'none' });
  if ((instance.mode === 3) === isSecure)
    return wrong(
      2,
      `the mode is ${instance.mode}, and the URI is ${instance.uri}`,
      'mode 3 goes with coap, the others with coaps',
    );
  const credentials = credentialsOf(instance, context);
  if (!credentials.ok) return credentials;
  const serverName = instance.serverName ?? nameIn(instance.uri);
  const suites = instance.suites?.flatMap((code) => suiteByCode(code)?.name ?? []);
  return ok({
    kind: 'dtls',
    credentials: credentials.value,
    ...(serverName !== undefined && { serverName }),
    ...(suites && suites.length > 0 && { suites }),
  });
}

function credentialsOf(instance: SecurityInstance, context: ChannelContext): Result<ClientCredentials> {
  switch (instance.mode) {
    case 0:
      return pskOf(instance);
    case 1:
      return rawKeyOf(instance);
    case 2:
      return certificateOf(instance, context);
    default:
      return wrong(2, `the security mode ${instance.mode} is not one that this client has`, 'it has 0, 1, 2 and 3');
  }
}

function pskOf({ identity, secretKey }: SecurityInstance): Result<ClientCredentials> {
  if (secretKey.length === 0) return wrong(5, 'there is no pre-shared key');
  return ok({ kind: 'psk', identity, key: secretKey });
}

function rawKeyOf({ identity, serverKey, secretKey }: SecurityInstance): Result<ClientCredentials> {
  const privateKey = readPrivateKey(secretKey, '/0/x/5');
  if (!privateKey.ok) return privateKey;
  if (identity.length > 0 && !equalBytes(identity, privateKey.value.publicKey.spki))
    return wrong(3, 'the public key is not that of the private key');
  const server = readPublicKey(serverKey, '/0/x/4');
  if (!server.ok) return server;
  return ok({
    kind: 'certificate',
    own: { kind: 'rpk', privateKey: privateKey.value },
    trust: trustKey(server.value.spki),
  });
}

function certificateOf(instance: SecurityInstance, { instant, store }: ChannelContext): Result<ClientCredentials> {
  const own = ownCertificate(instance);
  if (!own.ok) return own;
  const { matching = 0, usage = 3 } = instance;
  if (!isMatching(matching)) return wrong(13, `the matching type ${matching} is not one of 0 to 3`);
  if (!isUsage(usage)) return wrong(15, `the certificate usage ${usage} is not one of 0 to 3`);
  const associated = matching === 0 ? readCertificate(instance.serverKey, '/0/x/4') : undefined;
  if (associated?.ok === false) return associated;
  const trust = trustServer({
    usage,
    matching,
    association: associated?.value.der ?? instance.serverKey,
    ...(associated && { associated: associated.value }),
    ...(store && { store }),
    host: instance.serverName ?? hostIn(instance.uri),
    instant,
  });
  return ok({ kind: 'certificate', ...(own.value && { own: own.value }), trust });
}

/** Undefined where the instance holds neither certificate nor key: the client stays anonymous. */
function ownCertificate({ identity, secretKey }: SecurityInstance): Result<OwnCertificate | undefined> {
  if (identity.length === 0 && secretKey.length === 0) return ok(undefined);
  const privateKey = readPrivateKey(secretKey, '/0/x/5');
  if (!privateKey.ok) return privateKey;
  const certificate = readCertificate(identity, '/0/x/3');
  if (!certificate.ok) return certificate;
  const mismatch = keyMismatch(certificate.value, privateKey.value, '/0/x/3');
  if (mismatch) return failed(mismatch);
  return ok({ kind: 'x509', privateKey: privateKey.value, chain: [certificate.value] });
}

/** That a certificate is of another key. */
export function keyMismatch(certificate: Certificate, privateKey: PrivateKey, place: string): Problem | undefined {
  if (equalBytes(certificate.publicKey.spki, privateKey.publicKey.spki)) return undefined;
  return {
    code: 'certificate-mismatch',
    message: `the certificate of ${certificate.subject} is not that of the private key`,
    place,
    hint: 'give the key that the certificate was made for',
  };
}

const hostIn = (uri: string): string | undefined => /^[a-z+]+:\/\/(\[[^\]]*\]|[^:/]+)/i.exec(uri)?.[1];

/** SNI carries names, not addresses (RFC 6066 §3). */
function nameIn(uri: string): string | undefined {
  const host = hostIn(uri);
  return host === undefined || /^[\d.]+$|^\[/.test(host) || !parseAddress(`${host}:1`).ok ? undefined : host;
}

const isMatching = (value: number): value is MatchingType => [0, 1, 2, 3].includes(value);
const isUsage = (value: number): value is CertificateUsage => [0, 1, 2, 3].includes(value);

const wrong = (resource: number, message: string, hint?: string): Result<never> =>
  failed({ code: 'security-instance', message, place: `/0/x/${resource}`, ...(hint !== undefined && { hint }) });

/** Whether two instances ask for the same channel. */
export function isSameChannel(a: SecurityInstance, b: SecurityInstance): boolean {
  return (
    equalBytes(a.identity, b.identity) &&
    equalBytes(a.serverKey, b.serverKey) &&
    equalBytes(a.secretKey, b.secretKey) &&
    JSON.stringify(plainOf(a)) === JSON.stringify(plainOf(b))
  );
}

const plainOf = ({ uri, mode, matching, serverName, usage, suites }: SecurityInstance): unknown => [
  uri,
  mode,
  matching,
  serverName,
  usage,
  suites,
];

/** A Security instance without security (mode 3). */
export const unsecured = (uri: string): SecurityInstance => ({
  uri,
  mode: 3,
  identity: EMPTY,
  serverKey: EMPTY,
  secretKey: EMPTY,
});

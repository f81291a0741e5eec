import { fromHex } from '../../base/bytes.js';
import { failed, ok, type Result } from '../../base/error.js';
import { readCertificate, readPrivateKey, readPublicKey, type SecurityEntry } from '../../link/dtls/index.js';
import type { Setup } from '../../sut/contract.js';
import type { Credentials, PskPair } from './credentials.js';

type Named = Setup['credentials'];

/**
 * A server's credentials out of those that the control contract gives by name; undefined where there are none for it.
 * A problem is at the name.
 */
export function serverCredentialsIn(named: Named): Result<Credentials | undefined> {
  if (named['psk.key'] !== undefined) return pskIn(named);
  if (named['rpk.server-key'] !== undefined) return rawKeysIn(named);
  return named['certificate.server-key'] === undefined ? ok(undefined) : certificatesIn(named);
}

/** What a server knows of the client beside the one of a run; undefined where it is told of none by its key. */
export function anotherClientIn(named: Named, endpoint: string): Result<SecurityEntry | undefined> {
  if (named['psk.key.another'] !== undefined) {
    const psk = pairIn(named, '.another');
    return psk.ok ? ok({ endpoint, psk: psk.value }) : psk;
  }
  if (named['rpk.client.another'] === undefined) return ok(undefined);
  const key = read(named, 'rpk.client.another', readPublicKey);
  return key.ok ? ok({ endpoint, publicKey: key.value.spki }) : key;
}

function pskIn(named: Named): Result<Credentials> {
  const pair = pairIn(named, '');
  return pair.ok ? ok({ kind: 'psk', pairs: [pair.value] }) : pair;
}

function pairIn(named: Named, suffix: '' | '.another'): Result<PskPair> {
  const identity = bytesOf(named, `psk.identity${suffix}`);
  if (!identity.ok) return identity;
  const key = bytesOf(named, `psk.key${suffix}`);
  return key.ok ? ok({ identity: identity.value, key: key.value }) : key;
}

function rawKeysIn(named: Named): Result<Credentials> {
  const privateKey = read(named, 'rpk.server-key', readPrivateKey);
  if (!privateKey.ok) return privateKey;
  const peer = read(named, 'rpk.client', readPublicKey);
  return peer.ok ? ok({ kind: 'rpk', privateKey: privateKey.value, peer: peer.value }) : peer;
}

function certificatesIn(named: Named): Result<Credentials> {
  const privateKey = read(named, 'certificate.server-key', readPrivateKey);
  if (!privateKey.ok) return privateKey;
  const own = read(named, 'certificate.server', readCertificate);
  if (!own.ok) return own;
  const trusted = read(named, 'certificate.ca' in named ? 'certificate.ca' : 'certificate.client', readCertificate);
  if (!trusted.ok) return trusted;
  return ok({ kind: 'x509', privateKey: privateKey.value, chain: [own.value], trust: [trusted.value] });
}

function read<T>(named: Named, name: string, reader: (bytes: Uint8Array, place: string) => Result<T>): Result<T> {
  const bytes = bytesOf(named, name);
  return bytes.ok ? reader(bytes.value, name) : bytes;
}

function bytesOf(named: Named, name: string): Result<Uint8Array> {
  const text = named[name];
  const bytes = text === undefined ? undefined : fromHex(text);
  if (bytes) return ok(bytes);
  const message = text === undefined ? 'the credential is missing' : 'the credential is not hexadecimal';
  return failed({ code: 'credential', message, place: name });
}

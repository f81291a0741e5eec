import { timingSafeEqual } from 'node:crypto';
import { EMPTY, toHex } from '../../base/bytes.js';
import { Abort } from './alert.js';
import type { Association } from './association.js';
import type { CertificateType, FragmentLength } from './extension.js';
import type { GroupName } from './group.js';
import { extendedMasterSecret, masterSecret, verifyData, writeKeys, type Randoms, type Side } from './key-schedule.js';
import { makeProtection } from './protection.js';
import type { PeerIdentity, SessionInfo } from './session.js';
import type { Suite } from './suites.js';

/** What the two hellos settle. */
export interface Agreement {
  readonly suite: Suite;
  readonly randoms: Randoms;
  readonly serverName: string | undefined;
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  readonly connectionIds: { readonly own: Uint8Array; readonly peer: Uint8Array } | undefined;
  readonly maxFragmentLength: FragmentLength | undefined;
  readonly clientCertificateType: CertificateType;
  readonly serverCertificateType: CertificateType;
  /** Whether the server sends a NewSessionTicket. */
  readonly ticket: boolean;
}

/** The master secret of a full handshake. To be called when the transcript ends with ClientKeyExchange (RFC 7627 §3). */
export function deriveMaster(association: Association, agreement: Agreement, premaster: Uint8Array): Uint8Array {
  return agreement.extendedMasterSecret
    ? extendedMasterSecret(premaster, association.outbox.transcript.hash())
    : masterSecret(premaster, agreement.randoms);
}

/** Gives the record layer its keys, and the key log its line. */
export function armKeys(association: Association, agreement: Agreement, master: Uint8Array): void {
  const { suite, randoms, encryptThenMac, connectionIds, maxFragmentLength } = agreement;
  const { random, keyLog } = association.environment;
  const keys = writeKeys(suite, master, randoms);
  const peer = association.side === 'client' ? 'server' : 'client';
  if (maxFragmentLength !== undefined) association.records.limit = maxFragmentLength;
  association.arm({
    write: makeProtection(suite, keys[association.side], encryptThenMac, random),
    read: makeProtection(suite, keys[peer], encryptThenMac, random),
    ownConnectionId: connectionIds?.own ?? EMPTY,
    peerConnectionId: connectionIds?.peer ?? EMPTY,
  });
  keyLog?.(`CLIENT_RANDOM ${toHex(randoms.client)} ${toHex(master)}`);
}

export const finished = (association: Association, side: Side, master: Uint8Array): Uint8Array =>
  verifyData(master, side, association.outbox.transcript.hash());

/** To be called before the Finished itself enters the transcript. @throws Abort `decrypt_error` */
export function checkFinished(association: Association, body: Uint8Array, master: Uint8Array): void {
  const side = association.side === 'client' ? 'server' : 'client';
  const expected = finished(association, side, master);
  if (body.length !== expected.length || !timingSafeEqual(body, expected)) {
    throw new Abort('decrypt_error', `the ${side}'s Finished does not match the handshake`);
  }
}

export function describeSession(
  peer: string,
  agreement: Agreement,
  identity: PeerIdentity,
  how: { readonly group: GroupName | undefined; readonly resumed: SessionInfo['resumed'] },
): SessionInfo {
  const {
    suite,
    serverName,
    extendedMasterSecret: extended,
    encryptThenMac,
    connectionIds,
    maxFragmentLength,
  } = agreement;
  return {
    peer,
    suite: suite.name,
    identity,
    ...how,
    serverName,
    extendedMasterSecret: extended,
    encryptThenMac,
    connectionIds,
    maxFragmentLength,
  };
}

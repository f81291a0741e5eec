import { fromUtf8, toHex } from '../../base/bytes.js';
import { formatProblem } from '../../base/error.js';
import type { DtlsEvent, PeerIdentity, SessionInfo } from '../../link/dtls/index.js';

/** What happened on a channel, as a line for people and for the record. No secret is in it. */
export function formatEvent(event: DtlsEvent): string {
  switch (event.kind) {
    case 'connected':
      return `connected with ${event.peer}: ${formatSession(event.session)}`;
    case 'alert':
      return `alert ${event.direction}: ${event.level} ${event.name} (${event.code}), ${event.peer}`;
    case 'closed':
      return `closed by ${event.by === 'self' ? 'us' : 'the peer'}, ${event.peer}`;
    case 'failed':
      return `failed with ${event.peer}: ${event.problem.code}: ${formatProblem(event.problem)}`;
    case 'moved':
      return `moved from ${event.from} to ${event.peer}`;
    case 'dropped':
      return `dropped a record of ${event.peer}: ${event.reason}`;
  }
}

/** `PSK_AES_128_CCM_8, psk "urn:dev:ops:1", resumed by id, cid 8/0`. */
export function formatSession(session: SessionInfo): string {
  const { suite, identity, group, resumed, serverName, connectionIds, extendedMasterSecret } = session;
  return [
    suite,
    formatIdentity(identity),
    ...(group === undefined ? [] : [`group ${group}`]),
    ...(resumed === false ? [] : [`resumed by ${resumed}`]),
    ...(serverName === undefined ? [] : [`for ${serverName}`]),
    ...(connectionIds ? [`cid ${connectionIds.own.length}/${connectionIds.peer.length}`] : []),
    ...(extendedMasterSecret ? [] : ['no extended master secret']),
  ].join(', ');
}

function formatIdentity(identity: PeerIdentity): string {
  switch (identity.kind) {
    case 'psk':
      return `psk ${JSON.stringify(fromUtf8(identity.identity) ?? `hex:${toHex(identity.identity)}`)}`;
    case 'rpk':
      return `rpk ${toHex(identity.publicKey.spki.slice(-8))}`;
    case 'x509':
      return `x509 ${JSON.stringify(identity.chain[0]?.commonName ?? '')}`;
    case 'anonymous':
      return 'anonymous';
  }
}

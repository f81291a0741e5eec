import { fromUtf8, toHex } from '../../base/bytes.js';
import { formatProblem } from '../../base/error.js';
import type { DtlsEvent, PeerIdentity, SessionInfo } from '../../link/dtls/index.js';
import type { ChannelFact } from '../../record/channel-fact.js';

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

/** The same for programs. */
export function factOf(event: DtlsEvent): ChannelFact {
  switch (event.kind) {
    case 'connected':
      return connected(event.session);
    case 'alert':
      return { event: 'alert', direction: event.direction, level: event.level, code: event.code, name: event.name };
    case 'closed':
      return { event: 'closed', by: event.by };
    case 'failed':
      return { event: 'failed', code: event.problem.code };
    case 'moved':
      return { event: 'moved' };
    case 'dropped':
      return { event: 'dropped', reason: event.reason };
  }
}

function connected({
  suite,
  identity,
  resumed,
  serverName,
  connectionIds,
  extendedMasterSecret,
}: SessionInfo): ChannelFact {
  const name =
    identity.kind === 'psk'
      ? fromUtf8(identity.identity)
      : identity.kind === 'x509'
        ? identity.chain[0]?.commonName
        : undefined;
  return {
    event: 'connected',
    suite,
    identity: identity.kind,
    ...(name !== undefined && { name }),
    resumed: resumed !== false,
    ...(serverName !== undefined && { serverName }),
    ...(connectionIds && { connectionIds: { own: connectionIds.own.length, peer: connectionIds.peer.length } }),
    extendedMasterSecret,
  };
}

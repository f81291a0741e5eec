import type { Problem, Result } from '../../base/error.js';
import type { Address, Link } from '../link.js';
import type { Seen } from '../tap.js';
import { alertName, type AlertLevel } from './alert.js';
import type { Association, Listener } from './association.js';
import type { DropReason } from './record-layer.js';
import type { SessionInfo } from './session.js';

/** What happens between this side and a peer beside the datagrams. */
export type DtlsEvent =
  | { readonly kind: 'connected'; readonly peer: Address; readonly session: SessionInfo }
  | {
      readonly kind: 'alert';
      readonly peer: Address;
      readonly direction: 'sent' | 'received';
      readonly level: AlertLevel;
      readonly code: number;
      /** As in the registry: `unknown_psk_identity`. */
      readonly name: string;
    }
  /** By close_notify. */
  | { readonly kind: 'closed'; readonly peer: Address; readonly by: 'self' | 'peer' }
  | { readonly kind: 'failed'; readonly peer: Address; readonly problem: Problem }
  /** The peer's address has changed under a connection id (RFC 9146 §6). */
  | { readonly kind: 'moved'; readonly peer: Address; readonly from: Address }
  /** A record or datagram had no effect. */
  | {
      readonly kind: 'dropped';
      readonly peer: Address;
      readonly reason: DropReason | 'queue-full' | 'too-long-to-send';
    };

export type OnEvent = (event: DtlsEvent) => void;

/** A link of plaintext over a link of DTLS records. Addresses are those of the link below. */
export interface DtlsLink extends Link {
  /** Undefined until the handshake is done, and after the session has ended. */
  session(peer: Address): SessionInfo | undefined;
  /** Ends the session with close_notify; the link stays. */
  disconnect(peer: Address): void;
  /** Sends any alert in a session; it ends nothing on this side. For testers. */
  sendAlert(peer: Address, level: AlertLevel, code: number): void;
  /** Sends a record of any type, epoch and number in an association. For testers. */
  sendRecord(peer: Address, type: number, fragment: Uint8Array, at?: { epoch?: 0 | 1; sequence?: number }): void;
  /** Says close_notify to every peer and closes the link below. */
  close(): Promise<void>;
}

export interface DtlsClientLink extends DtlsLink {
  /** The session with a server, after a handshake when there is none. Never rejects. */
  connect(peer: Address): Promise<Result<SessionInfo>>;
  /** Forgets what would resume a session, so that the next handshake is a full one. */
  forget(peer: Address): void;
}

/** The events of one association, and what the link does on them beside telling. */
export function listen(
  peer: () => Address,
  onEvent: OnEvent | undefined,
  actions: Pick<Listener, 'transmit' | 'deliver'> & {
    established(): SessionInfo | undefined;
    ended(problem: Problem | undefined): void;
  },
): Listener {
  const tell = (event: DtlsEvent): void => onEvent?.(event);
  return {
    transmit: (datagram) => actions.transmit(datagram),
    deliver: (plaintext) => actions.deliver(plaintext),
    established() {
      const session = actions.established();
      if (session) tell({ kind: 'connected', peer: peer(), session });
    },
    alert: (direction, level, code) =>
      tell({ kind: 'alert', peer: peer(), direction, level, code, name: alertName(code) }),
    closed(by) {
      tell({ kind: 'closed', peer: peer(), by });
      actions.ended(undefined);
    },
    failed(problem) {
      tell({ kind: 'failed', peer: peer(), problem });
      actions.ended(problem);
    },
    dropped: (reason) => tell({ kind: 'dropped', peer: peer(), reason }),
  };
}

/** Sends plaintext, or says why not: a record holds a whole datagram, and its size may have been agreed on. */
export function sendPlaintext(
  association: Association,
  peer: Address,
  plaintext: Uint8Array,
  { onEvent, onPlaintext }: { readonly onEvent?: OnEvent; readonly onPlaintext?: Seen },
): void {
  if (plaintext.length > association.records.limit)
    return onEvent?.({ kind: 'dropped', peer, reason: 'too-long-to-send' });
  onPlaintext?.('out', peer, plaintext);
  association.send(plaintext);
}

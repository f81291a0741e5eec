import { concatBytes, EMPTY, equalBytes } from '../../base/bytes.js';
import type { Protection } from './protection.js';
import { CONTENT, DTLS_1_0, DTLS_1_2, encodeRecord, type PlainRecord, type WireRecord } from './record.js';
import { RecentNumbers, ReplayWindow } from './replay-window.js';

/** Why a record was dropped in silence (RFC 6347 §4.1.2.7). */
export type DropReason =
  'malformed' | 'epoch' | 'replayed' | 'unreadable' | 'connection-id' | 'too-long' | 'unexpected';

export type Opened = { readonly record: PlainRecord } | { readonly dropped: DropReason };

/** Keys of epoch 1 and the ids that its records carry. */
export interface Epoch1 {
  readonly write: Protection;
  readonly read: Protection;
  /** In records from the peer; empty: none. */
  readonly ownConnectionId: Uint8Array;
  readonly peerConnectionId: Uint8Array;
}

const MAX_PLAINTEXT = 2 ** 14;
const HEADER = 13;

/** Numbers, protects, opens and filters the records of one association: epoch 0 in the clear, epoch 1 protected. */
export class RecordLayer {
  #epoch1: Epoch1 | undefined;
  readonly #next: [number, number];
  readonly #recent = new RecentNumbers();
  readonly #window = new ReplayWindow();
  #limit = MAX_PLAINTEXT;

  /** @param firstSequence of records written in epoch 0: a server goes on from the ClientHello's (RFC 6347 §4.2.1) */
  constructor(firstSequence: number) {
    this.#next = [firstSequence, 0];
  }

  get isArmed(): boolean {
    return this.#epoch1 !== undefined;
  }

  /** The most content that a record may have: 2^14, or what max_fragment_length says. */
  get limit(): number {
    return this.#limit;
  }

  set limit(bytes: number) {
    this.#limit = bytes;
  }

  arm(epoch1: Epoch1): void {
    this.#epoch1 = epoch1;
  }

  /** The number that the next record of an epoch gets. */
  claimSequence(epoch: 0 | 1): number {
    return this.#next[epoch]++;
  }

  /** Bytes that header and protection add at most. */
  overhead(epoch: number): number {
    if (epoch === 0 || !this.#epoch1) return HEADER;
    const id = this.#epoch1.peerConnectionId.length;
    return HEADER + this.#epoch1.write.overhead + (id > 0 ? id + 1 : 0);
  }

  /** A record in wire form; in the clear when there are no keys for its epoch. */
  seal({ type, epoch, sequence, fragment }: PlainRecord): Uint8Array {
    const keys = epoch === 0 ? undefined : this.#epoch1;
    if (!keys) return encodeRecord({ type, version: DTLS_1_2, epoch, sequence, connectionId: EMPTY, fragment });
    const connectionId = keys.peerConnectionId;
    const hidden = connectionId.length > 0;
    // With an id the true type follows the content, and the record says tls12_cid (RFC 9146 §4).
    const content = hidden ? concatBytes(fragment, Uint8Array.of(type)) : fragment;
    const sealed = keys.write.seal({ type, epoch, sequence, connectionId }, content);
    const outer = hidden ? CONTENT.tls12_cid : type;
    return encodeRecord({ type: outer, version: DTLS_1_2, epoch, sequence, connectionId, fragment: sealed });
  }

  /** Whether the record is newer than all before it: what an address change needs (RFC 9146 §6). Ask before `open`. */
  isNewest(record: WireRecord): boolean {
    return record.epoch === 1 && record.sequence > this.#window.newest;
  }

  /** Whether the record was protected with these keys, fresh or not. Changes nothing. */
  isOurs({ type, epoch, sequence, connectionId, fragment }: WireRecord): boolean {
    return epoch === 1 && this.#epoch1?.read.open({ type, epoch, sequence, connectionId }, fragment) !== undefined;
  }

  open(record: WireRecord): Opened {
    const opened = record.epoch === 0 ? this.#openClear(record) : this.#openProtected(record);
    if ('dropped' in opened) return opened;
    if (opened.record.fragment.length > this.#limit) return { dropped: 'too-long' };
    if (opened.record.fragment.length === 0 && opened.record.type !== CONTENT.application_data)
      return { dropped: 'malformed' };
    return opened;
  }

  #openClear({ type, version, epoch, sequence, fragment }: WireRecord): Opened {
    if (version !== DTLS_1_2 && version !== DTLS_1_0) return { dropped: 'malformed' };
    if (type !== CONTENT.change_cipher_spec && type !== CONTENT.alert && type !== CONTENT.handshake) {
      return { dropped: 'unexpected' };
    }
    if (!this.#recent.take(sequence)) return { dropped: 'replayed' };
    return { record: { type, epoch, sequence, fragment } };
  }

  #openProtected(record: WireRecord): Opened {
    const { type, version, epoch, sequence, connectionId, fragment } = record;
    const keys = this.#epoch1;
    if (epoch !== 1 || !keys) return { dropped: 'epoch' };
    if (version !== DTLS_1_2) return { dropped: 'malformed' };
    const hidden = keys.ownConnectionId.length > 0;
    if (hidden !== (type === CONTENT.tls12_cid) || !equalBytes(connectionId, keys.ownConnectionId)) {
      return { dropped: 'connection-id' };
    }
    if (!this.#window.isFresh(sequence)) return { dropped: 'replayed' };
    const content = keys.read.open({ type, epoch, sequence, connectionId }, fragment);
    if (!content) return { dropped: 'unreadable' };
    this.#window.accept(sequence);
    if (!hidden) return { record: { type, epoch, sequence, fragment: content } };
    const at = content.findLastIndex((byte) => byte !== 0);
    const inner = content[at];
    return inner === undefined
      ? { dropped: 'malformed' }
      : { record: { type: inner, epoch, sequence, fragment: content.subarray(0, at) } };
  }
}

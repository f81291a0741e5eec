import { Abort } from './alert.js';
import type { Fragment, HandshakeMessage } from './handshake.js';

/** How far ahead of the next message fragments are kept, and how long a message may be: bounds on what a peer can make us hold. */
const AHEAD = 12;
const MAX_LENGTH = 32 * 1024;

interface Partial {
  readonly type: number;
  readonly body: Uint8Array;
  readonly have: Uint8Array;
  missing: number;
}

/** Puts fragments, in any order and with overlaps, together to messages in sequence (RFC 6347 §4.2.2, §4.2.3). */
export class Reassembly {
  readonly #partial = new Map<number, Partial>();
  #next: number;

  constructor(next: number) {
    this.#next = next;
  }

  /** The `message_seq` that is delivered next. */
  get next(): number {
    return this.#next;
  }

  /** A fragment that contradicts the others of its message is an `illegal_parameter`; one from too far ahead is dropped. */
  add(fragment: Fragment): void {
    const { type, length, sequence, offset, bytes } = fragment;
    if (sequence < this.#next || sequence > this.#next + AHEAD) return;
    if (length > MAX_LENGTH) throw new Abort('illegal_parameter', `a handshake message of ${length} bytes`);
    const partial = this.#partial.get(sequence) ?? {
      type,
      body: new Uint8Array(length),
      have: new Uint8Array(length),
      missing: length,
    };
    if (partial.type !== type || partial.body.length !== length || offset + bytes.length > length) {
      throw new Abort('illegal_parameter', `a fragment does not fit the others of handshake message ${sequence}`);
    }
    this.#partial.set(sequence, partial);
    partial.body.set(bytes, offset);
    partial.missing -= partial.have.subarray(offset, offset + bytes.length).filter((had) => had === 0).length;
    partial.have.fill(1, offset, offset + bytes.length);
  }

  /** The next message when it is whole. */
  take(): HandshakeMessage | undefined {
    const partial = this.#partial.get(this.#next);
    if (!partial || partial.missing > 0) return undefined;
    this.#partial.delete(this.#next);
    return { type: partial.type, sequence: this.#next++, body: partial.body };
  }

  /** Forgets the messages that are not whole or not due yet. */
  clear(): void {
    this.#partial.clear();
  }
}

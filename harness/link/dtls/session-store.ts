import { createCipheriv, createDecipheriv } from 'node:crypto';
import { concatBytes, toHex } from '../../base/bytes.js';
import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import { decodeResumable, encodeResumable, type Resumable } from './session.js';

/** A map that forgets what was used longest ago when it is full. */
export class BoundedMap<Value> {
  readonly #entries = new Map<string, Value>();
  constructor(readonly limit: number) {}

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.limit) return;
      this.#entries.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}

/** Sessions that a server resumes by id (RFC 5246 §7.4.1.3). */
export class SessionCache {
  readonly #sessions: BoundedMap<Resumable>;
  constructor(
    readonly clock: Clock,
    limit: number,
  ) {
    this.#sessions = new BoundedMap(limit);
  }

  find(id: Uint8Array): Resumable | undefined {
    const session = this.#sessions.get(toHex(id));
    return session && session.expires > this.clock.now() ? session : undefined;
  }

  add(id: Uint8Array, session: Resumable): void {
    this.#sessions.set(toHex(id), session);
  }

  remove(id: Uint8Array): void {
    this.#sessions.delete(toHex(id));
  }
}

const IV = 12;
const TAG = 16;

/** Seals sessions into tickets, so that a server need not keep them (RFC 5077 §4). The key lives as long as the sealer. */
export class TicketSealer {
  readonly #key: Uint8Array;
  readonly #random: Random;
  readonly #clock: Clock;

  constructor(clock: Clock, random: Random) {
    this.#key = random.bytes(16);
    this.#random = random;
    this.#clock = clock;
  }

  seal(session: Resumable): Uint8Array {
    const iv = this.#random.bytes(IV);
    const cipher = createCipheriv('aes-128-gcm', this.#key, iv, { authTagLength: TAG });
    return concatBytes(iv, cipher.update(encodeResumable(session)), cipher.final(), cipher.getAuthTag());
  }

  /** Undefined for a ticket of another key, an altered or an expired one: the handshake is then a full one. */
  open(ticket: Uint8Array): Resumable | undefined {
    if (ticket.length < IV + TAG) return undefined;
    const cipher = createDecipheriv('aes-128-gcm', this.#key, ticket.subarray(0, IV), { authTagLength: TAG });
    cipher.setAuthTag(ticket.subarray(ticket.length - TAG));
    try {
      const session = decodeResumable(
        concatBytes(cipher.update(ticket.subarray(IV, ticket.length - TAG)), cipher.final()),
      );
      return session && session.expires > this.#clock.now() ? session : undefined;
    } catch {
      return undefined;
    }
  }
}

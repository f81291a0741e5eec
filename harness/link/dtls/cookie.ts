import { timingSafeEqual } from 'node:crypto';
import { concatBytes, utf8 } from '../../base/bytes.js';
import type { Clock } from '../../base/clock.js';
import type { Random } from '../../base/random.js';
import type { Address } from '../link.js';
import type { ClientHello } from './hello.js';
import { hmacSha256 } from './prf.js';
import { uint16, uint48, vector16, vector8 } from './vector.js';

/** Seconds a cookie is good for at least; at most twice as long. */
const PERIOD = 60;
const LENGTH = 20;

/** Cookies that need no memory: a MAC over the address and the client's parameters (RFC 6347 §4.2.1). */
export class CookieJar {
  readonly #secret: Uint8Array;
  readonly #clock: Clock;

  constructor(clock: Clock, random: Random) {
    this.#secret = random.bytes(32);
    this.#clock = clock;
  }

  make(peer: Address, hello: ClientHello): Uint8Array {
    return this.#cookie(peer, hello, this.#period());
  }

  /** Whether the hello carries a cookie made for this address and these parameters, in this period or the last. */
  isGood(peer: Address, hello: ClientHello): boolean {
    const period = this.#period();
    return [period, period - 1].some((at) => {
      const cookie = this.#cookie(peer, hello, at);
      return cookie.length === hello.cookie.length && timingSafeEqual(cookie, hello.cookie);
    });
  }

  #period(): number {
    return Math.floor(this.#clock.now() / PERIOD) + 1;
  }

  #cookie(peer: Address, { version, random, sessionId, suites, compression }: ClientHello, period: number): Uint8Array {
    const parameters = concatBytes(
      uint16(version),
      random,
      vector8(sessionId),
      vector16(...suites.map(uint16)),
      vector8(Uint8Array.from(compression)),
    );
    return hmacSha256(this.#secret, uint48(period), vector16(utf8(peer)), parameters).subarray(0, LENGTH);
  }
}

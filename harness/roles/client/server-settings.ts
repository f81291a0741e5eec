import type { DefaultPeriods } from '../../model/attributes.js';
import type { Enabler } from '../../model/party.js';
import { booleanAt, numberAt, textAt, type ServerAccount } from './account.js';
import type { ObjectStore } from './store.js';

/** Seconds that a confirmable exchange can take (RFC 7252 §4.8.2, MAX_TRANSMIT_WAIT). */
const MAX_TRANSMIT_WAIT = 93;

/** Values of Object 1 where the resource is absent (Core 1.1 §6.2.1.1, App. E.2); times in seconds. */
const DEFAULTS = {
  lifetime: 86_400,
  disableTimeout: 86_400,
  retryCount: 5,
  retryTimer: 60,
  sequenceDelay: 86_400,
  sequenceCount: 1,
} as const;

/** MAX_VALUE of the Communication Sequence Delay Timer: there is no further sequence (Core 1.1 §6.2.1.1). */
const NO_FURTHER_SEQUENCE = 2 ** 32 - 1;

/** What the Server instance of an account says about the registration there. Times are in seconds. */
export class ServerSettings {
  constructor(
    readonly store: ObjectStore,
    readonly account: ServerAccount,
  ) {}

  /** `/1/x/1`. */
  lifetime(): number {
    return this.number(1) ?? DEFAULTS.lifetime;
  }

  /** After a Register or Update, until the next Update is due: an exchange still fits. A lifetime of 0 needs none. */
  renewalDelay(): number {
    const lifetime = this.lifetime();
    return lifetime > 0 ? Math.max(lifetime / 2, lifetime - MAX_TRANSMIT_WAIT) : Infinity;
  }

  /** Letters without the Q of 1.0: of 1.0 those of `/1/x/7`; later those of `/3/0/16` (Core 1.1 §6.2.1.2). */
  binding(enabler: Enabler): string {
    const configured = textAt(this.store, [...this.account.server, 7])?.replace('Q', '');
    const supported = textAt(this.store, [3, 0, 16])?.replace('Q', '');
    return (enabler === '1.0' ? configured : (supported ?? configured)) || 'U';
  }

  /** Whether `/1/x/7` asks for queue mode, as 1.0 writes it. */
  hasQueueLetter(): boolean {
    return textAt(this.store, [...this.account.server, 7])?.includes('Q') === true;
  }

  /** `/1/x/5`. */
  disableTimeout(): number {
    return this.number(5) ?? DEFAULTS.disableTimeout;
  }

  /** Place in the order of registration (`/1/x/13`); without one the server is independent of the order. */
  priority(): number | undefined {
    return this.number(13);
  }

  /** Before the first registration (`/1/x/14`). */
  initialDelay(): number {
    return this.number(14) ?? 0;
  }

  /** Whether a failure here keeps the servers that follow from registering (`/1/x/15`). */
  blocksOthers(): boolean {
    return booleanAt(this.store, [...this.account.server, 15]) ?? false;
  }

  /** Whether the Bootstrap-Server is asked when registering has failed (`/1/x/16`; in 1.0 always, R-31). */
  bootstrapsOnFailure(): boolean {
    return booleanAt(this.store, [...this.account.server, 16]) ?? true;
  }

  /** Attempts in one sequence (`/1/x/17`). */
  retryCount(): number {
    return Math.max(1, this.number(17) ?? DEFAULTS.retryCount);
  }

  /** After attempt `attempt`, counted from 1 (`/1/x/18`; Core 1.1 §6.2.1.1). */
  retryDelay(attempt: number): number {
    return (this.number(18) ?? DEFAULTS.retryTimer) * 2 ** (attempt - 1);
  }

  /** Between sequences (`/1/x/19`). */
  sequenceDelay(): number {
    return this.number(19) ?? DEFAULTS.sequenceDelay;
  }

  /** Sequences before the registration counts as failed (`/1/x/20`). */
  sequenceCount(): number {
    return this.endsWithSequences() ? 1 : Math.max(1, this.number(20) ?? DEFAULTS.sequenceCount);
  }

  /** Whether the delay between sequences says that there is only one. */
  endsWithSequences(): boolean {
    return this.sequenceDelay() >= NO_FURTHER_SEQUENCE;
  }

  /** Whether notifications that cannot be delivered are kept (`/1/x/6`). */
  storesNotifications(): boolean {
    return booleanAt(this.store, [...this.account.server, 6]) ?? true;
  }

  /** Default Minimum and Maximum Period (`/1/x/2`, `/1/x/3`). */
  defaultPeriods(): DefaultPeriods {
    const [pmin, pmax] = [this.number(2), this.number(3)];
    return { ...(pmin === undefined ? {} : { pmin }), ...(pmax === undefined ? {} : { pmax }) };
  }

  number(resource: number): number | undefined {
    return numberAt(this.store, [...this.account.server, resource]);
  }
}

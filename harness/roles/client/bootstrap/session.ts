import type { Timer } from '../../../base/clock.js';
import type { Reach } from '../../../link/dtls/index.js';
import type { Address } from '../../../link/link.js';
import { serverAccounts } from '../account.js';
import { reachOf } from '../reach.js';
import type { ClientRole } from '../role.js';
import type { ObjectStore } from '../store.js';
import { addressOfAccount, type BootstrapAccount } from './account.js';

export type SessionEnd = 'finished' | 'timeout' | 'stopped';

/**
 * What goes on between the client and a Bootstrap-Server, from the request to Finish. It is open from the first sign that the
 * Bootstrap-Server works on the client: its 2.04, or a command that overtakes it. Until it has ended well, what was there
 * before can be put back (B-36).
 */
export class BootstrapSession {
  readonly address: Address;
  /** The channel to the Bootstrap-Server stays what it was, even when its account is written anew. */
  readonly reach: Reach;
  readonly ended: Promise<SessionEnd>;
  readonly formerServers: ReadonlySet<number>;
  isOpen = false;
  /** Whether Finish was accepted: nothing more is, and nothing is put back. */
  isClosed = false;
  #settle: (end: SessionEnd) => void = () => undefined;
  #before: ReturnType<ObjectStore['snapshot']> | undefined;
  #silence: Timer | undefined;
  #hasEnded = false;

  constructor(
    readonly client: ClientRole,
    readonly account: BootstrapAccount,
  ) {
    this.address = addressOfAccount(account);
    this.reach = reachOf(client.store, this.address);
    this.formerServers = new Set(serverAccounts(client.store).map(({ shortServerId }) => shortServerId));
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  open(): void {
    if (this.isOpen || this.#hasEnded) return;
    this.isOpen = true;
    this.#before = this.client.store.snapshot();
    this.waitForCommand();
  }

  /** The session fails when nothing comes for so long (B-35). */
  waitForCommand(): void {
    this.#silence?.cancel();
    if (!this.#hasEnded)
      this.#silence = this.client.clock.after(this.client.bootstrapping.sessionTimeout(), () => this.end('timeout'));
  }

  /** Finish is accepted. The session ends once that is answered. */
  close(): void {
    this.isClosed = true;
    this.#silence?.cancel();
    this.#before = undefined;
  }

  end(how: SessionEnd): void {
    this.#hasEnded = true;
    this.#silence?.cancel();
    this.#settle(how);
  }

  /** Puts back what was there when the session was opened. */
  undo(): void {
    if (this.#before) this.client.store.restore(this.#before);
    this.#before = undefined;
  }
}

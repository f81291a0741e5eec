import type { Timer } from '../../../base/clock.js';
import type { ClientRole } from '../role.js';
import { accountTimeout, instancesOf } from './account.js';

/** How long the account of the Bootstrap-Server is kept: so many seconds from a bootstrap on (`/0/x/12`; B-6). */
export class AccountTerm {
  #endsAt: number | undefined;
  #timer: Timer | undefined;

  constructor(readonly client: ClientRole) {}

  /** A bootstrap has succeeded: the time begins. `resume` lets it have an effect. */
  begin(): void {
    const account = this.client.bootstrapping.account();
    const seconds = account && accountTimeout(this.client.store, account);
    this.#endsAt = seconds === undefined ? undefined : this.client.clock.now() + seconds;
  }

  /** The account is in use, or the client does not run: it is not given up meanwhile. */
  pause(): void {
    this.#timer?.cancel();
  }

  resume(): void {
    this.pause();
    if (this.#endsAt === undefined) return;
    const left = Math.max(0, this.#endsAt - this.client.clock.now());
    this.#timer = this.client.clock.after(left, () => this.giveUp());
  }

  /** There has been no bootstrap. */
  reset(): void {
    this.#endsAt = undefined;
  }

  giveUp(): void {
    this.reset();
    const { store, bootstrapping } = this.client;
    const account = bootstrapping.account();
    for (const instance of account ? instancesOf(store, account) : []) store.remove(instance);
  }
}

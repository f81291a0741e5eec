import type { IncomingRequest, Outgoing } from '../../../coap/types.js';
import type { Reach } from '../../../link/dtls/index.js';
import type { Address } from '../../../link/link.js';
import { formatBootstrap } from '../../../wire/queries-bootstrap.js';
import { outgoing } from '../../shared/outgoing.js';
import type { Registration } from '../registration.js';
import { reachOf } from '../reach.js';
import { reply, type Reply } from '../reply.js';
import type { ClientRole } from '../role.js';
import { single } from '../store.js';
import { Waits } from '../waits.js';
import { addressOfAccount, bootstrapAccounts, holdOffTime, type BootstrapAccount } from './account.js';
import { AccountTerm } from './account-term.js';
import { BootstrapSession } from './session.js';
import { forgetServer } from './unbootstrapping.js';

/** Attempts, and seconds between them, where nothing says otherwise: as for registrations (B-10; Core 1.1 §6.2.1.1). */
const RETRIES = { count: 5, timer: 60, sequenceDelay: 86_400 } as const;

/** How one attempt went; `over`: the client was stopped or began anew meanwhile. */
type Outcome = 'done' | 'failed' | 'over';

/** Client Initiated Bootstrap: when it begins, how it goes on, what it leaves (Core 1.1 §6.1). */
export class Bootstrapping {
  session: BootstrapSession | undefined;
  /** While servers are tried in their order, a failure of one alone decides nothing. */
  isStartingUp = false;
  readonly accountTerm: AccountTerm;
  #waits: Waits;
  /** Another one for each procedure: what began before it has no effect after it. */
  #procedure: object | undefined;
  #isWaitingForRetry = false;

  constructor(readonly client: ClientRole) {
    this.#waits = new Waits(client.clock);
    this.accountTerm = this.createAccountTerm();
  }

  createAccountTerm(Kind = AccountTerm): AccountTerm {
    return new Kind(this.client);
  }

  // ── who is asked, and when ─────────────────────────────────────────────────────────────────────────────────────────

  account(): BootstrapAccount | undefined {
    return bootstrapAccounts(this.client.store)[0];
  }

  /** During a session the one whose session it is, whatever is written meanwhile. */
  accountInForce(): BootstrapAccount | undefined {
    return this.session?.account ?? this.account();
  }

  /** Begins, unless it is under way. A wait between two attempts ends. */
  begin(): void {
    if (!this.account() || (this.#procedure && !this.#isWaitingForRetry)) return;
    this.#waits.giveUp();
    this.#isWaitingForRetry = false;
    this.accountTerm.pause();
    const procedure = {};
    this.#procedure = procedure;
    void this.run(() => this.#procedure !== procedure);
  }

  /** All attempts at a server failed. A bootstrap follows where the account says so, and when no other server is left. */
  onRegistrationFailed(registration: Registration): void {
    if (!this.follows(registration)) registration.startAnotherRound();
    if (!this.isStartingUp) this.decide();
  }

  /** No server was known, or none takes the client: the Bootstrap-Server is asked (Core 1.1 §6.1.4, §6.2.1.1). */
  decide(): void {
    const all = [...this.client.registrations.values()];
    const failed = all.filter((each) => this.follows(each));
    const isLost = !all.some((each) => each.isRegistered || each.isTrying || each.state === 'disabled');
    if (isLost && this.account() && (all.length === 0 || failed.length > 0)) this.begin();
    else for (const each of failed) each.startAnotherRound();
  }

  /** Whether a registration has failed, and a bootstrap is to help. */
  follows(registration: Registration): boolean {
    return registration.state === 'failed' && this.account() !== undefined && registration.bootstrapsOnFailure();
  }

  /** Hold-off, then sequences of attempts until one succeeds, or until servers that are known are tried again. */
  async run(isOver: () => boolean): Promise<void> {
    const first = this.account();
    if (!first || !(await this.holdOff(first)) || isOver()) return;
    for (;;) {
      for (let attempt = 1; attempt <= this.retryCount(); attempt++) {
        if (attempt > 1 && !(await this.wait(this.retryDelay(attempt - 1)))) return;
        const account = this.account();
        const outcome = account ? await this.attempt(account, isOver) : 'failed';
        if (outcome === 'over') return;
        if (outcome === 'done') {
          this.onSuccess();
          return;
        }
      }
      if (this.client.registrations.size > 0) {
        this.fallBack();
        return;
      }
      if (!(await this.wait(this.sequenceDelay()))) return;
    }
  }

  async wait(seconds: number): Promise<boolean> {
    this.#isWaitingForRetry = true;
    const elapsed = await this.#waits.wait(seconds);
    if (elapsed) this.#isWaitingForRetry = false;
    return elapsed;
  }

  /** False when given up. In 1.0 the Bootstrap-Server may begin by itself meanwhile (Core 1.0 §5.2.4). */
  async holdOff(account: BootstrapAccount): Promise<boolean> {
    const seconds = this.holdOffTime(account);
    if (seconds === 0) return true;
    if (this.client.enabler !== '1.0') return this.#waits.wait(seconds);
    const session = new BootstrapSession(this.client, account);
    this.session = session;
    return Promise.race([this.#waits.wait(seconds), session.ended.then((end) => end !== 'stopped')]);
  }

  holdOffTime(account: BootstrapAccount): number {
    return holdOffTime(this.client.store, account);
  }

  retryCount(): number {
    return RETRIES.count;
  }

  /** After attempt `attempt`, counted from 1. */
  retryDelay(attempt: number): number {
    return RETRIES.timer * 2 ** (attempt - 1);
  }

  sequenceDelay(): number {
    return RETRIES.sequenceDelay;
  }

  /** Seconds without a command after which a session has failed: EXCHANGE_LIFETIME (B-35). */
  sessionTimeout(): number {
    return this.client.coap.times.exchangeLifetime;
  }

  // ── one attempt ────────────────────────────────────────────────────────────────────────────────────────────────────

  async attempt(account: BootstrapAccount, isOver: () => boolean): Promise<Outcome> {
    if (this.asksForPack() && !this.session?.isOpen) {
      const isApplied = await this.client.bootstrapInterface.pack.fetch(account, isOver);
      if (isOver()) return 'over';
      if (isApplied) return 'done';
    }
    const session = this.session ?? new BootstrapSession(this.client, account);
    this.session = session;
    if (!session.isOpen) await this.request(session);
    if (isOver()) return 'over';
    const end = session.isOpen ? await session.ended : 'timeout';
    if (isOver()) return 'over';
    if (end === 'finished') return 'done';
    this.abandon(session);
    return 'failed';
  }

  asksForPack(): boolean {
    return this.client.enabler === '1.2' && this.client.options.bootstrapPack === true;
  }

  /** The Bootstrap-Request; once more without a wish when the format cannot be had (E-11). Only 2.04 opens the session (B-15). */
  async request(session: BootstrapSession): Promise<void> {
    const format = this.preferredFormat();
    const ask = async (wish: number | undefined): Promise<string | undefined> =>
      (await this.client.traffic.request(session.address, this.bootstrapRequest(wish)))?.message.code;
    const code = await ask(format);
    const second = code === '4.15' && format !== undefined ? await ask(undefined) : code;
    if (this.accepts(second)) session.open();
    else if (second !== undefined || !session.isOpen) session.end('stopped');
  }

  accepts(code: string | undefined): boolean {
    return code === '2.04';
  }

  bootstrapRequest(preferredFormat: number | undefined): Outgoing {
    const endpoint = this.client.endpointName();
    const query = formatBootstrap({
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(preferredFormat === undefined ? {} : { preferredFormat }),
    });
    return outgoing('0.02', { path: '/bs', query });
  }

  /** The `pct` of a request, from 1.1. */
  preferredFormat(): number | undefined {
    const { enabler, options, formats } = this.client;
    if (enabler === '1.0' || options.bootstrapFormat === 'none') return undefined;
    return options.bootstrapFormat ?? formats.supported(enabler)[0];
  }

  // ── what is heard ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** Whether the objects are being made over: nothing of them is told to servers. */
  get isOpen(): boolean {
    return this.session?.isOpen === true;
  }

  isFromBootstrapServer(from: Address): boolean {
    const account = this.accountInForce();
    return account !== undefined && addressOfAccount(account) === from;
  }

  /** The answer to a Bootstrap-Server; outside a session nothing of it is accepted. */
  answer(request: IncomingRequest): Reply | Promise<Reply> {
    const { session } = this;
    if (!session || session.isClosed) return reply('4.00');
    session.open();
    session.waitForCommand();
    return this.client.bootstrapInterface.answer(request);
  }

  reachOf(peer: Address): Reach {
    const { session } = this;
    return session?.isOpen === true && session.address === peer ? session.reach : reachOf(this.client.store, peer);
  }

  /** Whether the session began with an account of this server. */
  knewServer(shortServerId: number): boolean {
    return this.session?.formerServers.has(shortServerId) === true;
  }

  // ── what it leaves ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** The accounts are in force: the client registers with all of them (B-37). */
  onSuccess(): void {
    for (const server of this.session?.formerServers ?? []) forgetServer(this.client, server);
    this.noteTime();
    this.session = undefined;
    this.#procedure = undefined;
    this.accountTerm.begin();
    this.client.known.clear();
    this.client.emit({ event: 'bootstrapped' });
    this.client.start();
  }

  /** Last Bootstrapped, `/1/x/12`, from 1.1. */
  noteTime(): void {
    const { store, model } = this.client;
    const now = store.value([3, 0, 13]);
    if (!now || model.resource(1, 12)?.type !== now.type) return;
    for (const id of store.instances(1)) store.put([1, id, 12], single(now));
  }

  /** A session that failed: what was there before is there again, and servers hear of the client again. */
  abandon(session: BootstrapSession): void {
    const wasOpen = session.isOpen;
    session.undo();
    this.session = undefined;
    if (!wasOpen) return;
    this.client.emit({ event: 'log', text: 'the bootstrap failed: there was no Bootstrap-Finish in time' });
    for (const registration of this.client.registrations.values()) void registration.update();
  }

  /** Asking the Bootstrap-Server led to nothing: the servers that are known are tried again. */
  fallBack(): void {
    this.#procedure = undefined;
    this.accountTerm.resume();
    for (const registration of this.client.registrations.values())
      if (registration.state === 'failed') registration.tryAgain();
  }

  /** Ends without a word; a session that is cut off leaves what was there before. */
  stop(): void {
    this.#procedure = undefined;
    this.#isWaitingForRetry = false;
    this.isStartingUp = false;
    this.#waits.giveUp();
    this.accountTerm.pause();
    this.session?.end('stopped');
    this.session?.undo();
    this.session = undefined;
  }
}

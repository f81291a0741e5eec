import { utf8 } from '../../base/bytes.js';
import type { Timer } from '../../base/clock.js';
import type { Outgoing } from '../../coap/types.js';
import type { Address } from '../../link/link.js';
import { ENABLERS, type Enabler } from '../../model/party.js';
import type { Code } from '../../wire/coap/message.js';
import { getLocationPath } from '../../wire/coap/read.js';
import { ContentFormat } from '../../wire/codec.js';
import { formatRegister, formatUpdate } from '../../wire/queries-registration.js';
import { outgoing } from '../shared/outgoing.js';
import { addressOf, type ServerAccount } from './account.js';
import { changesSince, parametersOf, type Announcement, type Changes } from './announcement.js';
import type { ClientRole } from './role.js';
import { ServerSettings } from './server-settings.js';
import { Waits } from './waits.js';

export type RegistrationState = 'unregistered' | 'registering' | 'registered' | 'disabled' | 'failed';

/** The registration at one server: Register, Update, De-register and what makes each happen (Core 1.1 §6.2). */
export class Registration extends ServerSettings {
  state: RegistrationState = 'unregistered';
  /** Whether it is on its way to be registered, delays between attempts included. */
  isTrying = false;
  /** The enabler version that is spoken, or tried. */
  enabler: Enabler;
  /** The version of the last registration that was accepted. */
  agreed: Enabler | undefined;
  /** Location-Path of the registration, `/rd/5a3f`. */
  location = '';
  /** What the server was told last. */
  told: Announcement | undefined;
  readonly waits: Waits;
  #isOver = false;
  #isAnotherRoundDue = false;
  #renewal: Timer | undefined;
  #check: Timer | undefined;
  /** Requests of one registration follow each other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    readonly client: ClientRole,
    account: ServerAccount,
  ) {
    super(client.store, account);
    this.enabler = client.enabler;
    this.waits = new Waits(client.clock);
  }

  /** Where the server is, from `/0/x/0`. */
  get address(): Address {
    return addressOf(this.account.uri);
  }

  get isRegistered(): boolean {
    return this.state === 'registered';
  }

  /** What the server ought to know now. */
  announcement(enabler: Enabler = this.enabler): Announcement {
    const { sms } = this.client.options;
    return {
      lifetime: this.lifetime(),
      binding: this.binding(enabler),
      queueMode: this.queueMode(enabler),
      ...(sms === undefined ? {} : { sms }),
      links: this.client.objectList.text(enabler),
    };
  }

  /** In 1.0 as `/1/x/7` says, where that is in the form of 1.0; else the choice of the client. */
  queueMode(enabler: Enabler): boolean {
    const isChosen = this.client.options.queueMode === true;
    if (enabler !== '1.0') return isChosen;
    return this.hasQueueLetter() || (isChosen && this.client.enabler !== '1.0');
  }

  registrationQuery(enabler: Enabler, now: Announcement): string[] {
    const endpoint = this.client.endpointName();
    return formatRegister({ ...(endpoint === undefined ? {} : { endpoint }), enabler, ...parametersOf(enabler, now) });
  }

  updateQuery(changes: Changes): string[] {
    return formatUpdate(parametersOf(this.enabler, changes));
  }

  registerRequest(enabler: Enabler, now: Announcement): Outgoing {
    const query = this.registrationQuery(enabler, now);
    return outgoing('0.02', { path: '/rd', query, contentFormat: ContentFormat.link, payload: utf8(now.links) });
  }

  /** The object list goes along, whole, only when it changed (Core 1.1 §6.2.2). */
  updateRequest(changes: Changes): Outgoing {
    const list = changes.links === undefined ? {} : { contentFormat: ContentFormat.link, payload: utf8(changes.links) };
    return outgoing('0.02', { path: this.location, query: this.updateQuery(changes), ...list });
  }

  deregisterRequest(): Outgoing {
    return outgoing('0.04', { path: this.location });
  }

  /** Registers, with the attempts and delays of the account (Core 1.1 §6.2.1.1). True when the server accepted. */
  register(): Promise<boolean> {
    return this.#inTurn(() => this.registerWithRetries());
  }

  /** Registers without waiting for its turn. */
  async registerWithRetries(): Promise<boolean> {
    this.isTrying = true;
    const isAccepted = await this.runSequences();
    this.isTrying = false;
    if (!isAccepted && this.state === 'failed') this.client.onRegistrationFailed(this);
    return isAccepted;
  }

  /** All attempts of all sequences; false when they failed, or were given up. */
  async runSequences(): Promise<boolean> {
    for (let sequence = 1; sequence <= this.sequenceCount(); sequence++) {
      if (sequence > 1 && !(await this.waits.wait(this.sequenceDelay()))) return false;
      for (let attempt = 1; attempt <= this.retryCount(); attempt++) {
        if (attempt > 1 && !(await this.waits.wait(this.retryDelay(attempt - 1)))) return false;
        const outcome = await this.attempt();
        if (outcome !== 'refused') return outcome === 'accepted';
      }
    }
    this.state = 'failed';
    return false;
  }

  /** After the last sequence failed: everything again, once the delay between sequences has passed. */
  startAnotherRound(): void {
    if (this.endsWithSequences() || this.#isAnotherRoundDue) return;
    this.#isAnotherRoundDue = true;
    void this.waits.wait(this.sequenceDelay()).then((elapsed) => {
      this.#isAnotherRoundDue = false;
      return elapsed ? this.register() : false;
    });
  }

  /** Everything again, at once. */
  tryAgain(): void {
    this.waits.giveUp();
    void this.register();
  }

  /** One Register, repeated with lower versions for as long as the server asks for that. */
  async attempt(): Promise<'accepted' | 'refused' | 'given-up'> {
    if (this.hasEnded()) return 'given-up';
    this.leave();
    this.state = 'registering';
    for (const enabler of this.versionsToTry()) {
      this.enabler = enabler;
      const now = this.announcement(enabler);
      const response = await this.client.traffic.request(this.address, this.registerRequest(enabler, now));
      if (this.hasEnded()) return 'given-up';
      const location = response && getLocationPath(response.message);
      if (response?.message.code === '2.01' && location !== undefined) {
        this.location = location;
        this.onRegistered(now);
        return 'accepted';
      }
      if (!this.stepsDown(response?.message.code)) break;
    }
    this.state = 'unregistered';
    return 'refused';
  }

  /** From the one agreed before, else the newest that the client speaks, down to 1.0. */
  versionsToTry(): Enabler[] {
    return ENABLERS.slice(0, ENABLERS.indexOf(this.agreed ?? this.client.enabler) + 1).reverse();
  }

  /** Whether an answer to Register asks for a lower version: 4.12 alone (Core 1.1 §6.2.1). */
  stepsDown(code: Code | undefined): boolean {
    return code === '4.12';
  }

  onRegistered(now: Announcement): void {
    this.state = 'registered';
    this.agreed = this.enabler;
    this.told = now;
    this.client.onRegistered(this);
    this.client.emit({ event: 'registered', text: this.location });
    this.scheduleRenewal();
    this.noteChanges();
  }

  /** Sends an Update with whatever changed, be it nothing. */
  update(): Promise<void> {
    return this.#inTurn(() => this.updateNow());
  }

  async updateNow(): Promise<void> {
    if (!this.isRegistered || !this.told || this.client.bootstrapping.isOpen) return;
    const now = this.announcement();
    const changes = changesSince(this.told, now);
    const response = await this.client.traffic.request(this.address, this.updateRequest(changes));
    if (this.hasEnded() || this.state !== 'registered') return;
    if (response?.message.code === '2.04') this.onUpdated(now);
    else await this.onUpdateRefused(response?.message.code);
  }

  onUpdated(now: Announcement): void {
    this.told = now;
    this.client.emit({ event: 'updated' });
    this.scheduleRenewal();
    this.noteChanges();
  }

  /**
   * 5.xx is the server's trouble: the Update is repeated later. Anything else, silence included, means that the
   * registration cannot be counted on (Core 1.1 §6.2.2).
   */
  async onUpdateRefused(code: Code | undefined): Promise<void> {
    if (code?.startsWith('5') === true && this.retryDelay(1) < this.lifetime())
      this.scheduleRenewal(this.retryDelay(1));
    else await this.registerWithRetries();
  }

  /** Sends an Update if the server is not up to date; changes of one moment go together. */
  noteChanges(): void {
    this.#check?.cancel();
    this.#check = this.client.clock.after(
      0,
      () => void this.#inTurn(() => (this.isOutOfDate() ? this.updateNow() : Promise.resolve())),
    );
  }

  /** Whether something differs from what the server was told. */
  isOutOfDate(): boolean {
    return (
      this.isRegistered &&
      this.told !== undefined &&
      Object.keys(changesSince(this.told, this.announcement())).length > 0
    );
  }

  /** `/1/x/1` was changed. */
  onLifetimeWritten(): void {
    this.noteChanges();
  }

  /** `/1/x/7` or `/3/0/16` was changed. */
  onBindingWritten(): void {
    this.noteChanges();
  }

  /** An Object or Object Instance came or went. */
  onObjectsChanged(): void {
    this.noteChanges();
  }

  /** `/1/x/8` was executed and answered. */
  onUpdateTriggered(): void {
    void this.update();
  }

  scheduleRenewal(delay: number = this.renewalDelay()): void {
    this.#renewal?.cancel();
    if (this.client.options.keepAlive === false || delay === Infinity) return;
    this.#renewal = this.client.clock.after(delay, () => this.onRenewalDue());
  }

  onRenewalDue(): void {
    void this.update();
  }

  /** Tells the server and forgets the registration, whatever it answers (Core 1.1 §6.2.3). */
  deregister(): Promise<void> {
    this.waits.giveUp();
    return this.#inTurn(async () => {
      if (!this.isRegistered) return;
      const request = this.deregisterRequest();
      this.leave();
      await this.client.traffic.request(this.address, request);
      this.client.emit({ event: 'deregistered' });
    });
  }

  /** De-registers, stays silent for the Disable Timeout, registers again (Object 1, resources 4 and 5). */
  async disable(): Promise<void> {
    await this.deregister();
    this.state = 'disabled';
    if (await this.waits.wait(this.disableTimeout())) await this.register();
  }

  /** Forgets the registration without a word: observations and timers end. */
  leave(): void {
    this.state = 'unregistered';
    this.told = undefined;
    this.location = '';
    this.#renewal?.cancel();
    this.#check?.cancel();
    this.client.onRegistrationEnded(this);
  }

  /** Whether it was stopped: whatever comes of what was begun before has no effect. */
  hasEnded(): boolean {
    return this.#isOver;
  }

  /** Ends everything that goes on, without a word, for good. */
  stop(): void {
    this.#isOver = true;
    this.waits.giveUp();
    this.leave();
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(action);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

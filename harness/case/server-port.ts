import { sleep } from '../base/clock.js';
import type { Exchange, ExchangeKind, Notification } from '../record/exchange.js';
import type { RegistrationShown } from '../sut/contract.js';
import type { Bench, BenchParty } from './bench.js';
import type { Checks } from './checks.js';
import type { OwnMessages, Registration, ServerOrder, ServerPort, Wait, WithoutEndpoint } from './context.js';
import { isRuledOut } from './announced.js';
import { Interrupt, Precondition } from './interrupt.js';
import { registrationOf, shortServerIdOf } from './registration.js';
import type { OwnHands } from './own-hands.js';
import { OwnTraffic } from './own-traffic.js';
import { placeOf } from './sending.js';
import { expectedRequest, REQUEST_CHECK, shownRequest, type Order } from './request-check.js';
import { refuse, type Stimulated, type Stimulator } from './stimulate.js';
import { wholeAnswer } from './whole-answer.js';

/** Makes requests of the server happen and finds them, and what the client sends, in the wire view. */
export class WireServerPort<L extends string> implements ServerPort<L>, OwnMessages {
  /** Observations whose notifications the server was told to reset. */
  readonly #resets = new Set<Exchange>();
  /** Requests for whose answer the server chose the format: the case named none. */
  readonly #ownFormat = new Set<Exchange>();
  readonly #wholeAnswer: (exchange: Exchange) => Promise<void>;
  readonly #own: OwnTraffic;
  /** A Read of object 1, where the client has several instances. */
  #serverObjects: Exchange | undefined;

  constructor(
    private readonly bench: Bench,
    private readonly party: BenchParty,
    private readonly stimulator: Stimulator,
    private readonly checks: Checks,
    /** Orders of all ports of the case. */
    private readonly orders: { count: number },
    private readonly requires?: string,
  ) {
    this.#wholeAnswer = wholeAnswer(bench);
    this.#own = new OwnTraffic(bench, party.peer, () => this.#hands(), { count: 0 }, this.#wholeAnswer);
  }

  async registered(): Promise<Registration> {
    const { view, clock, allowances, endpoint } = this.bench;
    const find = (): Registration | undefined => registrationOf(view.exchanges, this.party.peer, endpoint);
    const registration = await view.wait(
      find,
      clock.now() + allowances.boot + allowances.registration,
      'the registration',
    );
    if (!registration) throw new Precondition(this.#whyNotRegistered());
    if (isRuledOut(this.requires, registration, this.bench.bind))
      throw new Interrupt('not-applicable', `the client does not announce the object of: ${this.requires ?? ''}`);
    const settled = registration.exchange.response.t + allowances.settle - clock.now();
    if (settled > 0) await sleep(clock, settled);
    return { ...registration, serverObject: await this.#serverObject(registration) };
  }

  /** Of several Server instances the one that has the Short Server ID of this server: a client may know others as well. */
  async #serverObject({ objects, serverObject }: Registration): Promise<string> {
    const instances = objects.filter((path) => /^\/1\/\d+$/.test(path));
    if (instances.length < 2) return serverObject;
    this.#serverObjects ??= await this.read('/1');
    const { content } = this.#serverObjects.response;
    const id = shortServerIdOf(this.party.peer);
    return instances.find((instance) => content.value(`${instance}/0`) === id) ?? serverObject;
  }

  read: ServerPort<L>['read'] = (path, options) => this.#order({ do: 'read', path, ...options });
  discover: ServerPort<L>['discover'] = (path, options) => this.#order({ do: 'discover', path, ...options });
  write: ServerPort<L>['write'] = (path, value, options) =>
    this.#order({ do: 'write', mode: 'replace', path, value, ...options });
  writeAttributes: ServerPort<L>['writeAttributes'] = (path, attributes) =>
    this.#order({ do: 'write-attributes', path, attributes });
  execute: ServerPort<L>['execute'] = (path, text) =>
    this.#order({ do: 'execute', path, ...(text !== undefined && { arguments: text }) });
  create: ServerPort<L>['create'] = (path, value, options) => this.#order({ do: 'create', path, value, ...options });
  delete: ServerPort<L>['delete'] = (path) => this.#order({ do: 'delete', path });
  observe: ServerPort<L>['observe'] = (path, options) => this.#order({ do: 'observe', path, ...options });
  cancel: ServerPort<L>['cancel'] = ({ request }) => this.#order({ do: 'cancel', how: 'active', path: request.path });

  async reset(observation: Exchange): Promise<void> {
    const { request } = observation;
    this.#resets.add(observation);
    await this.stimulator.ask(this.party, {
      do: 'cancel',
      how: 'passive',
      endpoint: this.bench.endpoint,
      path: request.path,
    });
  }

  async next(kind: ExchangeKind, wait: Wait<L>): Promise<Exchange> {
    const exchange = await this.maybe(kind, wait);
    const text = `${kind} within ${wait.within} s`;
    return this.#came(wait, exchange, text) ?? this.#missing(wait, `no ${text}${this.#insteadOf()}`, text);
  }

  async maybe(kind: ExchangeKind, wait: Omit<Wait<L>, 'owed'>): Promise<Exchange | undefined> {
    const exchange = await this.#first(wait, (candidate) => this.#arrives(candidate, kind));
    if (exchange) await this.#wholeAnswer(exchange);
    return exchange;
  }

  async sent(kind: ExchangeKind, wait: Wait<L> & { readonly path?: string }): Promise<Exchange> {
    const exchange = await this.#first(
      wait,
      ({ kind: sent, from, request }) =>
        sent === kind && from === this.party.peer && (wait.path ?? request.path) === request.path,
    );
    const text = `${kind} of the server within ${wait.within} s`;
    return this.#came(wait, exchange, text) ?? this.#missing(wait, `no ${text}`, text);
  }

  async received(kind: ExchangeKind, wait: Wait<L>): Promise<Exchange> {
    const exchange = await this.#first(wait, (candidate) => this.#arrives(candidate, kind));
    const text = `${kind} within ${wait.within} s`;
    return this.#came(wait, exchange, text) ?? this.#missing(wait, `no ${text}${this.#insteadOf()}`, text);
  }

  async silence({
    of = 'client',
    for: period,
    after,
    kind,
    where = () => true,
    owed,
  }: Parameters<ServerPort<L>['silence']>[0]): Promise<void> {
    const { view, clock } = this.bench;
    const since = after?.request.position ?? view.position;
    const until = (after?.response.t ?? clock.now()) + period;
    const find = (): Exchange | undefined =>
      view.exchanges.find(
        (exchange) =>
          exchange.request.position > since &&
          exchange.request.t <= until &&
          where(exchange) &&
          (of === 'client'
            ? this.#arrives(exchange, kind ?? exchange.kind)
            : exchange.from === this.party.peer && exchange.kind === (kind ?? exchange.kind)),
      );
    const exchange = await view.wait(find, until);
    if (exchange)
      this.checks.owed(
        owed,
        `${exchange.kind} at ${exchange.request.t.toFixed(2)} s`,
        `no ${kind ?? 'request'} for ${period} s`,
        'early',
      );
    this.checks.kept(owed, `no ${kind ?? 'request'} for ${period} s`);
  }

  notifications: ServerPort<L>['notifications'] = async (observation, atLeast, wait) => {
    const { view, tolerance } = this.bench;
    const from = placeOf(wait.after ?? observation).t;
    const until = from + wait.within + tolerance('late', wait.within).late;
    const enough = (): readonly Notification[] | undefined => {
      // Of one that was reset nobody fetches the rest.
      const whole = observation.notifications.filter((one) => one.whole || one.answered === 'reset');
      return whole.length >= atLeast ? whole : undefined;
    };
    const found = await view.wait(enough, until, `${atLeast} notifications`);
    if (
      !found &&
      observation.notifications.some(({ answered }) => answered === 'reset') &&
      !this.#resets.has(observation)
    )
      throw new Interrupt('inconclusive', 'the server reset a notification, which nobody asked for');
    // Nobody owes notifications of what could not be observed in a format of the server's choice.
    if (!found && !this.party.ours && this.#ownFormat.has(observation) && observation.response.code === '4.06')
      throw new Interrupt('inconclusive', 'the client does not have the format that the server observes in: 4.06');
    const seen = observation.notifications.length;
    const within = `notifications within ${wait.within} s`;
    if (!found && wait.silent && wait.owed !== undefined) {
      this.checks.check(wait.owed, 'silent', wait.silent);
      return observation.notifications.filter(({ whole }) => whole);
    }
    return (
      this.#came(wait, found, `${atLeast} ${within}`) ??
      this.#missing(wait, `${seen} ${within}`, `${atLeast} ${within}`)
    );
  };

  async registrations(field?: keyof RegistrationShown): Promise<readonly RegistrationShown[]> {
    const told = await this.stimulator.ask(this.party, { do: 'registrations' });
    if (!Array.isArray(told) || !told.every((shown: unknown): shown is RegistrationShown => isShown(shown)))
      throw new Interrupt(
        'inconclusive',
        `the server's adapter told no list of registrations: ${JSON.stringify(told)}`,
      );
    const own = told.find(({ endpoint }) => endpoint === this.bench.endpoint);
    if (field !== undefined && own && own[field] === undefined)
      throw new Interrupt('inconclusive', `the server's adapter does not tell ${field} of a registration`);
    return told;
  }

  async shown(path: string): Promise<unknown> {
    await sleep(this.bench.clock, 0); // what passed the tap just now must reach the server first
    return this.stimulator.ask(this.party, { do: 'shown', endpoint: this.bench.endpoint, path });
  }

  request: OwnMessages['request'] = (request) => this.#own.request(request);
  message: OwnMessages['message'] = (request) => this.#own.message(request);
  send: OwnMessages['send'] = (datagram, options) => this.#own.send(datagram, options);

  async order(ordered: ServerOrder): Promise<void> {
    const { view, clock, allowances, endpoint } = this.bench;
    const since = view.position;
    const stimulated = this.stimulator.begin(this.party, { ...ordered, endpoint });
    const isSent = (): boolean =>
      view.exchanges.some(
        ({ request, from, kind }) => request.position > since && from === this.party.peer && kind === ordered.do,
      );
    const done = (): true | undefined => (isSent() || stimulated.outcome() !== undefined ? true : undefined);
    await view.wait(done, clock.now() + allowances.stimulus);
    const outcome = stimulated.outcome();
    if (outcome !== undefined && !isSent()) refuse(stimulated, outcome);
  }

  #hands(): OwnHands {
    if (this.party.hands) return this.party.hands;
    throw new Interrupt('error', 'the case acts for a server that is not ours');
  }

  /**
   * Has the server send a request, and finds that request: the place in the record is noted first, so that an outcome
   * may come before, with or after the effect; of several requests the last that was answered counts, and is claimed.
   */
  async #order(ordered: WithoutEndpoint<Order>): Promise<Exchange> {
    const { view, model, endpoint } = this.bench;
    const order: Order = { ...ordered, endpoint };
    const since = view.position;
    const all = (): Exchange[] =>
      view.exchanges.filter(
        (exchange) =>
          exchange.request.position > since &&
          exchange.from === this.party.peer &&
          exchange.kind === order.do &&
          exchange.request.path === order.path,
      );
    const stimulated = this.stimulator.begin(this.party, order);
    const first = await this.#effect(stimulated, () => all()[0]);
    await this.#wholeAnswer(first);
    await view.wait(() => stimulated.outcome(), this.bench.clock.now() + this.bench.allowances.reaction);
    const claimed = all().findLast((exchange) => exchange.response.code !== 'none') ?? first;
    await this.#wholeAnswer(claimed);
    view.claim(claimed);
    if (!('format' in order)) this.#ownFormat.add(claimed);
    this.checks.judge(
      `request:${++this.orders.count}`,
      REQUEST_CHECK,
      shownRequest(claimed),
      expectedRequest(order, model),
    );
    return claimed;
  }

  /** The effect of a stimulus on the wire. @throws Interrupt when there is none */
  async #effect(stimulated: Stimulated, find: () => Exchange | undefined): Promise<Exchange> {
    const { view, clock, allowances } = this.bench;
    const { stimulus, blame } = stimulated;
    const either = (): Exchange | true | undefined => find() ?? (stimulated.outcome() === undefined ? undefined : true);
    const came = await view.wait(either, clock.now() + allowances.stimulus);
    if (came !== undefined && came !== true) return came;
    const outcome = stimulated.outcome();
    if (outcome !== undefined) refuse(stimulated, outcome);
    const late = await view.wait(find, clock.now() + allowances.reaction);
    if (late) return late;
    const path = 'path' in stimulus ? ` ${stimulus.path}` : '';
    const said = stimulated.outcome() === undefined ? ', and its adapter said nothing' : '';
    // Who has ended sends nothing: its end is the reason, and not our fault.
    throw new Interrupt(
      view.over === undefined ? blame : 'inconclusive',
      view.over ?? `the server was asked to ${stimulus.do}${path}, but no such request was seen${said}`,
    );
  }

  /** The first exchange that suits, after one and in time. */
  #first(
    { within, after, where = () => true }: Omit<Wait<L>, 'owed'>,
    suits: (exchange: Exchange) => boolean,
  ): Promise<Exchange | undefined> {
    const { view, clock, tolerance } = this.bench;
    const place = after && placeOf(after);
    const since = place?.position ?? 0;
    const until = (place?.t ?? clock.now()) + within + tolerance('late', within).late;
    const find = (): Exchange | undefined =>
      view.exchanges.find(
        (exchange) =>
          exchange.request.position > since && exchange.request.t <= until && suits(exchange) && where(exchange),
      );
    return view.wait(find, until, 'what the client sends next');
  }

  #arrives(exchange: Exchange, kind: ExchangeKind): boolean {
    return (
      exchange.kind === kind && exchange.from === 'client' && exchange.to === this.party.peer && !isOffer(exchange)
    );
  }

  /** Notes for the check that was owed it that it came. */
  #came<T>({ owed }: Wait<L>, found: T | undefined, expected: string): T | undefined {
    if (owed !== undefined && found !== undefined) this.checks.came(owed, expected);
    return found;
  }

  #missing(wait: Wait<L>, why: string, expected: string): never {
    const { view } = this.bench;
    // A system that never said anything was not tested: no miss, whatever was owed.
    if (view.position === 0 && view.channel.records.length === 0) throw new Precondition(this.#whyNotRegistered());
    if (wait.owed !== undefined) return this.checks.owed(wait.owed, why, expected);
    throw new Precondition(why);
  }

  /** What came that is no LwM2M: it explains an absence better than the absence does. */
  #insteadOf(): string {
    const { over, malformed } = this.bench.view;
    if (over !== undefined) return `: ${over}`;
    const [first] = malformed;
    return first ? `; ${malformed.length} datagrams that are no CoAP came instead (the first: ${first.problem})` : '';
  }

  #whyNotRegistered(): string {
    const { view, endpoint, allowances } = this.bench;
    if (view.over !== undefined) return `the client is not registered: ${view.over}`;
    const within = `within ${allowances.boot + allowances.registration} s`;
    const tried = view.exchanges.findLast((exchange) => this.#arrives(exchange, 'register'));
    if (!tried && view.position === 0) return `nothing came from the client ${within}`;
    if (!tried)
      return `no Register came from the client ${within}, but ${view.malformed.length} malformed and ${view.position - view.malformed.length} other datagrams`;
    const name = tried.request.query.get('ep');
    if (name !== endpoint && tried.response.code === '2.01')
      return `the client registered as ${JSON.stringify(name)}, not as ${JSON.stringify(endpoint)}`;
    return `the client's Register was answered ${tried.response.code}`;
  }
}

/** A profile that stands for the list is offered, and not accepted: the client registers with its list then (Core 1.2 §6.2.1). */
const isOffer = ({ kind, request, response }: Exchange): boolean =>
  kind === 'register' && request.query.has('pid') && request.payload.length === 0 && response.code !== '2.01';

const isShown = (value: unknown): value is RegistrationShown =>
  typeof value === 'object' && value !== null && 'endpoint' in value && typeof value.endpoint === 'string';

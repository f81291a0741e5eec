import type { Peer } from '../model/party.js';
import type { ChannelFact } from '../record/channel-fact.js';
import type {
  ChannelEvent,
  ClientHelloSeen,
  FactTold,
  HandshakeSeen,
  ServerHelloSeen,
} from '../record/channel-view.js';
import type { Exchange } from '../record/exchange.js';
import { partyAt, type Bench } from './bench.js';
import type { Checks } from './checks.js';
import { Precondition } from './interrupt.js';

/** What our own channels told, with who caused it and when. */
export type Told<E extends ChannelFact['event']> = Extract<ChannelFact, { readonly event: E }> &
  Omit<FactTold, 'kind' | 'fact'>;

export interface ChannelWait<L extends string, E> {
  /** Seconds, from the time of `after`, or from the call. */
  readonly within: number;
  /** What came before it does not count. Without it, all that came since the case began does. */
  readonly after?: Exchange | Pick<ChannelEvent, 't'>;
  /** Others of the kind are passed over. */
  readonly where?: (event: E) => boolean;
  /** Of our client at another address, as its channel tells it. */
  readonly elsewhere?: true;
  /** Absence is a miss of this check, and ends the procedure. Without it, absence is a precondition that was not reached. */
  readonly owed?: L;
}

/** What a procedure sees below CoAP, between the client and the server. Each is the first that suits. */
export interface ChannelPort<L extends string> {
  clientHello(wait: ChannelWait<L, ClientHelloSeen>): Promise<ClientHelloSeen>;
  serverHello(wait: ChannelWait<L, ServerHelloSeen>): Promise<ServerHelloSeen>;
  /** Any other message of a handshake in the clear, by name: `hello_verify_request`, `certificate_request` … */
  handshake(message: string, wait: ChannelWait<L, HandshakeSeen>): Promise<HandshakeSeen>;
  /** Anything at all that a party sends: records, whatever is in them. */
  spoken(by: 'client' | 'server', wait: { readonly within: number }): Promise<Pick<ChannelEvent, 't'>>;
  /** A session stands. */
  connected(wait: ChannelWait<L, Told<'connected'>>): Promise<Told<'connected'>>;
  /** Of either side: `from` says whose. */
  alert(wait: ChannelWait<L, Told<'alert'>>): Promise<Told<'alert'>>;
  /** A handshake or session of ours ended in a problem. */
  failed(wait: ChannelWait<L, Told<'failed'>>): Promise<Told<'failed'>>;
  /** The client has another address under the same session. */
  moved(wait: ChannelWait<L, Told<'moved'>>): Promise<Told<'moved'>>;
  /** Nothing of this kind for so long: what comes is a miss of `owed`. */
  silence(
    of: ChannelFact['event'] | 'client-hello' | 'server-hello',
    wait: { readonly for: number; readonly after?: Exchange | Pick<ChannelEvent, 't'>; readonly owed: L },
  ): Promise<void>;
  /** Not one datagram of a party from now on, for so long. */
  quiet(of: 'client' | 'server', wait: { readonly for: number; readonly owed: L }): Promise<void>;
}

/** The channel between client and server, as the record tells. */
export function channelPort<L extends string>(bench: Bench, checks: Checks): ChannelPort<L> {
  const next = <E extends Pick<ChannelEvent, 't'>>(
    what: string,
    pick: Chosen<E>,
    wait: ChannelWait<L, E>,
  ): Promise<E> => nextOf(bench, checks, what, pick, wait);
  return {
    clientHello: (wait) => next('ClientHello', (event) => (event.kind === 'client-hello' ? event : undefined), wait),
    serverHello: (wait) => next('ServerHello', (event) => (event.kind === 'server-hello' ? event : undefined), wait),
    handshake: (message, wait) =>
      next(message, (event) => (event.kind === 'handshake' && event.message === message ? event : undefined), wait),
    connected: (wait) => next('session', told('connected'), wait),
    alert: (wait) => next('alert', told('alert'), wait),
    failed: (wait) => next('end in a problem', told('failed'), wait),
    moved: (wait) => next('change of address', told('moved'), wait),
    async spoken(by, { within }) {
      const { view, clock } = bench;
      const find = (): { readonly t: number } | undefined => view.channel.records.find(({ from }) => from === by);
      const found = await view.wait(find, clock.now() + within, `a word of the ${by}`);
      if (!found) throw new Precondition(`not a word of the ${by} within ${within} s`);
      return found;
    },
    async silence(of, { for: within, after, owed }) {
      const suits = (event: ChannelEvent): ChannelEvent | undefined =>
        event.kind === of || (event.kind === 'fact' && event.fact.event === of) ? event : undefined;
      const found = await firstOf(bench, suits, { within, ...(after && { after }) }, `no ${of}`);
      if (found) checks.owed(owed, `${of} at ${found.t.toFixed(2)} s`, `no ${of}`);
      checks.kept(owed, `no ${of} for ${within} s`);
    },
    async quiet(of, { for: within, owed }) {
      const { view, clock } = bench;
      const since = clock.now();
      const find = (): { readonly t: number } | undefined =>
        view.channel.records.find(({ from, t }) => from === of && t > since);
      const found = await view.wait(find, clock.now() + within, `nothing of the ${of}`);
      if (found) checks.owed(owed, `records at ${found.t.toFixed(2)} s`, 'nothing');
      checks.kept(owed, `nothing of the ${of} for ${within} s`);
    },
  };
}

type Chosen<E> = (event: ChannelEvent) => E | undefined;

/** The facts of one kind, as they were told. */
const told =
  <E extends ChannelFact['event']>(name: E): Chosen<Told<E>> =>
  (event) => {
    if (event.kind !== 'fact') return undefined;
    const { kind: _kind, fact, ...place } = event;
    return isOf(fact, name) ? { ...fact, ...place } : undefined;
  };

const isOf = <E extends ChannelFact['event']>(
  fact: ChannelFact,
  name: E,
): fact is Extract<ChannelFact, { readonly event: E }> => fact.event === name;

async function nextOf<L extends string, E extends Pick<ChannelEvent, 't'>>(
  bench: Bench,
  checks: Checks,
  what: string,
  pick: Chosen<E>,
  wait: ChannelWait<L, E>,
): Promise<E> {
  const found = await firstOf(bench, pick, wait, `a ${what}`);
  if (found) {
    if (wait.owed !== undefined) checks.came(wait.owed, `a ${what}`);
    return found;
  }
  const { over, channel } = bench.view;
  const why = `no ${what} within ${wait.within} s${over === undefined ? '' : `: ${over}`}`;
  // A system that never said anything was not tested: no miss, whatever was owed.
  if (wait.owed !== undefined && channel.records.length > 0) return checks.owed(wait.owed, why, `a ${what}`);
  throw new Precondition(why);
}

function firstOf<E extends Pick<ChannelEvent, 't'>>(
  bench: Bench,
  pick: Chosen<E>,
  { within, after, where = () => true, elsewhere }: Omit<ChannelWait<string, E>, 'owed'>,
  what: string,
): Promise<E | undefined> {
  const { view, clock, tolerance } = bench;
  const since = after === undefined ? undefined : 'request' in after ? after.response.t : after.t;
  const until = (since ?? clock.now()) + within + tolerance('late', within).late;
  // Of a fact that both ends are ours to tell, the server's counts.
  const teller: Peer = partyAt(bench, 'server').ours ? 'server' : 'client';
  const find = (): E | undefined => {
    for (const event of view.channel.events) {
      const isLater = since === undefined || event.t > since;
      const isTold = event.kind === 'fact' && event.by === (elsewhere ? 'client2' : teller);
      const counts = elsewhere ? isTold : isBetween(event) && (event.kind !== 'fact' || isTold);
      const found = isLater && counts && event.t <= until ? pick(event) : undefined;
      if (found && where(found)) return found;
    }
    return undefined;
  };
  return view.wait(find, until, what);
}

const isBetween = ({ from, to }: ChannelEvent): boolean =>
  [from, to].every((peer) => peer === 'client' || peer === 'server');

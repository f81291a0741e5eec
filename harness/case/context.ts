import type { Enabler, Party } from '../model/party.js';
import type { Exchange, ExchangeKind, Notification } from '../record/exchange.js';
import type { Attributes, BootstrapStep, Content, RegistrationShown, ServerStimulus } from '../sut/contract.js';
import type { Plain, PlainContent } from '../model/plain.js';
import type { Allowances } from './allowances.js';
import type { ChannelPort } from './channel-port.js';
import type { Matcher } from './matcher.js';
import type { OwnHands } from './own-hands.js';
import type { OwnRecords } from './own-records.js';
import type { Elsewhere } from '../sut/own-channel.js';
import type { Method } from '../wire/coap/code.js';
import type { Sent, ToSend } from './sending.js';

export type Level = 'must' | 'should' | 'may';

/** One pass criterion. */
export interface CheckMeta {
  /** Who owes it. */
  readonly by: Party;
  readonly level: Level;
  /** Fact id of the ledger (`R-19`), or `rfc7252#5.4.1`. */
  readonly req: string;
  /** Completes the sentence "The client …". */
  readonly says: string;
  /** A miss does not end the procedure. */
  readonly continues?: true;
}

/** How long to wait for a fact, and whose miss its absence is. */
export interface Wait<L extends string> {
  /** Seconds, counted from the wire time of `after`, or from the call. */
  readonly within: number;
  /** What came before it does not count. Without it, all that came since the case began does. */
  readonly after?: Exchange | Sent;
  /** Others of the kind are passed over: a party may send more than is waited for. */
  readonly where?: (exchange: Exchange) => boolean;
  /** Absence is a miss of this check, and ends the procedure. Without it, absence is a precondition that was not reached. */
  readonly owed?: L;
}

/** A registration as the wire shows it. */
export interface Registration {
  readonly endpoint: string;
  /** `/rd/5a3f` */
  readonly location: string;
  /** Seconds, of the last Register or Update. */
  readonly lifetime: number;
  /** The Server Object Instance of this server, `/1/0`. */
  readonly serverObject: string;
  /** Object Instances (and Objects without one) that were announced, as paths. */
  readonly objects: readonly string[];
  /** The Register. */
  readonly exchange: Exchange;
}

export type WithoutEndpoint<T> = T extends unknown ? Omit<T, 'endpoint'> : never;

/** What a server can be told to do with the client, without the name of the client. */
export type ServerOrder = WithoutEndpoint<Exclude<ServerStimulus, { readonly do: 'registrations' | 'shown' }>>;

export interface Format {
  /** Content-Format number to ask for or to send; without it the server chooses. */
  readonly format?: number;
}

/** What a procedure has the server do, and what it sees arrive there. Every order is also a check of its own, `request:n`. */
export interface ServerPort<L extends string> {
  /** Brings the bench to where the client is registered. @throws Precondition */
  registered(): Promise<Registration>;
  read(path: string, options?: Format): Promise<Exchange>;
  discover(path: string, options?: { readonly depth?: number }): Promise<Exchange>;
  write(path: string, value: Content, options?: Format & { readonly mode?: 'replace' | 'update' }): Promise<Exchange>;
  writeAttributes(path: string, attributes: Attributes): Promise<Exchange>;
  execute(path: string, argumentText?: string): Promise<Exchange>;
  create(path: string, value: PlainContent, options?: Format & { readonly instance?: number }): Promise<Exchange>;
  delete(path: string): Promise<Exchange>;
  observe(path: string, options?: Format & { readonly attributes?: Attributes }): Promise<Exchange>;
  /** Ends an observation: by a GET with Observe 1, whose exchange is given back. */
  cancel(observation: Exchange): Promise<Exchange>;
  /** Has the server answer the next notification with RST. */
  reset(observation: Exchange): Promise<void>;
  /** Gives an order that need not have an effect now, or a good one: the request is not judged. */
  order(order: ServerOrder): Promise<void>;
  /** The first exchange of the kind, at most `within` later than `after`. */
  next(kind: ExchangeKind, wait: Wait<L>): Promise<Exchange>;
  /** The same where absence is allowed. */
  maybe(kind: ExchangeKind, wait: Omit<Wait<L>, 'owed'>): Promise<Exchange | undefined>;
  /** The first request of the kind that comes from the client; it may not be answered yet. */
  received(kind: ExchangeKind, wait: Wait<L>): Promise<Exchange>;
  /** The first request of the kind that the server sends, whether or not anything ordered it; it may not be answered yet. */
  sent(kind: ExchangeKind, wait: Wait<L> & { readonly path?: string }): Promise<Exchange>;
  /** No request of the kind (of any kind, without one) for so long: one that comes is a miss of `owed`. */
  silence(wait: {
    /** Whose requests: the client's where left out. */
    readonly of?: 'client' | 'server';
    readonly for: number;
    readonly after?: Exchange;
    readonly kind?: ExchangeKind;
    /** Others may come. */
    readonly where?: (exchange: Exchange) => boolean;
    readonly owed: L;
  }): Promise<void>;
  /**
   * Waits until the observation has so many notifications. Where a row covers that none comes, `silent` judges the word
   * "silent" for the check that is owed, and those that came are given back.
   */
  notifications(
    observation: Exchange,
    atLeast: number,
    wait: Wait<L> & { readonly silent?: Matcher },
  ): Promise<readonly Notification[]>;
  /** Asks the server who is registered. With a field that its adapter does not tell, nothing can be judged. @throws Interrupt */
  registrations(field?: keyof RegistrationShown): Promise<readonly RegistrationShown[]>;
  /** Asks the server what it shows its operator for a path. */
  shown(path: string): Promise<unknown>;
}

/** A request of any shape, whether a server would send it or not. */
export interface AnyRequest {
  readonly method: Method;
  readonly path: string;
  /** Parameters as they stand: `pmin=10`. */
  readonly query?: readonly string[];
  readonly contentFormat?: number;
  readonly accept?: number;
  readonly observe?: number;
  readonly payload?: Uint8Array;
}

/** What a procedure can have a party of ours say beside what such a party says. */
export interface OwnMessages {
  /** Sends a confirmable request as it is given, past the role, and gives its exchange. */
  request(request: AnyRequest): Promise<Exchange>;
  /** The message that a request is, with a token of its own: to be sent as it is, or with differences. */
  message(request: AnyRequest): Required<Pick<ToSend, 'code' | 'token' | 'options' | 'payload'>>;
  /**
   * Sends one datagram as it is, once, past the role, and waits for what comes back: to a request its response, to anything
   * else any reply, at most `within` seconds (93 where left out: as long as an answer can take).
   */
  send(datagram: Uint8Array | ToSend, options?: { readonly within?: number }): Promise<Sent>;
}

/** What a procedure can have a client of ours do beside what clients do. */
export interface OwnClientPort extends OwnMessages {
  /**
   * Another address of the device, or another device: each time a new one. It answers nothing of its own accord. Where channels are
   * protected the case says as whom it speaks there.
   */
  elsewhere(as?: Elsewhere): Promise<OwnMessages & OwnHands>;
}

/** What a bootstrap-server is to do with a client that asks. */
export interface Provisioning {
  /** Paths to delete first; `/` is all that may be deleted. */
  readonly deletes?: readonly string[];
  /** Accounts of servers on the bench, each in the instances of objects 0 and 1 that are named; without it, one for the server. */
  readonly accounts?: readonly Account[];
  /** Values beside, by absolute path of a Resource. */
  readonly writes?: PlainContent;
  /** Content-Format number of the writes; without it the bootstrap-server chooses. */
  readonly format?: number;
  /** All that is sent, in place of the deletes, the accounts, the writes and the Finish. None: it accepts the client, and no more. */
  readonly steps?: readonly BootstrapStep[];
}

/** Instance ids of objects 0 and 1 for a server. */
export interface Account {
  readonly security: number;
  readonly server: number;
  /** Which one; `server` where left out. */
  readonly of?: 'server' | 'server2';
  /** Seconds. */
  readonly lifetime?: number;
}

/** The content of the two Object Instances of an account, by Resource. */
export interface AccountValues {
  readonly security: PlainContent;
  readonly server: PlainContent;
}

/** What a procedure has the bootstrap-server do, and what it sees arrive there. */
export interface BootstrapServerPort<L extends string> extends Pick<
  ServerPort<L>,
  'next' | 'maybe' | 'received' | 'sent' | 'silence'
> {
  /** Tells it what to do with the client when it asks next. */
  provision(provisioning: Provisioning): Promise<void>;
  /** Asks it for the bootstrap sessions so far. */
  sessions(): Promise<unknown>;
  /** What a client has to be given to know a server of the bench. */
  account(account: Account): AccountValues;
  /** The first command of the kind that the bootstrap-server sends, with its whole answer. */
  commanded(kind: ExchangeKind, wait: Wait<L> & { readonly path?: string }): Promise<Exchange>;
}

/** What a procedure can have a bootstrap-server of ours say: each is one request, and its exchange. */
export interface BootstrapCommands {
  /** Bootstrap-Write, in TLV unless told: values of an Object or Instance by relative path, `{ '0/1': 300 }`. */
  write(path: string, value: Plain | PlainContent, options?: Format): Promise<Exchange>;
  /** Bootstrap-Delete. */
  remove(path: string): Promise<Exchange>;
  discover(path: string): Promise<Exchange>;
  /** Bootstrap-Read. */
  read(path: string, options?: Format): Promise<Exchange>;
  finish(): Promise<Exchange>;
}

/** What a procedure has the client, or the device around it, do. */
export interface ClientPort {
  /** Starts it: in cases of the bootstrap interface it waits for this. */
  start(): Promise<void>;
  /** Has the device ask the bootstrap-server. */
  bootstrap(): Promise<void>;
  /** Changes a value at the device. */
  set(path: string, value: string | number | boolean): Promise<void>;
  update(): Promise<void>;
  deregister(): Promise<void>;
  restart(): Promise<void>;
  /**
   * Gives the client another address towards its servers, as a NAT does that forgot it; the client does not know. What is sent to
   * the old one is lost, and seen to be astray. Not applicable where a foreign client faces a server of ours.
   */
  rebind(): Promise<void>;
  /** Cuts the network of the client for so many seconds. */
  offline(seconds: number): Promise<void>;
  /** Power off, a smart card with the account of a server on the bench in, power on. */
  insertCard(account: Account): Promise<void>;
  /** Asks the device for a value. */
  value(path: string): Promise<unknown>;
}

/** A bound path of the configuration, by role: `bind('observed.a')`. */
export type Bind = (role: string) => string;

interface CommonContext<L extends string, T> {
  readonly enabler: Enabler;
  /** The times that the case declares, in seconds, of this run. */
  readonly times: T;
  /** The variant of this run; the empty string where the case has none. */
  readonly variant: string;
  /** What processes and people may take, in seconds. */
  readonly allowances: Allowances;
  readonly bind: Bind;
  /** What is seen below CoAP, where a channel protects it: hellos, sessions, alerts. */
  readonly channel: ChannelPort<L>;
  /** Records what was seen against what is expected: a value (equality) or a matcher. */
  readonly check: (id: L, actual: unknown, expected: unknown) => void;
  /** Lets time pass: from the answer of an exchange where one is named, else from the call. */
  readonly sleep: (seconds: number, after?: Exchange) => Promise<void>;
}

/** Below CoAP, for a party that is certain to be ours. */
export interface BelowCoap {
  readonly records: OwnRecords;
}

type Port<P, Our, Who extends Party, Own> = Our extends Who ? P & Own : P;

/** All that a procedure sees, by what the metadata says of `our`, `servers` and `bootstrap`. */
export type Context<
  L extends string,
  T,
  Our extends Party | undefined,
  Servers extends 1 | 2 | undefined = undefined,
  Bootstrap extends string | undefined = undefined,
> = CommonContext<L, T> & {
  readonly client: Port<ClientPort, Our, 'client', OwnClientPort & OwnHands & BelowCoap>;
  readonly server: Port<ServerPort<L>, Our, 'server', OwnMessages & OwnHands & BelowCoap>;
  readonly server2: Servers extends 2 ? Port<ServerPort<L>, Our, 'server', OwnMessages & OwnHands> : undefined;
  readonly bootstrapServer: Bootstrap extends string
    ? Port<BootstrapServerPort<L>, Our, 'bootstrap-server', BootstrapCommands & OwnMessages & OwnHands>
    : undefined;
};

/** What a procedure could see at most. */
export type WholeContext = CommonContext<string, Readonly<Record<string, number>>> & {
  readonly client: ClientPort & OwnClientPort & OwnHands & BelowCoap;
  readonly server: ServerPort<string> & OwnMessages & OwnHands & BelowCoap;
  readonly server2: ServerPort<string> & OwnMessages & OwnHands;
  readonly bootstrapServer: BootstrapServerPort<string> & BootstrapCommands & OwnMessages & OwnHands;
};

import type { Enabler, Party } from '../model/party.js';
import type { OwnChannel, OwnPsk } from '../sut/own-channel.js';
import type { CheckMeta, Context, WholeContext } from './context.js';

/** What our own parties do differently in a case where they are ours; a foreign party never sees it. */
export interface OwnSetup {
  readonly client?: {
    /** False: never sends an Update of its own accord before the lifetime ends. */
    readonly keepAlive?: boolean;
    /** False: does not register until told. */
    readonly register?: boolean;
    readonly queueMode?: boolean;
    readonly lifetime?: number;
    readonly channel?: OwnChannel;
    /** Content-Format that it asks a bootstrap-server for; `none`: not a word of it. */
    readonly bootstrapFormat?: number | 'none';
    /** Asks for a Bootstrap-Pack first. */
    readonly bootstrapPack?: boolean;
  };
  readonly server?: { readonly blockSize?: number; readonly channel?: OwnChannel };
  /** Of client and server, foreign ones too: the case does not run where they have a key of their own. */
  readonly psk?: OwnPsk;
}

/** Seconds, for a claim and for a quick run; the case writes and waits for these values itself. */
export interface Timing {
  readonly nominal: number;
  readonly quick: number;
}

/** What protects the channel: a kind of credentials, any of them, or nothing. */
export type ChannelKind = 'psk' | 'rpk' | 'x509' | 'secure' | 'none';

export interface CaseMeta {
  /** `interface.behaviour`, permanent. */
  readonly id: string;
  /** The ETS case it is, by the ETS that has it. */
  readonly ets?: Readonly<Partial<Record<Enabler, `int-${number}`>>>;
  /** A sentence: what holds when it passes. */
  readonly title: string;
  readonly since: Enabler;
  readonly until?: Enabler;
  /** ETS configuration, `C.1` to `C.26`. */
  readonly configuration: `C.${number}`;
  /** Statement items that must be there: `op.write & resource./1/1 & role.writable`. */
  readonly requires?: string;
  /** What single variants require beside, by variant. */
  readonly variantRequires?: Readonly<Record<string, string>>;
  readonly times?: Readonly<Record<string, Timing>>;
  readonly ours?: OwnSetup;
  /** How single variants set our parties up in the place of `ours`, by variant. */
  readonly variantOurs?: Readonly<Record<string, OwnSetup>>;
  /** The party that must be ours, because the case has it misbehave. Not applicable where it is not. */
  readonly our?: Party;
  /** The channel that it is about. Not applicable to a run over another; our own two have it, whatever the run is over. */
  readonly channel?: ChannelKind;
  /** 2: a second server, ours, stands on the bench, as `server2` with Short Server ID 2. */
  readonly servers?: 1 | 2;
  /** The client is not told of the second server: a smart card is to tell it, which the procedure has put in. */
  readonly smartCard?: true;
  /**
   * A bootstrap-server stands on the bench, and the client waits for `client.start()`. It begins with the account of the
   * bootstrap-server alone, or with those of the servers as well.
   */
  readonly bootstrap?: 'unbootstrapped' | 'bootstrapped';
  /** The SUT must be started for this case, whatever the lifecycle. */
  readonly start?: boolean;
  /** Each expands to a result of its own, `id[variant]`. */
  readonly variants?: readonly string[];
  readonly errata?: readonly { readonly ref: string; readonly reading: string }[];
  /** ETS criteria that are left out, by letter, and why. */
  readonly leavesOut?: Readonly<Record<string, string>>;
  readonly checks: Readonly<Record<string, CheckMeta>>;
}

/** The letters of a case's checks: naming another does not compile. */
export type Letter<M extends CaseMeta> = keyof M['checks'] & string;
type Times<M extends CaseMeta> = { readonly [K in keyof M['times'] & string]: number };

/** One test as a value: literal metadata and one asynchronous procedure. Nothing runs on import. */
export interface TestCase {
  readonly meta: CaseMeta;
  procedure(context: WholeContext): Promise<void>;
}

/** Makes a case. Its procedure sees just the letters, times and hands that the metadata declares. */
export function testCase<const M extends CaseMeta>(
  meta: M,
  procedure: (context: Context<Letter<M>, Times<M>, M['our'], M['servers'], M['bootstrap']>) => Promise<void>,
): TestCase;
export function testCase(meta: CaseMeta, procedure: TestCase['procedure']): TestCase {
  return Object.freeze<TestCase>({ meta: freeze(meta), procedure });
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/** Whether a case is about an enabler version. */
export const covers = (meta: CaseMeta, enabler: Enabler): boolean =>
  meta.since <= enabler && (meta.until === undefined || enabler <= meta.until);

/** All that a case requires, in one of its variants; with a bootstrap-server on the bench the client has to ask it. */
export const requirementsOf = (
  { requires, variantRequires, bootstrap }: CaseMeta,
  variant: string | undefined,
): readonly string[] =>
  [
    bootstrap && 'op.bootstrap-request',
    requires,
    variant === undefined ? undefined : variantRequires?.[variant],
  ].filter((text) => text !== undefined);

/** How a case sets up our own parties, in one of its variants. */
export const ownSetupOf = ({ ours, variantOurs }: CaseMeta, variant: string | undefined): OwnSetup =>
  (variant === undefined ? undefined : variantOurs?.[variant]) ?? ours ?? {};

/** Parties that a case judges. */
export const judgedParties = (meta: CaseMeta): readonly Party[] => [
  ...new Set(Object.values(meta.checks).map((check) => check.by)),
];

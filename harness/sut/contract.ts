import type { Enabler, Party } from '../model/party.js';
import type { Plain, PlainContent } from '../model/plain.js';

/** A value or the content of an instance: what a write or create carries. */
export type Content = Plain | PlainContent;

/** What a server can be asked to do. `format` is a Content-Format number; without it the server chooses. */
export type ServerStimulus =
  | { readonly do: 'read'; readonly endpoint: string; readonly path: string; readonly format?: number }
  | { readonly do: 'discover'; readonly endpoint: string; readonly path: string; readonly depth?: number }
  | {
      readonly do: 'write';
      readonly endpoint: string;
      readonly path: string;
      readonly value: Content;
      readonly mode: 'replace' | 'update';
      readonly format?: number;
    }
  /** An attribute of null is written without a value, which removes it. */
  | {
      readonly do: 'write-attributes';
      readonly endpoint: string;
      readonly path: string;
      readonly attributes: Attributes;
    }
  | { readonly do: 'execute'; readonly endpoint: string; readonly path: string; readonly arguments?: string }
  | {
      readonly do: 'create';
      readonly endpoint: string;
      readonly path: string;
      readonly instance?: number;
      readonly value: PlainContent;
      readonly format?: number;
    }
  | { readonly do: 'delete'; readonly endpoint: string; readonly path: string }
  | {
      readonly do: 'observe';
      readonly endpoint: string;
      readonly path: string;
      readonly format?: number;
      readonly attributes?: Attributes;
    }
  /** active: GET with Observe 1; passive: RST to the next notification. */
  | { readonly do: 'cancel'; readonly endpoint: string; readonly path: string; readonly how: 'active' | 'passive' }
  | {
      readonly do: 'read-composite';
      readonly endpoint: string;
      readonly paths: readonly string[];
      readonly format?: number;
    }
  | {
      readonly do: 'write-composite';
      readonly endpoint: string;
      readonly values: PlainContent;
      readonly format?: number;
    }
  | {
      readonly do: 'observe-composite';
      readonly endpoint: string;
      readonly paths: readonly string[];
      readonly format?: number;
    }
  | {
      readonly do: 'cancel-composite';
      readonly endpoint: string;
      readonly paths: readonly string[];
      readonly how: 'active' | 'passive';
    }
  /** Question: who is registered. Told: `RegistrationShown[]`. */
  | { readonly do: 'registrations' }
  /** Question: the last value of a path as the server shows it to its operator. Told: Content, or null. */
  | { readonly do: 'shown'; readonly endpoint: string; readonly path: string };

export type Attributes = Readonly<Record<string, number | string | null>>;

export interface RegistrationShown {
  readonly endpoint: string;
  readonly location?: string;
  /** Seconds. */
  readonly lifetime?: number;
  readonly address?: string;
  readonly version?: string;
  readonly binding?: string;
  readonly queueMode?: boolean;
  readonly objects?: readonly string[];
}

/** What a client, or the device around it, can be asked to do. */
export type ClientStimulus =
  /** Changes a value at the device, not through a server. */
  | { readonly do: 'set'; readonly path: string; readonly value: Plain }
  | { readonly do: 'update' | 'deregister' | 'restart' | 'bootstrap' }
  | { readonly do: 'send'; readonly paths: readonly string[]; readonly format?: number }
  /** Cuts the network for so many seconds. */
  | { readonly do: 'offline'; readonly seconds: number }
  /**
   * Power off, another smart card in, power on. `values` is its bootstrap information by absolute path; `files` the elementary files
   * that hold it, by identifier, in hexadecimal.
   */
  | { readonly do: 'insert-card'; readonly values: PlainContent; readonly files: Readonly<Record<string, string>> }
  /** Question: the value the device has now. Told: Content, or null. */
  | { readonly do: 'value'; readonly path: string };

export type BootstrapServerStimulus =
  /**
   * What to do with a client when it asks next: the deletes, the writes, a Finish. Each key of `writes` is an absolute path: that
   * of an Object or Object Instance is one Write; values of several Resources of one instance are one Write of the instance.
   */
  | {
      readonly do: 'provision';
      readonly endpoint: string;
      readonly deletes: readonly string[];
      readonly writes: Readonly<Record<string, Content>>;
      readonly format?: number;
      /** Where the order matters: all that is sent, in place of the deletes, the writes and the Finish. */
      readonly steps?: readonly BootstrapStep[];
    }
  /** Question: the bootstrap sessions so far. Told: `BootstrapSessionShown[]`. */
  | { readonly do: 'sessions' };

/** One command of a bootstrap session. `optional`: the session goes on when the client refuses it. */
export type BootstrapStep =
  | { readonly do: 'discover'; readonly path: string }
  | { readonly do: 'read'; readonly path: string; readonly format?: number }
  | { readonly do: 'delete'; readonly path: string; readonly optional?: boolean }
  | {
      readonly do: 'write';
      readonly path: string;
      readonly value: Content;
      readonly format?: number;
      readonly optional?: boolean;
    }
  | { readonly do: 'finish' };

export interface BootstrapSessionShown {
  readonly endpoint: string;
  readonly address?: string;
  /** `unfinished`: a Finish was not asked for; `replaced`: the client asked anew. */
  readonly state: 'running' | 'finished' | 'failed' | 'unfinished' | 'replaced';
  /** What was sent, and what came back: `write /1/1`, `2.04`; the code is `none` where nothing did. */
  readonly commands?: readonly {
    readonly command: string;
    readonly format?: number;
    readonly code: string;
    readonly content?: Content;
    readonly links?: string;
  }[];
  readonly errors?: readonly string[];
}

export type Stimulus = ServerStimulus | ClientStimulus | BootstrapServerStimulus;
export type StimulusKind = Stimulus['do'];

/** Stimuli that only ask: they have no effect on the wire. */
export const QUESTIONS: ReadonlySet<StimulusKind> = new Set<StimulusKind>([
  'registrations',
  'shown',
  'value',
  'sessions',
]);

/**
 * What the party itself says came of a stimulus. It may come before, with or after the effect on the wire:
 * evidence, not a verdict.
 */
export type Outcome =
  { readonly told?: unknown } | { readonly refused: string } | { readonly failed: string } | 'unsupported';

export interface Description {
  readonly name: string;
  readonly version: string;
  readonly party: Party;
  readonly stimuli: readonly StimulusKind[];
  readonly statement?: Readonly<Record<string, boolean>>;
}

/** Where the SUT finds an opposite party. */
export interface PeerAddress {
  readonly party: Party;
  /** `coap://127.0.0.1:5683` */
  readonly uri: string;
  readonly shortServerId?: number;
}

export interface Setup {
  /** Id of the case, for the SUT's log. */
  readonly case: string;
  readonly endpoint: string;
  readonly enabler: Enabler;
  /** Name of the ETS configuration and the values it asks for, by absolute path. */
  readonly configuration: { readonly id: string; readonly values: PlainContent };
  readonly peers: readonly PeerAddress[];
  readonly credentials: Readonly<Record<string, string>>;
}

export type SutEvent = {
  readonly event: 'registered' | 'updated' | 'deregistered' | 'notified' | 'sent' | 'bootstrapped' | 'log';
  readonly endpoint?: string;
  readonly path?: string;
  readonly text?: string;
};

/**
 * The control contract: the wire is the protocol, this covers only what the wire cannot cause.
 * Our roles, foreign programs and a person at a keyboard all stand behind it.
 */
export interface Sut {
  describe(): Promise<Description>;
  /** Starts the party; a server tells where it listens (`host:port`). */
  start(setup: Setup): Promise<{ readonly address?: string }>;
  stimulate(stimulus: Stimulus): Promise<Outcome>;
  events?(): AsyncIterable<SutEvent>;
  stop(): Promise<void>;
  /** How its process ended, if it did so by itself since the last start. */
  ended?(): { readonly code: number | null; readonly signal: string | null } | undefined;
  /** What it printed: evidence. */
  log?(): string;
}

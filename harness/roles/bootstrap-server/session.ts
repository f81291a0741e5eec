import type { Answer } from '../shared/answer.js';
import type { Address } from '../../link/link.js';
import type { Enabler } from '../../model/party.js';
import type { Path } from '../../model/path.js';
import type { DescribedLink } from '../../wire/core-link-discover.js';
import type { Command, Provisioning } from './provisioning.js';

/**
 * - `running`: commands are under way
 * - `finished`: the client answered Finish with 2.04, or fetched its pack
 * - `failed`: it refused what must be, or did not answer
 * - `unfinished`: there is no Finish among what was to be done, or the bootstrap-server was stopped
 * - `replaced`: the client asked anew
 */
export type SessionState = 'running' | 'finished' | 'failed' | 'unfinished' | 'replaced';

/** A command and what came of it. */
export interface Done {
  readonly command: Command;
  /** Content-Format of a Write. */
  readonly format?: number;
  readonly answer: Answer;
}

/** A client that is, or was, bootstrapped (Core 1.1 §6.1.6). Times are those of the clock, in seconds. */
export interface BootstrapSession {
  readonly endpoint: string;
  readonly address: Address;
  readonly way: 'request' | 'pack';
  /** `pct` of the request. */
  readonly preferredFormat?: number;
  readonly provisioning: Provisioning;
  readonly startedAt: number;
  endedAt?: number;
  state: SessionState;
  /** Version that the client is taken to speak; a Bootstrap-Discover tells. */
  enabler: Enabler;
  /** Formats that the client answered with 4.15. */
  readonly refusedFormats: Set<number>;
  /** Instances of the Security and Server Objects that are there; undefined: not known. */
  instances: readonly Path[] | undefined;
  /** What the last Bootstrap-Discover of everything showed, as long as nothing was deleted since. */
  shown: readonly DescribedLink[];
  readonly done: Done[];
  /** What went wrong, whether or not it ended the session. */
  readonly errors: string[];
}

/** What happened at the bootstrap-server, for whoever listens. */
export interface BootstrapEvent {
  readonly event: 'bootstrapped' | 'log';
  readonly endpoint?: string;
  readonly path?: string;
  readonly text?: string;
}

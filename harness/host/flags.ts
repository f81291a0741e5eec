import type { SecurityOptions } from './security/flags.js';

/** What the commands of `run` and `plan` are told. */
export interface RunFlags extends SecurityOptions {
  /** File for the NSS key log. */
  readonly keyLog?: string;
  readonly sut?: string;
  /** The two of a pair. */
  readonly client?: string;
  readonly server?: string;
  /** A third beside them, in place of ours. */
  readonly bootstrapServer?: string;
  readonly exec?: string;
  readonly endpoint?: string;
  readonly listen?: string;
  readonly advertise?: string;
  readonly select: readonly string[];
  readonly rerun?: string;
  readonly suites?: string;
  readonly enabler: '1.0' | '1.1' | '1.2';
  readonly timing: 'nominal' | 'quick';
  readonly jobs: number;
  readonly shard?: string;
  readonly baseline?: string;
  readonly accept: boolean;
  readonly seed: number;
  readonly timeBudget?: number;
  readonly answers?: string;
  readonly out: string;
  readonly junit: 'extended' | 'strict';
  readonly strict: boolean;
  readonly requireAll: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** What `matrix` is told: what a run is, for every pair. */
export interface MatrixFlags extends Pick<
  RunFlags,
  | 'select'
  | 'suites'
  | 'enabler'
  | 'timing'
  | 'jobs'
  | 'seed'
  | 'timeBudget'
  | 'out'
  | 'junit'
  | 'strict'
  | 'requireAll'
  | 'quiet'
  | 'json'
> {
  /** Names or SUT files, with commas. */
  readonly clients: string;
  readonly servers: string;
  /** Folder of baselines, `CLIENT--SERVER.yaml`. */
  readonly baseline?: string;
}

/** What the commands of `serve` are told. */
export interface ServeFlags extends SecurityOptions {
  /** Of a client: this one, the bootstrap-server, or both. */
  readonly server?: string;
  /** Beside the first. */
  readonly server2?: string;
  readonly bootstrapServer?: string;
  readonly pack?: boolean;
  /** Folder with the files of a smart card. */
  readonly smartCard?: string;
  readonly endpoint: string;
  readonly configuration: string;
  readonly lifetime?: number;
  readonly enabler: '1.0' | '1.1' | '1.2';
  /** The default port of the transport at 127.0.0.1 when left out. */
  readonly listen?: string;
  readonly control?: 'stdio' | 'http';
  readonly mutant?: string;
}

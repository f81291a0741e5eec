import { mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../base/clock.js';
import { seeded, unpredictable } from '../../base/random.js';
import type { ChannelKind } from '../../case/test-case.js';
import { formatPem } from '../../link/dtls/index.js';
import type { JournalHead } from '../../record/journal.js';
import { Redaction } from '../../evidence/redaction.js';
import type { DeviantChannels } from '../../sut/own-channel.js';
import { CommandError } from '../io.js';
import {
  makeCredentials,
  secretsOf,
  type Asked,
  type Credentials,
  type CredentialsKind,
  type Maker,
  type Parties,
  type Suffix,
} from './credentials.js';
import { kindOf, type SecurityChoice } from './options.js';
import { sessionSecurity, type SessionSecurity } from './session.js';

export interface RunSecurityOptions {
  readonly choice: SecurityChoice;
  readonly bench: JournalHead['bench'];
  readonly seed: number;
  /** A foreign party takes part: what protects the channel must not be foretold, and files are for it to read. */
  readonly foreign: boolean;
  /** File for the NSS key log. */
  readonly keyLog?: string;
}

/** The security of a run: what each session has of it. */
export class RunSecurity {
  readonly #options: RunSecurityOptions;
  /** Takes the keys of the run out of what may be shared. */
  readonly redaction = new Redaction();
  readonly #makers = new Map<CredentialsKind, Maker>();
  #keyLog: ((line: string) => void) | undefined;
  #folder: string | undefined;

  /** @throws CommandError where the bench cannot do what was asked for */
  constructor(options: RunSecurityOptions) {
    this.#options = options;
    const problem = problemOf(options);
    if (problem) throw new CommandError(problem);
  }

  /** What carries the cases that ask for no channel of their own. */
  get transport(): SecurityChoice['transport'] {
    return this.#options.choice.transport;
  }

  /** The kind of channel of the run; undefined in the clear. */
  get kind(): CredentialsKind | undefined {
    return kindOf(this.transport);
  }

  /**
   * What a session has; undefined in the clear.
   *
   * @param channel that the case asks for: our own parties alone have it, whatever the run is over
   * @param deviant how the channels of deviations differ
   */
  session(
    endpoint: string,
    clock: Clock,
    channel?: ChannelKind,
    deviant?: DeviantChannels,
  ): SessionSecurity | undefined {
    const { bench, seed, foreign } = this.#options;
    const kind = bench === 'reference' ? ownKind(channel, this.kind) : this.kind;
    if (kind === undefined) return undefined;
    const keyLog = this.#log();
    const parties = (suffix: Suffix, asked?: Asked, of = endpoint): Parties | undefined =>
      this.#isGiven(kind) && (asked?.psk !== undefined || of !== endpoint)
        ? undefined
        : this.#parties(kind, of, suffix, asked);
    return sessionSecurity({
      parties,
      endpoint,
      clock,
      seed,
      ...(foreign && { files: this.#files(this.#parties(kind, endpoint, ''), endpoint) }),
      ...(keyLog && { keyLog }),
      ...(deviant && { deviant }),
    });
  }

  /** Removes the files that were made for foreign parties. */
  close(): void {
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = undefined;
  }

  #isGiven(kind: CredentialsKind): boolean {
    return this.#options.choice.own?.kind === kind;
  }

  #parties(kind: CredentialsKind, endpoint: string, suffix: Suffix, asked?: Asked): Parties {
    const { own } = this.#options.choice;
    const parties = own?.kind === kind ? this.#given(own) : this.#maker(kind).for(endpoint, suffix, asked);
    for (const credentials of [parties.client, parties.server])
      for (const secret of credentials ? secretsOf(credentials) : []) this.redaction.add(secret);
    return parties;
  }

  /** A pre-shared key is one for both sides; of other credentials a foreign party keeps its own. */
  #given(own: Credentials): Parties {
    if (own.kind === 'psk') return { client: own, server: own };
    return this.#options.bench === 'server' || this.#options.bench === 'bootstrap-server'
      ? { client: own }
      : { server: own };
  }

  #maker(kind: CredentialsKind): Maker {
    const { seed, foreign } = this.#options;
    const maker =
      this.#makers.get(kind) ?? makeCredentials(kind, foreign ? unpredictable : seeded(seed).fork('credentials'));
    this.#makers.set(kind, maker);
    return maker;
  }

  #log(): ((line: string) => void) | undefined {
    const { keyLog } = this.#options;
    if (keyLog === undefined || this.#keyLog) return this.#keyLog;
    const descriptor = openSync(keyLog, 'w', 0o600);
    const written = new Set<string>();
    this.#keyLog = (line) => {
      // Both ends of a session of ours tell the same.
      if (!written.has(line)) writeSync(descriptor, `${line}\n`);
      written.add(line);
    };
    return this.#keyLog;
  }

  /** Certificates and keys as files, for programs that take no others: their paths by placeholder. */
  #files({ client, server }: Parties, endpoint: string): Readonly<Record<string, string>> {
    if (client?.kind === 'psk' || server?.kind === 'psk') return {};
    this.#folder ??= mkdtempSync(join(tmpdir(), 'lwm2m-credentials-'));
    const folder = join(this.#folder, `${Buffer.from(endpoint).toString('hex').slice(-60)}-`);
    return { ...filesOf(folder, 'client', client), ...filesOf(folder, 'server', server) };
  }
}

/** The security of a run that was not told of any. */
export const securityIn = (options: {
  readonly security?: RunSecurity;
  readonly bench: JournalHead['bench'];
  readonly seed: number;
}): RunSecurity =>
  options.security ??
  new RunSecurity({ choice: { transport: 'udp' }, bench: options.bench, seed: options.seed, foreign: false });

/** The channel of a session of our own parties. */
const ownKind = (channel: ChannelKind | undefined, kind: CredentialsKind | undefined): CredentialsKind | undefined => {
  if (channel === 'none') return undefined;
  return channel === undefined || channel === 'secure' ? (kind ?? (channel && 'psk')) : channel;
};

function problemOf({ choice, bench }: RunSecurityOptions): CommandError['problem'] | undefined {
  const { transport, own } = choice;
  if (bench === 'pair' && own && own.kind !== 'psk')
    return {
      code: 'security-pair',
      message: 'the relay between two foreign parties ends the channels of both, and these credentials are of one side',
      place: `--transport ${transport}`,
      hint: 'leave the files out: a run makes the credentials of both',
    };
  if (bench === 'reference' && own && own.kind !== 'psk')
    return {
      code: 'security-reference',
      message: 'a reference run makes the certificates of both parties',
      place: `--transport ${transport}`,
      hint: 'leave the files out',
    };
  if (own?.kind === 'psk' && own.pairs.length !== 1)
    return { code: 'security-many', message: 'a run has one pre-shared key', place: '--psk' };
  return undefined;
}

/** `{client-cert-pem}`, `{client-key-der}` …: the files that a party has of itself, and shows to the other. */
function filesOf(
  prefix: string,
  party: 'client' | 'server',
  credentials: Credentials | undefined,
): Readonly<Record<string, string>> {
  if (!credentials || credentials.kind === 'psk') return {};
  const made: Record<string, string> = {};
  const put = (name: string, label: string, der: Uint8Array): void => {
    for (const [form, content] of [
      ['der', der],
      ['pem', formatPem(label, der)],
    ] as const) {
      const path = `${prefix}${name}.${form}`;
      writeFileSync(path, content, { mode: 0o600 });
      made[`${name}-${form}`] = path;
    }
  };
  put(`${party}-key`, 'PRIVATE KEY', credentials.privateKey.exportPkcs8());
  put(`${party}-public`, 'PUBLIC KEY', credentials.privateKey.publicKey.spki);
  if (credentials.kind !== 'x509') return made;
  const [own] = credentials.chain;
  const [trusted] = credentials.trust;
  if (own) put(`${party}-cert`, 'CERTIFICATE', own.der);
  if (trusted?.isAuthority === true) put('ca-cert', 'CERTIFICATE', trusted.der);
  return made;
}

import { fromHex, toHex } from '../base/bytes.js';
import { failed, ok, type Result } from '../base/error.js';
import type { ChannelFact } from './channel-fact.js';
import type { Enabler, Party, Peer } from '../model/party.js';

/** How the bench was set up: all that is needed to judge the record again. */
export interface JournalHead {
  readonly kind: 'head';
  readonly format: 1;
  readonly case: string;
  readonly variant?: string;
  readonly bench: 'client' | 'server' | 'bootstrap-server' | 'pair' | 'reference';
  readonly judged: readonly Party[];
  /** Parties that are our own implementation, and not under test. */
  readonly ours: readonly Party[];
  readonly enabler: Enabler;
  readonly timing: 'nominal' | 'quick' | 'virtual';
  readonly endpoint: string;
  readonly seed: number;
  readonly configuration: string;
  /** Path bound to each role name of the configuration. */
  readonly bind: Readonly<Record<string, string>>;
  readonly allowances: Readonly<Record<string, number>>;
  /** Names of the systems, by party. */
  readonly suts: Readonly<Record<string, string>>;
}

export type CheckOutcome = 'met' | 'missed' | 'tolerated' | 'unreached' | 'unobservable';

/** What a check found, as it stands in the journal and in `results.json`. */
export interface CheckRecord {
  readonly id: string;
  readonly by: Party;
  readonly level: 'must' | 'should' | 'may';
  readonly outcome: CheckOutcome;
  /** Requirement: a fact id of the ledger, or `rfc7252#5.4.1`. */
  readonly req: string;
  /** Graded row that tolerated the value. */
  readonly row?: string;
  readonly expected?: string;
  readonly actual?: string;
  /** Why it is unreached, unobservable or tolerated, or what kept it from counting. */
  readonly why?: string;
  /** Seconds since the case began. */
  readonly at?: number;
}

/** Times are seconds since the case began; those of a prelude (traffic of the session before the case) are negative. */
export type JournalEntry =
  | JournalHead
  | {
      readonly kind: 'datagram';
      readonly t: number;
      readonly from: Peer;
      readonly to: Peer;
      readonly bytes: Uint8Array;
      /** It was sent to an address that the client no longer has. */
      readonly astray?: true;
    }
  /** A datagram as it was under way, where a channel protects it; the datagram that it carries is an entry of its own. */
  | {
      readonly kind: 'record';
      readonly t: number;
      readonly from: Peer;
      readonly to: Peer;
      readonly bytes: Uint8Array;
    }
  /** What the channel of a party of ours tells of itself: a handshake, an alert. */
  | {
      readonly kind: 'security';
      readonly t: number;
      readonly peer: Peer;
      readonly text: string;
      readonly fact: ChannelFact;
    }
  | {
      readonly kind: 'stimulus';
      readonly t: number;
      readonly n: number;
      readonly peer: Peer;
      readonly stimulus: unknown;
    }
  | { readonly kind: 'outcome'; readonly t: number; readonly n: number; readonly outcome: unknown }
  | ({ readonly kind: 'check'; readonly t: number } & CheckRecord)
  /** Where the client finds an opposite party. */
  | { readonly kind: 'uri'; readonly t: number; readonly peer: Peer; readonly uri: string }
  /** A phase of the run: the procedure began, ended, undoing began … */
  | { readonly kind: 'phase'; readonly t: number; readonly phase: 'prelude' | 'procedure' | 'undo' | 'end' }
  /** The procedure was ended by something that no check tells. */
  | {
      readonly kind: 'interrupted';
      readonly t: number;
      readonly verdict: 'not-applicable' | 'not-run' | 'inconclusive' | 'error';
      readonly reason: string;
    }
  /** Nothing more can come from a party: its process ended by itself. */
  | { readonly kind: 'over'; readonly t: number; readonly reason: string }
  /** The event loop was late by so many seconds. */
  | { readonly kind: 'lag'; readonly t: number; readonly seconds: number }
  | { readonly kind: 'note'; readonly t: number; readonly text: string };

/** The append-only record of a case. Evidence and verdicts are views of it. */
export class Journal {
  readonly entries: JournalEntry[] = [];

  /** @param sink told of every entry as it comes, so that a run that is killed leaves its record */
  constructor(private readonly sink?: (entry: JournalEntry) => void) {}

  add(entry: JournalEntry): void {
    this.entries.push(entry);
    this.sink?.(entry);
  }

  /** JSON lines, one entry each. */
  format(): string {
    return this.entries.map((entry) => `${formatEntry(entry)}\n`).join('');
  }
}

/** One line of a journal; bytes are hexadecimal. */
export function formatEntry(entry: JournalEntry): string {
  return JSON.stringify('bytes' in entry ? { ...entry, bytes: toHex(entry.bytes) } : entry);
}

/** Reads JSON lines back. A failure names the line. A last line cut short (a run that was killed) is left out. */
export function parseJournal(text: string): Result<readonly JournalEntry[]> {
  const lines = text.split('\n');
  const complete = lines.at(-1) === '';
  const entries: JournalEntry[] = [];
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    const entry = parseEntry(line);
    if (entry) entries.push(entry);
    else if (i < lines.length - 1 || complete)
      return failed({
        code: 'journal-line',
        message: 'not a journal entry',
        place: `line ${i + 1}`,
        hint: 'a journal is JSON lines written by a run',
      });
  }
  if (entries[0]?.kind !== 'head')
    return failed({
      code: 'journal-head',
      message: 'the first line is no journal head',
      place: 'line 1',
      hint: 'is this a journal of lwm2m-conformance?',
    });
  return ok(entries);
}

const KINDS: ReadonlySet<unknown> = new Set<JournalEntry['kind']>([
  'head',
  'datagram',
  'record',
  'security',
  'stimulus',
  'outcome',
  'check',
  'uri',
  'phase',
  'interrupted',
  'over',
  'lag',
  'note',
]);

function parseEntry(line: string): JournalEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('kind' in value) || !KINDS.has(value.kind)) return undefined;
  if (value.kind === 'head')
    return 'format' in value && value.format === 1 && 'case' in value ? (value as JournalHead) : undefined;
  if (!('t' in value) || typeof value.t !== 'number') return undefined;
  if (value.kind !== 'datagram' && value.kind !== 'record') return value as JournalEntry;
  const bytes = 'bytes' in value && typeof value.bytes === 'string' ? fromHex(value.bytes) : undefined;
  return bytes && ({ ...value, bytes } as JournalEntry);
}

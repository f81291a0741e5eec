import { toHex } from '../base/bytes.js';
import type { Model } from '../model/definition.js';
import type { Enabler, Party } from '../model/party.js';
import type { CheckRecord, JournalEntry } from '../record/journal.js';
import { WireView, type Datagram } from '../record/wire-view.js';
import { VirtualClock } from '../base/clock.js';
import { messageChecks } from './standing-messages.js';
import { requestChecks } from './standing-requests.js';
import { Traffic } from './standing-traffic.js';
import { worseOf, type Verdict } from './verdict.js';

/** What every datagram of a party must be, whatever the case: judged once for a run, and colouring no case. */
export interface StandingCheck {
  readonly id: `wire.${string}`;
  readonly level: 'must' | 'should';
  /** Fact id of the ledger, or a section of an RFC. */
  readonly req: string;
  /** Completes the sentence "The client …". */
  readonly says: string;
  /** It takes all that was said since the parties met. */
  readonly needsAll?: true;
  /** Whether it is about such a datagram. */
  concerns(datagram: Datagram): boolean;
  /** What is wrong with a datagram of the party, as a phrase. */
  fault(datagram: Datagram, traffic: Traffic): string | undefined;
}

/** All standing checks: of messages, then of what they say in LwM2M. */
export const standingChecks: readonly StandingCheck[] = [...messageChecks, ...requestChecks];

/** The first datagram of a party that offends a check. */
export interface Offence {
  readonly t: number;
  readonly bytes: Uint8Array;
  /** What is wrong with it, as a phrase. */
  readonly why: string;
}

/** What a check found on one bench. */
export interface StandingFinding {
  readonly check: StandingCheck;
  readonly party: Party;
  /** Where: `registration.initial`, or with a variant in brackets. */
  readonly where: string;
  /** Undefined where every datagram that it is about is in order. */
  readonly offence: Offence | undefined;
}

/** What a bench was about. */
export interface Bystander {
  /** Name of the case, with its variant. */
  readonly where: string;
  readonly enabler: Enabler;
  /** The party that misbehaves on purpose (`our` of the case), and is spared. */
  readonly spared?: Party;
}

const PARTIES: readonly Party[] = ['client', 'server', 'bootstrap-server'];

/** What the standing checks find in the traffic of one bench: a finding for each check and party that it is about. */
export function lookOver(view: WireView, { where, enabler, spared }: Bystander): readonly StandingFinding[] {
  return PARTIES.filter((party) => party !== spared).flatMap((party) => {
    const traffic = new Traffic(view, party, enabler);
    return standingChecks.flatMap((check) => {
      if (check.needsAll && traffic.isContinued) return [];
      const concerned = traffic.sent.filter((datagram) => check.concerns(datagram));
      if (concerned.length === 0) return [];
      return [{ check, party, where, offence: firstOffence(check, concerned, traffic) }];
    });
  });
}

function firstOffence(check: StandingCheck, concerned: readonly Datagram[], traffic: Traffic): Offence | undefined {
  for (const datagram of concerned) {
    const why = check.fault(datagram, traffic);
    if (why !== undefined) return { t: datagram.t, bytes: datagram.bytes, why };
  }
  return undefined;
}

/** The result of a standing check over a run, in the shape of a case's. */
export interface StandingResult {
  /** `wire.token` */
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly parties: Readonly<Partial<Record<Party, Verdict>>>;
  readonly reason?: string;
  readonly remarks: readonly string[];
  /** One for each party, with its name for an id. */
  readonly checks: readonly (CheckRecord & { readonly says: string })[];
}

/**
 * Judges a run by what its benches were looked over for: each check once for each party, by the first datagram that
 * offends. A check that nothing was sent for has no result. An offence of our own side is an *error*.
 *
 * @param findings of all benches, in the order of the run
 */
export function judgeStanding(
  findings: readonly StandingFinding[],
  judged: readonly Party[],
): readonly StandingResult[] {
  return standingChecks.flatMap((check) => {
    const own = findings.filter((finding) => finding.check === check);
    if (own.length === 0) return [];
    const records = PARTIES.flatMap((party) => {
      const ofParty = own.filter((finding) => finding.party === party);
      return ofParty.length > 0 ? [recordOf(check, party, ofParty)] : [];
    });
    return [
      { id: check.id, title: `Every party ${check.says}`, ...verdictOf(check, records, judged), checks: records },
    ];
  });
}

function verdictOf(
  { level }: StandingCheck,
  records: StandingResult['checks'],
  judged: readonly Party[],
): Pick<StandingResult, 'verdict' | 'parties' | 'reason' | 'remarks'> {
  const missed: Verdict = level === 'must' ? 'fail' : 'warn';
  const own = records.filter(({ by }) => judged.includes(by));
  const verdicts = own.map(({ by, outcome }) => [by, outcome === 'missed' ? missed : 'pass'] as const);
  const ours = records.find((record) => !own.includes(record) && record.outcome === 'missed');
  const first = own.find(({ outcome }) => outcome === 'missed') ?? ours;
  const worst = verdicts.map(([, verdict]) => verdict).reduce(worseOf, 'pass');
  return {
    // Our own error never covers the fail of the system under test.
    verdict: ours && worst !== 'fail' ? 'error' : worst,
    parties: Object.fromEntries(verdicts),
    ...(first && { reason: `${first === ours ? 'our own ' : ''}${first.by}: ${first.actual ?? ''}` }),
    remarks: own.flatMap(({ by, outcome, actual }) =>
      outcome === 'missed' && level === 'should' ? [`${by}: ${actual ?? ''}`] : [],
    ),
  };
}

function recordOf(
  check: StandingCheck,
  party: Party,
  findings: readonly StandingFinding[],
): StandingResult['checks'][number] {
  const { level, req, says } = check;
  const base = { id: party, by: party, level, req, says, expected: says };
  const first = findings.find(({ offence }) => offence !== undefined);
  if (!first?.offence) return { ...base, outcome: 'met', actual: `so in ${findings.length} cases` };
  const { t, bytes, why } = first.offence;
  const actual = `${why}: ${toHex(bytes)} at ${t.toFixed(2)} s of ${first.where}`;
  return { ...base, outcome: 'missed', actual, at: t };
}

/** The wire view of a record: what there was to see of it. */
export function viewOf(entries: readonly JournalEntry[], model: Model): WireView {
  const view = new WireView(new VirtualClock(), model);
  for (const entry of entries) if (entry.kind === 'datagram') view.replay(entry);
  return view;
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromHex } from '../base/bytes.js';
import {
  effectiveAttributes,
  wantsConfirmation,
  type AttachedAttributes,
  type DefaultPeriods,
  type NotificationAttributes,
} from './attributes.js';
import { isDue, nextDue, observed, onChange, reported, termsOf, withTerms, type ObservationState } from './evaluate.js';
import { ENABLERS, type Enabler } from './party.js';
import { formatPath, isWithin, pathOf, type Path } from './path.js';
import type { Entry, Value } from './value.js';

interface Node {
  readonly path: string;
  readonly type: string;
  readonly value: string | boolean;
  readonly bits?: string;
}
interface Report {
  readonly earliest: string;
  readonly latest: string;
  readonly server?: number;
  readonly nodes: readonly Node[];
  readonly confirmable?: boolean;
}
interface Write {
  readonly path: string;
  readonly query: string;
  readonly at?: string;
  readonly server?: number;
}
interface Observe {
  readonly paths: readonly string[];
  readonly server?: number;
  readonly at?: string;
  readonly query?: string;
}
interface Event {
  readonly at: string;
  readonly set?: readonly Node[];
  readonly remove?: readonly string[];
  readonly happens?: 'cancel' | 'offline' | 'online';
  readonly server?: number;
}
interface Script {
  readonly attributes: readonly Write[];
  readonly defaults?: { readonly pmin?: string; readonly pmax?: string };
  readonly observe?: readonly Observe[];
  readonly initial: readonly Node[];
  readonly events: readonly Event[];
  readonly end: string;
}
interface Context {
  readonly path: string;
  readonly enabler?: readonly string[];
}
interface Timeline {
  readonly notifications: readonly Report[];
}
interface Vector {
  readonly tcId: number;
  readonly name: string;
  readonly comment: string;
  readonly context?: Partial<Context>;
  readonly script: Script;
  readonly decoded?: Timeline;
  readonly outcomes?: readonly { readonly decoded: Timeline }[];
}
interface VectorFile {
  readonly groups: readonly {
    readonly id: string;
    readonly context: Context;
    readonly tests: readonly Vector[];
  }[];
}

const file: VectorFile = JSON.parse(readFileSync(new URL('../../vectors/notification.json', import.meta.url), 'utf8'));

// ---- values

function valueOf({ type, value, bits }: Node): Value {
  switch (type) {
    case 'integer':
    case 'unsigned':
    case 'time':
      return { type, value: BigInt(String(value)) };
    case 'float':
      return { type, value: new DataView((fromHex(bits ?? '') ?? new Uint8Array(8)).buffer).getFloat64(0) };
    case 'boolean':
      return { type, value: value === true };
    case 'string':
      return { type, value: String(value) };
    default:
      throw new Error(`no value of type ${type} in a script`);
  }
}

const entryOf = (node: Node): Entry => ({ path: pathOf(node.path), value: valueOf(node) });

function shownValue(value: Value | undefined): string {
  if (value?.type === 'float') return Object.is(value.value, -0) ? '-0' : String(value.value);
  if (value === undefined || value.type === 'objlnk' || value.type === 'opaque') return 'nothing';
  return String(value.value);
}

const content = (entries: readonly Entry[]): string =>
  entries
    .map((entry) => `${formatPath(entry.path)}=${shownValue(entry.value)}`)
    .sort()
    .join(' ');

// ---- attributes

function parseQuery(query: string): Record<string, number | undefined> {
  const pairs = query.split('&').map((option) => option.split('='));
  return Object.fromEntries(
    pairs.map(([name = '', ...values]) => [name, values.length > 0 ? Number(values[0]) : undefined]),
  );
}

function apply(attributes: NotificationAttributes, query: string): NotificationAttributes {
  const all: [string, number | undefined][] = Object.entries({ ...attributes, ...parseQuery(query) });
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

const defaultsOf = ({ pmin, pmax }: NonNullable<Script['defaults']>): DefaultPeriods => ({
  ...(pmin === undefined ? {} : { pmin: Number(pmin) }),
  ...(pmax === undefined ? {} : { pmax: Number(pmax) }),
});

// ---- a client as far as it observes

interface Sent {
  readonly at: number;
  readonly server: number;
  readonly entries: readonly Entry[];
  readonly confirmable: boolean;
}

/** Something of the script that happens at a moment; at one moment values change first, then attributes, then observations begin. */
interface Step {
  readonly at: number;
  readonly order: number;
  run(now: number): void;
}

class Run {
  readonly #sent: Sent[] = [];
  readonly #attached = new Map<string, NotificationAttributes>();
  readonly #enabler: Enabler;
  readonly #script: Script;
  #values: readonly Entry[];
  #observations: { readonly spec: Observe; state: ObservationState }[] = [];

  constructor(script: Script, { path, enabler }: Context) {
    this.#script = script;
    this.#enabler = ENABLERS.find((one) => one === enabler?.at(-1)) ?? '1.2';
    this.#values = script.initial.map(entryOf);
    for (const write of script.attributes) if (write.at === undefined) this.#write(write);
    const steps: Step[] = [
      ...script.events.map((event) => ({ at: Number(event.at), order: 0, run: () => this.#happen(event) })),
      ...script.attributes.flatMap((write) =>
        write.at === undefined ? [] : [{ at: Number(write.at), order: 1, run: () => this.#rewrite(write) }],
      ),
      ...(script.observe ?? [{ paths: [path] }]).map((spec: Observe) => ({
        at: Number(spec.at ?? 0),
        order: 2,
        run: (now: number) => this.#begin(spec, now),
      })),
    ];
    this.#drive(steps.sort((a, b) => a.at - b.at || a.order - b.order));
  }

  get sent(): readonly Sent[] {
    return this.#sent;
  }

  #drive(steps: Step[]): void {
    const end = Number(this.#script.end);
    for (let now = 0; ;) {
      const due = Math.min(...this.#observations.map(({ state }) => nextDue(state, now) ?? Infinity));
      now = Math.min(steps[0]?.at ?? Infinity, due);
      if (now > end) return;
      const beginning = steps.filter(({ at, order }) => at === now && order === 2);
      while (steps[0]?.at === now && steps[0].order < 2) steps.shift()?.run(now);
      for (const observation of this.#observations) this.#evaluate(observation, now);
      for (const step of beginning) {
        steps.splice(steps.indexOf(step), 1);
        step.run(now);
      }
    }
  }

  #evaluate(observation: { readonly spec: Observe; state: ObservationState }, now: number): void {
    const { spec } = observation;
    const entries = this.#read(spec);
    observation.state = onChange(observation.state, entries, now);
    if (!isDue(observation.state, now)) return;
    const server = spec.server ?? 1;
    const confirmable = wantsConfirmation(
      entries.map((entry) => entry.path),
      this.#attachedBy(server),
      spec.query === undefined ? undefined : apply({}, spec.query),
    );
    this.#sent.push({ at: now, server, entries, confirmable });
    observation.state = reported(observation.state, entries, now);
  }

  #begin(spec: Observe, now: number): void {
    this.#observations.push({ spec, state: observed(this.#terms(spec), this.#read(spec), now) });
  }

  #happen({ set = [], remove = [], happens, server }: Event): void {
    for (const node of set) {
      const entry = entryOf(node);
      const path = formatPath(entry.path);
      const known = this.#values.some((other) => formatPath(other.path) === path);
      this.#values = known
        ? this.#values.map((other) => (formatPath(other.path) === path ? entry : other))
        : [...this.#values, entry];
    }
    for (const gone of remove) this.#values = this.#values.filter(({ path }) => !isWithin(path, pathOf(gone)));
    if (happens === 'cancel')
      this.#observations = this.#observations.filter(
        ({ spec }) => server !== undefined && server !== (spec.server ?? 1),
      );
  }

  #write({ path, query, server = 1 }: Write): void {
    const key = `${server} ${path}`;
    this.#attached.set(key, apply(this.#attached.get(key) ?? {}, query));
  }

  #rewrite(write: Write): void {
    this.#write(write);
    for (const observation of this.#observations)
      observation.state = withTerms(observation.state, this.#terms(observation.spec));
  }

  #attachedBy(server: number): AttachedAttributes {
    return (path: Path) => this.#attached.get(`${server} ${formatPath(path)}`);
  }

  #terms({ paths, server = 1, query }: Observe): ReturnType<typeof termsOf> {
    const own = query === undefined ? undefined : apply({}, query);
    const defaults = defaultsOf(this.#script.defaults ?? {});
    return termsOf(
      paths.map((text) => {
        const path = pathOf(text);
        return { path, attributes: effectiveAttributes(path, this.#attachedBy(server), defaults, own) };
      }),
      this.#enabler,
    );
  }

  #read({ paths }: Observe): readonly Entry[] {
    return this.#values.filter((entry) => paths.some((path) => isWithin(entry.path, pathOf(path))));
  }
}

// ---- verdicts

const inOrder = (sent: readonly Sent[]): Sent[] => [...sent].sort((a, b) => a.at - b.at || a.server - b.server);

function follows({ notifications }: Timeline, sent: readonly Sent[]): boolean {
  return (
    notifications.length === sent.length &&
    notifications.every(({ earliest, latest, server = 1, nodes, confirmable }, i) => {
      const one = sent[i];
      return (
        one !== undefined &&
        one.at >= Number(earliest) &&
        one.at <= Number(latest) &&
        one.server === server &&
        content(one.entries) === content(nodes.map(entryOf)) &&
        (confirmable !== true || one.confirmable)
      );
    })
  );
}

const shown = ({ notifications }: Timeline): string =>
  notifications
    .map(({ earliest, server = 1, nodes }) => `${earliest} s to ${server}: ${content(nodes.map(entryOf))}`)
    .join('\n');

/** What a client keeps while it cannot reach its server is not decided by the conditions. */
const isAway = ({ script }: Vector): boolean => script.events.some(({ happens }) => happens === 'offline');

describe('vectors/notification.json', () => {
  for (const group of file.groups)
    for (const vector of group.tests) {
      if (isAway(vector)) continue;
      const { tcId, name, comment, script, decoded, outcomes = [] } = vector;
      it(`follows ${tcId} ${name}: ${comment}`, () => {
        const sent = inOrder(new Run(script, { ...group.context, ...vector.context }).sent);
        const permitted = decoded ? [decoded] : outcomes.map((outcome) => outcome.decoded);
        const told = sent.map(({ at, server, entries }) => `${at} s to ${server}: ${content(entries)}`).join('\n');
        expect(
          permitted.some((timeline) => follows(timeline, sent)),
          `notified\n${told || 'never'}\ninstead of\n${permitted.map(shown).join('\nor\n') || 'never'}`,
        ).toBe(true);
      });
    }

  it('is complete but for clients that are away', () => {
    const all = file.groups.flatMap(({ tests }) => tests);
    expect(all.filter(isAway).map(({ name }) => name)).toEqual([
      'storing',
      'storing-default',
      'not-storing',
      'hqmax-2',
      'hqmax-1',
      'queue-mode',
    ]);
  });
});

import { ProblemError, unwrap } from '../../../base/error.js';
import {
  effectiveAttributes,
  wantsConfirmation,
  type AttachedAttributes,
  type NotificationAttributes,
} from '../../../model/attributes.js';
import {
  isDue,
  nextDue,
  observed,
  onChange,
  reported,
  termsOf,
  withTerms,
  type ObservationState,
} from '../../../model/evaluate.js';
import { ENABLERS, type Enabler } from '../../../model/party.js';
import { formatPath, isWithin, type Path } from '../../../model/path.js';
import type { Entry } from '../../../model/value.js';
import { applyAttributes, parseAttributes, type AttributeChange } from '../../../wire/index.js';
import type { Answer, VectorContext, VectorNotification, VectorScript } from '../contract.js';
import { entriesOf, nodeOf } from './data.js';
import { contextPath, refused } from './subject.js';

/** What a threshold may be is for the query to judge; here it is in force. */
const SIGNED = { lenient: new Set(['attributes-signed']) };

const parseQuery = (query: string): readonly AttributeChange[] => unwrap(parseAttributes(query.split('&'), SIGNED));

/** When our evaluation of notifications would notify, on the clock of the script. */
export function evaluateScript(script: VectorScript, context: VectorContext): Answer {
  if (script.events.some(({ happens }) => happens === 'offline'))
    return { skip: 'what is kept for a server that is away is not decided by the evaluation' };
  try {
    return { decoded: { kind: 'timeline', notifications: new Player(script, context).play() } };
  } catch (thrown) {
    if (thrown instanceof ProblemError) return refused(thrown.problem);
    throw thrown;
  }
}

type Observe = NonNullable<VectorScript['observe']>[number];
type Write = VectorScript['attributes'][number];
type ScriptEvent = VectorScript['events'][number];

/** Of what happens at one moment, values change first, then attributes, then observations are evaluated, then others begin. */
type Stage = 'value' | 'attributes' | 'observe';

interface Step {
  readonly at: number;
  readonly stage: Stage;
  run(now: number): void;
}

interface Observation {
  readonly spec: Observe;
  state: ObservationState;
}

/** A client as far as it observes. */
class Player {
  readonly #script: VectorScript;
  readonly #enabler: Enabler;
  readonly #steps: readonly Step[];
  /** Attributes by server and path: each server has its own. */
  readonly #attached = new Map<string, NotificationAttributes>();
  readonly #sent: VectorNotification[] = [];
  #values: readonly Entry[];
  #observations: readonly Observation[] = [];

  constructor(script: VectorScript, { path = '/', enabler }: VectorContext) {
    this.#script = script;
    this.#enabler = ENABLERS.find((one) => one === enabler?.at(-1)) ?? '1.2';
    this.#values = entriesOf({ kind: 'nodes', nodes: script.initial }) ?? [];
    for (const write of script.attributes) if (write.at === undefined) this.#attach(write);
    this.#steps = [
      ...script.events.map((event): Step => ({ at: Number(event.at), stage: 'value', run: () => this.#happen(event) })),
      ...script.attributes.flatMap((write): readonly Step[] =>
        write.at === undefined ? [] : [{ at: Number(write.at), stage: 'attributes', run: () => this.#rewrite(write) }],
      ),
      ...(script.observe ?? [{ paths: [path] }]).map((spec: Observe): Step => ({
        at: Number(spec.at ?? 0),
        stage: 'observe',
        run: (now) => this.#begin(spec, now),
      })),
    ];
  }

  play(): readonly VectorNotification[] {
    const end = Number(this.#script.end);
    for (let now = this.#next(-1); now <= end; now = this.#next(now)) {
      this.#run('value', now);
      this.#run('attributes', now);
      for (const observation of this.#observations) this.#evaluate(observation, now);
      this.#run('observe', now);
    }
    return this.#sent;
  }

  /** The next moment at which something happens or is due. */
  #next(now: number): number {
    const steps = this.#steps.map(({ at }) => at).filter((at) => at > now);
    const due = this.#observations.map(({ state }) => nextDue(state, now) ?? Infinity);
    return Math.min(Infinity, ...steps, ...due);
  }

  #run(stage: Stage, now: number): void {
    for (const step of this.#steps) if (step.at === now && step.stage === stage) step.run(now);
  }

  #evaluate(observation: Observation, now: number): void {
    const { spec } = observation;
    const entries = this.#read(spec);
    observation.state = onChange(observation.state, entries, now);
    if (!isDue(observation.state, now)) return;
    const paths = entries.map(({ path }) => path);
    const { server = 1 } = spec;
    this.#sent.push({
      at: String(now),
      server,
      nodes: entries.map((entry) => nodeOf(entry)),
      confirmable: wantsConfirmation(paths, this.#attachedBy(server), ownAttributes(spec)),
    });
    observation.state = reported(observation.state, entries, now);
  }

  #begin(spec: Observe, now: number): void {
    const state = observed(this.#terms(spec), this.#read(spec), now);
    this.#observations = [...this.#observations, { spec, state }];
  }

  #happen({ set = [], remove = [], happens, server }: ScriptEvent): void {
    const changes = new Map(
      (entriesOf({ kind: 'nodes', nodes: set }) ?? []).map((entry) => [formatPath(entry.path), entry]),
    );
    const kept = this.#values.map((entry) => {
      const change = changes.get(formatPath(entry.path));
      changes.delete(formatPath(entry.path));
      return change ?? entry;
    });
    const gone = remove.map(contextPath);
    this.#values = [...kept, ...changes.values()].filter(({ path }) => !gone.some((one) => isWithin(path, one)));
    if (happens === 'cancel')
      this.#observations = this.#observations.filter(
        ({ spec }) => server !== undefined && server !== (spec.server ?? 1),
      );
  }

  #attach({ path, query, server = 1 }: Write): void {
    const key = `${server} ${path}`;
    this.#attached.set(key, applyAttributes(this.#attached.get(key) ?? {}, parseQuery(query)));
  }

  #rewrite(write: Write): void {
    this.#attach(write);
    for (const observation of this.#observations)
      observation.state = withTerms(observation.state, this.#terms(observation.spec));
  }

  #attachedBy(server: number): AttachedAttributes {
    return (path: Path) => this.#attached.get(`${server} ${formatPath(path)}`);
  }

  #terms(spec: Observe): ReturnType<typeof termsOf> {
    const { pmin, pmax } = this.#script.defaults ?? {};
    const defaults = {
      ...(pmin === undefined ? {} : { pmin: Number(pmin) }),
      ...(pmax === undefined ? {} : { pmax: Number(pmax) }),
    };
    const attached = this.#attachedBy(spec.server ?? 1);
    const paths = spec.paths.map(contextPath);
    return termsOf(
      paths.map((path) => ({ path, attributes: effectiveAttributes(path, attached, defaults, ownAttributes(spec)) })),
      this.#enabler,
    );
  }

  #read({ paths }: Observe): readonly Entry[] {
    return this.#values.filter(({ path }) => paths.some((observedPath) => isWithin(path, contextPath(observedPath))));
  }
}

/** Attributes that came with the Observe (1.2). */
const ownAttributes = ({ query }: Observe): NotificationAttributes | undefined =>
  query === undefined ? undefined : applyAttributes({}, parseQuery(query));

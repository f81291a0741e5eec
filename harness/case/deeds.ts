import type { Model } from '../model/definition.js';
import { pathOf } from '../model/path.js';
import type { Peer } from '../model/party.js';
import type { Plain, PlainContent } from '../model/plain.js';
import type { Exchange } from '../record/exchange.js';
import type { ServerStimulus } from '../sut/contract.js';

/** One thing that was done to a client, and the order that takes it back; without one it cannot be taken back. */
export interface Deed {
  readonly says: string;
  /** Who did it. */
  readonly peer: Peer;
  readonly back: ServerStimulus | undefined;
  /** The Observe, of an observation: whoever sent it by hand ends it by hand. */
  readonly observe?: Exchange;
}

/** What is known of a device and of how to speak of it. */
export interface Known {
  readonly endpoint: string;
  readonly model: Model;
  /** Values that the device had before anything was written, by absolute path: read in this session. */
  readonly read: Map<string, Plain>;
  /** Values of the configuration, where none was read. */
  readonly initial: PlainContent;
}

/**
 * What exchanges did to a client, in order: a function of the wire, whether a server was asked for a request or a procedure
 * sent it by hand. What was read on the way, before it was written, is learnt.
 */
export function deedsOf(exchanges: readonly Exchange[], known: Known): readonly Deed[] {
  let deeds: Deed[] = [];
  const written = new Set<string>();
  for (const exchange of exchanges) {
    const { kind, from, request, response } = exchange;
    const { path } = request;
    if (!response.code.startsWith('2.')) continue;
    const { endpoint } = known;
    const add = (says: string, back?: ServerStimulus): void => void deeds.push({ says, peer: from, back });
    switch (kind) {
      case 'read':
        learn(exchange, written, known);
        break;
      case 'observe':
        learn(exchange, written, known);
        if (response.observe !== undefined)
          deeds.push({
            says: `observation of ${path}`,
            peer: from,
            back: { do: 'cancel', endpoint, path, how: 'active' },
            observe: exchange,
          });
        break;
      case 'cancel':
        deeds = deeds.filter(({ observe }) => observe?.from !== from || observe.request.path !== path);
        break;
      case 'register':
        // Observations end with the registration that they belong to.
        deeds = deeds.filter(({ observe }) => observe?.from !== exchange.to);
        break;
      case 'write':
      case 'write-composite':
        for (const resource of resourcesOf(exchange, known)) {
          if (written.has(resource)) continue;
          written.add(resource);
          add(`write ${resource}`, restoring(resource, known));
        }
        break;
      case 'write-attributes': {
        const attributes = Object.fromEntries([...request.query.keys()].map((name) => [name, null]));
        add(`attributes of ${path}`, { do: 'write-attributes', endpoint, path, attributes });
        break;
      }
      case 'create': {
        const created = response.location ?? Object.keys(request.content.values)[0]?.split('/').slice(0, 3).join('/');
        add(`creation in ${path}`, created === undefined ? undefined : { do: 'delete', endpoint, path: created });
        break;
      }
      case 'execute':
        // An update trigger leaves nothing behind.
        if (!/^\/1\/\d+\/8$/.test(path)) add(`execute ${path}`);
        break;
      case 'delete': {
        const made = deeds.findLast(({ back }) => back?.do === 'delete' && back.path === path);
        if (made) deeds = deeds.filter((deed) => deed !== made);
        else add(`delete ${path}`);
        break;
      }
      default:
        break;
    }
  }
  return deeds;
}

function learn({ response }: Exchange, written: ReadonlySet<string>, { read }: Known): void {
  for (const [path, value] of Object.entries(response.content.values))
    if (!written.has(resourceOf(path))) read.set(path, value);
}

const resourceOf = (path: string): string => path.split('/').slice(0, 4).join('/');

/** The resources that a write reaches: those it names, and of a whole instance those that it leaves out. */
function resourcesOf({ request }: Exchange, known: Known): readonly string[] {
  const named = Object.keys(request.content.values).map(resourceOf);
  const depth = pathOf(request.path).length;
  const replaced = request.method === 'PUT' && depth === 2 ? writableBelow(request.path, known) : [];
  const all = [...new Set([...named, ...replaced])];
  return all.length === 0 ? [resourceOf(request.path)] : all;
}

const writableBelow = (instance: string, known: Known): readonly string[] =>
  [...new Set([...valuesBefore(instance, known).keys()].map(resourceOf))].filter((path) => {
    const [object = -1, , resource = -1] = pathOf(path);
    return known.model.resource(object, resource)?.operations.includes('W') === true;
  });

/** Values at and below a path before the case, as they were read, else as they were configured. */
function valuesBefore(path: string, { read, initial }: Known): ReadonlyMap<string, Plain> {
  const isHere = ([key]: readonly [string, Plain]): boolean => key === path || key.startsWith(`${path}/`);
  const seen = [...read].filter(isHere);
  return new Map(seen.length > 0 ? seen : Object.entries(initial).filter(isHere));
}

function restoring(path: string, known: Known): ServerStimulus | undefined {
  const before = valuesBefore(path, known);
  const order = { do: 'write', endpoint: known.endpoint, path, mode: 'replace' } as const;
  const value = before.get(path);
  if (value !== undefined) return { ...order, value };
  const instances = [...before].map(([key, one]) => [key.slice(path.length + 1), one] as const);
  return instances.length === 0 ? undefined : { ...order, value: Object.fromEntries(instances) };
}

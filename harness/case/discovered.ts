import { formatProblem } from '../base/error.js';
import { formatPath } from '../model/path.js';
import type { Exchange } from '../record/exchange.js';
import { alternatePath, parseDiscover, type DescribedLink } from '../wire/core-link.js';
import type { Registration } from './context.js';

/** What the answer to a Discover lists. */
export interface Discovered {
  /** What is wrong with it, as a sentence; undefined when it was read. */
  readonly problem: string | undefined;
  /** As they are listed, below the alternate path. */
  readonly paths: readonly string[];
  /** `dim`, `ver` and notification attributes by path: `{ '/3/0/7': { dim: 2, pmin: 10 } }`. */
  readonly links: Readonly<Record<string, Readonly<Record<string, number | string>>>>;
}

/** Reads the answer to a Discover of a registered client (Core 1.1 §6.3.2). */
export function discovered({ response }: Exchange, registration: Registration): Discovered {
  const read = parseDiscover(response.payload, alternatePath(registration.exchange.request.payload));
  if (!read.ok) return { problem: formatProblem(read.problem), paths: [], links: {} };
  const { links } = read.value;
  return {
    problem: undefined,
    paths: links.map(({ path }) => formatPath(path)),
    links: Object.fromEntries(links.map((link) => [formatPath(link.path), propertiesOf(link)])),
  };
}

const propertiesOf = ({ dimension, version, attributes }: DescribedLink): Record<string, number | string> => ({
  ...(dimension !== undefined && { dim: dimension }),
  ...(version !== undefined && { ver: version }),
  ...attributes,
});

/** What the answer to a Bootstrap-Discover lists. */
export interface BootstrapDiscovered {
  /** What is wrong with it, as a sentence; undefined when it was read. */
  readonly problem: string | undefined;
  /** How it shows the version first: `</>;lwm2m=1.1`, `lwm2m="1.1"` by itself, or not. */
  readonly form: 'root-link' | 'bare' | 'missing';
  readonly enabler: string | undefined;
  /** Objects and Object Instances, as they are listed. */
  readonly paths: readonly string[];
  /** Short Server ID by path, for those that have one. */
  readonly servers: Readonly<Record<string, number>>;
  /** URI by path, for those that have one. */
  readonly uris: Readonly<Record<string, string>>;
}

/** Reads the answer to a Bootstrap-Discover (Core 1.1 §6.1.7.3), also in the form of 1.0. */
export function bootstrapDiscovered({ response }: Exchange): BootstrapDiscovered {
  const read = parseDiscover(response.payload);
  if (!read.ok)
    return {
      problem: formatProblem(read.problem),
      form: 'missing',
      enabler: undefined,
      paths: [],
      servers: {},
      uris: {},
    };
  const links = read.value.links.filter(({ path }) => path.length > 0);
  const by = <T>(property: (link: DescribedLink) => T | undefined): Record<string, T> =>
    Object.fromEntries(
      links.flatMap((link) => {
        const value = property(link);
        return value === undefined ? [] : [[formatPath(link.path), value] as const];
      }),
    );
  const [first] = read.value.links;
  return {
    problem: undefined,
    form: formOf(response.payload, first),
    enabler: first?.enabler,
    paths: links.map(({ path }) => formatPath(path)),
    servers: by(({ serverId }) => serverId),
    uris: by(({ uri }) => uri),
  };
}

function formOf(payload: Uint8Array, first: DescribedLink | undefined): BootstrapDiscovered['form'] {
  if (first?.enabler === undefined) return 'missing';
  return new TextDecoder().decode(payload).startsWith('<') ? 'root-link' : 'bare';
}

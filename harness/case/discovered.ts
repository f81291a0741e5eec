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

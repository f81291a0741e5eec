import { utf8 } from '../base/bytes.js';
import { failed, ok, type Result } from '../base/error.js';
import { formatPath, parsePath } from '../model/path.js';
import type { Entry } from '../model/value.js';
import type { DescribedCodec } from './annotation.js';
import { ContentFormat, type DecodeContext } from './codec.js';
import { annotateLinks } from './core-link-annotate.js';
import { decodeLinks, formatLinks, LINK_LENIENCIES } from './core-link-grammar.js';
import { plainTargets } from './core-link-targets.js';

/**
 * Content-Format 40 seen as a data format: the targets of the links, entries without values. Attributes are lost; whoever needs them
 * takes {@link decodeLinks}. Problem codes: those of `decodeLinks`, `bad-path`; `not-encodable` for a value.
 */
export const linkCodec: DescribedCodec = {
  format: ContentFormat.link,
  name: 'application/link-format',
  styles: {},
  faults: {},
  leniencies: LINK_LENIENCIES,
  decode: decodeTargets,
  encode: encodeTargets,
  annotate: annotateLinks,
};

function decodeTargets(payload: Uint8Array, context: DecodeContext): Result<readonly Entry[]> {
  const targets = plainTargets(payload);
  if (targets) return ok(targets);
  const links = decodeLinks(payload, context.lenient);
  if (!links.ok) return links;
  const entries: Entry[] = [];
  for (const link of links.value) {
    const path = parsePath(link.path);
    if (!path.ok) return failed({ code: 'bad-path', message: path.problem.message, at: link.at });
    entries.push({ path: path.value });
  }
  return ok(entries);
}

function encodeTargets(entries: readonly Entry[]): Result<Uint8Array> {
  const valued = entries.find((entry) => entry.value);
  if (valued)
    return failed({ code: 'not-encodable', message: 'a link carries no value', place: formatPath(valued.path) });
  return ok(utf8(formatLinks(entries.map(({ path }) => ({ path: formatPath(path), attributes: [] })))));
}

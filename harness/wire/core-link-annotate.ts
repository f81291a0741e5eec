import { failed, ok } from '../base/error.js';
import { unreadable, withProblem, type Annotation } from './annotation.js';
import type { DecodeContext } from './codec.js';
import { decodeLinks, LINK_LENIENCIES, type Link, type LinkAttribute } from './core-link-grammar.js';

const COMMA = 0x2c;

/** Explains links: a line for each, read leniently where the strict grammar fails, and then a remark on the fault. */
export function annotateLinks(payload: Uint8Array, context: DecodeContext): readonly Annotation[] {
  const strict = decodeLinks(payload, context.lenient);
  const links = strict.ok ? strict : decodeLinks(payload, new Set(Object.keys(LINK_LENIENCIES)));
  if (!links.ok) return unreadable(payload, links.problem);
  const lines = links.value.map((link, index) => {
    const next = links.value[index + 1];
    const end = next ? payload.lastIndexOf(COMMA, next.at - 1) : payload.length;
    return { at: link.at, length: end - link.at, depth: 0, meaning: describe(link) };
  });
  return withProblem(lines, strict.ok ? ok(undefined) : failed(strict.problem));
}

function describe({ path, attributes }: Link): string {
  const target = path === '' ? 'no link' : path === '/' ? 'root' : path;
  return attributes.length === 0 ? target : `${target}: ${attributes.map(show).join(', ')}`;
}

const show = ([name, value, quoted]: LinkAttribute): string =>
  value === undefined ? name : `${name} ${quoted ? JSON.stringify(value) : value}`;

import { visible } from './junit.js';

/** Markup that is known to be sound. */
export class Html {
  constructor(readonly markup: string) {}
}

/** What may stand in a template: text is escaped, markup is not, nothing shows as nothing. */
export type Piece = string | number | Html | undefined | readonly Piece[];

/**
 * Writes HTML: text can never become markup.
 *
 * @example html`<b>${'a < b'}</b>`.markup // <b>a &lt; b</b>
 */
export const html = (literals: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  new Html(literals.map((literal, i) => literal + markupOf(pieces[i])).join(''));

function markupOf(piece: Piece): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === 'object') return piece.map(markupOf).join('');
  return escaped(String(piece));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => visible(text).replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

/** A relative path as a link, whatever characters its names have. */
export const hrefOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

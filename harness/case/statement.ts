import { failed, ok, type Result } from '../base/error.js';

/** Where a statement comes from: the implementer, or what a session showed. */
export interface Statement {
  readonly source: 'declared' | 'derived';
  readonly items: Readonly<Record<string, boolean>>;
  /** What a session showed beside what was declared: it speaks where the declaration is silent. */
  readonly shown?: Statement;
  /** Of what a session showed: Objects that were not announced may be there in another configuration. */
  readonly open?: true;
}

/** The vocabulary of statements (ICS). An item outside it is an error, never true. */
const VOCABULARY: readonly (readonly [RegExp, string])[] = [
  [/^object\.\d+(@\d+\.\d+)?$/, 'object.N or object.N@ver: the Object is supported'],
  [/^resource\.\/\d+\/\d+$/, 'resource./o/r: the Resource is supported'],
  [/^role\.[a-z.]+$/, 'role.name: the Resource bound to the role is supported (in requires alone)'],
  [/^format\.\d+$/, 'format.N: the Content-Format is supported'],
  [
    /^op\.(read|discover|write|write-update|write-attributes|execute|create|delete|observe|cancel|bootstrap-(request|read|discover|pack|server-initiated))$/,
    'op.name: the operation is supported',
  ],
  [
    /^attribute\.(pmin|pmax|gt|lt|st|epmin|epmax|edge|con|hqmax)$/,
    'attribute.name: the notification attribute is supported',
  ],
  [/^transport\.(udp|tcp|sms|nonip|mqtt|http|ws)$/, 'transport.x: the transport is supported'],
  [/^security\.(nosec|psk|rpk|x509|oscore|est|cid|resumption|cookies)$/, 'security.x: the mode is supported'],
  [/^enabler\.1\.[012]$/, 'enabler.x: the version is supported'],
  [/^block-wise$/, 'block-wise: transfers in blocks are supported (a client with object 5 has to)'],
  [
    /^(queue|send|composite|acl|smartcard|profile-id)$/,
    'queue, send, composite, acl, smartcard, profile-id: the feature is supported',
  ],
  [/^servers\.\d+$/, 'servers.N: as many servers at once'],
  [/^stimulus\.[a-z-]+$/, 'stimulus.x: the adapter can do it'],
];

export const isStatementItem = (item: string): boolean => VOCABULARY.some(([expression]) => expression.test(item));

/** The vocabulary, a line each, for people. */
export const statementVocabulary = (): readonly string[] => VOCABULARY.map(([, meaning]) => meaning);

/** `resource./3/14` for `role.writable`, by the paths that are bound; other items as they are. */
export function itemOf(item: string, bind: Readonly<Record<string, string>>): string {
  const [, object, , resource] =
    (item.startsWith('role.') ? bind[item.slice('role.'.length)] : undefined)?.split('/') ?? [];
  return object === undefined || resource === undefined ? item : `resource./${object}/${resource}`;
}

/** Checks a declared statement: every item of the vocabulary, every value a boolean. */
export function parseStatement(value: unknown): Result<Statement> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return failed({ code: 'statement-shape', message: 'a statement is a map of items to true or false' });
  const items: Record<string, boolean> = {};
  for (const [item, supported] of Object.entries(value)) {
    if (!isStatementItem(item)) return failed(unknownItem(item));
    if (typeof supported !== 'boolean')
      return failed({
        code: 'statement-value',
        message: `${JSON.stringify(supported)} is neither true nor false`,
        place: item,
      });
    items[item] = supported;
  }
  return ok({ source: 'declared', items });
}

const unknownItem = (item: string): { code: string; message: string; place: string; hint: string } => ({
  code: 'statement-item',
  message: `${JSON.stringify(item)} is no item of a statement`,
  place: item,
  hint: `items are ${statementVocabulary().join('; ')}`,
});

/** Three-valued: undefined where the statement says nothing. */
export type Truth = boolean | undefined;

/** A `requires` expression: items joined by `&`, `|`, `!` and parentheses. */
export interface Requirement {
  readonly text: string;
  readonly items: readonly string[];
  /** Whether it holds, by what is known of each item. */
  holds(known: (item: string) => Truth): Truth;
}

/** Reads a `requires` expression. `&` binds stronger than `|`. */
export function parseRequires(text: string): Result<Requirement> {
  const tokens = [...text.matchAll(/[&|!()]|[^\s&|!()]+/g)].map((match) => ({ token: match[0], at: match.index }));
  const items: string[] = [];
  let position = 0;
  const peek = (): string | undefined => tokens[position]?.token;
  const wrong = (message: string): Result<never> =>
    failed({ code: 'requires-syntax', message, at: tokens[position]?.at ?? text.length, place: text });

  const unary = (): Result<Requirement['holds']> => {
    const token = peek();
    if (token === undefined || token === ')' || token === '&' || token === '|') return wrong('an item is missing');
    position++;
    if (token === '!') {
      const inner = unary();
      return inner.ok ? ok((known) => negate(inner.value(known))) : inner;
    }
    if (token === '(') {
      const inner = disjunction();
      if (!inner.ok) return inner;
      if (peek() !== ')') return wrong('a closing parenthesis is missing');
      position++;
      return inner;
    }
    if (!isStatementItem(token)) return failed(unknownItem(token));
    items.push(token);
    return ok((known) => known(token));
  };
  const chain = (
    operator: '&' | '|',
    operand: () => Result<Requirement['holds']>,
    join: (a: Truth, b: Truth) => Truth,
  ): Result<Requirement['holds']> => {
    let left = operand();
    while (left.ok && peek() === operator) {
      position++;
      const right = operand();
      if (!right.ok) return right;
      const before = left.value;
      left = ok((known) => join(before(known), right.value(known)));
    }
    return left;
  };
  const conjunction = (): Result<Requirement['holds']> => chain('&', unary, and);
  const disjunction = (): Result<Requirement['holds']> =>
    chain('|', conjunction, (a, b) => negate(and(negate(a), negate(b))));

  const parsed = disjunction();
  if (!parsed.ok) return parsed;
  if (position < tokens.length) return wrong('nothing may follow here');
  return ok({ text, items, holds: parsed.value });
}

const negate = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
const and = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === undefined || b === undefined ? undefined : true;

/** Features that a system need not have, and that nothing but a statement tells, or the registration: absent unless shown. */
const OPTIONAL: ReadonlySet<string> = new Set(['queue', 'send', 'composite', 'acl', 'smartcard', 'profile-id']);

/**
 * What a statement says of an item: an object with a version implies the object. A derived statement is closed where it
 * looked: an Object that was not announced is absent, and so is a Resource of an Object whose Resources were discovered.
 */
export function lookup({ source, items, shown, open }: Statement): (item: string) => Truth {
  const otherwise = shown && lookup(shown);
  return (item) => {
    const own = items[item];
    if (own !== undefined) return own;
    if (Object.entries(items).some(([name, supported]) => supported && name.startsWith(`${item}@`))) return true;
    if (otherwise) return otherwise(item);
    return source === 'derived' && isClosed(item, items, open) ? false : undefined;
  };
}

function isClosed(item: string, items: Statement['items'], open: Statement['open']): boolean {
  // Optional, and never announced: absent unless it is claimed.
  if (/^(object\.21(@|$)|resource\.\/21\/)/.test(item)) return true;
  // Never announced either.
  if (/^(object\.(0|23)(@|$)|resource\.\/(0|23)\/)/.test(item)) return false;
  if (/^(servers|enabler)\./.test(item) || OPTIONAL.has(item)) return true;
  if (item.startsWith('object.')) return open === undefined;
  const object = /^resource\.\/(\d+)\//.exec(item)?.[1];
  return (
    object !== undefined &&
    ((open === undefined && items[`object.${object}`] !== true) ||
      Object.keys(items).some((name) => name.startsWith(`resource./${object}/`)))
  );
}

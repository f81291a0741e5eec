import { describe, expect, it } from 'vitest';
import { hrefOf, html } from './matrix-html.js';
import { formatMatrixMarkdown } from './matrix-markdown.js';
import { formatMatrixPage } from './matrix-page.js';
import {
  cellAt,
  cellOf,
  emptyCell,
  groupsOf,
  sortedResults,
  validateMatrix,
  type Matrix,
  type Pairing,
} from './matrix.js';
import type { CaseResult } from './results.js';
import { result, results } from './testing.js';

const pairing: Pairing = {
  client: 'acme',
  server: 'other',
  bench: 'pair',
  judged: ['client', 'server'],
  folder: 'cells/acme--other',
};
const hostile = '</td><script>alert("1" & \'2\')</script> | `x` \u0007';
const cases = [
  result('registration.a', 'pass', {
    parties: { client: 'pass', server: 'pass' },
    journal: 'journals/registration.a.jsonl',
  }),
  result('registration.b', 'fail', {
    parties: { client: 'not-run', server: 'fail' },
    reason: `C: expected "2.04", got ${hostile}`,
    journal: 'journals/registration.b.jsonl',
  }),
  result('management.c', 'warn', { variant: 'senml cbor', journal: 'journals/management.c-senml cbor.jsonl' }),
  result('management.d', 'inconclusive', { reason: 'not registered' }),
  result('management.e', 'not-applicable', { parties: {}, reason: 'the statement does not claim send' }),
  result('management.f', 'not-run', { parties: {}, reason: `the client's adapter cannot "set"` }),
  result('management.g', 'not-applicable', { parties: {}, reason: 'it is about LwM2M 1.2 and later' }),
  result('management.h', 'fail', { baseline: { reason: 'known since 2020', verdict: 'fail' } }),
];
const beyond = new Set(['management.g']);
const cell = cellOf(pairing, results(cases, { bench: 'pair' }), beyond);
const absent = emptyCell(
  { ...pairing, server: 'away', folder: 'cells/acme--away' },
  'the server did not start: there is no program "./away"',
);
const matrix: Matrix = {
  schema: 1,
  suite: { version: '0.1.0' },
  run: {
    started: '2026-01-02T03:04:05.678Z',
    durationMs: 1,
    enabler: '1.1',
    timing: 'quick',
    seed: 1,
    argv: ['matrix'],
  },
  clients: ['acme'],
  servers: ['other', 'away', 'never'],
  cells: [cell, absent],
};

const hrefsOf = (page: string): readonly string[] =>
  [...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');

describe('a cell of the matrix', () => {
  it('counts by the verdict of the case, and for each judged party by its own', () => {
    expect(cell.totals).toMatchObject({
      pass: 1,
      warn: 1,
      fail: 2,
      inconclusive: 1,
      'not-run': 1,
      'not-applicable': 2,
    });
    expect(cell.parties.client).toMatchObject({ pass: 1, warn: 1, fail: 1, inconclusive: 1, 'not-run': 1 });
    expect(cell.parties.server).toMatchObject({ pass: 1, fail: 1, 'not-run': 0 });
  });

  it('counts nothing for a party that is ours', () => {
    const beside = cellOf({ ...pairing, bench: 'server', judged: ['server'] }, results(cases), beyond);
    expect(Object.keys(beside.parties)).toEqual(['server']);
  });

  it('tells what is unsupported apart from what failed, and from what the bench or the version rules out', () => {
    const ids = Object.fromEntries(
      Object.entries(sortedResults(cell)).map(([kind, all]) => [kind, all.map(({ id }: CaseResult) => id)]),
    );
    expect(ids).toEqual({
      failed: ['registration.b', 'management.h'],
      undecided: ['management.d'],
      remarked: ['management.c'],
      passed: ['registration.a'],
      unsupported: ['management.e', 'management.f'],
    });
    expect(cell.beyond).toEqual([{ reason: 'it is about LwM2M 1.2 and later', cases: ['management.g'] }]);
  });

  it('leaves a standing check of our own party out of what the other passed', () => {
    const check = { id: 'x1', by: 'client', level: 'must', outcome: 'met', req: 'T-1' } as const;
    const standing = result('wire.order', 'pass', { parties: {}, checks: [check] });
    const beside = cellOf({ ...pairing, judged: ['server'] }, results([standing]), beyond);
    expect(sortedResults(beside).passed).toEqual([]);
    expect(beside.beyond).toEqual([{ reason: 'it judges what is ours', cases: ['wire.order'] }]);
  });

  it('names journals by their path from the matrix', () => {
    expect(cell.results[0]?.journal).toBe('cells/acme--other/journals/registration.a.jsonl');
  });

  it('groups results by their reason, the largest group first', () => {
    const groups = groupsOf([
      { id: 'a', reason: 'x' },
      { id: 'b', variant: 'v', reason: 'y' },
      { id: 'c', reason: 'y' },
      { id: 'd' },
    ]);
    expect(groups).toEqual([
      { reason: 'y', cases: ['b[v]', 'c'] },
      { reason: 'no reason given', cases: ['d'] },
      { reason: 'x', cases: ['a'] },
    ]);
  });
});

describe('matrix.json', () => {
  it('is valid as it is made, also with a pair that could not be run', () => {
    expect(validateMatrix(JSON.parse(JSON.stringify(matrix)))).toMatchObject({ ok: true });
    expect(cellAt(matrix, 'acme', 'away')).toMatchObject({ results: [], reason: expect.stringContaining('./away') });
  });

  it('names the place that breaks its schema', () => {
    const bad = { ...matrix, cells: [{ ...cell, totals: {} }] };
    expect(validateMatrix(bad)).toMatchObject({ ok: false, problem: { place: '/cells/0/totals' } });
    expect(validateMatrix({ ...matrix, clients: [] })).toMatchObject({ ok: false, problem: { place: '/clients' } });
  });
});

describe('matrix.md', () => {
  const text = formatMatrixMarkdown(matrix);

  it('is a table of clients by servers with the counts of each party', () => {
    const row = text.split('\n').find((line) => line.startsWith('| **acme**')) ?? '';
    expect(text).toContain('| client \\ server | other | away | never |');
    expect(row).toContain('server: 1 pass, 1 fail');
    expect(row).toContain('2 unsupported');
    expect(row).toContain('there is no program');
    expect(row.split(/(?<!\\)\|/)).toHaveLength(6);
  });

  it('lists what failed or is open with its evidence, and lets no text become markup', () => {
    expect(text).toContain('(cells/acme--other/journals/registration.b.jsonl)');
    expect(text).not.toContain('<script>');
    expect(text).toContain('\\| `x`');
    expect(text).not.toContain('management.e');
  });
});

describe('the page', () => {
  const page = formatMatrixPage(matrix);

  it('lets no text become markup', () => {
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)');
    expect(page).toContain('\\u{7}');
  });

  it('needs no other file and no script, and forbids itself both', () => {
    expect(page).toContain(`default-src 'none'`);
    expect(page).not.toMatch(/<(?:img|script|iframe|link rel="stylesheet")|url\(|@import|https?:/);
  });

  it('links to the files of each cell and to each journal, whatever characters they have', () => {
    const hrefs = hrefsOf(page);
    expect(hrefs).toContain('cells/acme--other/results.json');
    expect(hrefs).toContain('cells/acme--other/junit.xml');
    expect(hrefs).toContain('cells/acme--other/summary.md');
    expect(hrefs).toContain('cells/acme--other/journals/management.c-senml%20cbor.jsonl');
    expect(hrefs.filter((href) => href.startsWith('cells/acme--away'))).toEqual([]);
  });

  it('has every place that it links to within itself', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const href of hrefsOf(page).filter((each) => /^#./.test(each))) expect(ids).toContain(href.slice(1));
  });

  it('shows what is unsupported by reason, and the reason of a pair that could not be run', () => {
    expect(page).toContain('Unsupported: not claimed, declined, or the adapter cannot do it (2)');
    expect(page).toContain('the statement does not claim send');
    expect(page).toContain('there is no program &quot;./away&quot;');
    expect(page).toContain('Known: known since 2020');
  });
});

describe('html', () => {
  it('escapes text, keeps markup, and shows nothing for what is not there', () => {
    expect(html`<p title="${'"'}">${['a<', html`<b>${1}</b>`]}${undefined}</p>`.markup).toBe(
      '<p title="&quot;">a&lt;<b>1</b></p>',
    );
  });

  it('makes a path a link', () => {
    expect(hrefOf('cells/a b/x[1]#?.jsonl')).toBe('cells/a%20b/x%5B1%5D%23%3F.jsonl');
  });
});

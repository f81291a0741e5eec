import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cellAt, validateMatrix, type Matrix, type MatrixCell } from '../../reports/matrix.js';
import { chromiumPath, withPage } from './testing/chromium.js';
import { outFolder, type Finished } from './testing/cli.js';
import { inProcess } from './testing/in-process.js';
import { serverFile } from './testing/served.js';

const UPDATE = 'registration.update-on-lifetime-change';
const READ = 'management.read-text';

describe('a matrix', () => {
  const out = outFolder();
  afterAll(() => out.dispose());
  let matrix: Matrix;
  let page = '';
  let finished: Finished;

  beforeAll(async () => {
    writeFileSync(join(out.path, 'deviating.yaml'), serverFile('server-refuses-update'));
    writeFileSync(
      join(out.path, 'broken.yaml'),
      'name: broken\nparty: client\ncontrol: [{ use: exec, command: [./no-such-client] }]\nstatement: { op.read: true }\n',
    );
    const clients = ['reference', 'reference-process', join(out.path, 'broken.yaml')].join(',');
    const servers = ['reference', join(out.path, 'deviating.yaml')].join(', ');
    const words = ['--select', UPDATE, READ, 'management.read-tlv', '--jobs', '3', '--out', out.path];
    finished = await inProcess('matrix', '--clients', clients, '--servers', servers, ...words);
    const valid = validateMatrix(JSON.parse(readFileSync(join(out.path, 'matrix.json'), 'utf8')));
    if (!valid.ok) throw new Error(`${valid.problem.place ?? ''}: ${valid.problem.message}`);
    matrix = valid.value;
    page = readFileSync(join(out.path, 'index.html'), 'utf8');
  }, 120_000);

  const cell = (client: string, server: string): MatrixCell => {
    const found = cellAt(matrix, client, server);
    if (!found) throw new Error(`no cell of ${client} and ${server}`);
    return found;
  };
  const updateOf = (client: string, server: string) => cell(client, server).results.find(({ id }) => id === UPDATE);

  it('has every pair, each on its bench', () => {
    expect(matrix.clients).toEqual(['reference', 'reference-process', 'broken']);
    expect(matrix.servers).toEqual(['reference', 'deviating']);
    expect(matrix.cells.map(({ bench }) => bench)).toEqual(['reference', 'server', 'client', 'pair', 'client', 'pair']);
  });

  it('judges what is not ours, and our own two on virtual time', () => {
    expect(updateOf('reference', 'reference')).toMatchObject({ parties: { client: 'pass', server: 'pass' } });
    expect(updateOf('reference', 'deviating')?.parties).toEqual({ server: 'fail' });
    expect(updateOf('reference-process', 'reference')?.parties).toEqual({ client: 'pass' });
    expect(updateOf('reference-process', 'deviating')?.parties).toEqual({ client: 'pass', server: 'fail' });
  });

  it('has a reason where a pair did not come up, and goes on', () => {
    for (const server of matrix.servers) {
      expect(cell('broken', server).reason).toMatch(/did not come up.*no program/);
      expect(cell('broken', server).totals.pass).toBe(0);
    }
    expect(finished.code).toBe(1);
    expect(finished.err).toMatch(/broken × deviating.*6\/6/);
    expect(finished.out).toMatch(/6 pairs/);
  });

  const hrefs = (): readonly string[] =>
    [...page.matchAll(/href="([^"#][^"]*)"/g)]
      .map(([, href]) => href ?? '')
      .filter((href) => !href.startsWith('data:'));

  it('links to evidence that is there', () => {
    expect(hrefs().length).toBeGreaterThan(20);
    expect(hrefs().filter((href) => !existsSync(join(out.path, decodeURIComponent(href))))).toEqual([]);
    const markdown = readFileSync(join(out.path, 'matrix.md'), 'utf8');
    const links = [...markdown.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => decodeURIComponent(link ?? ''));
    expect(links.length).toBeGreaterThan(4);
    expect(links.filter((link) => !existsSync(join(out.path, link)))).toEqual([]);
  });

  const browser = chromiumPath();
  it('opens in a browser: nothing to complain of, every link leads somewhere, all of it by keyboard, light and dark', async ({
    skip,
  }) => {
    if (browser === undefined) return skip('there is no Chromium on this machine');
    const url = pathToFileURL(join(out.path, 'index.html')).href;
    await withPage(browser, url, async (shown) => {
      const links = await shown.evaluate('[...document.links].map(({ href }) => href)');
      if (!Array.isArray(links)) throw new Error('no list of links');
      const away = links.map((link) => new URL(String(link))).filter(({ href }) => !href.startsWith(`${url}#`));
      expect(away.length).toBe(hrefs().length);
      expect(away.filter((link) => !existsSync(link))).toEqual([]);
      expect(await shown.evaluate(`document.querySelectorAll('.matrix tbody td').length`)).toBe(6);

      await shown.press('Tab');
      expect(await shown.evaluate('document.activeElement.className')).toBe('skip');
      await shown.press('Enter');
      expect(await shown.evaluate('location.hash')).toBe('#cells');
      const reached = new Set<unknown>();
      for (let i = 0; i < 200; i++) {
        await shown.press('Tab');
        const at = await shown.evaluate(
          'document.activeElement.closest("summary") ? "summary" : document.activeElement.tagName',
        );
        reached.add(at);
      }
      expect([...reached]).toEqual(expect.arrayContaining(['summary', 'A']));

      const ground = 'getComputedStyle(document.body).backgroundColor';
      await shown.prefer('light');
      const light = await shown.evaluate(ground);
      await shown.prefer('dark');
      expect(await shown.evaluate(ground)).not.toBe(light);
      expect(shown.complaints).toEqual([]);
      expect(shown.requests.filter((request) => request !== url && !request.startsWith('data:'))).toEqual([]);
    });
  });
});

describe('a matrix of wrong words', () => {
  it.each([
    [['--clients', 'nobody', '--servers', 'reference'], /no known system/],
    [['--clients', 'reference,reference', '--servers', 'reference'], /two of them are called "reference"/],
    [['--clients', ' , ', '--servers', 'reference'], /it names no system/],
    [['--clients', 'leshan-server', '--servers', 'reference'], /it is a server, not a client/],
    [['--clients', 'reference', '--servers', 'reference', '--select', 'nonsense'], /no case is selected/],
    [['--clients', 'reference'], /--servers/],
  ])('answers %j with one clear message and exit 2, and runs nothing', async (words, message) => {
    const out = outFolder();
    const { code, err } = await inProcess('matrix', ...words, '--out', out.path);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(existsSync(join(out.path, 'matrix.json'))).toBe(false);
    out.dispose();
  });

  it('has a reason in the cell for which the selection has nothing', async () => {
    const out = outFolder();
    const words = ['--clients', 'reference-process', '--servers', 'reference,reference-server-process'];
    const select = ['--select', 'management.content-format-unsupported'];
    const { code } = await inProcess('matrix', ...words, ...select, '--out', out.path, '--quiet');
    const matrix = JSON.parse(readFileSync(join(out.path, 'matrix.json'), 'utf8')) as Matrix;
    expect(matrix.cells.map(({ reason }) => reason)).toEqual([
      undefined,
      expect.stringMatching(/needs our own server/),
    ]);
    expect(code).toBe(2);
    out.dispose();
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cellAt, validateMatrix, type Matrix, type MatrixCell } from '../../reports/matrix.js';
import { chromiumPath, withPage } from './testing/chromium.js';
import { cli, outFolder } from './testing/cli.js';

const UPDATE = 'registration.update-on-lifetime-change';
const READ = 'management.read-text';

/** A SUT file of our own client or server as a process of another's, with a deviation. */
const clientFile = (mutant?: string): string =>
  `name: client\nparty: client\ncontrol: [{ use: exec, command: ['{node}', '{cli}', serve, client, --server, '{uri}', --endpoint, '{endpoint}'${mutant === undefined ? '' : `, --mutant, ${mutant}`}], ready: ^started, stop: { line: quit } }]\n`;
const serverFile = (mutant?: string): string =>
  `name: server\nparty: server\ncontrol: [{ use: stdio, command: ['{node}', '{cli}', serve, server, --control, stdio${mutant === undefined ? '' : `, --mutant, ${mutant}`}] }]\n`;

describe('a pair of others', () => {
  let out: ReturnType<typeof outFolder>;
  beforeEach(() => {
    out = outFolder();
  });
  afterEach(() => out.dispose());

  const write = (name: string, text: string): string => {
    const file = join(out.path, name);
    writeFileSync(file, text);
    return file;
  };
  const pair = (client: string, server: string, ...select: readonly string[]) =>
    cli('run', 'pair', '--client', client, '--server', server, '--select', ...select, '--out', out.path, '--quiet');

  /** The same verdict from the record alone. */
  async function expectSameFromJournal(): Promise<void> {
    const judged = await cli('judge', '--json', join(out.path, 'journals', `${UPDATE}.jsonl`));
    const { verdict, parties } = out.result(UPDATE);
    expect(JSON.parse(judged.out)).toMatchObject([{ verdict, parties }]);
  }

  it('passes both, each with a verdict of its own, and the journals give the same', async () => {
    expect(await pair('reference-process', 'reference-server-process', UPDATE, READ)).toMatchObject({ code: 0 });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass', parties: { client: 'pass', server: 'pass' } });
    expect(out.result(READ)).toMatchObject({ verdict: 'pass', parties: { client: 'pass' } });
    expect(out.results().suts.map(({ party }) => party)).toEqual(['client', 'server']);
    await expectSameFromJournal();
  });

  it('fails only the client for a fault of the client', async () => {
    const client = write('client.yaml', clientFile('client-updates-without-lifetime'));
    expect(await pair(client, 'reference-server-process', UPDATE)).toMatchObject({ code: 1 });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'fail', parties: { client: 'fail', server: 'not-run' } });
    expect(out.results().cases.filter(({ parties }) => parties.server === 'fail')).toEqual([]);
    await expectSameFromJournal();
  });

  it('fails only the server for a fault of the server', async () => {
    const server = write('server.yaml', serverFile('server-refuses-update'));
    expect(await pair('reference-process', server, UPDATE)).toMatchObject({ code: 1 });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'fail', parties: { client: 'pass', server: 'fail' } });
    expect(out.results().cases.filter(({ parties }) => parties.client === 'fail')).toEqual([]);
    await expectSameFromJournal();
  });

  it('tells an order that the server declines apart from a failure', async () => {
    const declining = serverFile().replace(
      '[{ use: stdio',
      `[{ use: shell, stimuli: { read: sh -c 'exit 10' } }, { use: stdio`,
    );
    const server = write('server.yaml', declining);
    expect(await pair('reference-process', server, UPDATE, READ)).toMatchObject({ code: 0 });
    expect(out.result(UPDATE)).toMatchObject({ verdict: 'pass' });
    expect(out.result(READ)).toMatchObject({
      verdict: 'not-run',
      reason: expect.stringMatching(/refused "read"/) as string,
    });
  });

  it('knows what the client is known to fail beside our own server', async () => {
    expect(await pair('node-coap', 'reference-server-process', READ)).toMatchObject({ code: 0 });
    expect(out.result('wire.uint')).toMatchObject({ parties: { client: 'warn' }, baseline: { verdict: 'warn' } });
    expect(out.results().stale).toBeUndefined();
  });

  it('has no case in which one of the two would be ours', async () => {
    const { code, err } = await pair('reference-process', 'reference-server-process', 'transport.foreign-token');
    expect(code).toBe(2);
    expect(err).toMatch(/it needs our own server, which the pair bench has not/);
  });

  it('does not take our own for one of the two, and says what does', async () => {
    const { code, err } = await pair('reference', 'reference-server-process', UPDATE);
    expect(code).toBe(2);
    expect(err).toMatch(/run server.*reference-process/);
  });
});

describe('a matrix', () => {
  const out = outFolder();
  afterAll(() => out.dispose());
  let matrix: Matrix;
  let page = '';
  let finished: Awaited<ReturnType<typeof cli>>;

  beforeAll(async () => {
    writeFileSync(join(out.path, 'deviating.yaml'), serverFile('server-refuses-update'));
    writeFileSync(
      join(out.path, 'broken.yaml'),
      'name: broken\nparty: client\ncontrol: [{ use: exec, command: [./no-such-client] }]\nstatement: { op.read: true }\n',
    );
    const clients = ['reference', 'reference-process', join(out.path, 'broken.yaml')].join(',');
    const servers = ['reference', join(out.path, 'deviating.yaml')].join(', ');
    const words = ['--select', UPDATE, READ, 'management.read-tlv', '--jobs', '3', '--out', out.path];
    finished = await cli('matrix', '--clients', clients, '--servers', servers, ...words);
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
    const { code, err } = await cli('matrix', ...words, '--out', out.path);
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(existsSync(join(out.path, 'matrix.json'))).toBe(false);
    out.dispose();
  });

  it('has a reason in the cell for which the selection has nothing', async () => {
    const out = outFolder();
    const words = ['--clients', 'reference-process', '--servers', 'reference,reference-server-process'];
    const { code } = await cli(
      'matrix',
      ...words,
      '--select',
      'transport.unknown-critical-option',
      '--out',
      out.path,
      '--quiet',
    );
    const matrix = JSON.parse(readFileSync(join(out.path, 'matrix.json'), 'utf8')) as Matrix;
    expect(matrix.cells.map(({ reason }) => reason)).toEqual([
      undefined,
      expect.stringMatching(/needs our own server/),
    ]);
    expect(code).toBe(2);
    out.dispose();
  });
});

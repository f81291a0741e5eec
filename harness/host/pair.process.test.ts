import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { outFolder } from './testing/cli.js';
import { inProcess } from './testing/in-process.js';
import { clientFile, serverFile } from './testing/served.js';

const UPDATE = 'registration.update-on-lifetime-change';
const READ = 'management.read-text';

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
    inProcess(
      'run',
      'pair',
      '--client',
      client,
      '--server',
      server,
      '--select',
      ...select,
      '--out',
      out.path,
      '--quiet',
    );

  /** The same verdict from the record alone. */
  async function expectSameFromJournal(): Promise<void> {
    const judged = await inProcess('judge', '--json', join(out.path, 'journals', `${UPDATE}.jsonl`));
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

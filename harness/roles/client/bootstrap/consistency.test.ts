import { describe, expect, it } from 'vitest';
import type { PlainContent } from '../../../model/plain.js';
import { ContentFormat } from '../../../wire/codec.js';
import { finish, securityOf, serverOf, write, writeAccount } from '../testing/bootstrap-writes.js';
import { onTestBench, type TestBench, type TestBenchOptions } from '../testing/test-bench.js';

const { text } = ContentFormat;

/** A session is open with a client that has the Bootstrap-Server at `/0/0`, and no server. */
const inSession = (options: TestBenchOptions, body: (bench: TestBench) => Promise<void>): Promise<void> =>
  onTestBench({ bootstrap: true, servers: 0, ...options }, body);

const without = (content: PlainContent, resource: string): PlainContent =>
  Object.fromEntries(Object.entries(content).filter(([id]) => id !== resource));

/** The answer to Finish after these Writes, each of which is accepted, and what the client says of it. */
async function verdict(
  writes: Readonly<Record<string, PlainContent>>,
  options: TestBenchOptions = {},
): Promise<unknown> {
  let seen: unknown;
  await inSession(options, async ({ bootstrapServer, client, server, pass }) => {
    const said: string[] = [];
    client.onEvent(({ event, text: words }) => event === 'log' && said.push(words ?? ''));
    for (const [path, content] of Object.entries(writes))
      expect(await write(bootstrapServer, path, content), path).toBe('2.04');
    const code = await finish(bootstrapServer);
    await pass(1);
    expect(server.seen.length > 0).toBe(code === '2.04');
    seen = [code, ...said.map((words) => words.replace('the bootstrap cannot end: ', ''))];
  });
  return seen;
}

const PSK = { '0': 'coaps://server', '1': false, '2': 0, '3': '6964', '5': '00ff', '10': 101 };

describe('Finish', () => {
  it('is accepted with an account, beside which the Bootstrap-Server has no Server instance', async () => {
    expect(await verdict({ '/0/1': securityOf(101), '/1/0': serverOf(101) })).toEqual(['2.04']);
  });

  it('is accepted with a key, though nobody can be reached by it here', () =>
    inSession({}, async ({ bootstrapServer }) => {
      await write(bootstrapServer, '/0/1', PSK);
      await write(bootstrapServer, '/1/0', serverOf(101));
      expect(await finish(bootstrapServer)).toBe('2.04');
    }));

  const faults: [string, Readonly<Record<string, PlainContent>>][] = [
    ['there is no server', {}],
    ['there is no server', { '/1/0': serverOf(101) }],
    ['there is no server', { '/1/0': { '5': 86_400 } }],
    ['there is no Server instance with the Short Server ID 101', { '/0/1': securityOf(101) }],
    ['there is no Server instance with the Short Server ID 101', { '/0/1': securityOf(101), '/1/0': serverOf(102) }],
    [
      'there is no Security instance for /1/1',
      { '/0/1': securityOf(101), '/1/0': serverOf(101), '/1/1': serverOf(102) },
    ],
    ['there is no Security instance for /1/1', { '/0/1': securityOf(101), '/1/0': serverOf(101), '/1/1': { '1': 5 } }],
    [
      'the Short Server ID 101 stands in two Security instances',
      { '/0/1': securityOf(101), '/0/2': securityOf(101), '/1/0': serverOf(101) },
    ],
    [
      'the Short Server ID 101 stands in two Server instances',
      { '/0/1': securityOf(101), '/1/0': serverOf(101), '/1/1': serverOf(101) },
    ],
    ['/0/1 has no Short Server ID', { '/0/1': without(securityOf(101), '10'), '/1/0': serverOf(101) }],
    ['/0/1 has no address of a server', { '/0/1': without(securityOf(101), '0'), '/1/0': serverOf(101) }],
    ['/0/1 has no address of a server', { '/0/1': securityOf(101, 'server'), '/1/0': serverOf(101) }],
    [
      '/0/1 has no security mode that this client knows',
      { '/0/1': without(securityOf(101), '2'), '/1/0': serverOf(101) },
    ],
    [
      '/0/1 has no security mode that this client knows',
      { '/0/1': { ...PSK, '2': 4, '4': '00' }, '/1/0': serverOf(101) },
    ],
    [
      'the mode of /0/1 does not go with coaps://server',
      { '/0/1': securityOf(101, 'coaps://server'), '/1/0': serverOf(101) },
    ],
    [
      'the mode of /0/1 does not go with coap://server',
      { '/0/1': { ...PSK, '0': 'coap://server' }, '/1/0': serverOf(101) },
    ],
    ['/0/1/5 is missing', { '/0/1': without(PSK, '5'), '/1/0': serverOf(101) }],
    ['/0/1/3 is missing', { '/0/1': { ...PSK, '3': '' }, '/1/0': serverOf(101) }],
    ['/0/1/4 is missing', { '/0/1': { ...PSK, '2': 2 }, '/1/0': serverOf(101) }],
    ['/1/0/1 is missing', { '/0/1': securityOf(101), '/1/0': without(serverOf(101), '1') }],
    ['/1/0/6 is missing', { '/0/1': securityOf(101), '/1/0': without(serverOf(101), '6') }],
    ['/1/0/7 is missing', { '/0/1': securityOf(101), '/1/0': without(serverOf(101), '7') }],
    ['/2/0/3 is missing', { '/0/1': securityOf(101), '/1/0': serverOf(101), '/2/0': { '0': 3, '1': 0 } }],
    [
      'there are two Bootstrap-Servers',
      {
        '/0/1': securityOf(101),
        '/1/0': serverOf(101),
        '/0/2': { '0': 'coap://other', '1': true, '2': 3 },
      },
    ],
  ];
  it.each(faults)('is refused when %s', async (said, writes) => {
    expect(await verdict(writes)).toEqual(['4.06', said]);
  });

  it('is refused when a link leads to nothing, whatever the order of the Writes', () =>
    inSession({ values: { '/0/0/1': true, '/21/0/0': '01' } }, async ({ bootstrapServer }) => {
      const linkTo = (target: string): Promise<string> =>
        bootstrapServer.codeOf('0.03', '/0/1/17', { contentFormat: text, payload: new TextEncoder().encode(target) });
      await writeAccount(bootstrapServer);
      expect([await linkTo('21:5'), await finish(bootstrapServer)]).toEqual(['2.04', '4.06']);
      expect(await write(bootstrapServer, '/21/5', { '0': '02' })).toBe('2.04');
      expect(await finish(bootstrapServer)).toBe('2.04');
    }));

  it('is accepted when the account of a server goes, though its Server instance is still there', () =>
    onTestBench({ bootstrap: true, servers: 2 }, async ({ bootstrapServer, client, pass }) => {
      client.bootstrap();
      await pass(1);
      expect(await bootstrapServer.codeOf('0.04', '/0/2')).toBe('2.02');
      expect(await finish(bootstrapServer)).toBe('2.04');
    }));

  it('is refused when everything was deleted and nothing written', () =>
    onTestBench({ bootstrap: true }, async ({ bootstrapServer, client, pass }) => {
      client.bootstrap();
      await pass(1);
      expect(await bootstrapServer.codeOf('0.04', '/')).toBe('2.02');
      expect(await finish(bootstrapServer)).toBe('4.06');
    }));
});

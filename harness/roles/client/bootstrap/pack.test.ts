import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../base/bytes.js';
import type { Outgoing } from '../../../coap/types.js';
import type { PlainContent } from '../../../model/plain.js';
import { ContentFormat } from '../../../wire/codec.js';
import { outgoing } from '../../shared/outgoing.js';
import { Formats } from '../formats.js';
import { ClientRole } from '../role.js';
import { finish, payloadOf, securityOf, serverOf, writeAccount } from '../testing/bootstrap-writes.js';
import { onTestBench, type TestBench, type TestBenchOptions } from '../testing/test-bench.js';

const { senmlJson, senmlCbor, tlv, lwm2mCbor } = ContentFormat;

const under = (path: string, content: PlainContent): PlainContent =>
  Object.fromEntries(Object.entries(content).map(([id, value]) => [`${path}/${id}`, value]));

const ACCOUNT = { ...under('0/1', securityOf(101)), ...under('1/4', serverOf(101)) };

const packOf = (content: PlainContent, format: number): Outgoing =>
  outgoing('2.05', { contentFormat: format, payload: payloadOf('/', content, format) });

/** A client of 1.2 that asks for a pack, and is answered as `answer` says. */
const asking = (
  answer: Outgoing,
  body: (bench: TestBench) => Promise<void>,
  options: TestBenchOptions = {},
): Promise<void> =>
  onTestBench({ bootstrap: true, servers: 0, enabler: '1.2', bootstrapPack: true, ...options }, async (bench) => {
    bench.bootstrapServer.seen.length = 0;
    bench.bootstrapServer.policy = ({ path }) => (path === '/bspack' ? answer : undefined);
    bench.client.start();
    await bench.pass(1);
    await body(bench);
  });

describe('A Bootstrap-Pack', () => {
  it.each([senmlJson, senmlCbor, lwm2mCbor])('in format %i is put in place, and the client registers', (format) =>
    asking(
      packOf(ACCOUNT, format),
      async ({ bootstrapServer, server, client }) => {
        expect(bootstrapServer.log).toEqual(['0 0.01 /bspack?ep=ep&acc=</0/0>']);
        expect(server.log).toEqual(['0 0.02 /rd?ep=ep&lt=300&lwm2m=1.2&b=U']);
        expect([client.store.instances(0), client.store.instances(1)]).toEqual([[0, 1], [4]]);
        expect(client.bootstrapping.session).toBeUndefined();
        await Promise.resolve();
      },
      { bootstrapFormat: format },
    ),
  );

  it('replaces all instances of the Objects that are in it, but for what always stays', () =>
    asking(
      packOf({ ...ACCOUNT, ...under('3/0', { '14': '+05:00' }) }, senmlCbor),
      async ({ client }) => {
        expect([client.store.instances(0), client.store.instances(1), client.store.instances(3303)]).toEqual([
          [0, 1],
          [4],
          [0],
        ]);
        expect([client.value('/3/0/14'), client.value('/3/0/9')]).toEqual(['+05:00', 100]);
        await Promise.resolve();
      },
      { values: { '/0/0/1': true, '/0/7/1': false, '/0/7/10': 5, '/1/9/0': 5, '/21/0/0': '01' } },
    ));

  it('is not asked for below 1.2, nor unless told to', async () => {
    const first = async (options: TestBenchOptions): Promise<string | undefined> => {
      let seen: string | undefined;
      await onTestBench({ bootstrap: true, servers: 0, ...options }, async ({ bootstrapServer }) => {
        seen = bootstrapServer.seen[0]?.path;
        await Promise.resolve();
      });
      return seen;
    };
    expect(await first({ enabler: '1.1', bootstrapPack: true })).toBe('/bs');
    expect(await first({ enabler: '1.2' })).toBe('/bs');
    expect(await first({ enabler: '1.2', bootstrapPack: true })).toBe('/bspack');
  });

  it('is not asked for by a client that knows no format for it', () =>
    asking(
      outgoing('4.05'),
      async ({ bootstrapServer }) => {
        expect(bootstrapServer.log).toEqual(['0 0.02 /bs?ep=ep&pct=11542']);
        await Promise.resolve();
      },
      {
        Role: class extends ClientRole {
          override createFormats(): Formats {
            return new (class extends Formats {
              override supported(): number[] {
                return [tlv];
              }
            })(this);
          }
        },
      },
    ));

  const useless: [string, Outgoing][] = [
    ['that is refused', outgoing('4.05')],
    ['that is not implemented', outgoing('5.01')],
    ['without a server', packOf(under('0/1', securityOf(101)), senmlCbor)],
    ['over the account of the Bootstrap-Server', packOf({ ...ACCOUNT, ...under('0/0', securityOf(7)) }, senmlCbor)],
    ['with an unknown Object', packOf({ ...ACCOUNT, '3339/0/5522': 1 }, senmlCbor)],
    ['in a format that was not asked for', outgoing('2.05', { contentFormat: tlv, payload: utf8('') })],
    ['that cannot be read', outgoing('2.05', { contentFormat: senmlJson, payload: utf8('[{') })],
    ['without a format', outgoing('2.05', { payload: utf8('[]') })],
  ];
  it.each(useless)('%s leads to a Bootstrap-Request', (_what, answer) =>
    asking(answer, async ({ bootstrapServer, server, client, pass }) => {
      expect(bootstrapServer.log).toEqual(['0 0.01 /bspack?ep=ep&acc=</0/0>', '0 0.02 /bs?ep=ep&pct=112']);
      expect([client.store.instances(0), client.store.instances(1)]).toEqual([[0], []]);
      await writeAccount(bootstrapServer);
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect(server.seen.length).toBe(1);
    }),
  );
});

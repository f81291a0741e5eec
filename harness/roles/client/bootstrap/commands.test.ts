import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../../base/bytes.js';
import type { PlainContent } from '../../../model/plain.js';
import { toPlain } from '../../../wire/coerce.js';
import { ContentFormat } from '../../../wire/codec.js';
import { getUint } from '../../../wire/coap/read.js';
import { OptionNumber } from '../../../wire/coap/options.js';
import { parseDiscover } from '../../../wire/core-link.js';
import type { Parts } from '../../shared/outgoing.js';
import { finish, payloadOf, securityOf, serverOf, write, writeAccount } from '../testing/bootstrap-writes.js';
import { onTestBench, textOf, type TestBench, type TestBenchOptions } from '../testing/test-bench.js';

const { text, link, opaque, cbor, senmlJson, senmlCbor, tlv, json, lwm2mCbor } = ContentFormat;

/** A session is open with a client that has the Bootstrap-Server at `/0/0`, and no server. */
const inSession = (options: TestBenchOptions, body: (bench: TestBench) => Promise<void>): Promise<void> =>
  onTestBench({ bootstrap: true, servers: 0, ...options }, body);

const hex = (digits: string): Uint8Array => fromHex(digits) ?? new Uint8Array(0);

describe('Bootstrap-Write', () => {
  it.each([
    ['1.0', tlv],
    ['1.0', json],
    ['1.1', tlv],
    ['1.1', senmlJson],
    ['1.1', senmlCbor],
    ['1.2', lwm2mCbor],
    ['1.2', senmlCbor],
  ] as const)('takes in %s several instances at once, at every level, in format %i', (enabler, format) =>
    inSession({ enabler }, async ({ bootstrapServer, client }) => {
      const both = (content: PlainContent, other: PlainContent, at = [0, 1]): PlainContent =>
        Object.fromEntries(
          [content, other].flatMap((one, i) => Object.entries(one).map(([path, value]) => [`${at[i]}/${path}`, value])),
        );
      const security = both(securityOf(101), securityOf(102, 'coap://server2'), [3, 9]);
      expect(await write(bootstrapServer, '/0', security, format)).toBe('2.04');
      expect(await write(bootstrapServer, '/1/7', serverOf(101), format)).toBe('2.04');
      expect(await write(bootstrapServer, '/1/7/1', 77, format)).toBe('2.04');
      expect([client.store.instances(0), client.store.instances(1)]).toEqual([[0, 3, 9], [7]]);
      expect([client.value('/0/9/0'), client.value('/0/9/10'), client.value('/1/7/1')]).toEqual([
        'coap://server2',
        102,
        77,
      ]);
    }),
  );

  it.each([
    [text, utf8('60')],
    [cbor, hex('183c')],
  ])('takes one value in format %i', (contentFormat, payload) =>
    inSession({}, async ({ bootstrapServer, client }) => {
      expect(await bootstrapServer.codeOf('0.03', '/1/0/1', { contentFormat, payload })).toBe('2.04');
      expect(client.value('/1/0/1')).toBe(60);
    }),
  );

  it('takes octets for what is opaque, however long', () =>
    inSession({}, async ({ bootstrapServer, client }) => {
      const certificate = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
      expect(await bootstrapServer.codeOf('0.03', '/0/1/3', { contentFormat: opaque, payload: certificate })).toBe(
        '2.04',
      );
      const held = client.store.value([0, 1, 3]);
      expect(held && toPlain(held)).toBe(toHex(certificate));
      expect(await bootstrapServer.codeOf('0.03', '/1/0/1', { contentFormat: opaque, payload: utf8('1') })).toBe(
        '4.15',
      );
    }));

  it('keeps what is there and not named, and gives a new instance its executables alone', () =>
    inSession({}, async ({ bootstrapServer, client }) => {
      await write(bootstrapServer, '/1/0', serverOf(101));
      expect(await write(bootstrapServer, '/1/0', { '1': 9 })).toBe('2.04');
      expect(client.value('/1/0')).toEqual({ '0': 101, '1': 9, '6': true, '7': 'U' });
      expect(client.store.resources(1, 0)).toEqual([0, 1, 4, 6, 7, 8, 9]);
      await write(bootstrapServer, '/1', { '1/0': 102 });
      expect(client.store.instances(1)).toEqual([0, 1]);
    }));

  it('takes keys that are empty for none, though their definition has a length', () =>
    inSession({}, async ({ bootstrapServer, client }) => {
      expect(await write(bootstrapServer, '/0/1', { ...securityOf(101), '3': '', '7': '', '8': '' })).toBe('2.04');
      expect(client.value('/0/1/7')).toBe('');
      expect(await write(bootstrapServer, '/0/1', { '7': '00' })).toBe('4.00');
    }));

  it('replaces a multiple Resource as a whole', () =>
    inSession({}, async ({ bootstrapServer, client }) => {
      await write(bootstrapServer, '/2/0', { '0': 3, '1': 0, '2/1': 15, '2/2': 1, '3': 1 });
      expect(await write(bootstrapServer, '/2/0/2', { '5': 3 })).toBe('2.04');
      expect(client.value('/2/0')).toEqual({ '0': 3, '1': 0, '2/5': 3, '3': 1 });
    }));

  it('does the same when it is repeated', () =>
    inSession({}, async ({ bootstrapServer, client }) => {
      const codes = [await writeAccount(bootstrapServer), await writeAccount(bootstrapServer)];
      expect(codes.flat()).toEqual(['2.04', '2.04', '2.04', '2.04']);
      expect([client.store.instances(0), client.store.instances(1)]).toEqual([[0, 1], [0]]);
    }));

  it('writes what no server may, and what only the device tells', () =>
    inSession({}, async ({ bootstrapServer, client }) => {
      expect(await write(bootstrapServer, '/3/0/0', 'Maker')).toBe('2.04');
      expect(client.value('/3/0/0')).toBe('Maker');
    }));

  it('leaves Resources aside that the client does not know', () =>
    inSession({}, async ({ bootstrapServer, client }) => {
      const payload = hex('c10065e204d2ffffc1013c');
      expect(await bootstrapServer.codeOf('0.03', '/1/0', { contentFormat: tlv, payload })).toBe('2.04');
      expect(client.value('/1/0')).toEqual({ '0': 101, '1': 60 });
    }));

  it('takes no alternate path into account', () =>
    inSession({ alternatePath: '/lwm2m', enabler: '1.2' }, async ({ bootstrapServer, client }) => {
      expect(await write(bootstrapServer, '/1/0', serverOf(101), senmlJson)).toBe('2.04');
      expect(client.value('/1/0/1')).toBe(300);
      expect(await bootstrapServer.codeOf('0.03', '/lwm2m/1/0/1', { contentFormat: text, payload: utf8('1') })).toBe(
        '4.00',
      );
      expect(textOf(await bootstrapServer.ask('0.01', '/1', { accept: senmlJson }))).toContain('"bn":"/1/0/');
    }));

  const refusals: [string, string, Parts][] = [
    ['a value of another type', '4.00', { path: '/1/0/1', contentFormat: text, payload: utf8('soon') }],
    ['a value out of range', '4.00', { path: '/0/1/10', contentFormat: text, payload: utf8('65535') }],
    ['a payload that is cut off', '4.00', { path: '/1/0', contentFormat: tlv, payload: hex('c80180') }],
    ['a Resource instead of an instance', '4.00', { path: '/1', contentFormat: tlv, payload: hex('c1013c') }],
    ['another instance than the path says', '4.00', { path: '/1/0', contentFormat: tlv, payload: hex('080303c1013c') }],
    ['an unknown Object', '4.00', { path: '/3339/0/5522', contentFormat: text, payload: utf8('1') }],
    ['an unknown Resource as target', '4.00', { path: '/1/0/999', contentFormat: text, payload: utf8('1') }],
    ['an executable', '4.00', { path: '/1/0/8', contentFormat: text, payload: utf8('1') }],
    ['a second instance of a single Object', '4.00', { path: '/3/1/14', contentFormat: text, payload: utf8('+01') }],
    ['an instance 65535', '4.00', { path: '/1/65535', contentFormat: tlv, payload: hex('c1013c') }],
    ['a Resource Instance', '4.00', { path: '/2/0/2/1', contentFormat: text, payload: utf8('1') }],
    ['the root', '4.05', { path: '/', contentFormat: senmlJson, payload: utf8('[]') }],
    ['text for an instance', '4.15', { path: '/1/0', contentFormat: text, payload: utf8('60') }],
    ['an unknown format', '4.15', { path: '/1/0', contentFormat: 50, payload: utf8('{}') }],
    ['a format of a later version', '4.15', { path: '/1/0', contentFormat: lwm2mCbor, payload: hex('a0') }],
    ['a payload without a format', '4.15', { path: '/1/0', payload: hex('c1013c') }],
    ['a new instance without what is mandatory', '4.00', { path: '/5/0', contentFormat: tlv, payload: hex('c101') }],
  ];
  it.each(refusals)('refuses %s with %s', (_what, code, { path = '/', ...parts }) =>
    inSession({}, async ({ bootstrapServer, client }) => {
      client.store.addObject(5);
      const before = client.store.snapshot();
      expect(await bootstrapServer.codeOf('0.03', path, parts)).toBe(code);
      expect(client.store.snapshot()).toEqual(before);
    }),
  );

  it('stores nothing of a payload with a fault in it', () =>
    inSession({}, async ({ bootstrapServer, client }) => {
      const payload = payloadOf('/1', { '0/0': 101, '1/0': 102, '1/1': -1 }, tlv);
      expect(await bootstrapServer.codeOf('0.03', '/1', { contentFormat: tlv, payload })).toBe('4.00');
      expect(client.store.instances(1)).toEqual([]);
    }));
});

describe('Bootstrap-Read', () => {
  const account = async ({ bootstrapServer }: TestBench): Promise<unknown> => writeAccount(bootstrapServer);

  it('shows the Objects Server and Access Control, unreadable Resources included', () =>
    inSession({}, async (bench) => {
      const { bootstrapServer } = bench;
      await account(bench);
      await write(bootstrapServer, '/1/0/14', 5);
      await write(bootstrapServer, '/2/4', { '0': 3, '1': 0, '2/0': 15, '3': 65_535 });
      const server = await bootstrapServer.ask('0.01', '/1/0', { accept: tlv });
      expect([server.code, toHex(server.payload)]).toEqual(['2.05', 'c10065c201012cc10601c10755c10e05']);
      const all = await bootstrapServer.ask('0.01', '/2', { accept: senmlJson });
      expect([all.code, getUint(all, OptionNumber.contentFormat)]).toEqual(['2.05', senmlJson]);
      expect(textOf(all)).toBe('[{"bn":"/2/4/","n":"0","v":3},{"n":"1","v":0},{"n":"2/0","v":15},{"n":"3","v":65535}]');
    }));

  it('has a format of its own choice, and a form for nothing', () =>
    inSession({}, async ({ bootstrapServer }) => {
      const answer = await bootstrapServer.ask('0.01', '/1');
      expect([answer.code, getUint(answer, OptionNumber.contentFormat), toHex(answer.payload)]).toEqual([
        '2.05',
        senmlCbor,
        '80',
      ]);
      expect((await bootstrapServer.ask('0.01', '/1', { accept: tlv })).payload.length).toBe(0);
    }));

  it.each([
    ['/0', '4.05'],
    ['/0/0', '4.05'],
    ['/3', '4.05'],
    ['/3/0', '4.05'],
    ['/1/0/1', '4.05'],
    ['/', '4.05'],
    ['/1/8', '4.04'],
    ['/bs', '4.05'],
    ['/x', '4.04'],
  ] as const)('is refused of %s with %s', (path, code) =>
    inSession({}, async (bench) => {
      await account(bench);
      expect(await bench.bootstrapServer.codeOf('0.01', path)).toBe(code);
    }),
  );

  it('is refused in formats that cannot carry it, and in 1.0 altogether', async () => {
    await inSession({}, async ({ bootstrapServer }) => {
      expect(await bootstrapServer.codeOf('0.01', '/1', { accept: text })).toBe('4.06');
      expect(await bootstrapServer.codeOf('0.01', '/1', { accept: lwm2mCbor })).toBe('4.06');
    });
    await inSession({ enabler: '1.0' }, async ({ bootstrapServer }) => {
      expect(await bootstrapServer.codeOf('0.01', '/1')).toBe('4.05');
    });
  });
});

describe('Bootstrap-Discover', () => {
  const provisioned = async (bench: TestBench): Promise<void> => {
    const { bootstrapServer, client } = bench;
    await writeAccount(bootstrapServer, { security: 1, server: 4 });
    client.store.addObject(5);
  };

  it.each([
    ['1.0', 'lwm2m="1.0",</0/0>,</0/1>;ssid=101,</1/4>;ssid=101,</2>,</3/0>,</5>,</3303/0>'],
    ['1.1', '</>;lwm2m=1.1,</0/0>,</0/1>;ssid=101;uri="coap://server",</1/4>;ssid=101,</2>,</3/0>,</5>,</3303/0>'],
  ] as const)('tells in %s what there is, and for whom', (enabler, expected) =>
    inSession({ enabler }, async (bench) => {
      await provisioned(bench);
      const answer = await bench.bootstrapServer.ask('0.01', '/', { accept: link });
      expect([answer.code, getUint(answer, OptionNumber.contentFormat), textOf(answer)]).toEqual([
        '2.05',
        link,
        expected,
      ]);
    }),
  );

  it.each(['1.0', '1.1', '1.2'] as const)('of one Object tells the version too in %s', (enabler) =>
    inSession({ enabler }, async ({ bootstrapServer }) => {
      const answer = await bootstrapServer.ask('0.01', '/0', { accept: link });
      const version = enabler === '1.0' ? 'lwm2m="1.0"' : `</>;lwm2m=${enabler}`;
      expect(textOf(answer).startsWith(version)).toBe(true);
      expect(textOf(answer).endsWith(',</0/0>')).toBe(true);
    }),
  );

  it('of an Object with nothing in it shows the Object', () =>
    inSession({ enabler: '1.0' }, async ({ bootstrapServer }) => {
      expect(textOf(await bootstrapServer.ask('0.01', '/1', { accept: link }))).toBe('lwm2m="1.0",</1>');
    }));

  it('names the server of a linked instance, but not the Bootstrap-Server', () =>
    inSession(
      { values: { '/0/0/1': true, '/0/0/17': '21:0', '/21/0/0': '01', '/21/1/0': '02' } },
      async ({ bootstrapServer }) => {
        await writeAccount(bootstrapServer);
        expect(await bootstrapServer.codeOf('0.03', '/0/1/17', { contentFormat: text, payload: utf8('21:1') })).toBe(
          '2.04',
        );
        const answer = await bootstrapServer.ask('0.01', '/21', { accept: link });
        const links = parseDiscover(answer.payload);
        expect(links.ok && links.value.links.map(({ path, serverId }) => [path, serverId])).toEqual(
          expect.arrayContaining([
            [[21, 0], undefined],
            [[21, 1], 101],
          ]),
        );
      },
    ));

  it('has no alternate path in it', () =>
    inSession({ alternatePath: '/lwm2m', enabler: '1.0' }, async ({ bootstrapServer }) => {
      expect(textOf(await bootstrapServer.ask('0.01', '/3', { accept: link }))).toBe('lwm2m="1.0",</3/0>');
    }));

  it.each([
    ['/77', '4.04', []],
    ['/3/0', '4.00', []],
    ['/3/0/1', '4.00', []],
    ['/', '4.00', ['depth=1']],
  ] as const)('is refused of %s with %s', (path, code, query) =>
    inSession({}, async ({ bootstrapServer }) => {
      expect(await bootstrapServer.codeOf('0.01', path, { accept: link, query })).toBe(code);
    }),
  );
});

describe('Bootstrap-Delete', () => {
  const full: TestBenchOptions = {
    values: { '/0/0/1': true, '/0/0/17': '21:0', '/21/0/0': '01', '/21/1/0': '02' },
  };
  const all = ({ client }: TestBench): string[] =>
    client.store.objects().map((object) => `${object}: ${client.store.instances(object).join(' ')}`);

  it.each([
    ['/', ['0: 0', '1: ', '2: ', '3: 0', '21: 0', '3303: ']],
    ['/0', ['0: 0', '1: 0', '2: ', '3: 0', '21: 0 1', '3303: 0']],
    ['/1', ['0: 0 1', '1: ', '2: ', '3: 0', '21: 0 1', '3303: 0']],
    ['/3', ['0: 0 1', '1: 0', '2: ', '3: 0', '21: 0 1', '3303: 0']],
    ['/21', ['0: 0 1', '1: 0', '2: ', '3: 0', '21: 0', '3303: 0']],
    ['/0/1', ['0: 0', '1: 0', '2: ', '3: 0', '21: 0 1', '3303: 0']],
    ['/2', ['0: 0 1', '1: 0', '2: ', '3: 0', '21: 0 1', '3303: 0']],
  ] as const)('of %s spares the Bootstrap-Server account and the device', (path, left) =>
    inSession(full, async (bench) => {
      await writeAccount(bench.bootstrapServer);
      expect(await bench.bootstrapServer.codeOf('0.04', path)).toBe('2.02');
      expect(all(bench)).toEqual(left);
    }),
  );

  it.each(['/0/0', '/3/0', '/21/0', '/1/0/1', '/77', '/1/8', '/bs', '/x'])('is refused of %s with 4.00', (path) =>
    inSession(full, async (bench) => {
      await writeAccount(bench.bootstrapServer);
      const before = all(bench);
      expect(await bench.bootstrapServer.codeOf('0.04', path)).toBe('4.00');
      expect(all(bench)).toEqual(before);
    }),
  );

  it('leaves room for another account, with which the client registers', () =>
    inSession({}, async ({ bootstrapServer, server, pass }) => {
      await writeAccount(bootstrapServer, { shortServerId: 9, uri: 'coap://server2' });
      await bootstrapServer.codeOf('0.04', '/');
      await writeAccount(bootstrapServer);
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect(server.seen.length).toBe(1);
    }));
});

describe('What is none of the bootstrap interface', () => {
  it.each([
    ['0.02', '/3/0/4', '4.05'],
    ['0.02', '/1', '4.05'],
    ['0.02', '/1/0', '4.05'],
    ['0.02', '/rd', '4.05'],
    ['0.03', '/bs', '4.05'],
    ['0.05', '/', '4.05'],
    ['0.06', '/1/0', '4.05'],
    ['0.07', '/', '4.05'],
  ] as const)('is refused: %s %s with %s', (code, path, answer) =>
    inSession({}, async ({ bootstrapServer }) => {
      expect(await bootstrapServer.codeOf(code, path)).toBe(answer);
    }),
  );

  it('is a Write without content, which would be attributes', () =>
    inSession({}, async ({ bootstrapServer }) => {
      expect(await bootstrapServer.codeOf('0.03', '/3/0/9', { query: ['pmin=1'] })).toBe('4.15');
    }));

  it('is a Finish with a query', () =>
    inSession({}, async ({ bootstrapServer }) => {
      expect(await bootstrapServer.codeOf('0.02', '/bs', { query: ['ep=x'] })).toBe('4.00');
    }));
});

import { describe, expect, it } from 'vitest';
import { fromHex, toHex, utf8 } from '../../base/bytes.js';
import type { PlainContent } from '../../model/plain.js';
import { getLocationPath, getUint } from '../../wire/coap/read.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { ContentFormat } from '../../wire/codec.js';
import { onTestBench, textOf, type TestBench, type TestBenchOptions } from './testing/test-bench.js';

const { text, tlv, opaque, link } = ContentFormat;
const GET = '0.01';
const POST = '0.02';
const PUT = '0.03';
const DELETE = '0.04';

const hex = (digits: string): Uint8Array => fromHex(digits) ?? new Uint8Array(0);

/** One bench per test, 1.1 unless said otherwise. */
const on = (options: TestBenchOptions, body: (bench: TestBench) => Promise<void>): Promise<void> =>
  onTestBench(options, body);

const DEVICE: PlainContent = {
  '/3/0/0': 'Example',
  '/3/0/1': 'X',
  '/3/0/9': 85,
  '/3/0/13': 1_700_000_000,
  '/3/0/14': '+01:00',
};

describe('Read', () => {
  it('answers one value as text when nothing is asked for', () =>
    on({ values: DEVICE }, async ({ server }) => {
      const answer = await server.ask(GET, '/3/0/9');
      expect([answer.code, getUint(answer, OptionNumber.contentFormat), textOf(answer)]).toEqual(['2.05', text, '85']);
    }));

  it('leaves executables out of an instance', () =>
    on({ values: DEVICE }, async ({ server }) => {
      const answer = await server.ask(GET, '/1/0', { accept: tlv });
      expect(toHex(answer.payload)).toBe('c10001c40100015180c10601c10755');
    }));

  it('wraps instances below an Object', () =>
    on({}, async ({ server }) => {
      const answer = await server.ask(GET, '/1', { accept: tlv });
      expect(toHex(answer.payload)).toBe('08000fc10001c40100015180c10601c10755');
    }));

  it('answers a Resource Instance, and a multiple Resource as a whole', () =>
    on({}, async ({ server }) => {
      expect(textOf(await server.ask(GET, '/3/0/7/1', { accept: text }))).toBe('5000');
      expect(toHex((await server.ask(GET, '/3/0/7', { accept: tlv })).payload)).toBe('88070842000ed842011388');
    }));

  it('answers an Object without instances with nothing', () =>
    on({ enabler: '1.0' }, async ({ server, client }) => {
      client.store.addObject(7);
      const answer = await server.ask(GET, '/7');
      expect([answer.code, answer.payload.length, getUint(answer, OptionNumber.contentFormat)]).toEqual([
        '2.05',
        0,
        tlv,
      ]);
    }));

  it('answers an empty string as an empty payload', () =>
    on({ values: { '/3/0/15': '' } }, async ({ server }) => {
      const answer = await server.ask(GET, '/3/0/15');
      expect([answer.code, answer.payload.length, getUint(answer, OptionNumber.contentFormat)]).toEqual([
        '2.05',
        0,
        text,
      ]);
    }));

  it('lets the clock of the device run', () =>
    on({ values: DEVICE }, async ({ server, pass }) => {
      await pass(100);
      expect(Number(textOf(await server.ask(GET, '/3/0/13')))).toBe(1_700_000_100);
      expect(await server.codeOf(PUT, '/3/0/13', { contentFormat: text, payload: utf8('1000') })).toBe('2.04');
      await pass(5);
      expect(Number(textOf(await server.ask(GET, '/3/0/13')))).toBe(1005);
    }));

  it.each([
    ['/99', '4.04'],
    ['/3/1', '4.04'],
    ['/3/0/99', '4.04'],
    ['/3/0/7/9', '4.04'],
    ['/3/0/9/0', '4.05'],
    ['/3/0/4', '4.05'],
    ['/', '4.05'],
    ['/foo', '4.04'],
    ['/3/00', '4.04'],
    ['/65535', '4.04'],
    ['/3/0/7/0/0', '4.05'],
  ])('refuses %s with %s', (path, code) =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(GET, path)).toBe(code);
    }),
  );

  it('ignores a slash too many', () =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(GET, '/3/0/9/')).toBe('2.05');
    }));

  it('knows no Resource Instance paths in 1.0', () =>
    on({ enabler: '1.0' }, async ({ server }) => {
      expect(await server.codeOf(GET, '/3/0/7/0')).toBe('4.04');
    }));

  it.each([
    ['/3/0/9', 41],
    ['/3/0', text],
    ['/3/0/7', text],
    ['/3/0/9', opaque],
  ])('refuses %s in format %i with 4.06', (path, accept) =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(GET, path, { accept })).toBe('4.06');
    }),
  );
});

describe('Objects for bootstrap only', () => {
  const requests = [
    [GET, {}],
    [GET, { accept: link }],
    [GET, { observe: 0 }],
    [PUT, { contentFormat: text, payload: utf8('x') }],
    [PUT, { query: ['pmin=1'] }],
    [POST, { contentFormat: tlv, payload: hex('c0') }],
    [DELETE, {}],
  ] as const;

  it.each(['1.0', '1.1', '1.2'] as const)('are refused with 4.01 whatever is asked, in %s', (enabler) =>
    on({ enabler }, async ({ server }) => {
      for (const [code, parts] of requests)
        for (const path of ['/0', '/0/0', '/0/0/5', '/0/7', ...(enabler === '1.0' ? [] : ['/21', '/21/0'])])
          expect([code, path, await server.codeOf(code, path, parts)]).toEqual([code, path, '4.01']);
    }),
  );
});

describe('Write', () => {
  const write = (path: string, value: string) => ({ path, parts: { contentFormat: text, payload: utf8(value) } });

  it('replaces a value', () =>
    on({ values: DEVICE }, async ({ server }) => {
      expect(await server.codeOf(PUT, '/3/0/14', write('', '+02:00').parts)).toBe('2.04');
      expect(textOf(await server.ask(GET, '/3/0/14'))).toBe('+02:00');
    }));

  it('makes a writable Resource that was not there', () =>
    on({ values: DEVICE }, async ({ server, client }) => {
      client.store.remove([3, 0, 15]);
      expect(await server.codeOf(PUT, '/3/0/15', write('', 'Europe/Paris').parts)).toBe('2.04');
      expect(textOf(await server.ask(GET, '/3/0/15'))).toBe('Europe/Paris');
    }));

  it.each([
    ['a read-only Resource', '/3/0/9', '1', '4.05'],
    ['a read-only Resource that is not there', '/3/0/17', 'x', '4.04'],
    ['an executable', '/3/0/4', '1', '4.05'],
    ['a Resource nobody knows', '/3/0/999', '1', '4.04'],
    ['an instance that is not there', '/3/1/14', 'x', '4.04'],
    ['an Object that is not there', '/99/0/0', 'x', '4.04'],
    ['an Object', '/3', 'x', '4.05'],
    ['a word for a number', '/1/0/1', 'abc', '4.00'],
    ['a fraction for a number', '/1/0/1', '1.5', '4.00'],
    ['a number beyond 64 bits', '/1/0/1', '9223372036854775808', '4.00'],
    ['nothing for a number', '/1/0/1', '', '4.00'],
    ['C notation for a number', '/1/0/1', '0x10', '4.00'],
    ['a lifetime below 0', '/1/0/1', '-1', '4.00'],
    ['2 for a Boolean', '/1/0/6', '2', '4.00'],
    ['a Resource Instance of a single Resource', '/1/0/1/0', '5', '4.05'],
  ])('refuses %s', (_what, path, value, code) =>
    on({ values: DEVICE }, async ({ server }) => {
      expect(await server.codeOf(PUT, path, write(path, value).parts)).toBe(code);
      expect(textOf(await server.ask(GET, '/1/0/1'))).toBe('86400');
    }),
  );

  it.each([
    ['without a Content-Format', '/3/0/14', undefined, '4.15'],
    ['in a format nobody knows', '/3/0/14', 41, '4.15'],
    ['a String as octets', '/3/0/14', opaque, '4.15'],
    ['an instance as text', '/3/0', text, '4.15'],
    ['links', '/3/0/14', link, '4.15'],
  ])('refuses a value %s', (_what, path, contentFormat, code) =>
    on({ values: DEVICE }, async ({ server }) => {
      const payload = utf8('x');
      expect(
        await server.codeOf(PUT, path, { payload, ...(contentFormat === undefined ? {} : { contentFormat }) }),
      ).toBe(code);
      expect(textOf(await server.ask(GET, '/3/0/14'))).toBe('+01:00');
    }),
  );

  it('refuses a payload together with attributes', () =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(PUT, '/3/0/14', { query: ['pmin=1'], ...write('', 'x').parts })).toBe('4.00');
    }));

  it('ignores Accept', () =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(PUT, '/3/0/14', { accept: tlv, ...write('', 'x').parts })).toBe('2.04');
    }));

  it('changes what a Partial Update names, and nothing else', () =>
    on({ values: { ...DEVICE, '/3/0/15': 'UTC' } }, async ({ server }) => {
      // /3/0/14 "+02"
      expect(await server.codeOf(POST, '/3/0', { contentFormat: tlv, payload: hex('c30e2b3032') })).toBe('2.04');
      expect(textOf(await server.ask(GET, '/3/0/14'))).toBe('+02');
      expect(textOf(await server.ask(GET, '/3/0/15'))).toBe('UTC');
    }));

  it('removes what a Replace of an instance leaves out, read-only ones excepted', () =>
    on({ values: { ...DEVICE, '/3/0/15': 'UTC' } }, async ({ server }) => {
      expect(await server.codeOf(PUT, '/3/0', { contentFormat: tlv, payload: hex('c30e2b3032') })).toBe('2.04');
      expect(textOf(await server.ask(GET, '/3/0/14'))).toBe('+02');
      expect(await server.codeOf(GET, '/3/0/15')).toBe('4.04');
      expect(textOf(await server.ask(GET, '/3/0/9'))).toBe('85');
    }));

  it('refuses a Replace that lacks a mandatory Resource', () =>
    on({}, async ({ server }) => {
      // Lifetime alone: Binding and Notification Storing are missing.
      expect(await server.codeOf(PUT, '/1/0', { contentFormat: tlv, payload: hex('c1011e') })).toBe('4.00');
      expect(textOf(await server.ask(GET, '/1/0/1'))).toBe('86400');
    }));

  it.each([
    ['one read-only Resource', 'c30e2b3032c10901', '4.05'],
    ['one value of a wrong type', 'c30e2b3032c30d616263', '4.00'],
    ['another instance', '0801050ec30e2b3032', '4.00'],
    ['half a TLV', 'c30e2b', '4.00'],
  ])('changes nothing when an instance payload holds %s', (_what, payload, code) =>
    on({ values: DEVICE }, async ({ server }) => {
      expect(await server.codeOf(POST, '/3/0', { contentFormat: tlv, payload: hex(payload) })).toBe(code);
      expect(textOf(await server.ask(GET, '/3/0/14'))).toBe('+01:00');
    }),
  );

  it('leaves an unknown Resource aside', () =>
    on({ values: DEVICE }, async ({ server }) => {
      // /3/0/900 and /3/0/14
      expect(await server.codeOf(POST, '/3/0', { contentFormat: tlv, payload: hex('e1038401c30e2b3032') })).toBe(
        '2.04',
      );
      expect(textOf(await server.ask(GET, '/3/0/14'))).toBe('+02');
    }));

  describe('of a multiple Resource', () => {
    // /3442/0/1110: writable String array of the test object; /16/0/0 Identity.
    const values: PlainContent = { '/16/0/0/0': 'Red', '/16/0/0/1': 'Green' };

    it('replaces the whole array with PUT', () =>
      on({ values }, async ({ server, client }) => {
        expect(
          await server.codeOf(PUT, '/16/0/0', {
            contentFormat: tlv,
            payload: hex('88000e460159656c6c6f774403426c7565'),
          }),
        ).toBe('2.04');
        expect(client.value('/16/0/0')).toEqual({ '1': 'Yellow', '3': 'Blue' });
      }));

    it('joins it with a Partial Update', () =>
      on({ values }, async ({ server, client }) => {
        const payload = hex('88000e460159656c6c6f774403426c7565');
        expect(await server.codeOf(POST, '/16/0', { contentFormat: tlv, payload })).toBe('2.04');
        expect(client.value('/16/0/0')).toEqual({ '0': 'Red', '1': 'Yellow', '3': 'Blue' });
      }));

    it('joins it with a POST to the Resource from 1.2 only', () =>
      on({ values, enabler: '1.2' }, async ({ server, client }) => {
        const payload = hex('88000e460159656c6c6f774403426c7565');
        expect(await server.codeOf(POST, '/16/0/0', { contentFormat: tlv, payload })).toBe('2.04');
        expect(client.value('/16/0/0')).toEqual({ '0': 'Red', '1': 'Yellow', '3': 'Blue' });
      }));

    it('changes one Resource Instance, and makes none', () =>
      on({ values }, async ({ server, client }) => {
        expect(await server.codeOf(PUT, '/16/0/0/1', { contentFormat: text, payload: utf8('Blue') })).toBe('2.04');
        expect(await server.codeOf(PUT, '/16/0/0/7', { contentFormat: text, payload: utf8('Blue') })).toBe('4.04');
        expect(client.value('/16/0/0')).toEqual({ '0': 'Red', '1': 'Blue' });
      }));

    it('can leave it empty', () =>
      on({ values }, async ({ server, client }) => {
        expect(await server.codeOf(PUT, '/16/0/0', { contentFormat: tlv, payload: hex('8000') })).toBe('2.04');
        expect(client.value('/16/0/0')).toEqual({});
        expect(toHex((await server.ask(GET, '/16/0/0', { accept: tlv })).payload)).toBe('8000');
      }));
  });
});

describe('Execute', () => {
  it.each([
    ['', '2.04'],
    ['5', '2.04'],
    ["2='10.3',7,0='https://www.oma.org'", '2.04'],
    ['10', '4.00'],
    ["0='a", '4.00'],
    ["0='a b'", '4.00'],
    ['1,,2', '4.00'],
  ])('answers the arguments %j with %s', (args, code) =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(POST, '/3/0/12', { contentFormat: text, payload: utf8(args) })).toBe(code);
    }),
  );

  it.each([
    ['/3/0/9', '4.05'],
    ['/3/0/7/0', '4.05'],
    ['/3/0/99', '4.04'],
    ['/3/1/4', '4.04'],
    ['/99/0/0', '4.04'],
    ['/', '4.05'],
  ])('refuses %s with %s', (path, code) =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(POST, path)).toBe(code);
    }),
  );

  it('refuses arguments in another format', () =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(POST, '/3/0/12', { contentFormat: 60, payload: hex('00') })).toBe('4.15');
    }));

  it('resets the error codes', () =>
    on({ values: { '/3/0/11/0': 3, '/3/0/11/1': 5 } }, async ({ server, client }) => {
      expect(await server.codeOf(POST, '/3/0/12')).toBe('2.04');
      expect(client.value('/3/0/11')).toEqual({ '0': 0 });
    }));

  it('does not take text on a writable Resource for a Write', () =>
    on({ values: DEVICE }, async ({ server }) => {
      expect(await server.codeOf(POST, '/3/0/14', { contentFormat: text, payload: utf8('x') })).toBe('4.05');
      expect(textOf(await server.ask(GET, '/3/0/14'))).toBe('+01:00');
    }));
});

describe('Create', () => {
  // Identity {0: "a"} of a Portfolio, its mandatory and writable Resource.
  const identity = '8300410061';
  const portfolio: TestBenchOptions = { values: { '/16/0/0/0': 'x' } };

  it('chooses an id, tells it and announces the instance', () =>
    on(portfolio, async ({ server, client, pass }) => {
      const answer = await server.ask(POST, '/16', { contentFormat: tlv, payload: hex(identity) });
      expect([answer.code, getLocationPath(answer)]).toEqual(['2.01', '/16/1']);
      expect(client.value('/16/1')).toEqual({ '0/0': 'a' });
      await pass(1);
      expect(server.log.at(-1)).toBe('0 0.02 /rd/1');
      expect(server.seen.at(-1)?.payload).toContain('</16/0>,</16/1>');
    }));

  it('takes the id of the payload', () =>
    on(portfolio, async ({ server, client }) => {
      const answer = await server.ask(POST, '/16', { contentFormat: tlv, payload: hex(`0505${identity}`) });
      expect([answer.code, getLocationPath(answer)]).toEqual(['2.01', undefined]);
      expect(client.value('/16/5')).toEqual({ '0/0': 'a' });
    }));

  it.each([
    ['an id that is taken', '/16', tlv, `0500${identity}`, '4.00'],
    ['two instances', '/16', tlv, `0505${identity}0506${identity}`, '4.00'],
    ['an Object that is not there', '/99', tlv, identity, '4.04'],
    ['a second Device', '/3', tlv, 'c30e2b3032', '4.05'],
    ['a Server account', '/1', tlv, 'c1011e', '4.05'],
    ['text', '/16', text, '61', '4.15'],
    ['a format nobody knows', '/16', 41, '61', '4.15'],
    ['no Content-Format', '/16', undefined, '61', '4.15'],
    ['no payload', '/16', undefined, '', '4.00'],
    ['half a TLV', '/16', tlv, '8300', '4.00'],
    ['a value of a wrong kind', '/16', tlv, 'c10061', '4.00'],
    ['no mandatory Resource', '/16', tlv, '', '4.00'],
  ])('refuses %s', (_what, path, contentFormat, payload, code) =>
    on(portfolio, async ({ server, client }) => {
      const before = client.objectList.text('1.1');
      const parts = { payload: hex(payload), ...(contentFormat === undefined ? {} : { contentFormat }) };
      expect(await server.codeOf(POST, path, parts)).toBe(code);
      expect(client.objectList.text('1.1')).toBe(before);
    }),
  );

  it('takes no payload in 1.2', () =>
    on({ enabler: '1.2' }, async ({ server }) => {
      expect(getLocationPath(await server.ask(POST, '/3303'))).toBe('/3303/1');
    }));

  it('sets read-only Resources itself', () =>
    on({}, async ({ server }) => {
      // 5700 = 45.5
      await server.ask(POST, '/3303', { contentFormat: tlv, payload: hex('e4164442360000') });
      expect(textOf(await server.ask(GET, '/3303/1/5700'))).toBe('0');
    }));
});

describe('Delete', () => {
  it('removes an instance and announces it', () =>
    on({}, async ({ server, pass }) => {
      expect(await server.codeOf(DELETE, '/3303/0')).toBe('2.02');
      expect(await server.codeOf(GET, '/3303/0')).toBe('4.04');
      await pass(1);
      expect(server.seen.at(-1)?.payload).toContain('</3303>');
    }));

  it.each([
    ['/3303/9', '4.04'],
    ['/99/0', '4.04'],
    ['/3/0', '4.05'],
    ['/1/0', '4.05'],
    ['/3303', '4.05'],
    ['/3/0/14', '4.05'],
    ['/3/0/7/0', '4.05'],
    ['/', '4.05'],
  ])('refuses %s with %s', (path, code) =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(DELETE, path)).toBe(code);
    }),
  );

  it('removes a Resource Instance from 1.2, where it can be written', () =>
    on({ enabler: '1.2', values: { '/16/0/0/0': 'a', '/16/0/0/1': 'b' } }, async ({ server, client }) => {
      expect(await server.codeOf(DELETE, '/16/0/0/1')).toBe('2.02');
      expect(client.value('/16/0/0')).toEqual({ '0': 'a' });
      expect(await server.codeOf(DELETE, '/3/0/7/0')).toBe('4.05');
    }));
});

describe('Other methods', () => {
  it.each(['0.05', '0.06', '0.07'])('are refused: %s', (code) =>
    on({}, async ({ server }) => {
      expect(await server.codeOf(code, '/')).toBe('4.05');
    }),
  );
});

describe('An alternate path', () => {
  it('stands before every path of the client', () =>
    on({ alternatePath: '/lwm2m' }, async ({ server }) => {
      expect(server.seen[0]?.payload).toMatch(/^<\/lwm2m>;rt="oma.lwm2m";ct="[^"]+",<\/lwm2m\/1\/0>,/);
      expect(await server.codeOf(GET, '/lwm2m/3/0/9')).toBe('2.05');
      expect(await server.codeOf(GET, '/3/0/9')).toBe('4.04');
      expect(textOf(await server.ask(GET, '/lwm2m/3/0/7', { accept: link }))).toMatch(/^<\/lwm2m\/3\/0\/7>;dim=2,/);
    }));
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.js';
import { sleep } from '../../base/clock.js';
import type { CoapMessage, CoapOption } from '../../wire/coap/message.js';
import { OptionNumber, stringOption, uintOption } from '../../wire/coap/options.js';
import { LINKS, onStage, QUERY, registerParts } from './testing/stage.js';

const parameter = fc.oneof(
  fc.constantFrom(
    ...QUERY,
    'Q',
    'lwm2m=1.0',
    'lwm2m=1.2',
    'lwm2m=9.9',
    'lt=',
    'lt=0',
    'lt=99999999999',
    'b=UQ',
    'sms=1',
    'pid=6:00',
    'ep',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const payload = fc
  .oneof(
    fc.constantFrom(
      LINKS,
      '',
      '</1/0>,</3/0>',
      '</>;rt="oma.lwm2m"',
      '</1/0>;ver="',
      '<',
      '</65535/0>',
      '</1/0/0/0/0/0>',
    ),
    fc.string({ unit: 'binary', maxLength: 60 }),
  )
  .map(utf8);
const octets = fc.uint8Array({ maxLength: 40 });

function message(
  code: string,
  path: readonly string[],
  query: readonly string[],
  format: number | undefined,
  body: Uint8Array,
): CoapMessage {
  const options: CoapOption[] = [
    ...path.map((segment) => stringOption(OptionNumber.uriPath, segment)),
    ...(format === undefined ? [] : [uintOption(OptionNumber.contentFormat, format)]),
    ...query.map((text) => stringOption(OptionNumber.uriQuery, text)),
  ];
  return { type: 'CON', code, id: 1, token: new Uint8Array(), options, payload: body };
}

describe('a server that is sent anything', () => {
  it('answers every Register with a code of the table, and never fails', () =>
    onStage(async ({ server }) => {
      const anything = fc.record({
        query: fc.array(parameter, { maxLength: 8 }),
        format: fc.option(fc.constantFrom(40, 0, 11542), { nil: undefined }),
        body: fc.oneof(payload, octets),
      });
      await fc.assert(
        fc.asyncProperty(anything, async ({ query, format, body }) => {
          const answer = await server.handle({ from: 'x', message: message('0.02', ['rd'], query, format, body) });
          expect(['2.01', '4.00', '4.09', '4.12']).toContain(answer?.code);
        }),
        { numRuns: 500 },
      );
    }));

  it('answers every Update, De-register and Send, and still serves others', () =>
    onStage(async ({ server, client, clock }) => {
      const location = (await client().register()).split('/').slice(1);
      const anything = fc.record({
        code: fc.constantFrom('0.01', '0.02', '0.03', '0.05', '0.06', '0.07'),
        path: fc.oneof(
          fc.constant(location),
          fc.constant(['dp']),
          fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 }),
        ),
        query: fc.array(parameter, { maxLength: 4 }),
        format: fc.option(fc.constantFrom(40, 0, 110, 112, 11544), { nil: undefined }),
        body: fc.oneof(payload, octets),
      });
      await fc.assert(
        fc.asyncProperty(anything, async ({ code, path, query, format, body }) => {
          const answer = await server.handle({ from: 'client', message: message(code, path, query, format, body) });
          expect(answer?.code).toMatch(/^(2\.0[14]|4\.\d\d)$/);
        }),
        { numRuns: 500 },
      );
      await sleep(clock, 1);
      await client('other').register(['ep=other', 'lt=60', 'lwm2m=1.1']);
    }));

  it('takes a list of thousands of links, in blocks', () =>
    onStage(async ({ client, server }) => {
      const many = ['</1/0>', '</3/0>', ...Array.from({ length: 4000 }, (_, i) => `</3303/${i}>`)].join(',');
      await client().register(QUERY, many);
      expect(server.registrations()[0]?.objects.paths).toHaveLength(4002);
    }));

  it('keeps quoted commas, angle brackets and escapes where they are', () =>
    onStage(async ({ client, server }) => {
      await client().register(QUERY, String.raw`</>;rt="oma.lwm2m";title="a,</9/0>;\"b\"",</1/0>,</3/0>`);
      expect(server.registrations()[0]?.objects.paths).toEqual(['/1/0', '/3/0']);
    }));

  it('keeps one registration of a client that registers twice at once', () =>
    onStage(async ({ client, server, events }) => {
      const device = client();
      const [first, second] = await Promise.all([
        device.send('0.02', registerParts()),
        device.send('0.02', registerParts()),
      ]);
      // Two requests are two registrations, of which the later counts; a repeated datagram is the endpoint's matter.
      expect([first.code, second.code]).toEqual(['2.01', '2.01']);
      expect(server.registrations()).toHaveLength(1);
      expect(events.filter(({ event }) => event === 'registered')).toHaveLength(2);
    }));
});

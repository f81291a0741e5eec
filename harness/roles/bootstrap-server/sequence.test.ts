import { describe, expect, it } from 'vitest';
import { unwrap } from '../../base/error.js';
import type { PlainContent } from '../../model/plain.js';
import { pathOf } from '../../model/path.js';
import { modelFor } from '../../model/registry.js';
import { contentOf } from '../../wire/coerce.js';
import { decode } from '../../wire/formats.js';
import { outgoing } from '../shared/outgoing.js';
import type { Command, Provisioning, Step } from './provisioning.js';
import { FRESH, links, onStage, settle, type Answers, type Device, type Stage } from './testing/stage.js';

const FINISH: Command = { do: 'finish' };
const ACCOUNT: Step = { do: 'account', uri: 'coap://server:5683', shortServerId: 7, lifetime: 300 };
const SERVER = { '0': 7, '1': 300, '6': false, '7': 'U' };

const write = (path: string, value: PlainContent | string | number): Command => ({
  do: 'write',
  path: pathOf(path),
  value,
});

/** One session of the steps, from the request to its end. */
const session = (
  steps: readonly Step[],
  check: (device: Device, stage: Stage) => void,
  { answers = {}, query = [], ...more }: Partial<Provisioning> & Asked = {},
  enabler: '1.0' | '1.1' | '1.2' = '1.2',
): Promise<void> =>
  onStage(
    async (stage) => {
      const device = stage.client();
      device.answers = answers;
      expect((await device.ask('ep=device', ...query)).code).toBe('2.04');
      await settle(stage, 200);
      check(device, stage);
    },
    { steps, ...more },
    { enabler },
  );

interface Asked {
  readonly answers?: Answers;
  readonly query?: readonly string[];
}

function content(device: Device, name: string, path: string, format: number): unknown {
  const entries = decode(format, device.payload(name), { path: pathOf(path), model: modelFor('1.2'), enabler: '1.2' });
  return contentOf(unwrap(entries), pathOf(path));
}

describe('a Bootstrap-Write', () => {
  it.each([11542, 110, 112, 11544])('of several instances goes in one payload of format %i', (format) =>
    session(
      [write('/1', { '0/0': 1, '0/1': 60, '7/0': 2, '7/1': 120 }), FINISH],
      (device) => {
        expect(device.commands()).toEqual([`PUT /1 [${format}]`, 'POST /bs']);
        expect(content(device, 'PUT /1', '/1', format)).toEqual({ '0/0': 1, '0/1': 60, '7/0': 2, '7/1': 120 });
      },
      { format },
    ),
  );

  it.each([11542, 110, 112, 11544])('of an Object Instance goes in format %i where the client prefers it', (format) =>
    session(
      [write('/1/7', SERVER), FINISH],
      (device) => {
        expect(device.commands()).toEqual([`PUT /1/7 [${format}]`, 'POST /bs']);
        expect(content(device, 'PUT /1/7', '/1/7', format)).toEqual(SERVER);
      },
      { query: [`pct=${format}`] },
    ),
  );

  it('of a Resource goes as text, of an opaque one as it is', () =>
    session([write('/1/1/1', 300), write('/0/1/5', 'c0ffee'), FINISH], (device) => {
      expect(device.commands()).toEqual(['PUT /1/1/1 [0]', 'PUT /0/1/5 [42]', 'POST /bs']);
      expect(device.payload('PUT /1/1/1')).toEqual(new TextEncoder().encode('300'));
      expect(device.payload('PUT /0/1/5')).toEqual(Uint8Array.of(0xc0, 0xff, 0xee));
    }));

  it('of a Resource goes as TLV to a client of 1.0', () =>
    session(
      [write('/1/1/1', 300), FINISH],
      (device) => expect(device.commands()[0]).toBe('PUT /1/1/1 [11542]'),
      {},
      '1.0',
    ));

  it('goes in the format that it names, before the one of the session and the one that the client prefers', () =>
    session(
      [{ do: 'write', path: [1, 1], value: SERVER, format: 110 }, write('/1/2', SERVER), FINISH],
      (device) => expect(device.commands()).toEqual(['PUT /1/1 [110]', 'PUT /1/2 [112]', 'POST /bs']),
      { format: 112, query: ['pct=11542'] },
    ));

  it('tries another format when the client has not the first, and keeps to it', () => {
    let asked = 0;
    return onStage(
      async (stage) => {
        const device = stage.client();
        device.answer = ({ message }) => {
          if (message.code !== '0.03') return { code: '2.04' };
          asked++;
          return { code: device.commands().at(-1)?.includes('11542') ? '4.15' : '2.04' };
        };
        await device.ask('ep=device');
        await settle(stage);
        expect(device.commands()).toEqual(['PUT /0/1 [11542]', 'PUT /0/1 [112]', 'PUT /1/1 [112]', 'POST /bs']);
        expect(asked).toBe(3);
        expect(stage.session().state).toBe('finished');
      },
      { steps: [{ ...ACCOUNT, securityInstance: 1 }, FINISH] },
    );
  });

  it('does not try another format where one was asked for', () =>
    session(
      [write('/1/1', SERVER), FINISH],
      (device, stage) => {
        expect(device.commands()).toEqual(['PUT /1/1 [110]']);
        expect(stage.session().state).toBe('failed');
      },
      { format: 110, answers: { 'PUT /1/1': { code: '4.15' } } },
    ));

  it('of more than a block goes block by block', () =>
    session(
      [
        write('/0/1', {
          '0': 'coaps://server',
          '1': false,
          '2': 2,
          '3': 'ab'.repeat(3000),
          '4': '',
          '5': '00',
          '10': 1,
        }),
        FINISH,
      ],
      (device, stage) => {
        expect(device.commands()).toEqual(['PUT /0/1 [11542]', 'POST /bs']);
        expect(content(device, 'PUT /0/1', '/0/1', 11542)).toMatchObject({ '3': 'ab'.repeat(3000) });
        expect(stage.session().state).toBe('finished');
      },
    ));

  it('that cannot be written in a format ends the session, which says why', () =>
    session(
      [write('/1/1', SERVER), FINISH],
      (device, stage) => {
        expect(device.commands()).toEqual([]);
        expect(stage.session()).toMatchObject({
          state: 'failed',
          errors: [expect.stringMatching(/^write \/1\/1: /)],
        });
      },
      { format: 0 },
    ));

  it('that is refused ends the session without a Finish', () =>
    session(
      [write('/1/1', SERVER), write('/1/2', SERVER), FINISH],
      (device, stage) => {
        expect(device.commands()).toEqual(['PUT /1/1 [11542]']);
        expect(stage.session()).toMatchObject({ state: 'failed', errors: ['write /1/1: 4.00: expected 2.04'] });
        expect(stage.events.at(-1)?.text).toBe('the session ends: failed');
      },
      { answers: { 'PUT /1/1': { code: '4.00' } } },
    ));

  it('that is optional may be refused; the diagnostic text is kept', () =>
    session(
      [{ do: 'write', path: [2, 0], value: { '0': 1 }, optional: true }, FINISH],
      (device, stage) => {
        expect(device.commands()).toEqual(['PUT /2/0 [11542]', 'POST /bs']);
        expect(stage.session()).toMatchObject({
          state: 'finished',
          errors: [expect.stringMatching(/4.00: no such object/)],
        });
      },
      { answers: { 'PUT /2/0': outgoing('4.00', { payload: new TextEncoder().encode('no such object') }) } },
    ));
});

describe('a Bootstrap-Delete', () => {
  it.each([
    ['/', 'DELETE /'],
    ['/1', 'DELETE /1'],
    ['/1/7', 'DELETE /1/7'],
  ])('of %s names just that', (path, sent) =>
    session([{ do: 'delete', path: pathOf(path) }, FINISH], (device) =>
      expect(device.commands()).toEqual([sent, 'POST /bs']),
    ),
  );

  it.each([
    ['/1/7', '4.00', 'finished'],
    ['/1/7', '4.04', 'finished'],
    ['/1/7', '4.05', 'failed'],
    ['/', '4.00', 'failed'],
  ] as const)('of %s that is answered with %s leaves the session %s', (path, code, state) =>
    session(
      [{ do: 'delete', path: pathOf(path) }, FINISH],
      (_, stage) => {
        expect(stage.session().state).toBe(state);
        expect(stage.session().errors).toHaveLength(1);
      },
      { answers: { [`DELETE ${path}`]: { code } } },
    ),
  );
});

describe('a Bootstrap-Discover and a Bootstrap-Read', () => {
  it('are told apart by Accept, and what they show is kept', () =>
    session(
      [{ do: 'discover', path: [] }, { do: 'read', path: [1] }, { do: 'read', path: [1, 0], format: 11542 }, FINISH],
      (device, stage) => {
        const [discover, read, instance] = device.requests.map(({ message }) =>
          message.options.filter(({ number }) => number === 17),
        );
        expect([discover?.length, read?.length, instance?.length]).toEqual([1, 0, 1]);
        expect(stage.session().done.map(({ answer }) => answer)).toMatchObject([
          { code: '2.05', links: FRESH },
          { code: '4.05' },
          { code: '2.05', content: { '1': 60 } },
          { code: '2.04' },
        ]);
        expect(stage.session()).toMatchObject({ state: 'finished', enabler: '1.1' });
      },
      { answers: { 'GET /1/0': outgoing('2.05', { contentFormat: 11542, payload: Uint8Array.of(0xc1, 1, 60) }) } },
    ));

  it('asks in the format that the client prefers', () =>
    session(
      [{ do: 'read', path: [1] }, FINISH],
      (device) => expect(device.requests[0]?.message.options).toContainEqual({ number: 17, value: Uint8Array.of(110) }),
      { query: ['pct=110'] },
    ));

  it.each([
    ['the form of 1.0', links('lwm2m="1.0",</0/0>,</3/0>'), '1.0', 0],
    ['links that are none', links('</0/0'), '1.2', 1],
    ['4.05', { code: '4.05' }, '1.2', 1],
  ] as const)('goes on after %s', (_, answer, enabler, errors) =>
    session(
      [{ do: 'discover', path: [] }, FINISH],
      (__, stage) => {
        expect(stage.session()).toMatchObject({ state: 'finished', enabler });
        expect(stage.session().errors).toHaveLength(errors);
      },
      { answers: { 'GET /': answer } },
    ),
  );
});

describe('an account', () => {
  it.each([
    ['beside that of the bootstrap-server', FRESH, ['PUT /0/1', 'PUT /1/1']],
    ['below it, where it is not the first', '</>;lwm2m=1.1,</0/1>,</3/0>', ['PUT /0/0', 'PUT /1/0']],
    ['beside others', '</>;lwm2m=1.1,</0/0>,</0/1>;ssid=1,</1/2>;ssid=1', ['PUT /0/3', 'PUT /1/3']],
    ['its own, where it is there', '</>;lwm2m=1.1,</0/0>,</0/1>;ssid=7,</1/2>;ssid=7', ['PUT /0/1', 'PUT /1/2']],
    ['its own, where half of it is there', '</>;lwm2m=1.1,</0/0>,</0/2>;ssid=7', ['PUT /0/2', 'PUT /1/1']],
  ])('takes the ids that suit: %s', (_, shown, expected) =>
    session(
      [ACCOUNT, FINISH],
      (device) => {
        expect(device.commands()).toEqual(['GET /', ...expected.map((put) => `${put} [11542]`), 'POST /bs']);
        const [security = '', server = ''] = expected;
        expect(content(device, server, server.slice(4), 11542)).toEqual(SERVER);
        expect(content(device, security, security.slice(4), 11542)).toEqual({
          ...{ '0': 'coap://server:5683', '1': false, '2': 3, '3': '', '4': '', '5': '', '10': 7 },
        });
      },
      { answers: { 'GET /': links(shown) } },
    ),
  );

  it('takes the ids that it names, and does not look first', () =>
    session([{ ...ACCOUNT, securityInstance: 5, serverInstance: 9 }, FINISH], (device) =>
      expect(device.commands()).toEqual(['PUT /0/5 [11542]', 'PUT /1/9 [11542]', 'POST /bs']),
    ));

  it('takes one id for both where it names one', () =>
    session([{ ...ACCOUNT, serverInstance: 4 }, FINISH], (device) =>
      expect(device.commands()).toEqual(['PUT /0/4 [11542]', 'PUT /1/4 [11542]', 'POST /bs']),
    ));

  it('after a Delete looks anew; a second one stands beside the first', () =>
    session(
      [{ do: 'discover', path: [] }, { do: 'delete', path: [] }, ACCOUNT, { ...ACCOUNT, shortServerId: 8 }, FINISH],
      (device) =>
        expect(device.commands()).toEqual([
          ...['GET /', 'DELETE /', 'GET /', 'PUT /0/1 [11542]', 'PUT /1/1 [11542]'],
          ...['PUT /0/2 [11542]', 'PUT /1/2 [11542]', 'POST /bs'],
        ]),
    ));

  it('keeps clear of instance 0 where the client shows nothing', () =>
    session(
      [ACCOUNT, ACCOUNT, FINISH],
      (device) =>
        expect(device.commands()).toEqual([
          ...['GET /', 'PUT /0/1 [11542]', 'PUT /1/1 [11542]', 'PUT /0/2 [11542]', 'PUT /1/2 [11542]', 'POST /bs'],
        ]),
      { answers: { 'GET /': { code: '4.04' } } },
    ));

  it.each([
    [
      { mode: 'psk', identity: 'me', key: 'c0ffee' },
      { '2': 0, '3': '6d65', '4': '', '5': 'c0ffee' },
    ],
    [
      { mode: 'x509', publicKey: '01', serverPublicKey: '02', secretKey: '03' },
      { '2': 2, '3': '01', '4': '02', '5': '03' },
    ],
  ] as const)('with %o holds its keys', (security, expected) =>
    session([{ ...ACCOUNT, security, securityInstance: 1 }, FINISH], (device) =>
      expect(content(device, 'PUT /0/1', '/0/1', 11542)).toMatchObject(expected),
    ),
  );
});

describe('a Bootstrap-Finish', () => {
  it('that is refused fails the session', () =>
    session([FINISH], (_, stage) => expect(stage.session().state).toBe('failed'), {
      answers: { 'POST /bs': { code: '4.06' } },
    }));

  it('that is refused may be made good', () => {
    const given = ['4.06', '2.04'] as const;
    return onStage(
      async (stage) => {
        const device = stage.client();
        let finishes = 0;
        device.answer = ({ message }) => ({ code: message.code === '0.02' ? (given[finishes++] ?? '5.00') : '2.04' });
        await device.ask('ep=device');
        await settle(stage);
        expect(device.commands()).toEqual(['POST /bs', 'PUT /1/1 [11542]', 'POST /bs']);
        expect(stage.session()).toMatchObject({ state: 'finished', errors: ['finish: 4.06: expected 2.04'] });
      },
      { steps: [FINISH, write('/1/1', SERVER), FINISH] },
    );
  });

  it('that is not among the steps leaves the session unfinished', () =>
    session([write('/1/1', SERVER)], (device, stage) => {
      expect(device.commands()).not.toContain('POST /bs');
      expect(stage.session().state).toBe('unfinished');
      expect(stage.events.some(({ event }) => event === 'bootstrapped')).toBe(false);
    }));

  it('that nobody answers fails the session', () =>
    session(
      [FINISH],
      (_, stage) =>
        expect(stage.session()).toMatchObject({
          state: 'failed',
          errors: [expect.stringMatching(/^finish: /)],
        }),
      { answers: { 'POST /bs': 'silence' } },
    ));
});

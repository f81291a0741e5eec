import { describe, expect, it } from 'vitest';
import { sleep, VirtualClock } from '../base/clock.js';
import { unwrap } from '../base/error.js';
import { seeded } from '../base/random.js';
import { Endpoint } from '../coap/index.js';
import { memoryNetwork } from '../link/memory.js';
import { modelFor } from '../model/registry.js';
import { outgoing } from '../roles/shared/outgoing.js';
import { OptionNumber } from '../wire/coap/options.js';
import { getPath, getPathSegments, getUint } from '../wire/coap/read.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { contentOf } from '../wire/coerce.js';
import { decode } from '../wire/formats.js';
import type { BootstrapServerStimulus, BootstrapSessionShown, Outcome, Setup, Sut, SutEvent } from './contract.js';
import { referenceBootstrapServer, type ReferenceBootstrapServerOptions } from './reference-bootstrap-server.js';

const SETUP: Setup = {
  case: 'c',
  endpoint: 'device',
  enabler: '1.2',
  configuration: { id: 'C.13', values: {} },
  peers: [
    { party: 'server', uri: 'coap://server:5683', shortServerId: 1 },
    { party: 'server', uri: 'coap://other:5683', shortServerId: 2 },
  ],
  credentials: {},
};

interface Bench {
  readonly sut: Sut;
  /** What the client was sent. */
  readonly received: CoapMessage[];
  /** One bootstrap; the code of the answer to the request. */
  readonly ask: (...query: readonly string[]) => Promise<string>;
  /** Values of a Write that the client was sent. */
  readonly written: (path: string) => unknown;
  readonly stimulate: (
    stimulus: Partial<BootstrapServerStimulus> & { readonly do: BootstrapServerStimulus['do'] },
  ) => Promise<Outcome>;
}

function bench(
  play: (bench: Bench) => Promise<void>,
  setup: Setup = SETUP,
  options: Partial<ReferenceBootstrapServerOptions> = {},
): Promise<void> {
  const clock = new VirtualClock();
  const network = memoryNetwork(clock);
  const sut = referenceBootstrapServer({
    clock,
    random: seeded(1),
    link: () => Promise.resolve(network.link('bs:5683')),
    ...options,
  });
  const client = new Endpoint({ link: network.link('client'), clock, random: seeded(2) });
  const received: CoapMessage[] = [];
  const good = { '0.01': '4.04', '0.02': '2.04', '0.03': '2.04', '0.04': '2.02' } as const;
  client.onRequest(({ message }) => {
    received.push(message);
    return { code: good[message.code as keyof typeof good] };
  });
  return clock.run(async () => {
    expect(await sut.start(setup)).toEqual({ address: 'bs:5683' });
    await play({
      sut,
      received,
      ask: async (...query) => {
        const response = unwrap(await client.request('bs:5683', outgoing('0.02', { path: '/bs', query })));
        await sleep(clock, 2);
        return response.message.code;
      },
      written: (path) => {
        const message = received.find((one) => one.code === '0.03' && getPath(one) === path);
        if (!message) throw new Error(`no Write of ${path}`);
        const ids = getPathSegments(message).map(Number);
        const format = getUint(message, OptionNumber.contentFormat) ?? 0;
        return contentOf(unwrap(decode(format, message.payload, { path: ids, model: modelFor('1.2') })), ids);
      },
      stimulate: (stimulus) =>
        sut.stimulate({ endpoint: 'device', deletes: [], writes: {}, ...stimulus } as BootstrapServerStimulus),
    });
    await sut.stop();
  });
}

describe('the reference bootstrap-server', () => {
  it('describes itself', () =>
    bench(async ({ sut }) => {
      expect(await sut.describe()).toMatchObject({ party: 'bootstrap-server', stimuli: ['provision', 'sessions'] });
    }));

  it('gives the client of the run an account of each server, and knows nobody else', () =>
    bench(async ({ ask, written, received }) => {
      expect(await ask('ep=stranger')).toBe('4.00');
      expect(await ask('ep=device')).toBe('2.04');
      expect(written('/0/1')).toMatchObject({ '0': 'coap://server:5683', '1': false, '2': 3, '10': 1 });
      expect(written('/1/1')).toMatchObject({ '0': 1, '7': 'U' });
      expect(written('/0/2')).toMatchObject({ '0': 'coap://other:5683', '10': 2 });
      expect(received.map(({ code }) => code)).toEqual(['0.04', '0.01', '0.03', '0.03', '0.03', '0.03', '0.02']);
    }));

  it('gives it the credentials of the run where the server is secured', () =>
    bench(
      async ({ ask, written }) => {
        await ask('ep=device');
        expect(written('/0/1')).toMatchObject({ '0': 'coaps://server', '2': 0, '3': 'c0', '4': '', '5': 'ffee' });
      },
      {
        ...SETUP,
        peers: [{ party: 'server', uri: 'coaps://server', shortServerId: 1 }],
        credentials: { 'psk.identity': 'c0', 'psk.key': 'ffee' },
      },
    ));

  it('does what is provisioned, and shows the sessions', () =>
    bench(async ({ ask, received, stimulate }) => {
      const writes = { '/0/1/0': 'coap://x', '/0/1/1': false, '/1/1/1': 60 };
      expect(await stimulate({ do: 'provision', deletes: ['/1'], writes, format: 110 })).toEqual({});
      expect(await stimulate({ do: 'sessions' })).toEqual({ told: [] });
      await ask('ep=device');
      expect(received.map(getPath)).toEqual(['/1', '/0/1', '/1/1/1', '/bs']);
      const session: BootstrapSessionShown = {
        endpoint: 'device',
        address: 'client',
        state: 'finished',
        commands: [
          { command: 'delete /1', code: '2.02' },
          { command: 'write /0/1', format: 110, code: '2.04' },
          { command: 'write /1/1/1', format: 110, code: '2.04' },
          { command: 'finish', code: '2.04' },
        ],
        errors: [],
      };
      expect(await stimulate({ do: 'sessions' })).toEqual({ told: [session] });
    }));

  it('follows steps to the letter', () =>
    bench(async ({ ask, received, stimulate }) => {
      await stimulate({
        do: 'provision',
        steps: [
          { do: 'finish' },
          { do: 'read', path: '/1' },
          { do: 'write', path: '/1/0/1', value: 60 },
          { do: 'discover', path: '/' },
          { do: 'delete', path: '/0/9' },
        ],
      });
      await ask('ep=device');
      expect(received.map((message) => `${message.code} ${getPath(message)}`)).toEqual([
        ...['0.02 /bs', '0.01 /1', '0.03 /1/0/1', '0.01 /', '0.04 /0/9'],
      ]);
      expect(await stimulate({ do: 'sessions' })).toMatchObject({ told: [{ state: 'unfinished' }] });
    }));

  it.each<[string, Partial<BootstrapServerStimulus>, RegExp]>([
    ['a path that is none', { do: 'provision', deletes: ['1'] }, /^1, offset 0: a path starts with/],
    ['a path that is none, in a step', { do: 'provision', steps: [{ do: 'delete', path: '/x' }] }, /^\/x, offset 1/],
    ['a Delete of a Resource', { do: 'provision', deletes: ['/1/0/1'] }, /no delete of a path of 3 identifiers/],
    [
      'a value that does not fit',
      { do: 'provision', writes: { '/1/0': { '1': 'long' } } },
      /^\/1\/0\/1, offset 0: "long"/,
    ],
  ])('refuses %s', (_, stimulus, why) =>
    bench(async ({ stimulate }) => {
      expect(await stimulate({ do: 'provision', ...stimulus })).toEqual({ refused: expect.stringMatching(why) });
    }),
  );

  it('tells what happens', () =>
    bench(async ({ sut, ask }) => {
      const events: SutEvent[] = [];
      const reading = (async () => {
        for await (const event of sut.events?.() ?? []) events.push(event);
      })();
      await ask('ep=device', 'pct=112');
      await sut.stop();
      await reading;
      expect(events[0]).toEqual({
        event: 'log',
        endpoint: 'device',
        text: 'asks from client, prefers Content-Format 112',
      });
      expect(events.at(-1)).toEqual({ event: 'bootstrapped', endpoint: 'device' });
    }));

  it('speaks the version of the run', () =>
    bench(
      async ({ ask }) => {
        expect(await ask('ep=device', 'pct=11544')).toBe('4.15');
      },
      { ...SETUP, enabler: '1.1' },
    ));

  it('serves those of its configuration, and not the endpoint of the run', () =>
    bench(
      async ({ ask }) => {
        expect(await ask('ep=device')).toBe('4.00');
        expect(await ask('ep=one')).toBe('2.04');
      },
      SETUP,
      { setup: { clients: { one: { deletes: ['/'] } } } },
    ));

  it('serves anyone where it is told to', () =>
    bench(
      async ({ ask, received }) => {
        expect(await ask('ep=whoever')).toBe('2.04');
        expect(received.map(getPath)).toEqual(['/1', '/bs']);
      },
      SETUP,
      { setup: { anyone: { deletes: ['/1'] } } },
    ));

  it('answers nothing else, and nothing before it was started', async () => {
    const sut = referenceBootstrapServer({
      clock: new VirtualClock(),
      random: seeded(1),
      link: () => Promise.reject(new Error('not to be called')),
    });
    expect(await sut.stimulate({ do: 'update' })).toBe('unsupported');
    expect(await sut.stimulate({ do: 'sessions' })).toEqual({ failed: 'the bootstrap-server has not been started' });
    await expect(sut.stop()).resolves.toBeUndefined();
  });

  it('can be started again', () =>
    bench(async ({ sut, ask }) => {
      await sut.stop();
      expect(await sut.start(SETUP)).toEqual({ address: 'bs:5683' });
      expect(await ask('ep=device')).toBe('2.04');
    }));
});

import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.js';
import { sleep } from '../../base/clock.js';
import { unwrap } from '../../base/error.js';
import type { Delivery, IncomingRequest, Outgoing } from '../../coap/types.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getPath, getUint } from '../../wire/coap/read.js';
import { ServerRole } from './server-role.js';
import { content, onStage, QUERY, type BareClient, type Stage } from './testing/stage.js';

interface Observed extends Stage {
  readonly device: BareClient;
  /** Sends a notification for the first Observe; a Reset to a non-confirmable one shows in `resets`. */
  readonly notify: (sequence: number, text: string, out?: Partial<Outgoing>) => Promise<Delivery | 'sent'>;
  readonly resets: number[];
}

/** A client that observes are accepted by, and one observation of /3/0/9. */
function observing(play: (stage: Observed) => Promise<void>): Promise<void> {
  return onStage(async (stage) => {
    const device = stage.client();
    await device.register(QUERY.map((parameter) => (parameter.startsWith('lt=') ? 'lt=300' : parameter)));
    await sleep(stage.clock, 1);
    device.answer = ({ message }) =>
      getUint(message, OptionNumber.observe) === 0 ? content('85', 0, 10) : content('85');
    unwrap(await stage.server.observe('device', [3, 0, 9]));
    const resets: number[] = [];
    const token = device.requests[0]?.message.token ?? new Uint8Array();
    const notify: Observed['notify'] = async (sequence, text, out = {}) => {
      const settled = await device.endpoint.notify(
        'server',
        token,
        sequence,
        { ...content(text), confirmable: false, ...out },
        () => resets.push(sequence),
      );
      await sleep(stage.clock, 0.1);
      return settled;
    };
    await play({ ...stage, device, notify, resets });
  });
}

/** A server that takes its time to answer a Register, though it has made the registration. */
class SlowServer extends ServerRole {
  override async answerRegister(request: IncomingRequest): Promise<Outgoing> {
    const answer = await super.answerRegister(request);
    await sleep(this.clock, 5);
    return answer;
  }
}

const observeOf = ({ message }: IncomingRequest): number | undefined => getUint(message, OptionNumber.observe);

describe('Observe', () => {
  it('shows the first answer and each notification, confirmable or not', () =>
    observing(async ({ server, notify, events }) => {
      expect(server.shown('device', [3, 0, 9])).toBe(85);
      await notify(11, '84');
      expect(server.shown('device', [3, 0, 9])).toBe(84);
      expect(await notify(12, '83', { confirmable: true })).toBe('acknowledged');
      expect(server.shown('device', [3, 0, 9])).toBe(83);
      expect(events.filter(({ event }) => event === 'notified')).toEqual([
        { event: 'notified', endpoint: 'device', path: '/3/0/9' },
        { event: 'notified', endpoint: 'device', path: '/3/0/9' },
      ]);
    }));

  it('ignores a notification that is older than the last, by the rule of RFC 7641', () =>
    observing(async ({ server, notify, clock }) => {
      await notify(20, '80');
      await notify(19, '79');
      await notify(20, '78');
      expect(server.shown('device', [3, 0, 9])).toBe(80);
      await sleep(clock, 129);
      await notify(5, '75');
      expect(server.shown('device', [3, 0, 9])).toBe(75);
      await notify(2 ** 24 - 1, '74');
      expect(server.shown('device', [3, 0, 9])).toBe(75);
    }));

  it('survives a notification that cannot be read, and says so', () =>
    observing(async ({ server, notify, events }) => {
      await notify(11, 'much');
      expect(events.at(-1)).toMatchObject({ event: 'notified', text: expect.stringContaining('much') as string });
      await notify(12, '84');
      expect(server.shown('device', [3, 0, 9])).toBe(84);
    }));

  it('takes an error for the end', () =>
    observing(async ({ server, notify, resets }) => {
      await notify(11, '', { code: '4.04', options: [], payload: new Uint8Array() });
      await notify(12, '84', { confirmable: true });
      expect(server.shown('device', [3, 0, 9])).toBe(85);
      expect(await server.cancel('device', [3, 0, 9], 'active')).toMatchObject({
        ok: false,
        problem: { code: 'not-observed' },
      });
      expect(resets).toEqual([12]);
    }));

  it('is not in force when the answer has no Observe option, or is an error', () =>
    onStage(async ({ server, client }) => {
      const device = client();
      await device.register();
      device.answer = () => content('85');
      unwrap(await server.observe('device', [3, 0, 9]));
      expect(await server.cancel('device', [3, 0, 9], 'active')).toMatchObject({ ok: false });
      device.answer = () => ({ code: '4.05' });
      expect(unwrap(await server.observe('device', [3, 0, 4]))).toEqual({ code: '4.05' });
      expect(server.observations.size).toBe(0);
    }));

  it('takes the place of an older one of the same path', () =>
    observing(async ({ server, device, notify, resets }) => {
      unwrap(await server.observe('device', [3, 0, 9]));
      expect(server.observations.size).toBe(1);
      expect(device.requests).toHaveLength(2);
      await notify(11, '84');
      expect(resets).toEqual([11]);
      expect(server.shown('device', [3, 0, 9])).toBe(85);
    }));
});

describe('Cancel', () => {
  it('repeats the request with Observe 1, the same token and options', () =>
    observing(async ({ server, device }) => {
      expect(unwrap(await server.cancel('device', [3, 0, 9], 'active'))).toEqual({ code: '2.05', content: 85 });
      const [observe, cancel] = device.requests.map(({ message }) => message);
      expect(cancel?.token).toEqual(observe?.token);
      expect(
        cancel?.options.map(({ number, value }) => [number, number === OptionNumber.observe ? 'observe' : value]),
      ).toEqual(
        observe?.options.map(({ number, value }) => [number, number === OptionNumber.observe ? 'observe' : value]),
      );
      expect(device.requests.map(observeOf)).toEqual([0, 1]);
    }));

  it('passively resets the next notification, confirmable or not', () =>
    observing(async ({ server, device, notify, resets }) => {
      expect(unwrap(await server.cancel('device', [3, 0, 9], 'passive'))).toEqual({ code: 'none' });
      expect(device.requests).toHaveLength(1);
      await notify(11, '84');
      expect(resets).toEqual([11]);
      expect(await notify(12, '83', { confirmable: true })).toBe('reset');
      expect(server.shown('device', [3, 0, 9])).toBe(85);
    }));

  it('is refused for what is not observed', () =>
    observing(async ({ server }) => {
      expect(await server.cancel('device', [3, 0, 1], 'active')).toMatchObject({
        ok: false,
        problem: { code: 'not-observed' },
      });
    }));

  it('of a composite observation repeats its body', () =>
    observing(async ({ server, device }) => {
      device.answer = ({ message }) =>
        content('[{"n":"/3/0/9","v":85}]', 110, getUint(message, OptionNumber.observe) === 0 ? 1 : undefined);
      unwrap(
        await server.observeComposite('device', [
          [3, 0, 9],
          [1, 0, 1],
        ]),
      );
      unwrap(
        await server.cancelComposite(
          'device',
          [
            [3, 0, 9],
            [1, 0, 1],
          ],
          'active',
        ),
      );
      const [, observe, cancel] = device.requests.map(({ message }) => message);
      expect(observe?.code).toBe('0.05');
      expect(cancel?.payload).toEqual(observe?.payload);
      expect(cancel?.token).toEqual(observe?.token);
      expect(server.observations.size).toBe(1);
    }));
});

describe('observations of a registration', () => {
  it.each<[string, (stage: Observed) => Promise<unknown>]>([
    [
      'it is de-registered',
      ({ device, server }) => device.send('0.04', { path: server.registrationOf('device')?.location ?? '' }),
    ],
    ['it expires', ({ clock }) => sleep(clock, 301)],
  ])('end when %s', (_, end) =>
    observing(async (stage) => {
      await end(stage);
      expect(stage.server.observations.size).toBe(0);
      await stage.notify(11, '84');
      expect(stage.resets).toEqual([11]);
      expect(stage.server.shown('device', [3, 0, 9])).toBe(85);
    }),
  );

  it('are void after another Register, and asked for again once it is answered', () =>
    observing(async ({ device, clock, notify, resets }) => {
      await device.register();
      expect(device.requests).toHaveLength(1);
      await notify(11, '84');
      expect(resets).toEqual([11]);
      await sleep(clock, 1);
      expect(device.requests.map(({ message }) => getPath(message))).toEqual(['/3/0/9', '/3/0/9']);
      expect(device.requests.map(observeOf)).toEqual([0, 0]);
      expect(device.requests[0]?.message.token).not.toEqual(device.requests[1]?.message.token);
    }));

  it('are not asked for again when they were cancelled meanwhile', () =>
    observing(async ({ device, server, clock }) => {
      await device.send('0.04', { path: server.registrationOf('device')?.location ?? '' });
      expect(await server.cancel('device', [3, 0, 9], 'active')).toMatchObject({ ok: false });
      await device.register();
      await sleep(clock, 5);
      expect(device.requests).toHaveLength(1);
    }));
});

describe('before the answer to the Register', () => {
  it('nothing is sent, however long the answer takes', () =>
    onStage(
      async ({ client, server, clock }) => {
        const device = client();
        const registering = device.register();
        await sleep(clock, 1);
        const reading = server.read('device', [3, 0, 0]);
        await sleep(clock, 3);
        expect(server.registrations()).toHaveLength(1);
        expect(device.requests).toEqual([]);
        await registering;
        await reading;
        expect(device.requests).toHaveLength(1);
      },
      {},
      SlowServer,
    ));
});

describe('queue mode', () => {
  /** A client in queue mode. */
  function sleepy(
    play: (stage: Stage & { device: BareClient; path: string }) => Promise<void>,
    query = [...QUERY.slice(0, 1), 'lt=1000', ...QUERY.slice(2), 'Q'],
  ): Promise<void> {
    return onStage(async (stage) => {
      const device = stage.client();
      const path = await device.register(query);
      device.answer = () => content('85');
      await play({ ...stage, device, path });
    });
  }
  const paths = (device: BareClient): string[] => device.requests.map(({ message }) => getPath(message));

  it('sends at once while the client listens, counted from the last message', () =>
    sleepy(async ({ server, clock, device }) => {
      await sleep(clock, 90);
      await server.read('device', [3, 0, 0]);
      await sleep(clock, 90);
      await server.read('device', [3, 0, 1]);
      expect(paths(device)).toEqual(['/3/0/0', '/3/0/1']);
    }));

  it('sends nothing while the client sleeps, then all in order, each after the answer to the one before', () =>
    sleepy(async ({ server, clock, device, path }) => {
      await sleep(clock, 94);
      expect(server.isQueueing('device')).toBe(true);
      const reads = [0, 1, 2].map((resource) => server.read('device', [3, 0, resource]));
      await sleep(clock, 200);
      expect(device.requests).toEqual([]);
      let open = 0;
      device.answer = async () => {
        expect(++open).toBe(1);
        await sleep(clock, 0.5);
        open--;
        return content('85');
      };
      await device.send('0.02', { path });
      expect(device.requests).toEqual([]);
      await Promise.all(reads);
      expect(paths(device)).toEqual(['/3/0/0', '/3/0/1', '/3/0/2']);
    }));

  it('wakes by a notification', () =>
    sleepy(async ({ server, clock, device }) => {
      device.answer = ({ message }) => content('85', 0, getUint(message, OptionNumber.observe) === 0 ? 1 : undefined);
      await server.observe('device', [3, 0, 9]);
      await sleep(clock, 100);
      const reading = server.read('device', [3, 0, 0]);
      await sleep(clock, 10);
      expect(paths(device)).toEqual(['/3/0/9']);
      await device.endpoint.notify('server', device.requests[0]?.message.token ?? new Uint8Array(), 2, {
        ...content('84'),
        confirmable: false,
      });
      await reading;
      expect(paths(device)).toEqual(['/3/0/9', '/3/0/0']);
    }));

  it('keeps what waits when the client registers again instead', () =>
    sleepy(async ({ server, clock, device }) => {
      await sleep(clock, 100);
      const reading = server.read('device', [3, 0, 0]);
      await device.register([...QUERY, 'Q'], '</x>;rt="oma.lwm2m",</x/1/0>,</x/3/0>');
      expect(unwrap(await reading)).toMatchObject({ code: '2.05' });
      expect(paths(device)).toEqual(['/x/3/0/0']);
    }));

  it.each([
    ['de-registers', 'deregistered'],
    ['expires', 'expired'],
  ])('drops what waits for a client that %s', (_, ending) =>
    sleepy(async ({ server, clock, device, path }) => {
      await sleep(clock, 100);
      const reading = server.read('device', [3, 0, 0]);
      if (ending === 'deregistered') await device.send('0.04', { path });
      expect(await reading).toMatchObject({
        ok: false,
        problem: { code: 'registration-ended', message: `the client ${ending}` },
      });
      expect(device.requests).toEqual([]);
    }),
  );

  it('takes a client for asleep that does not answer; the rest waits', () =>
    sleepy(async ({ server, clock, device, path }) => {
      device.answer = () => undefined;
      const first = server.read('device', [3, 0, 0]);
      const second = server.read('device', [3, 0, 1]);
      expect(unwrap(await first)).toMatchObject({ code: 'none' });
      await sleep(clock, 10);
      expect(new Set(paths(device))).toEqual(new Set(['/3/0/0']));
      device.answer = () => content('85');
      await device.send('0.02', { path });
      expect(unwrap(await second)).toMatchObject({ code: '2.05' });
    }));

  it('counts for the UQ of 1.0 as well', () =>
    sleepy(
      async ({ server, clock }) => {
        await sleep(clock, 94);
        expect(server.isQueueing('device')).toBe(true);
      },
      ['ep=device', 'lt=1000', 'lwm2m=1.0', 'b=UQ'],
    ));

  it('does not concern others', () =>
    onStage(async ({ server, client, clock }) => {
      const device = client();
      await device.register(['ep=device', 'lt=1000', 'lwm2m=1.1']);
      await sleep(clock, 500);
      expect(server.isQueueing('device')).toBe(false);
      device.answer = () => ({ code: '2.05', payload: utf8('') });
      unwrap(await server.read('device', [3, 0, 0]));
      expect(device.requests).toHaveLength(1);
    }));
});

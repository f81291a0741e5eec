import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.js';
import { unwrap } from '../base/error.js';
import { getUint, OptionNumber, uintOption, uriPath } from '../wire/coap/options.js';
import type { Endpoint } from './endpoint.js';
import { isNewer, OBSERVE_MODULUS } from './observe.js';
import { HandPeer, Wire } from './testing/wire.js';
import type { IncomingResponse, Outgoing } from './types.js';

const token = utf8('obs');
const observing = (value: number): Outgoing => ({
  code: '0.01',
  token,
  options: [uintOption(OptionNumber.observe, value), ...uriPath('/3/0/9')],
});
const numbered = (value: number) => [uintOption(OptionNumber.observe, value)];

describe('isNewer', () => {
  it.each([
    [1, 2, 0, true],
    [2, 1, 0, false],
    [1, 1, 0, false],
    [0, 2 ** 23 - 1, 0, true],
    [0, 2 ** 23, 0, false],
    [2 ** 24 - 1, 0, 0, true],
    [2 ** 23 + 1, 0, 0, true],
    [2 ** 23, 0, 0, false],
    [2, 1, 128, false],
    [2, 1, 128.001, true],
    [1, 1, 129, true],
  ])('says of %i, then %i after %d s: %s', (previous, next, seconds, newer) => {
    expect(isNewer(previous, next, seconds)).toBe(newer);
  });

  it('holds for a counter that goes up by less than half its range, and never both ways', () => {
    fc.assert(
      fc.property(fc.nat(OBSERVE_MODULUS - 1), fc.integer({ min: 1, max: OBSERVE_MODULUS / 2 - 1 }), (value, step) => {
        const next = (value + step) % OBSERVE_MODULUS;
        expect(isNewer(value, next, 10)).toBe(true);
        expect(isNewer(next, value, 10)).toBe(false);
      }),
    );
  });
});

/** A client that observes a hand-made peer. */
async function observed(wire: Wire): Promise<{ client: Endpoint; peer: HandPeer; notified: IncomingResponse[] }> {
  const client = wire.endpoint('client');
  const peer = wire.peer('peer');
  const notified: IncomingResponse[] = [];
  const asked = client.request('peer', observing(0), { onNotification: (n) => notified.push(n) });
  const { message } = await peer.next();
  peer.send('client', { type: 'ACK', id: message.id, token, code: '2.05', options: numbered(1) });
  expect(getUint(unwrap(await asked).message, OptionNumber.observe)).toBe(1);
  return { client, peer, notified };
}

const values = (notified: readonly IncomingResponse[]): (number | undefined)[] =>
  notified.map(({ message }) => getUint(message, OptionNumber.observe));

describe('a client that observes', () => {
  it('is given notifications as they come, and acknowledges confirmable ones', async () => {
    const wire = new Wire();
    await wire.run(async () => {
      const { peer, notified } = await observed(wire);
      peer.send('client', { type: 'CON', id: 1, token, code: '2.05', options: numbered(3) });
      expect((await peer.next()).hex).toBe('60000001');
      peer.send('client', { type: 'NON', id: 2, token, code: '2.05', options: numbered(2) });
      await wire.sleep(1);
      expect(values(notified)).toEqual([3, 2]);
      expect(peer.rest).toEqual([]);
    });
  });

  it('is given a notification once, however often it comes', async () => {
    const wire = new Wire();
    await wire.run(async () => {
      const { peer, notified } = await observed(wire);
      for (let i = 0; i < 3; i++)
        peer.send('client', { type: 'CON', id: 1, token, code: '2.05', options: numbered(3) });
      for (let i = 0; i < 3; i++)
        peer.send('client', { type: 'NON', id: 2, token, code: '2.05', options: numbered(4) });
      await wire.sleep(1);
      expect(values(notified)).toEqual([3, 4]);
      expect(peer.rest.map(({ hex }) => hex)).toEqual(['60000001', '60000001', '60000001']);
    });
  });

  it('is given none of another address or on an ACK', async () => {
    const wire = new Wire();
    const stranger = wire.peer('stranger');
    await wire.run(async () => {
      const { peer, notified } = await observed(wire);
      stranger.send('client', { type: 'NON', id: 1, token, code: '2.05', options: numbered(2) });
      peer.send('client', { type: 'ACK', id: 1, token, code: '2.05', options: numbered(2) });
      await wire.sleep(1);
      expect(notified).toEqual([]);
    });
  });

  it.each(['CON', 'NON'] as const)('resets %s notifications once it has forgotten', async (type) => {
    const wire = new Wire();
    await wire.run(async () => {
      const { client, peer, notified } = await observed(wire);
      client.forget('peer', token);
      peer.send('client', { type, id: 1, token, code: '2.05', options: numbered(2) });
      expect((await peer.next()).hex).toBe('70000001');
      expect(notified).toEqual([]);
    });
  });

  it.each([
    ['an error', { code: '4.04' }],
    ['one without Observe', { code: '2.05' }],
  ])('takes %s as the last', async (_what, last) => {
    const wire = new Wire();
    await wire.run(async () => {
      const { peer, notified } = await observed(wire);
      peer.send('client', { type: 'CON', id: 1, token, ...last });
      expect((await peer.next()).hex).toBe('60000001');
      peer.send('client', { type: 'CON', id: 2, token, code: '2.05', options: numbered(9) });
      expect((await peer.next()).hex).toBe('70000002');
      expect(notified).toHaveLength(1);
    });
  });

  it('cancels with the token of the observation, and still gets what comes before the answer', async () => {
    const wire = new Wire();
    await wire.run(async () => {
      const { client, peer, notified } = await observed(wire);
      const cancelled = client.request('peer', observing(1));
      const { message } = await peer.next();
      peer.send('client', { type: 'NON', id: 1, token, code: '2.05', options: numbered(2) });
      await wire.sleep(0.1);
      peer.send('client', { type: 'ACK', id: message.id, token, code: '2.05', payload: utf8('end') });
      expect(unwrap(await cancelled).message.payload).toEqual(utf8('end'));
      expect(values(notified)).toEqual([2]);
      peer.send('client', { type: 'CON', id: 2, token, code: '2.05', options: numbered(3) });
      expect((await peer.next()).hex).toBe('70000002');
    });
  });

  it('registers again with the same token: one observation, the new listener', async () => {
    const wire = new Wire();
    await wire.run(async () => {
      const { client, peer, notified } = await observed(wire);
      const again: IncomingResponse[] = [];
      const asked = client.request('peer', observing(0), { onNotification: (n) => again.push(n) });
      const { message } = await peer.next();
      peer.send('client', { type: 'ACK', id: message.id, token, code: '2.05', options: numbered(5) });
      await asked;
      peer.send('client', { type: 'NON', id: 2, token, code: '2.05', options: numbered(6) });
      await wire.sleep(0.1);
      expect([values(notified), values(again)]).toEqual([[], [6]]);
    });
  });

  it('has no observation where the response has no Observe or nobody listens', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      for (const [i, options] of [[], numbered(1)].entries()) {
        const asked = client.request(
          'peer',
          observing(0),
          i === 0 ? { onNotification: () => expect.fail('a notification') } : {},
        );
        const { message } = await peer.next();
        peer.send('client', { type: 'ACK', id: message.id, token, code: '2.05', options });
        await asked;
        peer.send('client', { type: 'CON', id: i, token, code: '2.05', options: numbered(2) });
        expect((await peer.next()).message).toMatchObject({ type: 'RST', id: i });
      }
    });
  });

  it('is asked again after it was forgotten with the same token', async () => {
    const wire = new Wire();
    await wire.run(async () => {
      const { client, peer } = await observed(wire);
      client.forget('peer', token);
      const heard: IncomingResponse[] = [];
      const asked = client.request('peer', observing(0), { onNotification: (n) => heard.push(n) });
      const { message } = await peer.next();
      peer.send('client', { type: 'ACK', id: message.id, token, code: '2.05', options: numbered(1) });
      await asked;
      peer.send('client', { type: 'NON', id: 2, token, code: '2.05', options: numbered(6) });
      await wire.sleep(0.1);
      expect(values(heard)).toEqual([6]);
    });
  });
});

describe('notify', () => {
  it('tells what became of a confirmable notification', async () => {
    const wire = new Wire();
    const server = wire.endpoint('server');
    const peer = wire.peer('peer');
    let resets = 0;
    await wire.run(async () => {
      const acknowledged = server.notify('peer', token, 5, { code: '2.05', payload: utf8('v') }, () => resets++);
      const first = await peer.next();
      expect(first.message).toMatchObject({
        type: 'CON',
        code: '2.05',
        token,
        options: numbered(5),
        payload: utf8('v'),
      });
      peer.send('server', { type: 'ACK', id: first.message.id });
      expect(await acknowledged).toBe('acknowledged');

      const reset = server.notify('peer', token, 6, { code: '2.05' }, () => resets++);
      peer.send('server', { type: 'RST', id: (await peer.next()).message.id });
      expect(await reset).toBe('reset');
      expect(resets).toBe(1);

      const start = wire.clock.now();
      expect(await server.notify('peer', token, 7, { code: '2.05' }, () => resets++)).toBe('timeout');
      expect(wire.clock.now() - start).toBeGreaterThan(62);
      expect(resets).toBe(1);
    });
  });

  it('sends a non-confirmable one at once, and tells of a Reset within NON_LIFETIME', async () => {
    const wire = new Wire();
    const server = wire.endpoint('server');
    const peer = wire.peer('peer');
    let resets = 0;
    await wire.run(async () => {
      const send = (): Promise<unknown> =>
        server.notify('peer', token, 1, { code: '2.05', confirmable: false }, () => resets++);
      expect(await send()).toBe('sent');
      const first = await peer.next();
      await wire.sleep(140);
      peer.send('server', { type: 'RST', id: first.message.id });
      peer.send('server', { type: 'RST', id: first.message.id });
      await wire.sleep(1);
      expect(resets).toBe(1);
      await send();
      const second = await peer.next();
      await wire.sleep(146);
      peer.send('server', { type: 'RST', id: second.message.id });
      await wire.sleep(1);
      expect(resets).toBe(1);
    });
  });

  it('sends non-confirmable ones past a confirmable one that waits', async () => {
    const wire = new Wire();
    const server = wire.endpoint('server');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      void server.notify('peer', token, 1, { code: '2.05' });
      await server.notify('peer', token, 2, { code: '2.05', confirmable: false });
      await wire.sleep(0.1);
      expect(peer.seen.map(({ message }) => message.type)).toEqual(['CON', 'NON']);
    });
  });

  it('gives up what waits behind a notification that was reset or never acknowledged, and nothing else', async () => {
    const wire = new Wire();
    const server = wire.endpoint('server');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const all = [1, 2, 3].map((n) => server.notify('peer', token, n, { code: '2.05' }));
      const other = server.notify('peer', utf8('other'), 1, { code: '2.05' });
      peer.send('server', { type: 'RST', id: (await peer.next()).message.id });
      expect(await Promise.all(all)).toEqual(['reset', 'reset', 'reset']);
      const next = await peer.next();
      expect(next.message.token).toEqual(utf8('other'));
      peer.send('server', { type: 'ACK', id: next.message.id });
      expect(await other).toBe('acknowledged');
      expect(peer.rest).toEqual([]);
    });
  });

  it('counts in 24 bits, leaves an Observe of the caller, and gives errors none', async () => {
    const wire = new Wire();
    const server = wire.endpoint('server');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      await server.notify('peer', token, 2 ** 24 + 3, { code: '2.05', confirmable: false });
      await server.notify('peer', token, 4, { code: '2.05', confirmable: false, options: numbered(99) });
      await server.notify('peer', token, 5, { code: '4.04', confirmable: false });
      await wire.sleep(0.1);
      expect(peer.seen.map(({ message }) => message.options)).toEqual([numbered(3), numbered(99), []]);
    });
  });
});

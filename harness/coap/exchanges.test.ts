import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../base/bytes.js';
import { ProblemError, unwrap } from '../base/error.js';
import type { Address } from '../link/link.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { getOpaque, OptionNumber, uintOption, uriPath } from '../wire/coap/options.js';
import { Endpoint } from './endpoint.js';
import { Wire } from './testing/wire.js';
import type { Outgoing } from './types.js';

const GET: Outgoing = { code: '0.01', options: uriPath('/3/0') };

describe('a response', () => {
  it.each([
    ['after the empty ACK', ['ack', 'response'], 'CON'],
    ['before the empty ACK', ['response', 'ack'], 'CON'],
    ['without an empty ACK', ['response'], 'CON'],
    ['non-confirmable after the empty ACK', ['ack', 'response'], 'NON'],
  ] as const)('is taken %s', async (_when, order, type) => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', GET);
      const { message } = await peer.next();
      for (const what of order) {
        if (what === 'ack') peer.send('client', { type: 'ACK', id: message.id });
        else peer.send('client', { type, id: 77, code: '2.05', token: message.token, payload: utf8('x') });
        await wire.sleep(0.1);
      }
      expect(unwrap(await asked).message).toMatchObject({ type, code: '2.05', payload: utf8('x') });
      await wire.sleep(100);
      // No request is sent again, and a confirmable response is acknowledged once.
      expect(peer.rest.map(({ hex }) => hex)).toEqual(type === 'CON' ? ['6000004d'] : []);
    });
  });

  it('is not taken from another address, nor with another token, nor on an ACK with another Message ID', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    const stranger = wire.peer('stranger');
    await wire.run(async () => {
      const asked = client.request('peer', GET);
      const { message } = await peer.next();
      const { id, token } = message;
      stranger.send('client', { type: 'ACK', id, token, code: '4.00' });
      stranger.send('client', { type: 'CON', id: 1, token, code: '4.01' });
      stranger.send('client', { type: 'NON', id: 2, token, code: '4.02' });
      peer.send('client', { type: 'ACK', id, token: utf8('other'), code: '4.03' });
      peer.send('client', { type: 'CON', id: 3, token: utf8('other'), code: '4.04' });
      peer.send('client', { type: 'NON', id: 4, token: utf8('other'), code: '4.05' });
      peer.send('client', { type: 'ACK', id: id ^ 1, token, code: '4.06' });
      await wire.sleep(0.5);
      expect(stranger.seen.map(({ hex }) => hex)).toEqual(['70000001']);
      expect(peer.rest.map(({ hex }) => hex)).toEqual(['70000003']);
      peer.send('client', { type: 'ACK', id, token, code: '2.05' });
      expect(unwrap(await asked)).toMatchObject({ from: 'peer', message: { code: '2.05' } });
    });
  });

  it('is matched by token where two peers use the same one', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    for (const name of ['one', 'two']) wire.endpoint(name).onRequest(() => ({ code: '2.05', payload: utf8(name) }));
    const token = utf8('t');
    const answers = await wire.run(() =>
      Promise.all(['one', 'two'].map((to) => client.request(to, { ...GET, token }))),
    );
    expect(answers.map((answer) => unwrap(answer).message.payload)).toEqual([utf8('one'), utf8('two')]);
  });

  it('too late is reset', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', GET, { within: 1 });
      const { message } = await peer.next();
      peer.send('client', { type: 'ACK', id: message.id });
      await asked;
      peer.send('client', { type: 'CON', id: 8, code: '2.05', token: message.token });
      expect((await peer.next()).hex).toBe('70000008');
    });
  });

  it('with a Content-Format of a length not allowed is taken without it', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', { ...GET, token: new Uint8Array(0) });
      const { message } = await peer.next();
      const id = toHex(Uint8Array.of(message.id >> 8, message.id & 255));
      peer.sendHex('client', `60 83 ${id} C3 FD E8 E8`);
      expect(unwrap(await asked).message.code).toBe('4.03');
    });
  });
});

describe('a handler', () => {
  it('that answers soon has its answer on the ACK', async () => {
    const wire = new Wire();
    const peer = wire.peer('peer');
    wire.endpoint('server').onRequest(async () => {
      await wire.sleep(0.4);
      return { code: '2.05' };
    });
    await wire.run(async () => {
      peer.send('server', { code: '0.01', id: 5, token: utf8('t') });
      expect((await peer.next()).hex).toBe('6145000574');
      await wire.sleep(5);
      expect(peer.rest).toEqual([]);
    });
  });

  it('that takes long has an empty ACK sent, and its answer later in a message of its own', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const server = wire.endpoint('server');
    server.onRequest(async () => {
      await wire.sleep(30);
      return { code: '2.05', payload: utf8('late') };
    });
    await wire.run(async () => {
      const { message } = unwrap(await client.request('server', GET));
      expect(message).toMatchObject({ type: 'CON', code: '2.05', payload: utf8('late') });
      expect(wire.clock.now()).toBeCloseTo(30.002, 3);
    });
  });

  it.each([
    [true, 'CON'],
    [false, 'NON'],
  ])('that sets confirmable to %s answers in a %s of its own', async (confirmable, type) => {
    const wire = new Wire();
    const peer = wire.peer('peer');
    wire.endpoint('server').onRequest(() => ({ code: '2.05', confirmable }));
    await wire.run(async () => {
      peer.send('server', { code: '0.01', id: 5, token: utf8('t') });
      expect((await peer.next()).hex).toBe('60000005');
      expect((await peer.next()).message).toMatchObject({ type, code: '2.05', token: utf8('t') });
    });
  });

  it('answers a non-confirmable request non-confirmably unless told otherwise', async () => {
    const wire = new Wire();
    const peer = wire.peer('peer');
    wire
      .endpoint('server')
      .onRequest(({ message }) => ({ code: '2.05', ...(message.payload.length > 0 && { confirmable: true }) }));
    await wire.run(async () => {
      peer.send('server', { type: 'NON', code: '0.01', id: 5, token: utf8('t') });
      expect((await peer.next()).message).toMatchObject({ type: 'NON', code: '2.05', token: utf8('t') });
      peer.send('server', { type: 'NON', code: '0.02', id: 6, token: utf8('u'), payload: utf8('x') });
      expect((await peer.next()).message).toMatchObject({ type: 'CON', code: '2.05', token: utf8('u') });
    });
  });

  it('may ask its peer before it answers', async () => {
    const wire = new Wire();
    const one = wire.endpoint('one');
    const two = wire.endpoint('two');
    one.onRequest(() => ({ code: '2.05', payload: utf8('inner') }));
    two.onRequest(async ({ from }) => ({
      code: '2.05',
      payload: unwrap(await two.request(from, GET)).message.payload,
    }));
    const answer = await wire.run(() => one.request('two', GET));
    expect(unwrap(answer).message.payload).toEqual(utf8('inner'));
  });

  it('sends its separate response ahead of what waits for the same peer', async () => {
    const wire = new Wire();
    const server = wire.endpoint('server');
    const peer = wire.peer('peer');
    server.onRequest(() => ({ code: '2.05', confirmable: true }));
    await wire.run(async () => {
      for (let i = 0; i < 3; i++) void server.notify('peer', utf8('n'), i, { code: '2.05' });
      const first = await peer.next();
      peer.send('server', { code: '0.01', id: 5, token: utf8('t') });
      await wire.sleep(0.1);
      peer.send('server', { type: 'ACK', id: first.message.id });
      await wire.sleep(0.1);
      expect(peer.rest.map(({ message }) => [message.type, toHex(message.token)])).toEqual([
        ['ACK', ''],
        ['CON', '74'],
      ]);
    });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('that %s is answered for with 5.00', async (_how, handler) => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    wire.endpoint('server').onRequest(handler);
    const answer = await wire.run(() => client.request('server', GET));
    expect(unwrap(answer).message).toMatchObject({ code: '5.00', payload: utf8('broken') });
  });

  it('that gives what cannot be written is answered for with 5.00', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    wire.endpoint('server').onRequest(() => ({ code: '9.99' }));
    const answer = await wire.run(() => client.request('server', GET));
    expect(unwrap(answer).message.code).toBe('5.00');
  });
});

describe('an endpoint', () => {
  it('names its address', () => {
    expect(new Wire().endpoint('client').local).toBe('client');
  });

  it('uses the token it is given', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      void client.request('peer', { ...GET, token: utf8('mine') });
      expect((await peer.next()).message.token).toEqual(utf8('mine'));
    });
  });

  it('repeats a request with the Echo it is asked for, once', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const seen: (Uint8Array | undefined)[] = [];
    wire.endpoint('server').onRequest(({ message }) => {
      const told = getOpaque(message, OptionNumber.echo);
      seen.push(told);
      return told?.[0] === 1
        ? { code: '2.05' }
        : { code: '4.01', options: [{ number: OptionNumber.echo, value: Uint8Array.of(seen.length) }] };
    });
    await wire.run(async () => {
      expect(unwrap(await client.request('server', GET)).message.code).toBe('2.05');
      expect(unwrap(await client.request('server', GET)).message.code).toBe('4.01');
    });
    expect(seen).toEqual([undefined, Uint8Array.of(1), undefined, Uint8Array.of(3)]);
  });

  it('fails a request that cannot be written', async () => {
    const client = new Wire().endpoint('client');
    expect(await client.request('peer', { code: '0.01', token: new Uint8Array(9) })).toMatchObject({
      ok: false,
      problem: { code: 'coap-token-length' },
    });
    await expect(client.notify('peer', utf8('t'), 1, { code: '9.99' })).rejects.toThrow(ProblemError);
  });

  it('ends everything when it is closed, and sends no more', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const requests = [
        client.request('peer', GET),
        client.request('peer', GET),
        client.request('peer', { ...GET, confirmable: false }),
      ];
      const notified = client.notify('peer', utf8('t'), 1, { code: '2.05' });
      const pinged = client.ping('peer');
      const first = await peer.next();
      peer.send('client', { type: 'ACK', id: first.message.id });
      await peer.next();
      await client.close();
      await client.close();
      for (const request of requests)
        expect(await request).toMatchObject({ ok: false, problem: { code: 'coap-closed' } });
      expect(await Promise.all([notified, pinged])).toEqual(['timeout', 'timeout']);
      expect(await client.request('peer', GET)).toMatchObject({ ok: false, problem: { code: 'coap-closed' } });
      expect(await client.notify('peer', utf8('t'), 1, { code: '2.05', confirmable: false })).toBe('timeout');
      client.sendRaw('peer', utf8('x'));
      await wire.sleep(100);
      expect(peer.rest).toEqual([]);
    });
  });

  it('keeps silent about requests whose handler answers after it was closed', async () => {
    const wire = new Wire();
    const server = wire.endpoint('server');
    const peer = wire.peer('peer');
    server.onRequest(async () => {
      await wire.sleep(5);
      return { code: '2.05' };
    });
    await wire.run(async () => {
      peer.send('server', { code: '0.01', id: 5 });
      await wire.sleep(0.1);
      await server.close();
      await wire.sleep(10);
    });
    expect(peer.seen).toEqual([]);
  });

  it('sends bytes as they are', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const link = wire.network.link('peer');
    const seen: string[] = [];
    link.onReceive((_from, datagram) => seen.push(toHex(datagram)));
    await wire.run(async () => {
      client.sendRaw('peer', Uint8Array.of(0xff, 0));
      await wire.sleep(1);
    });
    expect(seen).toEqual(['ff00']);
  });
});

describe('a subclass', () => {
  it('may handle duplicates again', async () => {
    class Forgetful extends Endpoint {
      override isDuplicate(): boolean {
        return false;
      }
    }
    const wire = new Wire();
    const server = new Forgetful(wire.optionsFor('server'));
    const peer = wire.peer('peer');
    let count = 0;
    server.onRequest(() => ({ code: '2.04', payload: utf8(String(++count)) }));
    await wire.run(async () => {
      await peer.probe('server', '40 02 00 01');
      expect(await peer.probe('server', '40 02 00 01')).toEqual(['60440001ff32']);
    });
  });

  it('may change times, tokens, IDs and answers', async () => {
    class Odd extends Endpoint {
      override retransmissionDelay(): number {
        return 1;
      }
      override nextMessageId(): number {
        return 7;
      }
      override responseToken(): Uint8Array {
        return utf8('?');
      }
      override answerPing(from: Address, ping: CoapMessage): void {
        this.acknowledge(from, ping.id);
      }
      override rejectCritical(): Outgoing | undefined {
        return { code: '2.05' };
      }
      override acceptsResponseFrom(): boolean {
        return true;
      }
    }
    const wire = new Wire();
    const odd = new Odd(wire.optionsFor('odd'));
    const peer = wire.peer('peer');
    const stranger = wire.peer('stranger');
    odd.onRequest(() => undefined);
    await wire.run(async () => {
      expect(await peer.probe('odd', '40 00 00 01')).toEqual(['60000001']);
      expect(await peer.probe('odd', '41 01 00 02 AA D0 1C')).toEqual(['614500023f']);
      await odd.request('peer', GET);
      expect(peer.rest.map(({ message }) => message.id)).toEqual([7, 7, 7, 7, 7]);
      const asked = odd.request('peer', { ...GET, token: utf8('t') });
      stranger.send('odd', {
        type: 'NON',
        code: '2.05',
        token: utf8('t'),
        options: [uintOption(OptionNumber.contentFormat, 0)],
      });
      expect(unwrap(await asked).from).toBe('stranger');
    });
  });

  it('may acknowledge after it has answered', async () => {
    class Belated extends Endpoint {
      override acknowledge(to: Address, id: number): Uint8Array {
        this.clock.after(0.2, () => super.acknowledge(to, id));
        return new Uint8Array(0);
      }
    }
    const wire = new Wire();
    const server = new Belated(wire.optionsFor('server'));
    const peer = wire.peer('peer');
    server.onRequest(() => ({ code: '2.05', confirmable: true }));
    await wire.run(async () => {
      peer.send('server', { code: '0.01', id: 5 });
      expect((await peer.next()).message.type).toBe('CON');
      expect((await peer.next()).hex).toBe('60000005');
    });
  });
});

import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.js';
import { VirtualClock } from '../base/clock.js';
import { unwrap } from '../base/error.js';
import { seeded } from '../base/random.js';
import { memoryNetwork } from '../link/memory.js';
import { getPath, uriPath } from '../wire/coap/options.js';
import { Endpoint } from './endpoint.js';

describe('Endpoint', () => {
  it('asks and is answered', async () => {
    const clock = new VirtualClock();
    const network = memoryNetwork(clock);
    const client = new Endpoint({ link: network.link('client'), clock, random: seeded(1) });
    const server = new Endpoint({ link: network.link('server'), clock, random: seeded(2), blockSize: 64 });
    server.onRequest(({ message }) => ({ code: '2.05', payload: utf8(getPath(message).repeat(200)) }));
    const response = unwrap(
      await clock.run(() => client.request('server', { code: '0.01', options: uriPath('/3/0') })),
    );
    expect(response.message.code).toBe('2.05');
    expect(response.message.payload).toEqual(utf8('/3/0'.repeat(200)));
  });
});

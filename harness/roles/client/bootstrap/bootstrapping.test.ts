import { describe, expect, it } from 'vitest';
import { outgoing } from '../../shared/outgoing.js';
import { finish, write, writeAccount } from '../testing/bootstrap-writes.js';
import { onTestBench, type TestBench, type TestBenchOptions } from '../testing/test-bench.js';

/** A client that knows the Bootstrap-Server, at `/0/0`, and no server. */
const unbootstrapped = (options: TestBenchOptions, body: (bench: TestBench) => Promise<void>): Promise<void> =>
  onTestBench({ bootstrap: true, servers: 0, ...options }, body);

/** A client that knows the Bootstrap-Server, at `/0/0`, and a server, at `/0/1`. */
const bootstrapped = (options: TestBenchOptions, body: (bench: TestBench) => Promise<void>): Promise<void> =>
  onTestBench({ bootstrap: true, ...options }, body);

const silent = (): 'silence' => 'silence';

describe('A client without an account', () => {
  it('asks the Bootstrap-Server, takes an account and registers with it', () =>
    unbootstrapped({}, async ({ bootstrapServer, server, client, pass }) => {
      const events: string[] = [];
      client.onEvent(({ event }) => events.push(event));
      expect(bootstrapServer.log).toEqual(['0 0.02 /bs?ep=ep&pct=112']);
      expect(await writeAccount(bootstrapServer)).toEqual(['2.04', '2.04']);
      expect([await finish(bootstrapServer), server.log]).toEqual(['2.04', []]);
      await pass(1);
      expect(server.log).toEqual(['0 0.02 /rd?ep=ep&lt=300&lwm2m=1.1&b=U']);
      expect(events).toEqual(['bootstrapped', 'registered']);
      expect(bootstrapServer.log.length).toBe(1);
    }));

  it.each([
    ['1.0', 'ep=ep'],
    ['1.1', 'ep=ep&pct=112'],
    ['1.2', 'ep=ep&pct=112'],
  ] as const)('asks in %s with %s', (enabler, query) =>
    unbootstrapped({ enabler }, async ({ bootstrapServer }) => {
      expect(bootstrapServer.log).toEqual([`0 0.02 /bs?${query}`]);
      await Promise.resolve();
    }),
  );

  it('wishes for the format that it is told, or for none', async () => {
    const queries = async (bootstrapFormat: number | 'none'): Promise<readonly string[]> => {
      let seen: readonly string[] = [];
      await unbootstrapped({ bootstrapFormat }, async ({ bootstrapServer }) => {
        seen = bootstrapServer.seen[0]?.query ?? [];
        await Promise.resolve();
      });
      return seen;
    };
    expect([await queries(11542), await queries('none')]).toEqual([['ep=ep', 'pct=11542'], ['ep=ep']]);
  });

  it('asks again without a wish when the format cannot be had', () =>
    unbootstrapped({ servers: 0 }, async ({ bootstrapServer, client, pass }) => {
      bootstrapServer.policy = ({ query }) => (query.length > 1 ? outgoing('4.15') : undefined);
      client.start();
      await pass(1);
      expect(bootstrapServer.log.slice(1)).toEqual(['0 0.02 /bs?ep=ep&pct=112', '0 0.02 /bs?ep=ep']);
      expect(await write(bootstrapServer, '/1/0/1', 60)).toBe('2.04');
    }));

  it('tries again at growing distances when it is refused, and a day later', () =>
    unbootstrapped({}, async ({ bootstrapServer, client, pass }) => {
      bootstrapServer.policy = () => outgoing('4.00');
      client.start();
      await pass(90_000);
      expect(bootstrapServer.seen.slice(1).map(({ at }) => Math.round(at))).toEqual([
        0, 60, 180, 420, 900, 87_300, 87_360, 87_480, 87_720, 88_200,
      ]);
    }));

  it.each(['2.05', '2.01', '4.03', '5.00'] as const)('takes no order after %s', (code) =>
    unbootstrapped({}, async ({ bootstrapServer, client, pass }) => {
      bootstrapServer.policy = () => outgoing(code);
      client.start();
      await pass(1);
      expect(await write(bootstrapServer, '/1/0/1', 60)).toBe('4.00');
    }),
  );

  it('takes an order that overtakes the answer to its request', () =>
    unbootstrapped({}, async ({ bootstrapServer, client, server, pass }) => {
      bootstrapServer.policy = silent;
      client.start();
      await pass(1);
      expect(await writeAccount(bootstrapServer)).toEqual(['2.04', '2.04']);
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(120);
      expect([server.seen.length, client.store.instances(1)]).toEqual([1, [0]]);
    }));

  it('takes back what came before a refusal', () =>
    unbootstrapped({}, async ({ bootstrapServer, client, pass }) => {
      bootstrapServer.policy = () => pass(10).then(() => outgoing('4.00'));
      client.start();
      await pass(1);
      expect(await write(bootstrapServer, '/1/0/1', 60)).toBe('2.04');
      expect(client.store.instances(1)).toEqual([0]);
      await pass(10);
      expect(client.store.instances(1)).toEqual([]);
      expect(await finish(bootstrapServer)).toBe('4.00');
    }));

  it('keeps its distance for the Client Hold Off Time', () =>
    unbootstrapped({ values: { '/0/0/1': true, '/0/0/11': 30 } }, async ({ bootstrapServer, pass }) => {
      await pass(29);
      expect(bootstrapServer.log).toEqual([]);
      await pass(2);
      expect(bootstrapServer.log).toEqual(['30 0.02 /bs?ep=ep&pct=112']);
    }));

  it('lets the Bootstrap-Server begin during the hold-off in 1.0', () =>
    unbootstrapped(
      { enabler: '1.0', values: { '/0/0/1': true, '/0/0/11': 30 } },
      async ({ bootstrapServer, server, pass }) => {
        expect(await writeAccount(bootstrapServer)).toEqual(['2.04', '2.04']);
        expect(await finish(bootstrapServer)).toBe('2.04');
        await pass(60);
        expect([bootstrapServer.log, server.seen.length]).toEqual([[], 1]);
      },
    ));

  it('does not let it begin then from 1.1', () =>
    unbootstrapped({ values: { '/0/0/1': true, '/0/0/11': 30 } }, async ({ bootstrapServer }) => {
      expect(await write(bootstrapServer, '/1/0/1', 60)).toBe('4.00');
    }));

  it('registers at every server that it is given', () =>
    unbootstrapped({}, async ({ bootstrapServer, server, server2, pass }) => {
      await writeAccount(bootstrapServer);
      await writeAccount(bootstrapServer, {
        security: 9,
        server: 7,
        shortServerId: 102,
        uri: 'coap://server2',
        lifetime: 60,
      });
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect([server.log, server2.log]).toEqual([
        ['0 0.02 /rd?ep=ep&lt=300&lwm2m=1.1&b=U'],
        ['0 0.02 /rd?ep=ep&lt=60&lwm2m=1.1&b=U'],
      ]);
    }));

  it('obeys the rights that it is given', () =>
    unbootstrapped({}, async ({ bootstrapServer, server, server2, pass }) => {
      await writeAccount(bootstrapServer);
      await writeAccount(bootstrapServer, { security: 2, server: 1, shortServerId: 102, uri: 'coap://server2' });
      expect(await write(bootstrapServer, '/2/0', { '0': 3, '1': 0, '2/101': 1, '3': 101 })).toBe('2.04');
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect([await server.codeOf('0.01', '/3/0/9'), await server2.codeOf('0.01', '/3/0/9')]).toEqual(['2.05', '4.01']);
      expect(await server.codeOf('0.01', '/0/1')).toBe('4.01');
    }));

  it('has the time of the bootstrap in its Server instances', () =>
    unbootstrapped({}, async ({ bootstrapServer, client, pass }) => {
      await writeAccount(bootstrapServer);
      await pass(7);
      await finish(bootstrapServer);
      await pass(1);
      expect(client.value('/1/0/12')).toBe(1_700_000_007);
    }));
});

describe('A session', () => {
  it('fails when nothing comes for EXCHANGE_LIFETIME, and leaves what was there', () =>
    unbootstrapped({}, async ({ bootstrapServer, client, pass }) => {
      await pass(200);
      await writeAccount(bootstrapServer);
      await write(bootstrapServer, '/0/0/0', 'coap://elsewhere');
      await pass(246);
      expect(client.store.instances(1)).toEqual([0]);
      await pass(2);
      expect([client.store.instances(0), client.store.instances(1)]).toEqual([[0], []]);
      expect(client.value('/0/0/0')).toBe('coap://bootstrap');
      await pass(60);
      expect(bootstrapServer.log).toEqual(['0 0.02 /bs?ep=ep&pct=112', '507 0.02 /bs?ep=ep&pct=112']);
      await writeAccount(bootstrapServer);
      expect(await finish(bootstrapServer)).toBe('2.04');
    }));

  it('is over with Finish: a second one and whatever follows is refused', () =>
    unbootstrapped({}, async ({ bootstrapServer, pass }) => {
      await writeAccount(bootstrapServer);
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect(await finish(bootstrapServer)).toBe('4.00');
      expect(await write(bootstrapServer, '/1/0/1', 60)).toBe('4.00');
      expect(await bootstrapServer.codeOf('0.04', '/')).toBe('4.00');
      expect(await bootstrapServer.codeOf('0.01', '/', { accept: 40 })).toBe('4.00');
    }));

  it('takes nothing more once Finish is accepted, be it at the same moment', () =>
    unbootstrapped({}, async ({ bootstrapServer, client }) => {
      await writeAccount(bootstrapServer);
      const codes = await Promise.all([
        finish(bootstrapServer),
        bootstrapServer.codeOf('0.04', '/'),
        finish(bootstrapServer),
      ]);
      expect([codes, client.store.instances(1)]).toEqual([['2.04', '4.00', '4.00'], [0]]);
    }));

  it('goes on after a Finish that was refused', () =>
    unbootstrapped({}, async ({ bootstrapServer, server, pass }) => {
      await write(bootstrapServer, '/1/0/5', 86_400);
      expect(await finish(bootstrapServer)).toBe('4.06');
      await pass(200);
      await writeAccount(bootstrapServer);
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect(server.seen.length).toBe(1);
    }));

  it('is taken up again after the power was cut', () =>
    unbootstrapped({}, async ({ bootstrapServer, client, pass }) => {
      await writeAccount(bootstrapServer);
      await client.restart();
      await pass(1);
      expect([client.store.instances(1), bootstrapServer.seen.length]).toEqual([[], 2]);
    }));

  it('shuts servers out, and an unknown party altogether', () =>
    bootstrapped({}, async ({ bootstrapServer, server, server2, client, pass }) => {
      client.bootstrap();
      await pass(1);
      expect(bootstrapServer.log).toEqual(['0 0.02 /bs?ep=ep&pct=112']);
      expect(await server.codeOf('0.01', '/3/0/9')).toBe('5.03');
      expect(await server.codeOf('0.02', '/bs')).toBe('5.03');
      expect(await server2.codeOf('0.04', '/')).toBe('none');
    }));

  it('tells servers nothing before it has ended well', () =>
    bootstrapped({}, async ({ bootstrapServer, server, client, pass }) => {
      client.bootstrap();
      await pass(1);
      await bootstrapServer.codeOf('0.04', '/3303');
      await write(bootstrapServer, '/1/0/1', 1000);
      await pass(100);
      expect(server.log).toEqual(['0 0.02 /rd?ep=ep&lt=86400&lwm2m=1.1&b=U']);
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect(server.log.slice(1)).toEqual(['101 0.02 /rd?ep=ep&lt=1000&lwm2m=1.1&b=U']);
    }));

  it('that fails leaves the registrations as they were', () =>
    bootstrapped({}, async ({ bootstrapServer, server, client, pass }) => {
      client.bootstrap();
      await pass(1);
      await bootstrapServer.codeOf('0.04', '/');
      bootstrapServer.policy = () => outgoing('4.00');
      await pass(250);
      expect(server.log.slice(1)).toEqual(['248 0.02 /rd/1']);
      expect(await server.codeOf('0.01', '/3303/0/5700')).toBe('2.05');
      await pass(1000);
      expect([bootstrapServer.seen.length, server.seen.length]).toEqual([5, 2]);
    }));

  it('goes on with the channel that it began with', () =>
    unbootstrapped({}, async ({ bootstrapServer, client }) => {
      await write(bootstrapServer, '/0/0', { '0': 'coaps://bootstrap', '2': 0, '3': '6964', '5': '00ff' });
      expect([client.reachOf('bootstrap'), client.reachOf('server')]).toMatchObject([{ mode: 3 }, 'never']);
    }));
});

describe('A client with accounts', () => {
  it('registers, and does not ask', () =>
    bootstrapped({}, async ({ bootstrapServer, server, pass }) => {
      await pass(1000);
      expect([bootstrapServer.log, server.seen.length]).toEqual([[], 1]);
    }));

  it('refuses what its Bootstrap-Server asks unasked', () =>
    bootstrapped({}, async ({ bootstrapServer, client }) => {
      expect(await bootstrapServer.codeOf('0.04', '/1')).toBe('4.00');
      expect(client.store.instances(1)).toEqual([0]);
    }));

  it.each([
    ['0.02', '/bs', '4.04'],
    ['0.04', '/', '4.05'],
    ['0.04', '/1', '4.05'],
    ['0.04', '/0/0', '4.01'],
  ] as const)('refuses %s %s of a server with %s', (code, path, answer) =>
    bootstrapped({}, async ({ server }) => {
      expect(await server.codeOf(code, path)).toBe(answer);
    }),
  );

  it('asks when a server tells it to, after the Client Hold Off Time', () =>
    bootstrapped({ values: { '/0/0/1': true, '/0/0/11': 5 } }, async ({ bootstrapServer, server, pass }) => {
      expect(await server.codeOf('0.02', '/1/0/9')).toBe('2.04');
      await pass(4);
      expect(bootstrapServer.log).toEqual([]);
      await pass(2);
      expect(bootstrapServer.log).toEqual(['5 0.02 /bs?ep=ep&pct=112']);
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect(server.seen.map(({ path }) => path)).toEqual(['/rd', '/rd']);
    }));

  it('refuses that without a Bootstrap-Server', () =>
    onTestBench({}, async ({ server }) => {
      expect(await server.codeOf('0.02', '/1/0/9')).toBe('4.05');
    }));

  it('asks when registering has failed, and takes what it is given', () =>
    bootstrapped({}, async ({ bootstrapServer, server, server2, client, pass }) => {
      server.policy = () => outgoing('4.03');
      client.start();
      await pass(899);
      expect(bootstrapServer.log).toEqual([]);
      await pass(2);
      expect(bootstrapServer.log).toEqual(['900 0.02 /bs?ep=ep&pct=112']);
      await bootstrapServer.codeOf('0.04', '/1');
      await writeAccount(bootstrapServer, { uri: 'coap://server2', server: 3 });
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect(server2.log).toEqual(['901 0.02 /rd?ep=ep&lt=300&lwm2m=1.1&b=U']);
    }));

  it('does not ask when the account says not to', () =>
    bootstrapped({ values: { '/1/0/16': false } }, async ({ bootstrapServer, server, client, pass }) => {
      server.policy = () => outgoing('4.03');
      client.start();
      await pass(90_000);
      expect([bootstrapServer.log, server.seen.length]).toEqual([[], 11]);
    }));

  it('does not ask as long as another server has it', () =>
    bootstrapped({ servers: 2 }, async ({ bootstrapServer, server2, client, pass }) => {
      server2.policy = () => outgoing('4.03');
      client.start();
      await pass(90_000);
      expect(bootstrapServer.log).toEqual([]);
      expect(server2.seen.length).toBe(11);
    }));

  it('asks once all servers of the order have failed', () =>
    bootstrapped(
      {
        servers: 2,
        values: { '/1/0/13': 1, '/1/0/17': 2, '/1/0/18': 10, '/1/1/13': 2, '/1/1/17': 2, '/1/1/18': 10 },
      },
      async ({ bootstrapServer, server, server2, client, pass }) => {
        server.policy = () => outgoing('5.00');
        server2.policy = () => outgoing('5.00');
        client.start();
        await pass(60);
        expect(bootstrapServer.log).toEqual(['20 0.02 /bs?ep=ep&pct=112']);
        expect([server.seen.length, server2.seen.length]).toEqual([3, 3]);
      },
    ));

  it('tries the servers again when the Bootstrap-Server is of no help', () =>
    bootstrapped({ values: { '/1/0/17': 1 } }, async ({ bootstrapServer, server, client, pass }) => {
      server.policy = () => outgoing('5.00');
      bootstrapServer.policy = () => outgoing('4.00');
      client.start();
      await pass(901);
      expect([bootstrapServer.seen.length, server.seen.length]).toEqual([6, 3]);
      server.policy = () => undefined;
      await pass(901);
      expect(client.registrations.get(1)?.state).toBe('registered');
    }));

  it('asks once, however often it is told', () =>
    bootstrapped({}, async ({ bootstrapServer, client, pass }) => {
      bootstrapServer.policy = () => pass(40).then(() => outgoing('2.04'));
      client.bootstrap();
      client.bootstrap();
      await pass(1);
      client.bootstrap();
      await pass(30);
      expect(bootstrapServer.seen.length).toBe(1);
    }));

  it('asks at once when it is told during a wait between attempts', () =>
    bootstrapped({}, async ({ bootstrapServer, client, pass }) => {
      bootstrapServer.policy = () => outgoing('4.00');
      client.bootstrap();
      await pass(70);
      client.bootstrap();
      await pass(1);
      expect(bootstrapServer.seen.map(({ at }) => Math.round(at))).toEqual([0, 60, 70]);
    }));
});

describe('The account of the Bootstrap-Server', () => {
  const expiring = { values: { '/0/0/1': true, '/0/0/12': 10 } };

  it('is given up after its timeout', () =>
    unbootstrapped(expiring, async ({ bootstrapServer, server, client, pass }) => {
      await pass(20);
      await writeAccount(bootstrapServer);
      await finish(bootstrapServer);
      await pass(9);
      expect(client.store.instances(0)).toEqual([0, 1]);
      await pass(2);
      expect(client.store.instances(0)).toEqual([1]);
      expect(await server.codeOf('0.02', '/1/0/9')).toBe('4.05');
    }));

  it('is given up also when the client restarts meanwhile', () =>
    unbootstrapped(expiring, async ({ bootstrapServer, client, pass }) => {
      await writeAccount(bootstrapServer);
      await finish(bootstrapServer);
      await pass(5);
      await client.restart();
      await pass(6);
      expect(client.store.instances(0)).toEqual([1]);
    }));

  it('stays without a timeout, and with one of 0', () =>
    unbootstrapped({ values: { '/0/0/1': true, '/0/0/12': 0 } }, async ({ bootstrapServer, client, pass }) => {
      await writeAccount(bootstrapServer);
      await finish(bootstrapServer);
      await pass(100_000);
      expect(client.store.instances(0)).toEqual([0, 1]);
    }));

  it('can be replaced: the next request goes by the new one', () =>
    unbootstrapped({}, async ({ bootstrapServer, server2, client, pass }) => {
      await writeAccount(bootstrapServer);
      expect(await write(bootstrapServer, '/0/0', { '0': 'coap://server2', '1': true, '2': 3 })).toBe('2.04');
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      client.bootstrap();
      await pass(1);
      expect([bootstrapServer.seen.length, server2.log]).toEqual([1, ['1 0.02 /bs?ep=ep&pct=112']]);
    }));

  it('can move to another instance', () =>
    unbootstrapped({}, async ({ bootstrapServer, client, pass }) => {
      await writeAccount(bootstrapServer, { security: 0, server: 0 });
      expect(await write(bootstrapServer, '/0/5', { '0': 'coap://bootstrap', '1': true, '2': 3 })).toBe('2.04');
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect(client.bootstrapping.account()).toEqual({ uri: 'coap://bootstrap', security: [0, 5] });
    }));
});

describe('What is left of a server whose account has gone', () => {
  it('is cleared away: Server instance, rights, and what nobody else may use', () =>
    bootstrapped({ servers: 2 }, async ({ bootstrapServer, server, client, pass }) => {
      client.bootstrap();
      await pass(1);
      expect(await write(bootstrapServer, '/2/90', { '0': 3303, '1': 0, '2/2': 15, '3': 2 })).toBe('2.04');
      expect(await write(bootstrapServer, '/2/91', { '0': 3, '1': 0, '2/1': 3, '2/2': 15, '3': 2 })).toBe('2.04');
      expect(await bootstrapServer.codeOf('0.04', '/0/2')).toBe('2.02');
      expect(await finish(bootstrapServer)).toBe('2.04');
      await pass(1);
      expect([client.store.instances(0), client.store.instances(1), client.store.has([3303, 0])]).toEqual([
        [0, 1],
        [0],
        false,
      ]);
      expect(client.value('/2/91')).toEqual({ '0': 3, '1': 0, '2/1': 3, '3': 1 });
      expect(client.store.has([2, 90])).toBe(false);
      expect(server.seen.length).toBe(2);
    }));
});

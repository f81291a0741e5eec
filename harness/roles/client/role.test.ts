import { expect, it } from 'vitest';
import type { ServerAccount } from './account.js';
import { Formats } from './formats.js';
import { Registration } from './registration.js';
import { ClientRole } from './role.js';
import { onTestBench, textOf } from './testing/test-bench.js';

/** Renews late. */
const late = (Base: typeof ClientRole): typeof ClientRole =>
  class extends Base {
    override createRegistration(account: ServerAccount, Kind = Registration): Registration {
      return super.createRegistration(
        account,
        class extends Kind {
          override renewalDelay(): number {
            return this.lifetime() + 1;
          }
        },
      );
    }
  };

/** Leaves the binding out. */
const terse = (Base: typeof ClientRole): typeof ClientRole =>
  class extends Base {
    override createRegistration(account: ServerAccount, Kind = Registration): Registration {
      return super.createRegistration(
        account,
        class extends Kind {
          override registrationQuery(...args: Parameters<Registration['registrationQuery']>): string[] {
            return super.registrationQuery(...args).filter((parameter) => parameter !== 'b=U');
          }
        },
      );
    }
  };

/** Writes SenML with every name whole. */
const wordy = (Base: typeof ClientRole): typeof ClientRole =>
  class extends Base {
    override createFormats(Kind = Formats): Formats {
      return super.createFormats(
        class extends Kind {
          override style(): ReadonlySet<string> {
            return new Set(['names-in-n']);
          }
        },
      );
    }
  };

it('takes deviations one on top of the other', () =>
  onTestBench({ Role: late(terse(wordy(ClientRole))), values: { '/1/0/1': 100 } }, async ({ server, pass }) => {
    await pass(110);
    expect(server.log).toEqual(['0 0.02 /rd?ep=ep&lt=100&lwm2m=1.1', '101 0.02 /rd/1']);
    const answer = await server.ask('0.01', '/3/0/7', { accept: 110 });
    expect(textOf(answer)).toBe('[{"n":"/3/0/7/0","v":3800},{"n":"/3/0/7/1","v":5000}]');
  }));

it('gives up what it was doing when it is stopped', () =>
  onTestBench({}, async ({ server, client, clock, pass }) => {
    server.policy = () => 'silence';
    void client.update();
    await pass(1);
    client.stop();
    const { length } = server.seen;
    server.policy = () => undefined;
    await pass(1000);
    expect([clock.now() > 1000, server.seen.filter(({ path }) => path === '/rd').length, length]).toEqual([true, 1, 2]);
    expect(client.registrations.get(1)?.state).toBe('unregistered');
  }));

it('registers for the last of several starts only', () =>
  onTestBench({ values: { '/1/0/1': 100 } }, async ({ server, client, pass }) => {
    client.start();
    client.start();
    await pass(60);
    expect(server.log.slice(1).map((line) => line.split('?')[0])).toEqual(['0 0.02 /rd', '50 0.02 /rd/2']);
  }));

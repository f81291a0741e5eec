import { describe, expect, it } from 'vitest';
import { modelFor } from '../../model/registry.js';
import { formatEntry, parseJournal } from '../../record/journal.js';
import { judgeJournal } from '../../case/replay.js';
import { testCase, type TestCase } from '../../case/test-case.js';
import type { DeviantChannels, OwnChannel } from '../../sut/own-channel.js';
import { allowed } from '../../../suites/requirements/tolerances.js';
import { runOnReference } from '../run/mutants.js';

const checks = {
  A: { by: 'client', level: 'must', req: 'S-7', says: 'offers the suite that every client has' },
  B: { by: 'server', level: 'must', req: 'S-7', says: 'takes it' },
  C: { by: 'server', level: 'must', req: 'S-9', says: 'makes a session, or refuses it' },
} as const;

const meta = { id: 'test.channel', title: 'test', since: '1.1', configuration: 'C.1', checks } as const;

/** Facts of the channel of a case whose parties of ours differ. */
async function outcome(
  channel: 'psk' | 'rpk' | 'x509',
  own: { readonly client?: OwnChannel; readonly server?: OwnChannel },
  channels?: DeviantChannels,
): Promise<string> {
  const told: string[] = [];
  const probe: TestCase = testCase(
    {
      ...meta,
      channel,
      ours: {
        ...(own.client && { client: { channel: own.client } }),
        ...(own.server && { server: { channel: own.server } }),
      },
    },
    async ({ channel: seen, sleep }) => {
      await sleep(20);
      for (const fact of ['connected', 'alert', 'failed'] as const) {
        const found = await seen[fact]({ within: 60, ...(fact === 'connected' ? {} : { where: isFatal }) }).catch(
          () => undefined,
        );
        if (found?.event === 'connected')
          told.push(
            `${found.suite} ${found.connectionIds ? `${found.connectionIds.own}/${found.connectionIds.peer}` : ''}`.trim(),
          );
        if (found?.event === 'alert') told.push(`${found.from} says ${found.name}`);
        if (found?.event === 'failed') told.push(found.code);
        if (found) break;
      }
    },
  );
  await runOnReference(probe, channels && { name: 'deviant', says: 'differs', channels });
  return told.join(', ');
}

const isFatal = (event: { readonly event: string; readonly level?: string }): boolean => event.level !== 'warning';

describe('A case about the channel', () => {
  const hellos = testCase({ ...meta, channel: 'psk' }, async ({ channel, server, check }) => {
    const offer = await channel.clientHello({ within: 30, owed: 'A' });
    check('A', offer.suites.includes('PSK_AES_128_CCM_8'), true);
    const choice = await channel.serverHello({ within: 5, after: offer, owed: 'B' });
    check('B', choice.suite, 'PSK_AES_128_CCM_8');
    const session = await channel.connected({ within: 5, after: choice, owed: 'C' });
    check('C', [session.identity, session.resumed], ['psk', false]);
    await server.registered();
  });

  it('sees hellos and sessions, and is judged again by its record', async () => {
    const { result, journal } = await runOnReference(hellos, undefined);
    expect(result).toMatchObject({ verdict: 'pass', parties: { client: 'pass', server: 'pass' } });
    const entries = parseJournal(journal.entries.map((entry) => `${formatEntry(entry)}\n`).join(''));
    if (!entries.ok) throw new Error(entries.problem.message);
    const again = await judgeJournal(hellos, entries.value, {
      model: modelFor('1.1'),
      tolerance: (row, period) => allowed(row, period, { virtual: true }),
    });
    expect(again).toMatchObject({ verdict: 'pass', parties: { client: 'pass', server: 'pass' } });
  });

  it('misses what did not come', async () => {
    const silent = testCase({ ...meta, channel: 'psk' }, async ({ channel, check }) => {
      check('A', true, true);
      await channel.silence('client-hello', { for: 5, owed: 'B' });
      await channel.moved({ within: 5, owed: 'C' });
    });
    const { result } = await runOnReference(silent, undefined);
    expect(result.checks).toMatchObject([
      { id: 'A', outcome: 'met' },
      { id: 'B', outcome: 'missed', expected: 'no client-hello' },
      { id: 'C', outcome: 'unreached' },
    ]);
  });
});

describe('The channel of a party of ours', () => {
  it.each<[string, 'psk' | 'rpk' | 'x509', Parameters<typeof outcome>[1], string]>([
    ['is like any other where nothing is said', 'psk', {}, 'PSK_AES_128_CCM_8'],
    [
      'offers the suites that it is told',
      'psk',
      { client: { suites: ['PSK_AES_128_CBC_SHA256'] } },
      'PSK_AES_128_CBC_SHA256',
    ],
    [
      'takes the suites that it is told',
      'x509',
      { server: { suites: ['ECDHE_ECDSA_AES_128_CBC_SHA256'] } },
      'ECDHE_ECDSA_AES_128_CBC_SHA256',
    ],
    [
      'finds no suite in common',
      'psk',
      { client: { suites: ['PSK_AES_128_CCM'] }, server: { suites: ['PSK_AES_128_CCM_8'] } },
      'server says handshake_failure',
    ],
    ['has connection ids', 'psk', { client: { connectionId: 0 } }, 'PSK_AES_128_CCM_8 8/0'],
    [
      'survives the loss of datagrams',
      'psk',
      { client: { loses: [0, 2] }, server: { loses: [1] } },
      'PSK_AES_128_CCM_8',
    ],
    ['cuts its messages', 'x509', { client: { fragment: 40 }, server: { fragment: 60 } }, 'ECDHE_ECDSA_AES_128_CCM_8'],
    ['asks for no cookie', 'psk', { server: { cookies: false } }, 'PSK_AES_128_CCM_8'],
    ['has another identity', 'psk', { client: { credentials: 'unknown' } }, 'server says unknown_psk_identity'],
    ['has another key', 'psk', { client: { credentials: 'wrong-key' } }, 'server says bad_record_mac'],
    ['has another key, a server', 'psk', { server: { credentials: 'wrong-key' } }, 'server says bad_record_mac'],
    [
      'has a raw public key that nobody knows',
      'rpk',
      { client: { credentials: 'unknown' } },
      'server says bad_certificate',
    ],
    [
      'has another raw public key, a server',
      'rpk',
      { server: { credentials: 'wrong-key' } },
      'client says bad_certificate',
    ],
    [
      'has a certificate of another authority',
      'x509',
      { client: { credentials: 'unknown' } },
      'server says unknown_ca',
    ],
    ['has an expired certificate', 'x509', { client: { credentials: 'expired' } }, 'server says certificate_expired'],
    ['shows no certificate', 'x509', { client: { credentials: 'none' } }, 'server says handshake_failure'],
    [
      'has an expired certificate, a server',
      'x509',
      { server: { credentials: 'expired' } },
      'client says certificate_expired',
    ],
    [
      'has a certificate that is not valid yet, a server',
      'x509',
      { server: { credentials: 'not-yet-valid' } },
      'client says bad_certificate',
    ],
    [
      'has a certificate of another host, a server',
      'x509',
      { server: { credentials: 'wrong-host' } },
      'client says bad_certificate',
    ],
    [
      'has a certificate of its own, a server',
      'x509',
      { server: { credentials: 'self-signed' } },
      'client says unknown_ca',
    ],
    [
      'has a certificate of another authority, a server',
      'x509',
      { server: { credentials: 'unknown' } },
      'client says unknown_ca',
    ],
  ])('%s (%s)', async (_says, channel, own, expected) => {
    expect(await outcome(channel, own)).toBe(expected);
  });
});

describe('The channel of a deviation', () => {
  it('can believe everybody', async () => {
    const faulty = { server: { credentials: 'expired' } } as const;
    expect(await outcome('x509', faulty)).toBe('client says certificate_expired');
    expect(await outcome('x509', faulty, { client: { believes: 'anyone' } })).toBe('ECDHE_ECDSA_AES_128_CCM_8');
    const stranger = { client: { credentials: 'unknown' } } as const;
    expect(await outcome('rpk', stranger, { server: { believes: 'anyone' } })).toBe('ECDHE_ECDSA_AES_128_CCM_8');
  });

  it('can change what it sends', async () => {
    const mute = { client: { hooks: () => ({ datagram: () => [] }) } };
    expect(await outcome('psk', {}, mute)).toBe('');
  });

  it('is what a case asks for where both say something', async () => {
    const deviant = { client: { suites: ['PSK_AES_128_CCM'] } } as const;
    expect(await outcome('psk', {}, deviant)).toBe('PSK_AES_128_CCM');
    expect(await outcome('psk', { client: { suites: ['PSK_AES_128_CBC_SHA256'] } }, deviant)).toBe(
      'PSK_AES_128_CBC_SHA256',
    );
  });
});

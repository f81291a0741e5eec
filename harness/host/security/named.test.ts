import { describe, expect, it } from 'vitest';
import { seeded } from '../../base/random.js';
import { makeCredentials, namedCredentials, namesOfAnother } from './credentials.js';
import { entryOf } from './links.js';
import { anotherClientIn, serverCredentialsIn } from './named.js';

const named = (kind: 'psk' | 'rpk' | 'x509') => namedCredentials(makeCredentials(kind, seeded(1)).for('ep'), 'server');
const keyOf = (result: ReturnType<typeof serverCredentialsIn>): string => JSON.stringify(result);

describe('Credentials by name', () => {
  it.each(['psk', 'rpk', 'x509'] as const)('come back as they were given to a server: %s', (kind) => {
    const { server } = makeCredentials(kind, seeded(1)).for('ep');
    expect(keyOf(serverCredentialsIn(named(kind)))).toBe(keyOf({ ok: true, value: server }));
  });

  it('are none where a run has no security', () =>
    expect(serverCredentialsIn({})).toEqual({ ok: true, value: undefined }));

  it.each(['psk', 'rpk'] as const)('tell a server of a second client: %s', (kind) => {
    const parties = makeCredentials(kind, seeded(1)).for('ep-another');
    const told = anotherClientIn(namesOfAnother(parties), 'ep-another');
    expect(told).toEqual({ ok: true, value: entryOf(parties.client, 'ep-another') });
    expect(anotherClientIn(named(kind), 'ep-another')).toEqual({ ok: true, value: undefined });
  });

  it('tell a server only what is its own', () => {
    expect(Object.keys(named('x509')).sort()).toEqual([
      'certificate.ca',
      'certificate.client',
      'certificate.server',
      'certificate.server-key',
    ]);
    const { client, server } = makeCredentials('rpk', seeded(1)).for('ep');
    expect(Object.keys(namedCredentials({ client, server }, 'client'))).not.toContain('rpk.server-key');
  });

  it('say which name is missing or wrong', () => {
    const problemOf = (change: Record<string, string>) => serverCredentialsIn({ ...named('rpk'), ...change });
    expect(problemOf({ 'rpk.server-key': 'xx' })).toMatchObject({
      problem: { place: 'rpk.server-key', message: 'the credential is not hexadecimal' },
    });
    expect(problemOf({ 'rpk.client': '00' })).toMatchObject({ problem: { place: 'rpk.client' } });
    expect(serverCredentialsIn({ 'psk.key': '00' })).toMatchObject({ problem: { place: 'psk.identity' } });
  });
});

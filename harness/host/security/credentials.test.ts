import { describe, expect, it } from 'vitest';
import { seeded, unpredictable } from '../../base/random.js';
import { makeCredentials, namedCredentials, secretsOf } from './credentials.js';

const KINDS = ['psk', 'rpk', 'x509'] as const;

describe('Credentials that are made', () => {
  it.each(KINDS)('are the same for an endpoint all through a run, also where nobody can foretell them: %s', (kind) => {
    const maker = makeCredentials(kind, unpredictable);
    const named = () => JSON.stringify(namedCredentials(maker.for('lamp'), 'client'));
    expect(named()).toBe(named());
  });

  it.each(KINDS)('are other ones for another endpoint: %s', (kind) => {
    const maker = makeCredentials(kind, seeded(1));
    const keys = ['lamp', 'meter'].map((endpoint) => secretsOf(maker.for(endpoint).client).join());
    expect(new Set(keys).size).toBe(2);
  });

  it.each(['unknown', 'wrong-key'] as const)(
    'tell a server the key that its client has, whatever it shows: %s',
    (client) => {
      const maker = makeCredentials('rpk', unpredictable);
      const told = namedCredentials(maker.for('lamp', '', { client }), 'server')['rpk.client'];
      expect(told).toBe(namedCredentials(maker.for('lamp'), 'client')['rpk.client']);
    },
  );

  it('give a client a pre-shared key for each server', () => {
    const maker = makeCredentials('psk', unpredictable);
    const keys = (['', '.2', '.bootstrap'] as const).map((suffix) =>
      secretsOf(maker.for('lamp', suffix).client).join(),
    );
    expect(new Set(keys).size).toBe(3);
    expect(Object.keys(namedCredentials(maker.for('lamp', '.bootstrap'), 'client', '.bootstrap'))).toEqual([
      'psk.identity.bootstrap',
      'psk.key.bootstrap',
    ]);
  });

  it.each(['rpk', 'x509'] as const)('give a client one key pair for all servers: %s', (kind) => {
    const maker = makeCredentials(kind, unpredictable);
    const keys = (['', '.2', '.bootstrap'] as const).map((suffix) =>
      secretsOf(maker.for('lamp', suffix).client).join(),
    );
    expect(new Set(keys).size).toBe(1);
  });

  it('are the same for the same seed', () => {
    const [one, two] = [1, 1].map((seed) => secretsOf(makeCredentials('x509', seeded(seed)).for('lamp').server).join());
    expect(one).toBe(two);
  });
});

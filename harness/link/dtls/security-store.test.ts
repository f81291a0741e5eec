import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.js';
import { SecurityStore } from './security-store.js';
import { pki } from './testing/bench.js';

const spki = pki.credentials.client.privateKey.publicKey;
const certificate = pki.credentials.client.certificate;
const store = (): SecurityStore =>
  new SecurityStore([
    { endpoint: 'lamp', psk: { identity: utf8('id-1'), key: utf8('key-1') } },
    { endpoint: 'meter', publicKey: spki.spki },
    { endpoint: 'valve', commonName: certificate.commonName ?? '' },
  ]);

describe('A security store', () => {
  it('knows the key of an identity, and of no other', () => {
    expect(store().keyOf(utf8('id-1'))).toEqual(utf8('key-1'));
    expect(store().keyOf(utf8('id-2'))).toBeUndefined();
  });

  it('says which endpoint an identity proves', () => {
    expect(store().endpointOf({ kind: 'psk', identity: utf8('id-1') })).toBe('lamp');
    expect(store().endpointOf({ kind: 'rpk', publicKey: spki })).toBe('meter');
    expect(store().endpointOf({ kind: 'x509', chain: [certificate] })).toBe('valve');
    expect(store().endpointOf({ kind: 'anonymous' })).toBeUndefined();
  });

  it('takes the identity itself where there is no entry', () => {
    const empty = new SecurityStore();
    expect(empty.endpointOf({ kind: 'psk', identity: utf8('id-2') })).toBe('id-2');
    expect(empty.endpointOf({ kind: 'psk', identity: Uint8Array.of(0xff) })).toBeUndefined();
    expect(empty.endpointOf({ kind: 'x509', chain: [certificate] })).toBe(certificate.commonName);
    expect(empty.endpointOf({ kind: 'rpk', publicKey: spki })).toBeUndefined();
  });

  it('forgets what is removed, and does not welcome it again', () => {
    const changed = store();
    expect(changed.isWelcome({ kind: 'psk', identity: utf8('id-1') })).toBe(true);
    changed.remove('lamp');
    changed.remove('meter');
    expect(changed.isSecured('lamp')).toBe(false);
    expect(changed.isWelcome({ kind: 'psk', identity: utf8('id-1') })).toBe(false);
    expect(changed.isWelcome({ kind: 'rpk', publicKey: spki })).toBe(false);
    expect(changed.isWelcome({ kind: 'x509', chain: [certificate] })).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../base/bytes.js';
import type { Setup } from './contract.js';
import {
  credentialEnvironment,
  environmentCredentials,
  setupSubstitutes,
  substitute,
  withoutSecrets,
} from './placeholders.js';

const setup: Setup = {
  case: 'test',
  endpoint: 'ep',
  enabler: '1.1',
  configuration: { id: 'C.1', values: {} },
  peers: [{ party: 'server', uri: 'coaps://127.0.0.1:5684', shortServerId: 1 }],
  credentials: {
    'psk.identity': toHex(utf8('urn:dev:ops:1')),
    'psk.key': 'c0ffee',
    'psk.identity.bootstrap': toHex(utf8('boot')),
    'psk.key.bootstrap': 'beef',
    'certificate.client': '30',
    'client-cert-pem': '/tmp/client-cert.pem',
  },
};

describe('The placeholders of credentials', () => {
  const of = (text: string): unknown => {
    const result = substitute(text, setupSubstitutes(setup));
    return result.ok ? result.value : result.problem.code;
  };

  it('give a pre-shared key as programs take it', () => {
    expect(of('-i {psk-identity} -k {psk-key}')).toBe('-i urn:dev:ops:1 -k c0ffee');
    expect(of('{psk-identity-bootstrap}:{psk-key-bootstrap}')).toBe('boot:beef');
  });

  it('give files, and every credential by its name', () => {
    expect(of('{client-cert-pem} {credential.certificate.client}')).toBe('/tmp/client-cert.pem 30');
  });

  it('are not there where a run has none', () => expect(of('{psk-key-2}')).toBe('placeholder-unknown'));

  it('are hidden in a log, but for identities and files', () => {
    const hidden = withoutSecrets(setupSubstitutes(setup));
    expect(hidden).toMatchObject({ 'psk-key': '***', 'psk-key-bootstrap': '***', 'credential.psk.key': '***' });
    expect(hidden).toMatchObject({ 'psk-identity': 'urn:dev:ops:1', 'client-cert-pem': '/tmp/client-cert.pem' });
  });
});

describe('The environment of a program', () => {
  it('has the credentials of its setup, which a client of ours finds by their names again', () => {
    const psk = { 'psk.identity': '61', 'psk.key': '0102', 'psk.key.2': '03', 'psk.identity.bootstrap': '62' };
    const rpk = { 'rpk.client': 'a1', 'rpk.client-key': 'a2', 'rpk.server': 'a3' };
    const x509 = { 'certificate.client': 'b1', 'certificate.client-key': 'b2', 'certificate.ca': 'b3' };
    for (const credentials of [psk, rpk, x509])
      expect(environmentCredentials({ PATH: '/bin', LWM2M_DEBUG: '1', ...credentialEnvironment(credentials) })).toEqual(
        credentials,
      );
  });
});

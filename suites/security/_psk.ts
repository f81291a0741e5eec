import type { OwnSetup } from '../../harness/case/test-case.js';

/** Pre-shared keys that every implementation has to take (RFC 4279 §5.3): identities to 128 bytes in UTF-8, keys to 64. */
export const PSK_SETUPS: Readonly<Record<string, OwnSetup>> = {
  'identity-128': { psk: { identity: 128 } },
  'identity-1': { psk: { identity: 1 } },
  'identity-utf8': { psk: { identity: 'Zähler-№7-電力' } },
  'key-17': { psk: { key: 17 } },
  'key-32': { psk: { key: 32 } },
  'key-64': { psk: { key: 64 } },
};

export const PSK_VARIANTS = Object.keys(PSK_SETUPS);

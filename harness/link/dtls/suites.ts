/** How the premaster secret is agreed and who is authenticated by what. */
export type KeyExchange = 'psk' | 'ecdhe-psk' | 'ecdhe-ecdsa';

export interface AeadCipher {
  readonly kind: 'aead';
  readonly algorithm: 'aes-128-ccm' | 'aes-128-gcm';
  /** Bytes. */
  readonly tag: number;
}

export type SuiteCipher = AeadCipher | { readonly kind: 'cbc' };

export interface Suite {
  readonly code: number;
  readonly name: SuiteName;
  readonly keyExchange: KeyExchange;
  readonly cipher: SuiteCipher;
}

export type SuiteName =
  | 'PSK_AES_128_CCM_8'
  | 'PSK_AES_128_CBC_SHA256'
  | 'PSK_AES_128_CCM'
  | 'PSK_AES_128_GCM_SHA256'
  | 'ECDHE_PSK_AES_128_CBC_SHA256'
  | 'ECDHE_ECDSA_AES_128_CCM_8'
  | 'ECDHE_ECDSA_AES_128_CCM'
  | 'ECDHE_ECDSA_AES_128_GCM_SHA256'
  | 'ECDHE_ECDSA_AES_128_CBC_SHA256';

const CCM_8: SuiteCipher = { kind: 'aead', algorithm: 'aes-128-ccm', tag: 8 };
const CCM: SuiteCipher = { kind: 'aead', algorithm: 'aes-128-ccm', tag: 16 };
const GCM: SuiteCipher = { kind: 'aead', algorithm: 'aes-128-gcm', tag: 16 };
const CBC: SuiteCipher = { kind: 'cbc' };

/**
 * The suites, in the order in which they are preferred: what LwM2M demands of a client first (Transport 1.1 §5.2.8),
 * then the stronger of the rest. Codes: RFC 6655, RFC 7251, RFC 5487, RFC 5489, RFC 5289. All use the SHA-256 PRF.
 */
export const SUITES: readonly Suite[] = [
  { code: 0xc0a8, name: 'PSK_AES_128_CCM_8', keyExchange: 'psk', cipher: CCM_8 },
  { code: 0xc0ae, name: 'ECDHE_ECDSA_AES_128_CCM_8', keyExchange: 'ecdhe-ecdsa', cipher: CCM_8 },
  { code: 0xc0a4, name: 'PSK_AES_128_CCM', keyExchange: 'psk', cipher: CCM },
  { code: 0xc0ac, name: 'ECDHE_ECDSA_AES_128_CCM', keyExchange: 'ecdhe-ecdsa', cipher: CCM },
  { code: 0x00a8, name: 'PSK_AES_128_GCM_SHA256', keyExchange: 'psk', cipher: GCM },
  { code: 0xc02b, name: 'ECDHE_ECDSA_AES_128_GCM_SHA256', keyExchange: 'ecdhe-ecdsa', cipher: GCM },
  { code: 0xc037, name: 'ECDHE_PSK_AES_128_CBC_SHA256', keyExchange: 'ecdhe-psk', cipher: CBC },
  { code: 0x00ae, name: 'PSK_AES_128_CBC_SHA256', keyExchange: 'psk', cipher: CBC },
  { code: 0xc023, name: 'ECDHE_ECDSA_AES_128_CBC_SHA256', keyExchange: 'ecdhe-ecdsa', cipher: CBC },
];

const BY_CODE: ReadonlyMap<number, Suite> = new Map(SUITES.map((suite) => [suite.code, suite]));
const BY_NAME: ReadonlyMap<string, Suite> = new Map(SUITES.map((suite) => [suite.name, suite]));

/** The suite of a code in a hello, or undefined when this stack does not have it. */
export const suiteByCode = (code: number): Suite | undefined => BY_CODE.get(code);

/** The suite of a name, with or without the registry's `TLS_` and `_WITH` (`TLS_PSK_WITH_AES_128_CCM_8`). */
export const suiteByName = (name: string): Suite | undefined =>
  BY_NAME.get(name.replace(/^TLS_/, '').replace('_WITH_', '_'));

/** The suites of `names` in that order; all of a kind of key exchange when none are named. */
export function chooseSuites(names: readonly SuiteName[] | undefined, usable: readonly KeyExchange[]): Suite[] {
  const chosen = names ? names.flatMap((name) => suiteByName(name) ?? []) : SUITES;
  return chosen.filter((suite) => usable.includes(suite.keyExchange));
}

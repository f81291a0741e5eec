import { createHash } from 'node:crypto';
import { equalBytes } from '../../../base/bytes.js';
import type { CertificateType } from '../extension.js';
import type { Certificate } from './certificate.js';
import { buildPath, checkLeaf, NO_CERTIFICATE, type Distrust, type PathResult } from './path.js';
import type { PublicKey } from './key.js';

/** What a peer showed in its Certificate message; that it has the private key is proven elsewhere. */
export type Presented =
  | { readonly kind: 'rpk'; readonly publicKey: PublicKey }
  | { readonly kind: 'x509'; readonly chain: readonly Certificate[] };

/** Decides whether a peer is believed. */
export interface Trust {
  /** The kinds of certificate that can be judged, the preferred one first (RFC 7250 §4). */
  readonly accepts: readonly CertificateType[];
  /** Named in a CertificateRequest; empty: any. */
  readonly authorities?: readonly Certificate[];
  judge(presented: Presented): Distrust | undefined;
  /** True, for testers: signatures by the key are taken as they come. */
  readonly unproven?: boolean;
}

const wrongKind: Distrust = {
  code: 'certificate-wrong-kind',
  alert: 'unsupported_certificate',
  message: 'the peer presented a kind of certificate that was not agreed',
};

/** Believes the raw public keys that `isKnown` knows, compared byte for byte (Transport 1.1 §5.2.8.2). */
export function trustKeys(isKnown: (spki: Uint8Array) => boolean): Trust {
  return {
    accepts: ['rpk'],
    judge(presented) {
      if (presented.kind !== 'rpk') return wrongKind;
      if (isKnown(presented.publicKey.spki)) return undefined;
      return {
        code: 'public-key-unknown',
        alert: 'bad_certificate',
        message: 'the raw public key of the peer is not a known one',
      };
    },
  };
}

/** Believes one raw public key. */
export const trustKey = (spki: Uint8Array): Trust => trustKeys((presented) => equalBytes(presented, spki));

export interface AuthorityRules {
  readonly anchors: readonly Certificate[];
  /** Seconds since 1970 when asked; undefined when there is no clock. */
  readonly instant: () => number | undefined;
  readonly purpose: 'server' | 'client';
  /** Reference name of a server: host of the URI, or resource 14 (S-13). */
  readonly host?: string | undefined;
}

/** Believes certificates with a path to an anchor, and with the reference name when one is given (RFC 5280, RFC 6125). */
export function trustAuthorities({ anchors, instant, purpose, host }: AuthorityRules): Trust {
  return {
    accepts: ['x509'],
    authorities: anchors,
    judge(presented) {
      if (presented.kind !== 'x509') return wrongKind;
      const path = buildPath(presented.chain, { purpose, anchors, instant: instant() });
      return path.ok ? checkHost(presented.chain, host) : path.distrust;
    },
  };
}

/** Both kinds: what each of `trusts` accepts is judged by the first that accepts it. */
export function trustAny(...trusts: readonly Trust[]): Trust {
  return {
    accepts: [...new Set(trusts.flatMap((trust) => trust.accepts))],
    authorities: trusts.flatMap((trust) => trust.authorities ?? []),
    judge: (presented) => {
      const trust = trusts.find(({ accepts }) => accepts.includes(presented.kind));
      return trust ? trust.judge(presented) : wrongKind;
    },
  };
}

/** Values of `/0/x/15` (Transport 1.1 §5.2.8.7). */
export type CertificateUsage = 0 | 1 | 2 | 3;
/** Values of `/0/x/13`: exact, SHA-256, SHA-384, SHA-512. */
export type MatchingType = 0 | 1 | 2 | 3;

export interface ServerRules {
  /** Default 3, the only behaviour of LwM2M 1.0. */
  readonly usage?: CertificateUsage;
  readonly matching?: MatchingType;
  /** `/0/x/4`: a certificate in DER, or its digest under `matching`. */
  readonly association: Uint8Array;
  /** The certificate in `association` when it is not a digest: with usage 2 it is the only anchor. */
  readonly associated?: Certificate;
  /** Trust store of the device, for usages 0 and 1. */
  readonly store?: readonly Certificate[];
  readonly host?: string | undefined;
  readonly instant: () => number | undefined;
}

/**
 * A client's rules for a server's certificate by `/0/x/4`, `/13`, `/14` and `/15` (facts S-13 to S-15).
 *
 * The name is not checked when the end entity itself is the one in resource 4 (fact S-13).
 */
export function trustServer(rules: ServerRules): Trust {
  const { usage = 3, matching = 0, association, associated, store = [], host, instant } = rules;
  const matches = (certificate: Certificate): boolean => equalBytes(digest(matching, certificate.der), association);
  const path = (chain: readonly Certificate[], anchors: readonly Certificate[]): PathResult =>
    buildPath(chain, { purpose: 'server', anchors, instant: instant() });

  const checkName = (chain: readonly Certificate[]): Distrust | undefined =>
    checkHost(chain, chain.slice(0, 1).some(matches) ? undefined : host);

  const judgeChain = (chain: readonly Certificate[]): Distrust | undefined => {
    const [leaf] = chain;
    if (!leaf) return NO_CERTIFICATE;
    if (usage === 3) {
      // Expiry still counts: the certificate was provisioned, its lifetime was not lifted.
      return matches(leaf)
        ? checkLeaf(leaf, { purpose: 'server', instant: instant() })
        : mismatch(leaf, 'the provisioned one');
    }
    if (usage === 2) {
      const anchors = associated ? [associated] : chain.filter(matches);
      const found = path(chain, anchors);
      return found.ok ? checkName(chain) : found.distrust;
    }
    const found = path(chain, store);
    if (!found.ok) return found.distrust;
    const constrained = usage === 1 ? matches(leaf) : found.path.slice(1).some(matches);
    if (!constrained)
      return mismatch(leaf, usage === 1 ? 'the provisioned one' : 'issued under the provisioned authority');
    return checkName(chain);
  };

  return {
    accepts: ['x509'],
    judge: (presented) => (presented.kind === 'x509' ? judgeChain(presented.chain) : wrongKind),
  };
}

const mismatch = (leaf: Certificate, what: string): Distrust => ({
  code: 'certificate-not-the-provisioned',
  alert: 'bad_certificate',
  message: `the certificate of ${leaf.subject} is not ${what}`,
});

function checkHost(chain: readonly Certificate[], host: string | undefined): Distrust | undefined {
  const [leaf] = chain;
  if (host === undefined || !leaf || leaf.matchesHost(host)) return undefined;
  const names = leaf.dnsNames.length > 0 ? leaf.dnsNames.join(', ') : (leaf.commonName ?? 'no name');
  return {
    code: 'certificate-wrong-host',
    alert: 'bad_certificate',
    message: `the certificate is for ${names}, not for ${host}`,
  };
}

const ALGORITHMS: Readonly<Record<Exclude<MatchingType, 0>, string>> = { 1: 'sha256', 2: 'sha384', 3: 'sha512' };

/** The certificate as `/0/x/4` holds it under a matching type (fact S-15). */
export function digest(matching: MatchingType, der: Uint8Array): Uint8Array {
  return matching === 0 ? der : Uint8Array.from(createHash(ALGORITHMS[matching]).update(der).digest());
}

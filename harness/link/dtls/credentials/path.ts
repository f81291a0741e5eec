import { equalBytes } from '../../../base/bytes.js';
import type { AlertName } from '../alert.js';
import type { Certificate, Purpose } from './certificate.js';

/** Why a peer is not believed, and the alert that tells it so. Its code goes into a Problem as it is. */
export interface Distrust {
  readonly code: string;
  readonly alert: AlertName;
  readonly message: string;
}

export interface PathRules {
  readonly purpose: Purpose;
  /** Any of these may end a path; each is believed as it is, expiry apart. */
  readonly anchors: readonly Certificate[];
  /** Seconds since 1970; undefined when there is no clock, and validity is not judged (RFC 7925 §4.4). */
  readonly instant: number | undefined;
}

const MAX_LENGTH = 8;

/** The path with its anchor last, or the first thing wrong on the most promising one. */
export type PathResult =
  { readonly ok: true; readonly path: readonly Certificate[] } | { readonly ok: false; readonly distrust: Distrust };

/**
 * Builds a path from the first certificate of `presented` over the others to an anchor, and validates it (RFC 5280 §6.1
 * without policies, name constraints and revocation, none of which RFC 7925 §4.4 asks of a device).
 */
export function buildPath(presented: readonly Certificate[], rules: PathRules): PathResult {
  const [leaf, ...others] = presented;
  if (!leaf) return { ok: false, distrust: NO_CERTIFICATE };
  const wrong = checkLeaf(leaf, rules);
  return wrong ? { ok: false, distrust: wrong } : extend([leaf], others, rules);
}

export const NO_CERTIFICATE: Distrust = {
  code: 'certificate-missing',
  alert: 'bad_certificate',
  message: 'no certificate was presented',
};

/** What holds for the end entity whatever the path: curve, purpose, validity. */
export function checkLeaf(leaf: Certificate, { purpose, instant }: Omit<PathRules, 'anchors'>): Distrust | undefined {
  const name = `the certificate of ${leaf.subject}`;
  if (leaf.publicKey.curve !== 'P-256') {
    const kind = leaf.publicKey.curve ? `on ${leaf.publicKey.curve}` : 'of another kind';
    return {
      code: 'certificate-wrong-key',
      alert: 'unsupported_certificate',
      message: `${name} has a key ${kind}, not on P-256`,
    };
  }
  if (!leaf.allows(purpose) || leaf.maySign?.data === false) {
    const message = `${name} does not allow the use as a ${purpose}'s`;
    return { code: 'certificate-wrong-purpose', alert: 'unsupported_certificate', message };
  }
  return checkCommon(leaf, instant);
}

function checkCommon(certificate: Certificate, instant: number | undefined): Distrust | undefined {
  const name = `the certificate of ${certificate.subject}`;
  if (certificate.unknownCritical !== undefined) {
    const message = `${name} has the critical extension ${certificate.unknownCritical}, which is not understood`;
    return { code: 'certificate-critical-extension', alert: 'unsupported_certificate', message };
  }
  if (instant !== undefined && instant < certificate.notBefore) {
    return { code: 'certificate-not-yet-valid', alert: 'bad_certificate', message: `${name} is not valid yet` };
  }
  if (instant !== undefined && instant > certificate.notAfter) {
    return { code: 'certificate-expired', alert: 'certificate_expired', message: `${name} has expired` };
  }
  return undefined;
}

/** Depth first; the first distrust met is reported when no path holds. */
function extend(path: readonly Certificate[], others: readonly Certificate[], rules: PathRules): PathResult {
  const tip = path.at(-1);
  if (!tip) return { ok: false, distrust: NO_CERTIFICATE };
  if (rules.anchors.some((anchor) => equalBytes(anchor.der, tip.der))) return { ok: true, path };
  const candidates = [...rules.anchors, ...others].filter((issuer) => !path.includes(issuer) && tip.isIssuedBy(issuer));
  let first: PathResult | undefined;
  for (const issuer of path.length < MAX_LENGTH ? candidates : []) {
    const distrust = checkIssuer(issuer, path, rules);
    const found: PathResult = distrust ? { ok: false, distrust } : extend([...path, issuer], others, rules);
    if (found.ok) return found;
    first ??= found;
  }
  return first ?? { ok: false, distrust: unknownIssuer(tip.subject) };
}

const unknownIssuer = (subject: string): Distrust => ({
  code: 'certificate-unknown-authority',
  alert: 'unknown_ca',
  message: `the certificate of ${subject} was issued by nobody that is trusted`,
});

/** @param path the certificates below; its first, the end entity, does not count for the path length (RFC 5280 §4.2.1.9) */
function checkIssuer(issuer: Certificate, path: readonly Certificate[], { instant }: PathRules): Distrust | undefined {
  const below = path.length - 1;
  if (!issuer.isAuthority || issuer.maySign?.certificates === false) {
    const message = `${issuer.subject} issued a certificate and is no authority`;
    return { code: 'certificate-issuer-no-authority', alert: 'unknown_ca', message };
  }
  if (issuer.pathLength !== undefined && below > issuer.pathLength) {
    const message = `${issuer.subject} allows ${issuer.pathLength} intermediates below it, and there are ${below}`;
    return { code: 'certificate-path-too-long', alert: 'unknown_ca', message };
  }
  return checkCommon(issuer, instant);
}

import { createPublicKey, X509Certificate } from 'node:crypto';
import { fromUtf8, toHex } from '../../../base/bytes.js';
import { failed, ok, type Result } from '../../../base/error.js';
import { decodeElements, formatOid, parseTime, TAG, type Element } from './der.js';
import { publicKeyOf, type PublicKey } from './key.js';
import { parsePem } from './pem.js';

export type Purpose = 'server' | 'client';

const PURPOSES: Readonly<Record<Purpose, string>> = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' };
const ANY_PURPOSE = '2.5.29.37.0';

/** An X.509 certificate, with what path validation and identity checks ask of it (RFC 5280 §4). */
export interface Certificate {
  readonly der: Uint8Array;
  readonly publicKey: PublicKey;
  /** The first CN of the subject; LwM2M puts the endpoint name there (Transport 1.1 §5.2.6). */
  readonly commonName: string | undefined;
  /** One line, for messages. */
  readonly subject: string;
  /** DER of the subject's Name, for the authorities of a CertificateRequest. */
  readonly subjectName: Uint8Array;
  /** dNSName entries of the subject alternative name. */
  readonly dnsNames: readonly string[];
  /** Seconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly isAuthority: boolean;
  /** Undefined: no limit on the intermediates below. */
  readonly pathLength: number | undefined;
  /** Undefined: no key usage extension, all usages. */
  readonly maySign: { readonly certificates: boolean; readonly data: boolean } | undefined;
  /** Of a critical extension that is not understood here (RFC 5280 §4.2). */
  readonly unknownCritical: string | undefined;
  /** Without an extended key usage every purpose is allowed. */
  allows(purpose: Purpose): boolean;
  /** Name, key identifier and signature match. */
  isIssuedBy(issuer: Certificate): boolean;
  /** DNS name (with wildcards) or IP address; the CN counts only when there is no dNSName (RFC 6125 §6.4). */
  matchesHost(host: string): boolean;
}

/** Reads one certificate, DER or the first of a PEM text. @param place the file or field, for the problem */
export function readCertificate(bytes: Uint8Array, place?: string): Result<Certificate> {
  const chain = readCertificates(bytes, place);
  if (!chain.ok) return chain;
  const [first] = chain.value;
  return first ? ok(first) : unreadable('no certificate', place);
}

/** Reads all certificates of a PEM text in their order, or one in DER. */
export function readCertificates(bytes: Uint8Array, place?: string): Result<Certificate[]> {
  const blocks = parsePem(bytes);
  const encoded = blocks ? blocks.filter(({ label }) => label === 'CERTIFICATE').map((block) => block.bytes) : [bytes];
  if (encoded.length === 0) {
    const labels = blocks?.map(({ label }) => label).join(', ') || 'nothing readable';
    return unreadable(`the PEM text holds no certificate but ${labels}`, place);
  }
  const chain: Certificate[] = [];
  for (const one of encoded) {
    const certificate = decodeCertificate(one);
    if (!certificate) return unreadable(`${one.length} bytes are not an X.509 certificate`, place);
    chain.push(certificate);
  }
  return ok(chain);
}

function unreadable(message: string, place: string | undefined): Result<never> {
  const hint = 'X.509 in DER or PEM';
  return failed({ code: 'certificate-unreadable', message, hint, ...(place === undefined ? {} : { place }) });
}

/** Certificates that were decoded lately: both ends of a session of ours meet the same few again and again. */
const decoded = new Map<string, Certificate | undefined>();
const MOST_DECODED = 64;
/** Bytes; what is longer is no certificate of a session of ours, and not worth the room. */
const LONGEST_KEPT = 4096;

/** Undefined when the bytes are not a certificate. */
export function decodeCertificate(bytes: Uint8Array): Certificate | undefined {
  if (bytes.length > LONGEST_KEPT) return decodeAnew(bytes);
  const name = toHex(bytes);
  if (decoded.has(name)) return decoded.get(name);
  if (decoded.size >= MOST_DECODED) decoded.clear();
  const certificate = decodeAnew(bytes);
  decoded.set(name, certificate);
  return certificate;
}

function decodeAnew(bytes: Uint8Array): Certificate | undefined {
  const outline = decodeOutline(bytes);
  if (!outline) return undefined;
  try {
    const x509 = new X509Certificate(bytes);
    return describe(x509, outline, publicKeyOf(x509.publicKey));
  } catch {
    return undefined;
  }
}

/** What node's X509Certificate does not tell, or tells only as text. */
interface Outline {
  readonly notBefore: number;
  readonly notAfter: number;
  readonly subject: Element;
  readonly extensions: ReadonlyMap<string, { readonly critical: boolean; readonly value: Uint8Array }>;
}

const UNDERSTOOD = new Map([
  ['2.5.29.15', 'key usage'],
  ['2.5.29.17', 'subject alternative name'],
  ['2.5.29.19', 'basic constraints'],
  ['2.5.29.37', 'extended key usage'],
]);

function describe(x509: X509Certificate, outline: Outline, publicKey: PublicKey): Certificate {
  const names = x509.subjectAltName?.split(', ') ?? [];
  const purposes = purposesOf(outline.extensions.get('2.5.29.37')?.value);
  const subject = x509.subject.split('\n').join(', ');
  const unknown = [...outline.extensions].find(([id, { critical }]) => critical && !UNDERSTOOD.has(id));
  return {
    der: Uint8Array.from(x509.raw),
    publicKey,
    subject,
    subjectName: Uint8Array.from(outline.subject.bytes),
    commonName: commonNameOf(outline.subject),
    dnsNames: names.flatMap((name) => (name.startsWith('DNS:') ? [name.slice(4)] : [])),
    notBefore: outline.notBefore,
    notAfter: outline.notAfter,
    isAuthority: x509.ca,
    pathLength: pathLengthOf(outline.extensions.get('2.5.29.19')?.value),
    maySign: keyUsageOf(outline.extensions.get('2.5.29.15')?.value),
    unknownCritical: unknown?.[0],
    allows: (purpose) => !purposes || purposes.includes(PURPOSES[purpose]) || purposes.includes(ANY_PURPOSE),
    isIssuedBy: (issuer) => isIssuedBy(x509, issuer),
    matchesHost: (host) => matchesHost(x509, host),
  };
}

function isIssuedBy(x509: X509Certificate, issuer: Certificate): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(issuer.publicKey.spki), format: 'der', type: 'spki' });
    return x509.checkIssued(new X509Certificate(issuer.der)) && x509.verify(key);
  } catch {
    return false;
  }
}

function matchesHost(x509: X509Certificate, host: string): boolean {
  const literal = /^\[(.*)\]$/.exec(host)?.[1] ?? host;
  if (/^[\d.]+$/.test(literal) || literal.includes(':')) return x509.checkIP(literal) !== undefined;
  return x509.checkHost(literal.replace(/\.$/, ''), { partialWildcards: false }) !== undefined;
}

function decodeOutline(bytes: Uint8Array): Outline | undefined {
  const certificate = decodeElements(bytes);
  const signed = decodeElements(certificate?.[0]?.content ?? new Uint8Array())?.[0];
  const fields = decodeElements(signed?.content ?? new Uint8Array());
  if (!fields || certificate?.length !== 1) return undefined;
  // The version is the only field that may be missing before the subject (RFC 5280 §4.1).
  const [, , , validity, subject] = fields[0]?.tag === 0xa0 ? fields.slice(1) : fields;
  const [notBefore, notAfter] = (decodeElements(validity?.content ?? new Uint8Array()) ?? []).map(parseTime);
  if (notBefore === undefined || notAfter === undefined || !subject) return undefined;
  const extensions = decodeExtensions(fields.find(({ tag }) => tag === 0xa3));
  return extensions && { notBefore, notAfter, subject, extensions };
}

function decodeExtensions(field: Element | undefined): Outline['extensions'] | undefined {
  const extensions = new Map<string, { critical: boolean; value: Uint8Array }>();
  const list = field ? decodeElements(field.content)?.[0] : undefined;
  for (const extension of decodeElements(list?.content ?? new Uint8Array()) ?? []) {
    const parts = decodeElements(extension.content);
    const [id] = parts ?? [];
    const value = parts?.at(-1);
    if (!parts || !id || !value) return undefined;
    const critical = parts.length === 3 && parts[1]?.content[0] === 0xff;
    extensions.set(formatOid(id.content), { critical, value: value.content });
  }
  return extensions;
}

function pathLengthOf(value: Uint8Array | undefined): number | undefined {
  const constraints = value && decodeElements(value)?.[0];
  const limit = constraints && decodeElements(constraints.content)?.find(({ tag }) => tag === TAG.integer);
  return limit?.content.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** KeyUsage bits 0 (digitalSignature) and 5 (keyCertSign) (RFC 5280 §4.2.1.3). */
function keyUsageOf(value: Uint8Array | undefined): Certificate['maySign'] {
  const bits = value && decodeElements(value)?.[0]?.content[1];
  if (bits === undefined) return undefined;
  return { data: (bits & 0x80) !== 0, certificates: (bits & 0x04) !== 0 };
}

/** ExtKeyUsageSyntax: a sequence of object identifiers (RFC 5280 §4.2.1.12). */
function purposesOf(value: Uint8Array | undefined): string[] | undefined {
  if (!value) return undefined;
  // One that does not parse allows nothing.
  const list = decodeElements(value)?.[0];
  return (list ? (decodeElements(list.content) ?? []) : []).map(({ content }) => formatOid(content));
}

function commonNameOf(subject: Element): string | undefined {
  for (const set of decodeElements(subject.content) ?? []) {
    for (const attribute of decodeElements(set.content) ?? []) {
      const [id, value] = decodeElements(attribute.content) ?? [];
      if (id && value && formatOid(id.content) === '2.5.4.3') return fromUtf8(value.content);
    }
  }
  return undefined;
}

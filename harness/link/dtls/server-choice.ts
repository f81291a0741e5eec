import { EMPTY } from '../../base/bytes.js';
import { Abort } from './alert.js';
import type { Agreement } from './agreement.js';
import type { OwnCertificate, ServerCredentials } from './credentials.js';
import {
  CERTIFICATE_TYPE,
  certificateType,
  decodeConnectionId,
  decodeFragmentLength,
  decodeList16,
  decodeList8,
  decodeServerName,
  encodeConnectionId,
  encodeFragmentLength,
  encodeList8,
  EXTENSION,
  type CertificateType,
  type Extensions,
} from './extension.js';
import { groupByCode, type GroupName } from './group.js';
import { RENEGOTIATION_SCSV, type ClientHello } from './hello.js';
import { ECDSA_SHA256 } from './key-exchange.js';
import type { Suite } from './suites.js';

/** What a server is ready for. */
export interface ServerPolicy {
  readonly credentials: ServerCredentials;
  /** Suites and groups in the server's order, which decides. */
  readonly suites: readonly Suite[];
  readonly groups: readonly GroupName[];
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  readonly tickets: boolean;
}

/** What the server takes from a ClientHello for a full handshake. */
export interface Choice {
  readonly suite: Suite;
  readonly group: GroupName | undefined;
  readonly own: OwnCertificate | undefined;
  readonly clientCertificateType: CertificateType;
}

/** @throws Abort `handshake_failure` when nothing is in common, `unsupported_certificate` when only the certificate types differ */
export function choose(policy: ServerPolicy, hello: ClientHello): Choice {
  const { credentials } = policy;
  const group = chooseGroup(policy, hello.extensions);
  const own = chooseOwn(credentials, hello.extensions);
  const signs = canVerify(hello.extensions);
  const offered = policy.suites.filter(({ code }) => hello.suites.includes(code));
  const suite = offered.find(({ keyExchange }) => {
    if (keyExchange === 'psk') return true;
    return group !== undefined && (keyExchange === 'ecdhe-psk' || (own !== undefined && signs));
  });
  if (!suite) {
    if (offered.length === 0)
      throw new Abort('handshake_failure', 'the client offers no suite that this server can use');
    if (group && signs)
      throw new Abort('unsupported_certificate', 'the client cannot read the kind of certificate that this server has');
    throw new Abort('handshake_failure', 'the client offers no group or signature algorithm that this server can use');
  }
  const ecdsa = suite.keyExchange === 'ecdhe-ecdsa';
  return {
    suite,
    group: suite.keyExchange === 'psk' ? undefined : group,
    own: ecdsa ? own : undefined,
    clientCertificateType: ecdsa ? chooseClientType(credentials, hello.extensions) : 'x509',
  };
}

function chooseGroup({ groups }: ServerPolicy, extensions: Extensions): GroupName | undefined {
  const formats = extensions.get(EXTENSION.ec_point_formats);
  if (formats && !decodeList8(formats, 'ec_point_formats').includes(0)) {
    throw new Abort('illegal_parameter', 'the client leaves out uncompressed points');
  }
  const body = extensions.get(EXTENSION.supported_groups);
  // Without the extension the choice is free (RFC 8422 §4); all of this field's clients have P-256.
  if (!body) return groups.find((group) => group === 'secp256r1');
  const offered = decodeList16(body, 'supported_groups').map(groupByCode);
  return groups.find((group) => offered.includes(group));
}

function canVerify(extensions: Extensions): boolean {
  const body = extensions.get(EXTENSION.signature_algorithms);
  return !body || decodeList16(body, 'signature_algorithms').includes(ECDSA_SHA256);
}

function readTypes(extensions: Extensions, type: number): readonly (CertificateType | undefined)[] {
  const body = extensions.get(type);
  return body ? decodeList8(body, 'certificate types').map(certificateType) : ['x509'];
}

function chooseOwn({ own = [] }: ServerCredentials, extensions: Extensions): OwnCertificate | undefined {
  const readable = readTypes(extensions, EXTENSION.server_certificate_type);
  return own.find(({ kind }) => readable.includes(kind));
}

function chooseClientType({ trust, allowAnonymous }: ServerCredentials, extensions: Extensions): CertificateType {
  if (!trust) return 'x509';
  const offered = readTypes(extensions, EXTENSION.client_certificate_type);
  const type = trust.accepts.find((accepted) => offered.includes(accepted));
  if (!type && !allowAnonymous) {
    throw new Abort('unsupported_certificate', 'the client has no kind of certificate that this server can judge');
  }
  return type ?? 'x509';
}

/** What does not depend on full or abbreviated. @param ownConnectionId undefined: this server does not use them */
export function agree(
  policy: ServerPolicy,
  hello: ClientHello,
  choice: Choice,
  random: Uint8Array,
  ownConnectionId: Uint8Array | undefined,
): Agreement {
  const { extensions } = hello;
  const connectionId = extensions.get(EXTENSION.connection_id);
  const length = extensions.get(EXTENSION.max_fragment_length);
  const name = extensions.get(EXTENSION.server_name);
  return {
    suite: choice.suite,
    randoms: { client: hello.random, server: random },
    serverName: name && decodeServerName(name),
    extendedMasterSecret: policy.extendedMasterSecret && extensions.has(EXTENSION.extended_master_secret),
    encryptThenMac:
      policy.encryptThenMac && choice.suite.cipher.kind === 'cbc' && extensions.has(EXTENSION.encrypt_then_mac),
    connectionIds: connectionId && ownConnectionId && { own: ownConnectionId, peer: decodeConnectionId(connectionId) },
    maxFragmentLength: length && decodeFragmentLength(length),
    clientCertificateType: choice.clientCertificateType,
    serverCertificateType: choice.own?.kind ?? 'x509',
    ticket: policy.tickets && extensions.has(EXTENSION.session_ticket),
  };
}

/** Answers only what the client has sent (RFC 5246 §7.4.1.4). */
export function answerExtensions(
  hello: ClientHello,
  agreement: Agreement,
  choice: Choice,
  asksClient: boolean,
): Extensions {
  const has = (type: number): boolean => hello.extensions.has(type);
  const entries: [number, Uint8Array | undefined][] = [
    [EXTENSION.server_name, agreement.serverName === undefined ? undefined : EMPTY],
    [EXTENSION.max_fragment_length, agreement.maxFragmentLength && encodeFragmentLength(agreement.maxFragmentLength)],
    [EXTENSION.extended_master_secret, agreement.extendedMasterSecret ? EMPTY : undefined],
    [EXTENSION.encrypt_then_mac, agreement.encryptThenMac ? EMPTY : undefined],
    [EXTENSION.connection_id, agreement.connectionIds && encodeConnectionId(agreement.connectionIds.own)],
    [EXTENSION.session_ticket, agreement.ticket ? EMPTY : undefined],
  ];
  if (has(EXTENSION.renegotiation_info) || hello.suites.includes(RENEGOTIATION_SCSV)) {
    entries.push([EXTENSION.renegotiation_info, encodeList8([])]);
  }
  if (choice.group && has(EXTENSION.ec_point_formats)) entries.push([EXTENSION.ec_point_formats, encodeList8([0])]);
  if (choice.own && has(EXTENSION.server_certificate_type)) {
    entries.push([EXTENSION.server_certificate_type, Uint8Array.of(CERTIFICATE_TYPE[choice.own.kind])]);
  }
  if (asksClient && has(EXTENSION.client_certificate_type)) {
    entries.push([EXTENSION.client_certificate_type, Uint8Array.of(CERTIFICATE_TYPE[choice.clientCertificateType])]);
  }
  return new Map(entries.flatMap(([type, body]) => (body ? [[type, body] as const] : [])));
}

import { concatBytes, EMPTY } from '../../base/bytes.js';
import { Abort } from './alert.js';
import type { Agreement } from './agreement.js';
import type { ClientCredentials } from './credentials.js';
import {
  CERTIFICATE_TYPE,
  certificateType,
  decodeConnectionId,
  decodeFragmentLength,
  encodeConnectionId,
  encodeFragmentLength,
  encodeList16,
  encodeList8,
  encodeServerName,
  EXTENSION,
  type CertificateType,
  type Extensions,
  type FragmentLength,
} from './extension.js';
import { GROUPS, type GroupName } from './group.js';
import type { ServerHello } from './hello.js';
import { ECDSA_SHA256 } from './key-exchange.js';
import type { Randoms } from './key-schedule.js';
import type { Suite } from './suites.js';

/** What a client offers in each ClientHello. */
export interface Offer {
  readonly credentials: ClientCredentials;
  readonly suites: readonly Suite[];
  readonly groups: readonly GroupName[];
  readonly serverName: string | undefined;
  readonly extendedMasterSecret: boolean;
  readonly encryptThenMac: boolean;
  readonly connectionId: Uint8Array | undefined;
  readonly maxFragmentLength: FragmentLength | undefined;
  readonly tickets: boolean;
}

/** @param ticket of an earlier session; empty: none, but one is wanted (RFC 5077 §3.2) */
export function offerExtensions(offer: Offer, ticket: Uint8Array): Extensions {
  const { credentials, suites, groups, serverName, connectionId, maxFragmentLength } = offer;
  const entries: [number, Uint8Array | undefined][] = [
    [EXTENSION.server_name, serverName === undefined ? undefined : encodeServerName(serverName)],
    [EXTENSION.max_fragment_length, maxFragmentLength && encodeFragmentLength(maxFragmentLength)],
    [EXTENSION.extended_master_secret, offer.extendedMasterSecret ? EMPTY : undefined],
    [EXTENSION.encrypt_then_mac, offersEncryptThenMac(offer) ? EMPTY : undefined],
    [EXTENSION.connection_id, connectionId && encodeConnectionId(connectionId)],
    [EXTENSION.session_ticket, offer.tickets ? ticket : undefined],
    [EXTENSION.renegotiation_info, encodeList8([])],
  ];
  if (suites.some(({ keyExchange }) => keyExchange !== 'psk')) {
    entries.push([EXTENSION.supported_groups, encodeList16(groups.map((group) => GROUPS[group]))]);
    entries.push([EXTENSION.ec_point_formats, encodeList8([0])]);
  }
  if (credentials.kind === 'certificate') {
    const own: readonly CertificateType[] = credentials.own?.kind === 'rpk' ? ['rpk'] : ['x509'];
    entries.push([EXTENSION.signature_algorithms, encodeList16([ECDSA_SHA256])]);
    entries.push([EXTENSION.client_certificate_type, encodeTypes(own)]);
    entries.push([EXTENSION.server_certificate_type, encodeTypes(credentials.trust.accepts)]);
  }
  return new Map(entries.flatMap(([type, body]) => (body ? [[type, body] as const] : [])));
}

const offersEncryptThenMac = ({ encryptThenMac, suites }: Offer): boolean =>
  encryptThenMac && suites.some(({ cipher }) => cipher.kind === 'cbc');

/** Left out when X.509 is all there is: that is the default (RFC 7250 §4.1). */
const encodeTypes = (types: readonly CertificateType[]): Uint8Array | undefined =>
  types.every((type) => type === 'x509') ? undefined : encodeList8(types.map((type) => CERTIFICATE_TYPE[type]));

/** @throws Abort when the server answers what was not offered */
export function readAnswer(offer: Offer, hello: ServerHello, suite: Suite, randoms: Randoms): Agreement {
  const { extensions } = hello;
  const offered = offerExtensions(offer, EMPTY);
  for (const type of extensions.keys()) {
    if (!offered.has(type))
      throw new Abort('unsupported_extension', `the server answers extension ${type}, which was not offered`);
  }
  const renegotiation = extensions.get(EXTENSION.renegotiation_info);
  if (renegotiation && concatBytes(renegotiation).some((byte) => byte !== 0)) {
    throw new Abort('handshake_failure', 'the server takes this for a renegotiation');
  }
  const encryptThenMac = extensions.has(EXTENSION.encrypt_then_mac);
  if (encryptThenMac && suite.cipher.kind !== 'cbc') {
    throw new Abort('illegal_parameter', 'the server answers encrypt_then_mac for a suite that has no MAC');
  }
  const connectionId = extensions.get(EXTENSION.connection_id);
  return {
    suite,
    randoms,
    serverName: offer.serverName,
    extendedMasterSecret: extensions.has(EXTENSION.extended_master_secret),
    encryptThenMac,
    connectionIds: connectionId && { own: offer.connectionId ?? EMPTY, peer: decodeConnectionId(connectionId) },
    maxFragmentLength: readFragmentLength(offer, extensions),
    clientCertificateType: readType(extensions.get(EXTENSION.client_certificate_type)),
    serverCertificateType: readType(extensions.get(EXTENSION.server_certificate_type)),
    ticket: extensions.has(EXTENSION.session_ticket),
  };
}

function readFragmentLength(offer: Offer, extensions: Extensions): FragmentLength | undefined {
  const body = extensions.get(EXTENSION.max_fragment_length);
  if (!body) return undefined;
  const length = decodeFragmentLength(body);
  if (length !== offer.maxFragmentLength)
    throw new Abort('illegal_parameter', 'the server answers another max_fragment_length');
  return length;
}

function readType(body: Uint8Array | undefined): CertificateType {
  if (!body) return 'x509';
  const type = body.length === 1 ? certificateType(body[0]) : undefined;
  if (!type) throw new Abort('illegal_parameter', 'the server answers an unknown certificate type');
  return type;
}

/** DTLS 1.2 (RFC 6347) in both roles, over any datagram link. */
export { ALERTS, alertName, type AlertLevel, type AlertName } from './alert.js';
export type {
  CertificateCredentials,
  ClientCredentials,
  OwnCertificate,
  PskCredentials,
  ServerCredentials,
} from './credentials.js';
export { readCertificate, readCertificates, type Certificate, type Purpose } from './credentials/certificate.js';
export { PrivateKey, readPrivateKey, readPublicKey, type Curve, type PublicKey } from './credentials/key.js';
export { buildPath, type Distrust, type PathResult, type PathRules } from './credentials/path.js';
export { formatPem, parsePem } from './credentials/pem.js';
export {
  issueCertificate,
  makePrivateKey,
  testPki,
  type CertificateRequest,
  type Credential,
  type TestPki,
} from './credentials/test-pki.js';
export {
  digest,
  trustAny,
  trustAuthorities,
  trustKey,
  trustKeys,
  trustServer,
  type CertificateUsage,
  type MatchingType,
  type Presented,
  type ServerRules,
  type Trust,
} from './credentials/trust.js';
export { dtlsClient, type DtlsClientOptions } from './dtls-client.js';
export type { DtlsClientLink, DtlsEvent, DtlsLink, OnEvent } from './dtls-link.js';
export { dtlsServer, type DtlsServerOptions } from './dtls-server.js';
export type { FragmentLength } from './extension.js';
export type { GroupName } from './group.js';
export { encodeWhole, HANDSHAKE, handshakeName, type HandshakeMessage } from './handshake.js';
export {
  decodeClientHello,
  decodeServerHello,
  encodeClientHello,
  encodeServerHello,
  type ClientHello,
  type ServerHello,
} from './hello.js';
export { CONTENT, decodeRecords, encodeRecord, type PlainRecord, type WireRecord } from './record.js';
export { secureLink, type Reach, type ReachOf, type SecureLink, type SecureLinkOptions } from './secure-link.js';
export {
  channelOf,
  keyMismatch,
  unsecured,
  type Channel,
  type ChannelContext,
  type SecurityInstance,
} from './security-instance.js';
export { SecurityStore, type SecurityEntry } from './security-store.js';
export type { PeerIdentity, SessionInfo } from './session.js';
export type { Hooks, TimerSettings } from './settings.js';
export { suiteByCode, suiteByName, SUITES, type Suite, type SuiteName } from './suites.js';

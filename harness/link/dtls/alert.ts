/** Alert descriptions by their names in the registry (RFC 5246 §7.2, RFC 4279 §6, RFC 6066 §9). */
export const ALERTS = {
  close_notify: 0,
  unexpected_message: 10,
  bad_record_mac: 20,
  decryption_failed: 21,
  record_overflow: 22,
  decompression_failure: 30,
  handshake_failure: 40,
  no_certificate: 41,
  bad_certificate: 42,
  unsupported_certificate: 43,
  certificate_revoked: 44,
  certificate_expired: 45,
  certificate_unknown: 46,
  illegal_parameter: 47,
  unknown_ca: 48,
  access_denied: 49,
  decode_error: 50,
  decrypt_error: 51,
  export_restriction: 60,
  protocol_version: 70,
  insufficient_security: 71,
  internal_error: 80,
  inappropriate_fallback: 86,
  user_canceled: 90,
  no_renegotiation: 100,
  unsupported_extension: 110,
  certificate_unobtainable: 111,
  unrecognized_name: 112,
  bad_certificate_status_response: 113,
  bad_certificate_hash_value: 114,
  unknown_psk_identity: 115,
} as const;

export type AlertName = keyof typeof ALERTS;
export type AlertLevel = 'warning' | 'fatal';

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(ALERTS).map(([name, code]) => [code, name]));

/** The registry's name of an alert, or `alert-N`. */
export const alertName = (code: number): string => NAMES.get(code) ?? `alert-${code}`;

/**
 * Ends a handshake with a fatal alert. Thrown by decoders and handlers below an association and caught there, in one place:
 * every step of a handshake can fail, and none of the steps after it may run.
 */
export class Abort extends Error {
  override readonly name = 'Abort';
  constructor(
    readonly alert: AlertName,
    message: string,
    /** Of the problem that is reported; left out: the alert's name says enough. */
    readonly code?: string,
  ) {
    super(message);
  }
}

export interface Alert {
  readonly level: AlertLevel;
  readonly code: number;
}

export function encodeAlert(level: AlertLevel, alert: AlertName | number): Uint8Array {
  return Uint8Array.of(level === 'fatal' ? 2 : 1, typeof alert === 'number' ? alert : ALERTS[alert]);
}

/** Undefined when the bytes are not an alert: two bytes, level 1 or 2 (RFC 5246 §7.2). */
export function decodeAlert(bytes: Uint8Array): Alert | undefined {
  const [level, code] = bytes;
  if (bytes.length !== 2 || code === undefined || (level !== 1 && level !== 2)) return undefined;
  return { level: level === 2 ? 'fatal' : 'warning', code };
}

import { ProblemError } from '../../base/error.js';
import type { Code } from './message.js';

/** Method names by code (RFC 7252 §12.1.1, RFC 8132 §4). */
export const METHOD = {
  '0.01': 'GET',
  '0.02': 'POST',
  '0.03': 'PUT',
  '0.04': 'DELETE',
  '0.05': 'FETCH',
  '0.06': 'PATCH',
  '0.07': 'iPATCH',
} as const satisfies Readonly<Record<Code, string>>;

export type Method = (typeof METHOD)[keyof typeof METHOD];

/** Names of responses and signals by code (RFC 7252 §12.1.2, RFC 7959 §2.9, RFC 8132, RFC 8323 §5, RFC 8516). */
export const CODE_NAME: Readonly<Record<Code, string>> = {
  ...METHOD,
  '0.00': 'Empty',
  '2.01': 'Created',
  '2.02': 'Deleted',
  '2.03': 'Valid',
  '2.04': 'Changed',
  '2.05': 'Content',
  '2.31': 'Continue',
  '4.00': 'Bad Request',
  '4.01': 'Unauthorized',
  '4.02': 'Bad Option',
  '4.03': 'Forbidden',
  '4.04': 'Not Found',
  '4.05': 'Method Not Allowed',
  '4.06': 'Not Acceptable',
  '4.08': 'Request Entity Incomplete',
  '4.09': 'Conflict',
  '4.12': 'Precondition Failed',
  '4.13': 'Request Entity Too Large',
  '4.15': 'Unsupported Content-Format',
  '4.22': 'Unprocessable Entity',
  '4.29': 'Too Many Requests',
  '5.00': 'Internal Server Error',
  '5.01': 'Not Implemented',
  '5.02': 'Bad Gateway',
  '5.03': 'Service Unavailable',
  '5.04': 'Gateway Timeout',
  '5.05': 'Proxying Not Supported',
  '7.01': 'CSM',
  '7.02': 'Ping',
  '7.03': 'Pong',
  '7.04': 'Release',
  '7.05': 'Abort',
};

const TEXTS: readonly Code[] = Array.from(
  { length: 256 },
  (_, byte) => `${byte >> 5}.${String(byte & 31).padStart(2, '0')}`,
);

/** `0x45` → `2.05`. */
export const formatCode = (byte: number): Code => TEXTS[byte & 255] ?? '0.00';

/** `2.05` → `0x45`; undefined when it is not `c.dd` with c of 0 to 7 and dd of 00 to 31 (RFC 7252 §3). */
export function parseCode(code: Code): number | undefined {
  if (code.length !== 4 || code.charCodeAt(1) !== 0x2e) return undefined;
  const category = code.charCodeAt(0) - 0x30;
  const tens = code.charCodeAt(2) - 0x30;
  const ones = code.charCodeAt(3) - 0x30;
  if (!(category >= 0 && category <= 7 && tens >= 0 && tens <= 3 && ones >= 0 && ones <= 9)) return undefined;
  const detail = tens * 10 + ones;
  return detail > 31 ? undefined : (category << 5) | detail;
}

/** Byte of a code. @throws ProblemError `coap-code` when it is malformed */
export function codeByte(code: Code): number {
  const byte = parseCode(code);
  if (byte === undefined)
    throw new ProblemError({
      code: 'coap-code',
      message: `${JSON.stringify(code)} is not a code`,
      hint: 'write it as 0.01 or 2.05',
    });
  return byte;
}

/** Classes that no message over UDP may have (RFC 7252 §4.2; 7.xx belongs to RFC 8323). */
export const isReservedClass = (category: number): boolean => category === 1 || category === 6 || category === 7;

/** `0.01` to `0.31`. */
export const isRequest = (code: Code): boolean => code.charCodeAt(0) === 0x30 && code !== '0.00';

/** `2.00` to `5.31`. */
export const isResponse = (code: Code): boolean => code.charCodeAt(0) >= 0x32 && code.charCodeAt(0) <= 0x35;

/** `2.xx`. */
export const isSuccess = (code: Code): boolean => code.charCodeAt(0) === 0x32;

/** `0.01` → `GET`, `2.05` → `2.05 Content`; a code without a name stands for itself. */
export function formatCodeName(code: Code): string {
  const name = CODE_NAME[code];
  if (name === undefined) return code;
  return isRequest(code) ? name : `${code} ${name}`;
}

const METHODS: ReadonlyMap<Code, Method> = new Map(Object.entries(METHOD));

/** `0.01` → `GET`; undefined for what is no method known. */
export const methodName = (code: Code): Method | undefined => METHODS.get(code);

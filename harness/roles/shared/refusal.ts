import { utf8 } from '../../base/bytes.js';
import type { Outgoing } from '../../coap/types.js';
import type { Code } from '../../wire/coap/message.js';
import { outgoing } from './outgoing.js';

/** Why a request is refused. */
export interface Refusal {
  readonly code: Code;
  /** Goes into the response as diagnostic text (RFC 7252 §5.5.2). */
  readonly why: string;
}

/** The error response. Its text is for the person who reads the log of the other side. */
export const refusing = ({ code, why }: Refusal): Outgoing => outgoing(code, { payload: utf8(why) });

/**
 * A client says who it is, and is the one that security proves (Transport 1.1 §5.2.6; R-5, B-11, B-13).
 *
 * @param endpoint `ep` of the request
 * @param proven what security proves
 */
export function identityRefusal(endpoint: string | undefined, proven: string | undefined): Refusal | undefined {
  if (endpoint === undefined && proven === undefined)
    return { code: '4.00', why: 'ep is missing, and nothing else tells who this is' };
  if (endpoint === undefined || proven === undefined || endpoint === proven) return undefined;
  return { code: '4.00', why: 'ep is not the identity that security proves' };
}

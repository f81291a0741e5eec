import type { Outgoing } from '../../coap/types.js';
import type { Code } from '../../wire/coap/message.js';
import { outgoing, type Parts } from '../shared/outgoing.js';

/** What is answered, and what happens once the answer is on its way. */
export interface Reply {
  readonly out: Outgoing;
  readonly afterwards?: () => void;
}

export const reply = (code: Code, parts: Parts = {}, afterwards?: () => void): Reply => ({
  out: outgoing(code, parts),
  ...(afterwards && { afterwards }),
});

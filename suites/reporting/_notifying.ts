import {
  OptionNumber,
  uintOption,
  utf8,
  type CoapMessage,
  type Exchange,
  type Sent,
  type ToSend,
} from '../../harness/case/index.js';
import type { OwnClient } from '../transport/_answering.js';

/** How our client notifies beside what the role would. */
export interface Notifying {
  /** Above the Observe number of the first answer. */
  readonly number: number;
  readonly text: string;
  readonly differs?: Partial<CoapMessage>;
}

/** Observe numbers have 24 bits. */
const MODULUS = 2 ** 24;

/** A notification of text to an observation. */
export function notificationOf({ request, response }: Exchange, { number, text, differs }: Notifying): ToSend {
  const observe = ((response.observe ?? 0) + number) % MODULUS;
  return {
    type: 'CON',
    code: '2.05',
    token: request.message.token,
    options: [uintOption(OptionNumber.observe, observe), uintOption(OptionNumber.contentFormat, 0)],
    payload: utf8(text),
    ...differs,
  };
}

/** Sends a notification of text to an observation, and gives what came back. */
export const notify = (client: OwnClient, observation: Exchange, notifying: Notifying): Promise<Sent> =>
  client.send(notificationOf(observation, notifying), { within: 5 });

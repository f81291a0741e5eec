import type { Exchange } from '../record/exchange.js';
import type { Bench } from './bench.js';
import { isFullBlock } from './request-check.js';

/** RFC 7252 §4.8.2: after this time a confirmable request is lost. */
export const MAX_TRANSMIT_WAIT = 93;

/** Waits for the whole answer of an exchange, as long as one can come: after a block that is not full none does. */
export const wholeAnswer =
  ({ view }: Pick<Bench, 'view'>) =>
  async (exchange: Exchange): Promise<void> => {
    const done = (): true | undefined =>
      exchange.response.code !== 'none' && (exchange.response.whole || !isFullBlock(exchange.response))
        ? true
        : undefined;
    await view.wait(
      done,
      exchange.request.t + MAX_TRANSMIT_WAIT,
      `the answer to ${exchange.kind} ${exchange.request.path}`,
    );
  };

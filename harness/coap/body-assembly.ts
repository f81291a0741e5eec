import { concatBytes, equalBytes, utf8 } from '../base/bytes.js';
import type { Clock } from '../base/clock.js';
import type { Address } from '../link/link.js';
import { blockOption, blockSizeOf, getBlock, type Block } from '../wire/coap/block.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { OptionNumber, uintOption } from '../wire/coap/option.js';
import { getUint } from '../wire/coap/read.js';
import { requestKey } from './request-key.js';
import { TimedMap } from './timed-map.js';
import type { Outgoing } from './types.js';

/** What a request with a block comes to: a whole one for the handler, or an answer at once. */
export type Taken = { readonly whole: CoapMessage } | { readonly answer: Outgoing };

export interface AssemblyRules {
  readonly maxBody: number;
  beginsBody(block: Block): boolean;
  continuesBody(received: number, offset: number): boolean;
  negotiate(asked: number): number;
}

/** A body of which blocks have come. */
interface Unfinished {
  readonly blocks: Uint8Array[];
  length: number;
}

/** Bodies put together at a time. */
const MOST = 100;

/** Puts request bodies together from Block1, each applied only when it is complete (RFC 7959 §2.5). */
export class BodyAssembly {
  readonly #unfinished: TimedMap<Unfinished>;

  constructor(
    clock: Clock,
    lifetime: number,
    private readonly rules: AssemblyRules,
  ) {
    this.#unfinished = new TimedMap(clock, lifetime, MOST);
  }

  take(from: Address, request: CoapMessage): Taken {
    const block = getBlock(request, OptionNumber.block1);
    if (!block) {
      if (this.#unfinished.size > 0) this.#unfinished.delete(requestKey(from, request));
      return { whole: request };
    }
    const size = blockSizeOf(block.szx);
    const { payload } = request;
    if (block.szx === 7) return refuse('4.00', 'block size exponent 7 is reserved');
    if (payload.length > size || (block.more && payload.length < size))
      return refuse('4.00', `${payload.length} bytes in a block of ${size}`);
    const announced = getUint(request, OptionNumber.size1) ?? 0;
    if (announced > this.rules.maxBody) return this.#tooLarge();

    const key = requestKey(from, request);
    const begins = this.rules.beginsBody(block);
    const body = begins ? { blocks: [], length: 0 } : this.#unfinished.get(key);
    if (!body) return refuse('4.08', 'the blocks before this one are missing');
    const offset = block.num * size;
    if (!begins && block.more && isRepeated(body, offset, payload)) return this.#goOn(block);
    if (!begins && !this.rules.continuesBody(body.length, offset))
      return refuse('4.08', `the block begins at ${offset}, ${body.length} bytes are there`);
    if (body.length + payload.length > this.rules.maxBody) {
      this.#unfinished.delete(key);
      return this.#tooLarge();
    }
    body.blocks.push(payload);
    body.length += payload.length;
    if (block.more) {
      this.#unfinished.set(key, body);
      return this.#goOn(block);
    }
    this.#unfinished.delete(key);
    return { whole: { ...request, payload: concatBytes(...body.blocks) } };
  }

  /** A smaller exponent asks for smaller blocks from the next one on (RFC 7959 §2.3). */
  #goOn({ num, szx }: Block): Taken {
    const block = blockOption(OptionNumber.block1, { num, more: true, szx: this.rules.negotiate(szx) });
    return { answer: { code: '2.31', options: [block] } };
  }

  #tooLarge(): Taken {
    return { answer: { code: '4.13', options: [uintOption(OptionNumber.size1, this.rules.maxBody)] } };
  }
}

/** The last block once more, in a message of its own: its sender missed our answer. */
function isRepeated(body: Unfinished, offset: number, payload: Uint8Array): boolean {
  const last = body.blocks.at(-1);
  return last !== undefined && offset === body.length - last.length && equalBytes(last, payload);
}

const refuse = (code: string, why: string): Taken => ({ answer: { code, payload: utf8(why) } });

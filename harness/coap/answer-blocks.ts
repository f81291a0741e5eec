import { EMPTY, toHex, utf8 } from '../base/bytes.js';
import type { Clock } from '../base/clock.js';
import type { Address } from '../link/link.js';
import { blockOption, blockSizeOf, getBlock, type Block } from '../wire/coap/block.js';
import { isSuccess } from '../wire/coap/code.js';
import type { CoapMessage, CoapOption } from '../wire/coap/message.js';
import { OptionNumber } from '../wire/coap/option.js';
import { isRegistration } from './exchanges.js';
import { requestKey } from './request-key.js';
import { TimedMap } from './timed-map.js';
import type { Outgoing } from './types.js';

export interface AnswerRules {
  /** Exponent of the largest block sent. */
  readonly szx: number;
  negotiate(asked: number): number;
  blockOffset(asked: Block): number;
}

/** Answers held for the requests of their later blocks, and observations whose request is remembered. */
const MOST = 200;
/** A method that may be asked for a later block although its answer is not there: it has no effect (RFC 7252 §5.1, RFC 8132 §2). */
const SAFE: ReadonlySet<string> = new Set(['0.01', '0.05']);

/** Cuts answers into Block2 and gives the later blocks of an answer from the same answer (RFC 7959 §2.4, §2.6). */
export class AnswerBlocks {
  readonly #answers: TimedMap<Outgoing>;
  /** By peer and token: which transfer the rest of a notification belongs to, and the size its observer asked for. */
  readonly #observers: Map<string, { readonly key: string; readonly szx: number }> = new Map();

  constructor(
    clock: Clock,
    lifetime: number,
    private readonly rules: AnswerRules,
  ) {
    this.#answers = new TimedMap(clock, lifetime, MOST);
  }

  /** An answer to a request for a later block, or to one with an impossible Block2; undefined leaves it to the handler. */
  answer(from: Address, request: CoapMessage): Outgoing | undefined {
    const asked = getBlock(request, OptionNumber.block2);
    if (!asked) return undefined;
    if (asked.szx === 7) return { code: '4.00', payload: utf8('block size exponent 7 is reserved') };
    if (asked.num === 0 || getBlock(request, OptionNumber.block1)) return undefined;
    const key = requestKey(from, request);
    const whole = this.#answers.get(key);
    if (whole) {
      this.#answers.set(key, whole); // its lifetime begins anew
      return this.#cut(whole, this.rules.blockOffset(asked), this.rules.negotiate(asked.szx));
    }
    return SAFE.has(request.code) ? undefined : { code: '4.08', payload: utf8('the answer is not there any more') };
  }

  /** The answer of the handler as it is sent: echo of Block1, the block asked for of what is too large for one. */
  finish(from: Address, request: CoapMessage, out: Outgoing): Outgoing {
    const options = out.options ?? [];
    if (options.some(isBlock)) return out;
    const block1 = getBlock(request, OptionNumber.block1);
    const echo = block1 ? [blockOption(OptionNumber.block1, { ...block1, more: false })] : [];
    const asked = getBlock(request, OptionNumber.block2);
    const szx = this.rules.negotiate(asked?.szx ?? this.rules.szx);
    if (isRegistration(request) && options.some(({ number }) => number === OptionNumber.observe))
      this.#remember(`${from} ${toHex(request.token)}`, { key: requestKey(from, request), szx });

    const length = out.payload?.length ?? 0;
    if (length <= blockSizeOf(szx) && !(asked && asked.num > 0 && isSuccess(out.code))) {
      const whole =
        asked && isSuccess(out.code) ? [blockOption(OptionNumber.block2, { num: 0, more: false, szx })] : [];
      return block1 || asked ? { ...out, options: [...options, ...echo, ...whole] } : out;
    }
    this.#answers.set(requestKey(from, request), out);
    const cut = this.#cut(out, asked ? this.rules.blockOffset(asked) : 0, szx);
    return { ...cut, options: [...(cut.options ?? []), ...echo] };
  }

  /** A notification as it is sent: its first block, where it has several. */
  finishNotification(to: Address, token: Uint8Array, out: Outgoing): Outgoing {
    const observer = this.#observers.get(`${to} ${toHex(token)}`);
    const szx = observer?.szx ?? this.rules.szx;
    if ((out.payload?.length ?? 0) <= blockSizeOf(szx) || out.options?.some(isBlock)) return out;
    // How the notification travels is no matter of its later blocks, which answer requests.
    const { confirmable: _, ...answer } = out;
    if (observer) this.#answers.set(observer.key, answer);
    return this.#cut(out, 0, szx);
  }

  #cut(whole: Outgoing, offset: number, szx: number): Outgoing {
    const size = blockSizeOf(szx);
    const body = whole.payload ?? EMPTY;
    if (offset > 0 && offset >= body.length)
      return { code: '4.02', payload: utf8(`the body has ${body.length} bytes`) };
    const options = (whole.options ?? []).filter(({ number }) => offset === 0 || number !== OptionNumber.observe);
    // An ETag tells the blocks of two representations apart (RFC 7959 §2.4).
    if (!options.some(({ number }) => number === OptionNumber.etag))
      options.push({ number: OptionNumber.etag, value: digest(body) });
    options.push(blockOption(OptionNumber.block2, { num: offset / size, more: offset + size < body.length, szx }));
    return { ...whole, options, payload: body.subarray(offset, offset + size) };
  }

  #remember(observer: string, transfer: { readonly key: string; readonly szx: number }): void {
    this.#observers.delete(observer);
    this.#observers.set(observer, transfer);
    for (const oldest of this.#observers.keys()) {
      if (this.#observers.size <= MOST) break;
      this.#observers.delete(oldest);
    }
  }
}

const isBlock = ({ number }: CoapOption): boolean => number === OptionNumber.block1 || number === OptionNumber.block2;

/** FNV-1a, 4 bytes. */
function digest(body: Uint8Array): Uint8Array {
  let hash = 0x811c9dc5;
  for (const byte of body) hash = Math.imul(hash ^ byte, 0x01000193);
  return Uint8Array.of(hash >>> 24, (hash >>> 16) & 255, (hash >>> 8) & 255, hash & 255);
}

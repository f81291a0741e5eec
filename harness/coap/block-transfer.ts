import { concatBytes, EMPTY, equalBytes } from '../base/bytes.js';
import { failed, ok, type Problem, type Result } from '../base/error.js';
import type { Address } from '../link/link.js';
import { blockOption, blockSizeOf, formatBlock, getBlock } from '../wire/coap/block.js';
import { isSuccess } from '../wire/coap/code.js';
import type { CoapOption } from '../wire/coap/message.js';
import { OptionNumber, uintOption } from '../wire/coap/option.js';
import { getOpaque } from '../wire/coap/read.js';
import { requestKey } from './request-key.js';
import type { IncomingResponse, Outgoing } from './types.js';

/** Sends one request and gives its one response. */
export type AskOnce = (out: Outgoing) => Promise<Result<IncomingResponse>>;

export interface TransferRules {
  readonly szx: number;
  readonly maxBody: number;
  negotiate(asked: number): number;
}

/** Fetches begun anew because the representation changed under way. */
const RESTARTS = 3;
const GET = '0.01';
const FETCH = '0.05';

/** Requests and responses larger than a block (RFC 7959). The caller sees one request and one response. */
export class BlockTransfers {
  readonly #uploads = new Map<string, Promise<unknown>>();

  constructor(private readonly rules: TransferRules) {}

  /**
   * Sends a request whole or in blocks and collects the response. One that brings Block options of its own is sent as it is.
   *
   * @param first sends the request, and all blocks of its body
   * @param later sends the requests for later blocks of the response, with a token of their own
   */
  async request(to: Address, out: Outgoing, first: AskOnce, later: AskOnce): Promise<Result<IncomingResponse>> {
    if (out.options?.some(isBlock)) return first(out);
    const size = blockSizeOf(this.rules.szx);
    const response = await ((out.payload?.length ?? 0) > size
      ? this.#inTurn(to, out, first)
      : first(this.#announceSize(out)));
    return response.ok ? this.collect(out, response.value, later) : response;
  }

  /** Whether a response is one block of several, or claims to be, and is to be collected. */
  isPart(out: Outgoing, { message }: IncomingResponse): boolean {
    const block = getBlock(message, OptionNumber.block2);
    return block !== undefined && (block.num > 0 || block.more || block.szx === 7) && !out.options?.some(isBlock);
  }

  /** The whole of a response or notification of which one block came. */
  async collect(out: Outgoing, head: IncomingResponse, later: AskOnce): Promise<Result<IncomingResponse>> {
    if (!this.isPart(out, head)) return ok(head);
    let start = head;
    for (let attempt = 0; attempt < RESTARTS; attempt++) {
      const collected = await this.#collectOnce(out, start, later);
      if (collected !== 'changed')
        return collected.ok && collected.value.whole ? ok(withBody(head, collected.value)) : collected;
      const again = await later(forBlock(out, 0, this.rules.szx));
      if (!again.ok || !isSuccess(again.value.message.code)) return again;
      start = again.value;
    }
    return failed(
      blockProblem('coap-block-changed', 'the representation changed again and again during the transfer', head),
    );
  }

  async #collectOnce(out: Outgoing, start: IncomingResponse, later: AskOnce): Promise<Result<Collected> | 'changed'> {
    const parts: Uint8Array[] = [];
    const etag = getOpaque(start.message, OptionNumber.etag) ?? EMPTY;
    let current = start;
    let length = 0;
    for (;;) {
      const { payload } = current.message;
      const block = getBlock(current.message, OptionNumber.block2) ?? { num: 0, more: false, szx: this.rules.szx };
      const size = blockSizeOf(block.szx);
      if (block.szx === 7) return failed(blockProblem('coap-block-size', 'block size exponent 7 is reserved', current));
      if (block.num * size !== length)
        return failed(
          blockProblem(
            'coap-block-number',
            `block ${formatBlock(block)} came where ${length} bytes are there`,
            current,
          ),
        );
      if (payload.length > size && block.more)
        return failed(blockProblem('coap-block-size', `${payload.length} bytes in a block of ${size}`, current));
      if (payload.length < size && block.more)
        return failed(
          blockProblem(
            'coap-block-size',
            `only ${payload.length} bytes in a block of ${size} that is not the last`,
            current,
          ),
        );
      length += payload.length;
      if (length > this.rules.maxBody)
        return failed(blockProblem('coap-block-body', `the body is larger than ${this.rules.maxBody} bytes`, current));
      parts.push(payload);
      if (!block.more) return ok({ ...current, whole: concatBytes(...parts) });

      const szx = this.rules.negotiate(block.szx);
      const next = await later(forBlock(out, length / blockSizeOf(szx), szx));
      if (!next.ok || !isSuccess(next.value.message.code)) return next;
      if (!equalBytes(getOpaque(next.value.message, OptionNumber.etag) ?? EMPTY, etag)) return 'changed';
      current = next.value;
    }
  }

  /** Two bodies for one resource at a time would be one body to their receiver (RFC 7959 §2.5). */
  async #inTurn(to: Address, out: Outgoing, first: AskOnce): Promise<Result<IncomingResponse>> {
    const key = requestKey(to, { code: out.code, options: out.options ?? [] });
    const before = this.#uploads.get(key);
    const upload = (async () => {
      await before?.catch(() => undefined); // its caller is told
      return this.#upload(out, first);
    })();
    this.#uploads.set(key, upload);
    try {
      return await upload;
    } finally {
      if (this.#uploads.get(key) === upload) this.#uploads.delete(key);
    }
  }

  async #upload(out: Outgoing, first: AskOnce): Promise<Result<IncomingResponse>> {
    const body = out.payload ?? EMPTY;
    let szx = this.rules.szx;
    let offset = 0;
    for (;;) {
      const size = blockSizeOf(szx);
      const more = offset + size < body.length;
      const options = [...(out.options ?? []), blockOption(OptionNumber.block1, { num: offset / size, more, szx })];
      if (offset === 0) options.push(uintOption(OptionNumber.size1, body.length));
      const response = await first(
        this.#announceSize({ ...out, options, payload: body.subarray(offset, offset + size) }),
      );
      if (!response.ok) return response;
      const { code } = response.value.message;
      const echo = getBlock(response.value.message, OptionNumber.block1);
      const smaller = echo && echo.szx < szx ? echo.szx : undefined;
      // 4.13 with a smaller size to the first block asks to begin again with it (RFC 7959 §2.9.3).
      if (code === '4.13' && offset === 0 && smaller !== undefined) {
        szx = smaller;
        continue;
      }
      if (!more)
        return code === '2.31'
          ? failed(blockProblem('coap-block-continue', 'the last block was answered with 2.31', response.value))
          : response;
      // A success that echoes the block says that it alone was processed (RFC 7959 §2.3); anything else ends the transfer.
      if (code !== '2.31' && !(isSuccess(code) && echo)) return response;
      if (echo && echo.num !== offset / size)
        return failed(
          blockProblem(
            'coap-block-number',
            `block ${offset / size} was answered for block ${formatBlock(echo)}`,
            response.value,
          ),
        );
      offset += size;
      szx = smaller ?? szx;
    }
  }

  /** Early negotiation: blocks smaller than the largest are asked for at once (RFC 7959 §2.4). */
  #announceSize(out: Outgoing): Outgoing {
    if (this.rules.szx === 6 || (out.code !== GET && out.code !== FETCH)) return out;
    const block = blockOption(OptionNumber.block2, { num: 0, more: false, szx: this.rules.szx });
    return { ...out, options: [...(out.options ?? []), block] };
  }
}

type Collected = IncomingResponse & { readonly whole?: Uint8Array };

/** The request for a later block: the same options, without Observe, and no body that was sent already (RFC 7959 §2.4, §2.6, §3.3). */
function forBlock(out: Outgoing, num: number, szx: number): Outgoing {
  const options = (out.options ?? []).filter(({ number }) => number !== OptionNumber.observe);
  const keepsBody = out.code === FETCH && (out.payload?.length ?? 0) <= blockSizeOf(szx);
  return {
    code: out.code,
    options: [...options, blockOption(OptionNumber.block2, { num, more: false, szx })],
    ...(keepsBody && out.payload && { payload: out.payload }),
    ...(out.confirmable !== undefined && { confirmable: out.confirmable }),
  };
}

const withBody = (head: IncomingResponse, { whole }: Collected): IncomingResponse => ({
  from: head.from,
  message: { ...head.message, payload: whole ?? head.message.payload },
});

const isBlock = ({ number }: CoapOption): boolean => number === OptionNumber.block1 || number === OptionNumber.block2;

const blockProblem = (code: string, message: string, response: IncomingResponse): Problem => ({
  code,
  message,
  place: response.from,
});

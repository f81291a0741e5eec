import { ProblemError } from '../../base/error.js';
import type { CoapMessage, CoapOption } from './message.js';
import { decodeUint, encodeUint, OptionNumber } from './option.js';

/** The value of a Block1 or Block2 option (RFC 7959 §2.2). */
export interface Block {
  /** Number of the block, 0 to 2^20 - 1. */
  readonly num: number;
  /** Whether more blocks follow. */
  readonly more: boolean;
  /** Size exponent: a block has 2^(szx + 4) bytes; 7 is reserved over UDP. */
  readonly szx: number;
}

export type BlockSize = 16 | 32 | 64 | 128 | 256 | 512 | 1024;

export const MAX_BLOCK_NUMBER = 0xf_ffff;

/** Bytes of a block: 16 to 1024 for an exponent of 0 to 6. */
export const blockSizeOf = (szx: number): number => 2 ** (szx + 4);

/** Exponent of a block size: 6 for 1024. */
export const exponentOf = (size: BlockSize): number => Math.log2(size) - 4;

/** The value of a Block option; undefined when it has more than three bytes. */
export function decodeBlock(value: Uint8Array): Block | undefined {
  const bits = value.length > 3 ? undefined : decodeUint(value);
  if (bits === undefined) return undefined;
  return { num: bits >> 4, more: (bits & 8) !== 0, szx: bits & 7 };
}

/** The fewest bytes for a Block value. @throws ProblemError `coap-block` when a field is out of range */
export function encodeBlock(block: Block): Uint8Array {
  const { num, more, szx } = block;
  if (!Number.isInteger(num) || num < 0 || num > MAX_BLOCK_NUMBER || !Number.isInteger(szx) || szx < 0 || szx > 7)
    throw new ProblemError({
      code: 'coap-block',
      message: `${num}/${more ? 1 : 0}/${szx} is no block: NUM has 20 bits, SZX 3`,
    });
  return encodeUint((num << 4) | (more ? 8 : 0) | szx);
}

/** A Block1 (27) or Block2 (23) option. @throws ProblemError `coap-block` */
export const blockOption = (number: number, block: Block): CoapOption => ({ number, value: encodeBlock(block) });

/** The first Block1 or Block2 of a message, if there is a valid one. */
export function getBlock(
  message: CoapMessage,
  number: typeof OptionNumber.block1 | typeof OptionNumber.block2,
): Block | undefined {
  const option = message.options.find((candidate) => candidate.number === number);
  return option && decodeBlock(option.value);
}

/** `2/1/64`: number, more, size in bytes, as the RFC writes it. */
export const formatBlock = (block: Block): string => `${block.num}/${block.more ? 1 : 0}/${blockSizeOf(block.szx)}`;

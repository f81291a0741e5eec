import { blockOption, OptionNumber, type CoapMessage, type ToSend } from '../../harness/case/index.js';

/** Two time zones of the IANA database, which fill two blocks of 16 bytes, and nearly. */
export const ZONES = ['America/Argentina/ComodRivadavia', 'America/Argentina/Buenos_Aires'] as const;

/** A request that brings one block of its body. */
export function withBlock1<M extends ToSend & Pick<CoapMessage, 'options' | 'payload'>>(
  request: M,
  num: number,
  szx = 0,
): M {
  const size = 2 ** (szx + 4);
  const end = (num + 1) * size;
  const block = blockOption(OptionNumber.block1, { num, more: end < request.payload.length, szx });
  return { ...request, options: [...request.options, block], payload: request.payload.subarray(num * size, end) };
}

/** A request that asks for one block of the answer. */
export const withBlock2 = <M extends ToSend & Pick<CoapMessage, 'options'>>(request: M, num: number, szx = 0): M => ({
  ...request,
  options: [...request.options, blockOption(OptionNumber.block2, { num, more: false, szx })],
});

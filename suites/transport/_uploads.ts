import {
  blockOption,
  getBlock,
  OptionNumber,
  uintOption,
  type AnyRequest,
  type OwnMessages,
  type Sent,
} from '../../harness/case/index.js';
import { locationIn } from './_location.js';

/** What came of a request in blocks. */
export interface Uploaded {
  /** Of the last answer that came: to the last block, or to one that was refused. */
  readonly code: string;
  /** Answers to all blocks that were sent. */
  readonly codes: readonly string[];
  /** `/rd/5a3f`, or a place that no server gives. */
  readonly location: string;
}

/** Sends block after block of a request for as long as the answers say to go on. A smaller size that is asked for is kept to. */
export async function sendInBlocks(port: OwnMessages, request: AnyRequest, first: number): Promise<Uploaded> {
  const codes: string[] = [];
  let szx = first;
  const body = request.payload ?? new Uint8Array(0);
  let at = 0;
  let sent: Sent | undefined;
  while (at < body.length) {
    const size = 2 ** (szx + 4);
    sent = await sendBlock(port, request, at / size, szx);
    codes.push(sent.code);
    if (sent.code !== '2.31') break;
    at += size;
    const asked = sent.answer && getBlock(sent.answer, OptionNumber.block1)?.szx;
    szx = Math.min(szx, asked ?? szx);
  }
  return { code: sent?.code ?? 'none', codes, location: locationIn(sent?.answer) };
}

/** Sends one block of a request. */
export const sendBlock = (port: OwnMessages, request: AnyRequest, num: number, szx: number): Promise<Sent> =>
  port.send(blockOf(port, request, num, szx));

/** One block of a request, as a message. */
export function blockOf(
  port: OwnMessages,
  request: AnyRequest,
  num: number,
  szx: number,
): ReturnType<OwnMessages['message']> {
  const body = request.payload ?? new Uint8Array(0);
  const size = 2 ** (szx + 4);
  const end = (num + 1) * size;
  const message = port.message(request);
  const options = [
    ...message.options,
    blockOption(OptionNumber.block1, { num, more: end < body.length, szx }),
    ...(num === 0 ? [uintOption(OptionNumber.size1, body.length)] : []),
  ];
  return { ...message, options, payload: body.subarray(num * size, end) };
}

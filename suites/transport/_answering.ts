import {
  blockOption,
  getBlock,
  OptionNumber,
  uintOption,
  utf8,
  type CoapMessage,
  type Context,
  type Exchange,
  type ToSend,
} from '../../harness/case/index.js';

/** A client that is certain to be ours. */
export type OwnClient = Context<string, unknown, 'client'>['client'];
type Server = Pick<Context<string, unknown, 'client'>['server'], 'order' | 'sent'>;

/** A Read of a path, below any alternate path. */
export const isReadOf =
  (path: string) =>
  ({ code, options }: CoapMessage): boolean =>
    code === '0.01' && pathOf(options).endsWith(path);

const pathOf = (options: CoapMessage['options']): string =>
  options
    .filter(({ number }) => number === OptionNumber.uriPath)
    .map(({ value }) => `/${new TextDecoder().decode(value)}`)
    .join('');

/** The options of content in a format. */
export const inFormat = (format: number): CoapMessage['options'] => [uintOption(OptionNumber.contentFormat, format)];

/** Has the server read a path whose answer is the case's matter: our client stays silent. */
export async function heldRead(server: Server, client: OwnClient, path: string, format?: number): Promise<Exchange> {
  client.answer(isReadOf(path), () => undefined);
  await server.order({ do: 'read', path, ...(format !== undefined && { format }) });
  return server.sent('read', { within: 10, path });
}

/** A response with text in it, to be sent for a request. */
export const textFor = ({ request }: Exchange, text: string): ToSend => ({
  code: '2.05',
  token: request.message.token,
  options: inFormat(0),
  payload: utf8(text),
});

/** What our client gives for one block: the body goes on as it should where it says nothing. */
export type BlockFault = (num: number, usual: Partial<CoapMessage>) => Partial<CoapMessage>;

/** Has our client answer the Reads of a path with a body in blocks of at most `szx`, as many as it takes. */
export function answerInBlocks(
  client: OwnClient,
  path: string,
  body: Uint8Array,
  szx: number,
  fault: BlockFault = (_num, usual) => usual,
): void {
  // A server may ask for smaller blocks: at least 16 bytes.
  const blocks = Math.ceil(body.length / 16);
  for (let block = 0; block < blocks; block++)
    client.answer(isReadOf(path), (request) => blockFor(request, body, szx, fault));
}

function blockFor(request: CoapMessage, body: Uint8Array, most: number, fault: BlockFault): Partial<CoapMessage> {
  const asked = getBlock(request, OptionNumber.block2);
  const szx = Math.min(most, asked?.szx ?? most);
  const num = asked?.num ?? 0;
  const size = 2 ** (szx + 4);
  const end = (num + 1) * size;
  return fault(num, {
    code: '2.05',
    options: [...inFormat(0), blockOption(OptionNumber.block2, { num, more: end < body.length, szx })],
    payload: body.subarray(num * size, end),
  });
}

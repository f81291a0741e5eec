import { fromUtf8, toHex } from '../base/bytes.js';
import { formatProblem } from '../base/error.js';
import { decodeBlock, formatBlock } from '../wire/coap/block.js';
import { decodeMessage } from '../wire/coap/codec.js';
import { formatCodeName, isRequest } from '../wire/coap/code.js';
import type { CoapMessage, CoapOption } from '../wire/coap/message.js';
import { decodeUint, formatOptionName, OptionNumber, OPTIONS } from '../wire/coap/options.js';
import { getPath, getQuery } from '../wire/coap/read.js';
import { formatName } from '../wire/formats.js';

/** Options that stand in the first part of a line already. */
const IN_PATH: ReadonlySet<number> = new Set([OptionNumber.uriPath, OptionNumber.uriQuery]);

/** A datagram as one line for people: `CON PUT /3/0/14 [a1b2] Content-Format text "Europe/Paris"`. */
export function formatDatagram(datagram: Uint8Array): string {
  const decoded = decodeMessage(datagram);
  if (!decoded.ok) return `malformed (${formatProblem(decoded.problem)}) ${toHex(datagram)}`;
  return formatMessage(decoded.message);
}

export function formatMessage(message: CoapMessage): string {
  const { type, code, id, token, payload } = message;
  const query = getQuery(message);
  const target = isRequest(code) ? ` ${getPath(message)}${query.length > 0 ? `?${query.join('&')}` : ''}` : '';
  const options = message.options
    .filter((option) => !(isRequest(code) && IN_PATH.has(option.number)))
    .map(formatOption);
  return [
    `${type} ${formatCodeName(code)}${target} #${id} [${toHex(token)}]`,
    ...options,
    ...(payload.length > 0 ? [formatPayload(payload)] : []),
  ].join(' ');
}

function formatOption(option: CoapOption): string {
  const name = formatOptionName(option.number);
  if (option.number === OptionNumber.block1 || option.number === OptionNumber.block2) {
    const block = decodeBlock(option.value);
    return block ? `${name} ${formatBlock(block)}` : `${name} ${toHex(option.value)}`;
  }
  if (option.number === OptionNumber.contentFormat || option.number === OptionNumber.accept) {
    const format = decodeUint(option.value);
    return `${name} ${format === undefined ? toHex(option.value) : formatName(format)}`;
  }
  switch (OPTIONS.get(option.number)?.format) {
    case 'uint':
      return `${name} ${decodeUint(option.value) ?? toHex(option.value)}`;
    case 'string':
      return `${name} ${JSON.stringify(fromUtf8(option.value) ?? toHex(option.value))}`;
    default:
      return option.value.length === 0 ? name : `${name} ${toHex(option.value)}`;
  }
}

function formatPayload(payload: Uint8Array): string {
  const text = fromUtf8(payload);
  const shown = text !== undefined && /^[\P{C}\n\t]*$/u.test(text) ? JSON.stringify(text) : `h'${toHex(payload)}'`;
  return shown.length > 240 ? `${shown.slice(0, 240)}… (${payload.length} bytes)` : shown;
}

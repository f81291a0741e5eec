import { toHex } from '../../../base/bytes.js';
import { decodeMessage, encodeMessage } from '../../../wire/index.js';
import type { Answer } from '../contract.js';
import { bytesOf, caught, foreignKind, refused, written, type Subject } from './subject.js';

const TCP: Answer = { skip: 'CoAP over TCP is not spoken here' };

/** CoAP datagrams. */
export const messages: Subject = {
  read({ payload, context }) {
    if (context.transport === 'tcp') return TCP;
    const result = decodeMessage(payload);
    if (!result.ok) return refused(result.problem);
    const { type, code, id, token, options, payload: body } = result.message;
    return {
      decoded: {
        kind: 'coap',
        message: {
          version: 1,
          type,
          code,
          mid: id,
          token: toHex(token),
          options: options.map(({ number, value }) => [number, toHex(value)] as const),
          payload: body.length ? toHex(body) : null,
        },
      },
    };
  },
  write({ decoded, context }) {
    if (context.transport === 'tcp') return TCP;
    if (decoded.kind !== 'coap') return foreignKind(decoded.kind);
    const { message } = decoded;
    return caught(() =>
      written(
        encodeMessage({
          type: message.type ?? 'CON',
          code: message.code,
          id: message.mid ?? 0,
          token: bytesOf(message.token),
          options: message.options.map(([number, value]) => ({ number, value: bytesOf(value) })),
          payload: bytesOf(message.payload ?? ''),
        }),
      ),
    );
  },
};

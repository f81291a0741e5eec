/** Framing over TCP, RFC 8323. */
import { hex, utf8 } from '../../lib/bytes.mjs';
import { tcpMessage } from '../../emit/coap.mjs';

/** @typedef {import('../../emit/coap.mjs').Message} Message */

/** @param {Message} m */
const decodedOf = ({ code, token = '', options = [], payload = null }) => ({
  kind: 'coap',
  message: { code, token, options: [...options].sort((a, b) => a[0] - b[0]), payload },
});
const CUT = { class: 'truncated', alsoAccept: ['not-well-formed', 'bad-length', 'bad-structure'] };
const FORMAT = { class: 'not-well-formed', alsoAccept: ['truncated', 'bad-length', 'bad-structure', 'bad-value'] };

/** @param {import('./decode.mjs').Group} group */
export function tcp(group) {
  const context = { transport: 'tcp', enabler: ['1.1', '1.2'] };
  const both = (
    /** @type {any} */ v,
    /** @type {string} */ name,
    /** @type {string} */ comment,
    /** @type {Message} */ m,
    more = {},
  ) => v.valid(name, comment, { payload: tcpMessage(m), decoded: decodedOf(m), encode: 'bytes', ...more });
  group('tcp-frames', 'One frame', { context, flags: ['Tcp'], spec: ['rfc8323 3.2 MUST'] }, (v) => {
    both(v, 'tcp-empty', 'an empty message', { code: '0.00' });
    both(v, 'tcp-get', 'a Read', {
      code: '0.01',
      token: 'aa',
      options: [
        [11, '33'],
        [11, '30'],
        [11, '39'],
      ],
    });
    both(v, 'tcp-response', 'its answer', { code: '2.05', token: 'aa', options: [[12, '']], payload: '3835' });
    for (const length of [11, 12, 13, 267, 268, 269, 1000])
      both(v, `tcp-length-${length + 1}`, `${length + 1} bytes of options and payload`, {
        code: '2.05',
        token: 'aa',
        payload: '61'.repeat(length),
      });
    both(
      v,
      'tcp-length-65805',
      '65,805 bytes, the first that needs four',
      { code: '2.05', token: 'aa', payload: '61'.repeat(65804) },
      { flags: ['Tcp', 'Large'] },
    );
    both(v, 'tcp-register', 'a Register', {
      code: '0.02',
      token: 'a1b2',
      options: [
        [11, '7264'],
        [12, '28'],
        [15, utf8('ep=urn:dev:os:1')],
        [15, utf8('lt=300')],
        [15, utf8('lwm2m=1.1')],
        [15, utf8('b=T')],
      ],
      payload: utf8('</1/0>,</3/0>'),
    });
    both(v, 'tcp-registered', '2.01', {
      code: '2.01',
      token: 'a1b2',
      options: [
        [8, '7264'],
        [8, '35613366'],
      ],
    });
    both(v, 'tcp-token-8', 'a token of 8 bytes', { code: '0.01', token: '0102030405060708' });
    for (const tkl of [9, 15])
      v.invalid(`tcp-token-length-${tkl}`, `token length ${tkl}`, {
        payload: `0${tkl.toString(16)}01${'00'.repeat(tkl)}`,
        flags: ['Tcp', 'TokenLength'],
        error: FORMAT,
      });
    for (const [name, bytes] of [
      ['length', 'd0'],
      ['length-14', 'e000'],
      ['length-15', 'f0000000'],
      ['code', '00'],
      ['token', '0201aa'],
      ['body', '5101aab133'],
      ['body-extended', 'd00001aa'],
    ])
      v.invalid(`tcp-cut-${name}`, `the stream ends in ${name}`, {
        payload: bytes ?? '',
        flags: ['Tcp', 'Truncated'],
        error: CUT,
      });
    v.invalid('tcp-marker', 'a marker without payload', {
      payload: '1101aaff',
      flags: ['Tcp', 'Marker'],
      error: FORMAT,
    });
    v.invalid('tcp-nibble-15', 'option nibble 15', {
      payload: '1101aaf0',
      flags: ['Tcp', 'OptionNibble'],
      error: FORMAT,
    });
    v.invalid('tcp-option-leaves-frame', 'an option longer than its frame', {
      payload: '2101aab533',
      flags: ['Tcp', 'Truncated'],
      error: CUT,
    });
  });
  group('tcp-signalling', 'Signalling', { context, flags: ['Signalling'], spec: ['rfc8323 5 MUST'] }, (v) => {
    both(v, 'csm-empty', 'CSM', { code: '7.01' });
    both(v, 'csm-size-and-blocks', 'CSM with size 1152 and block-wise transfer', {
      code: '7.01',
      options: [
        [2, '0480'],
        [4, ''],
      ],
    });
    both(v, 'csm-65536', 'CSM with size 65536 and block-wise transfer', {
      code: '7.01',
      options: [
        [2, '010000'],
        [4, ''],
      ],
    });
    both(v, 'ping', 'Ping', { code: '7.02', token: '42' });
    both(v, 'pong', 'Pong', { code: '7.03', token: '42' });
    both(v, 'ping-custody', 'Ping with Custody', { code: '7.02', token: '42', options: [[2, '']] });
    both(v, 'release', 'Release', { code: '7.04' });
    both(v, 'release-hold-off', 'Release with an address and a hold-off', {
      code: '7.04',
      options: [
        [2, utf8('other:5683')],
        [4, '0a'],
      ],
    });
    both(v, 'abort', 'Abort', { code: '7.05' });
    both(v, 'abort-bad-csm', 'Abort for option 9', { code: '7.05', options: [[2, '09']] });
    v.process('process-csm-critical', 'a CSM with an unknown critical option', {
      payload: tcpMessage({ code: '7.01', options: [[9, '01']] }),
      reactions: ['abort'],
    });
    v.process('process-csm-elective', 'a CSM with an unknown elective option', {
      payload: tcpMessage({ code: '7.01', options: [[10, '01']] }),
      reactions: ['serve'],
    });
    v.process('process-tcp-ping', 'Ping is answered with Pong', {
      payload: tcpMessage({ code: '7.02', token: '42' }),
      reactions: ['serve'],
    });
    v.process('process-tcp-malformed', 'a malformed frame ends the connection', {
      payload: hex('1101aaff'),
      flags: ['Tcp', 'Marker'],
      spec: ['rfc8323 5.6 SHOULD'],
      reactions: ['abort', 'silence'],
    });
  });
}

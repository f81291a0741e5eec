/** Messages of LwM2M operations. */
import { accept, reject } from '../../lib/family.mjs';
import { hex, utf8 } from '../../lib/bytes.mjs';
import { both, decodedOf } from './decode.mjs';

/** @typedef {import('../../emit/coap.mjs').Option} Option */

/** @param {string} path @param {number} [number] @returns {Option[]} */
const segments = (path, number = 11) =>
  path
    .split('/')
    .filter(Boolean)
    .map((segment) => [number, utf8(segment)]);
/** @param {...string} list @returns {Option[]} */
const queries = (...list) => list.map((query) => [15, utf8(query)]);
const SPEC = ['transport-1.2.2 6.4 MUST', 'rfc7252 3 MUST'];

/** @param {import('./decode.mjs').Group} group */
export function exchanges(group) {
  group(
    'registration',
    'Register, Update, De-register, bootstrap',
    { flags: ['LwM2M'], spec: ['transport-1.2.2 6.4.3 MUST', 'rfc7252 3 MUST'] },
    (v) => {
      both(v, 'register', 'four queries, one of 14 bytes', {
        code: '0.02',
        mid: 0x1234,
        token: 'a1b2',
        options: [...segments('/rd'), [12, '28'], ...queries('ep=urn:dev:os:1', 'lt=300', 'lwm2m=1.1', 'b=U')],
        payload: utf8('</>;rt="oma.lwm2m";ct=110,</1/0>,</3/0>'),
      });
      both(v, 'register-queue', 'a bare Q', {
        code: '0.02',
        mid: 0x1237,
        token: 'a1b5',
        options: [...segments('/rd'), [12, '28'], ...queries('ep=a', 'lt=60', 'lwm2m=1.1', 'b=U', 'Q')],
        payload: utf8('</1/0>,</3/0>'),
      });
      both(v, 'register-no-ep', 'without endpoint name', {
        code: '0.02',
        mid: 0x1238,
        token: 'a1',
        options: [...segments('/rd'), [12, '28'], ...queries('lt=60', 'lwm2m=1.2')],
        payload: utf8('</1/0>,</3/0>'),
      });
      both(v, 'registered', '2.01 with Location-Path', {
        type: 'ACK',
        code: '2.01',
        mid: 0x1234,
        token: 'a1b2',
        options: segments('/rd/5a3f', 8),
      });
      both(v, 'update', 'an Update', {
        code: '0.02',
        mid: 0x1235,
        token: 'a1b3',
        options: [...segments('/rd/5a3f'), ...queries('lt=600')],
      });
      both(v, 'update-bare', 'an Update of nothing', {
        code: '0.02',
        mid: 0x1239,
        token: 'a1b3',
        options: segments('/rd/5a3f'),
      });
      both(v, 'updated', '2.04', { type: 'ACK', code: '2.04', mid: 0x1235, token: 'a1b3' });
      both(v, 'deregister', 'De-register', { code: '0.04', mid: 0x1236, token: 'a1b4', options: segments('/rd/5a3f') });
      both(v, 'deregistered', '2.02', { type: 'ACK', code: '2.02', mid: 0x1236, token: 'a1b4' });
      both(v, 'bootstrap-request', 'Bootstrap-Request', {
        code: '0.02',
        mid: 1,
        token: 'b1',
        options: [...segments('/bs'), ...queries('ep=a', 'pct=112')],
      });
      both(v, 'bootstrap-finish', 'Bootstrap-Finish', { code: '0.02', mid: 2, token: 'b2', options: segments('/bs') });
      both(v, 'bootstrap-pack', 'Bootstrap-Pack-Request', {
        code: '0.01',
        mid: 3,
        token: 'b3',
        options: [...segments('/bspack'), ...queries('ep=a'), [17, '2d18']],
      });
      both(v, 'bootstrap-delete-all', 'DELETE /', { code: '0.04', mid: 4, token: 'b4' });
      both(v, 'bootstrap-discover', 'GET / for link format', {
        code: '0.01',
        mid: 5,
        token: 'b5',
        options: [[17, '28']],
      });
    },
  );
  group(
    'management',
    'Read to Write-Composite',
    { flags: ['LwM2M'], spec: ['transport-1.2.2 6.4.4 MUST', 'rfc7252 3 MUST'] },
    (v) => {
      both(v, 'read', 'Read for TLV', {
        code: '0.01',
        mid: 0x2001,
        token: 'c1',
        options: [...segments('/3/0'), [17, '2d16']],
      });
      both(v, 'read-content', 'its answer', {
        type: 'ACK',
        code: '2.05',
        mid: 0x2001,
        token: 'c1',
        options: [[12, '2d16']],
        payload: 'c10964',
      });
      both(v, 'read-empty-string', 'an empty string is no payload', {
        type: 'ACK',
        code: '2.05',
        mid: 0x2001,
        token: 'c1',
        options: [[12, '']],
      });
      both(v, 'read-alternate-path', 'below an alternate path', {
        code: '0.01',
        mid: 0x2002,
        token: 'c2',
        options: segments('/lwm2m/3/0/9'),
      });
      both(v, 'discover', 'Discover', {
        code: '0.01',
        mid: 0x2003,
        token: 'c3',
        options: [...segments('/3/0'), [17, '28']],
      });
      both(v, 'discover-depth', 'Discover with a depth', {
        code: '0.01',
        mid: 0x2004,
        token: 'c4',
        options: [...segments('/3'), ...queries('depth=3'), [17, '28']],
      });
      both(v, 'write-replace', 'Write by PUT', {
        code: '0.03',
        mid: 0x2005,
        token: 'c5',
        options: [...segments('/3/0/14'), [12, '']],
        payload: utf8('+02:00'),
      });
      both(v, 'write-update', 'Write by POST', {
        code: '0.02',
        mid: 0x2006,
        token: 'c6',
        options: [...segments('/1/0'), [12, '2d16']],
        payload: 'c4010001 5180'.replace(' ', ''),
      });
      both(v, 'write-attributes', 'Write-Attributes', {
        code: '0.03',
        mid: 0x2007,
        token: 'c7',
        options: [...segments('/3/0/9'), ...queries('pmin=10', 'pmax=60', 'gt=42.5')],
      });
      both(v, 'write-attributes-unset', 'an attribute without value', {
        code: '0.03',
        mid: 0x2008,
        token: 'c8',
        options: [...segments('/3/0/9'), ...queries('pmin')],
      });
      both(v, 'execute', 'Execute', { code: '0.02', mid: 0x2009, token: 'c9', options: segments('/3/0/4') });
      both(v, 'execute-arguments', 'Execute with arguments', {
        code: '0.02',
        mid: 0x200a,
        token: 'ca',
        options: [...segments('/3442/0/3'), [12, '']],
        payload: utf8("2='10.3'"),
      });
      both(v, 'execute-non', 'Execute as NON', {
        type: 'NON',
        code: '0.02',
        mid: 0x200b,
        token: 'cb',
        options: segments('/3/0/4'),
      });
      both(v, 'create', 'Create', {
        code: '0.02',
        mid: 0x200c,
        token: 'cc',
        options: [...segments('/2'), [12, '2d16']],
        payload: 'c10001c1037f',
      });
      both(v, 'created', '2.01 with the new instance', {
        type: 'ACK',
        code: '2.01',
        mid: 0x200c,
        token: 'cc',
        options: segments('/2/1', 8),
      });
      both(v, 'delete', 'Delete', { code: '0.04', mid: 0x200d, token: 'cd', options: segments('/2/1') });
      both(
        v,
        'read-composite',
        'Read-Composite',
        {
          code: '0.05',
          mid: 0x200e,
          token: 'ce',
          options: [
            [12, '70'],
            [17, '70'],
          ],
          payload: '82a100662f332f302f39a100662f312f302f31',
        },
        { spec: ['transport-1.2.2 6.4.4 MUST', 'rfc8132 2 MUST'] },
      );
      both(
        v,
        'write-composite',
        'Write-Composite',
        { code: '0.07', mid: 0x200f, token: 'cf', options: [[12, '70']], payload: '81a200662f312f302f3102190258' },
        { spec: ['transport-1.2.2 6.4.4 MUST', 'rfc8132 3 MUST'] },
      );
      both(v, 'write-blocks-first', 'the first of several blocks', {
        code: '0.03',
        mid: 13,
        token: '0c',
        options: [...segments('/5/0/0'), [12, '2a'], [27, '0a'], [60, '96']],
        payload: 'a5'.repeat(64),
      });
    },
  );
  group(
    'reporting',
    'Observe, Notify, Send',
    { flags: ['LwM2M'], spec: ['transport-1.2.2 6.4.5 MUST', 'rfc7641 2 MUST'] },
    (v) => {
      both(v, 'observe', 'Observe', {
        code: '0.01',
        mid: 0x3001,
        token: 'd1',
        options: [[6, ''], ...segments('/3/0/9'), [17, '']],
      });
      both(v, 'notify-con', 'a confirmable notification', {
        code: '2.05',
        mid: 0x3002,
        token: 'd1',
        options: [
          [6, '0c'],
          [12, ''],
        ],
        payload: utf8('85'),
      });
      both(v, 'notify-non', 'a non-confirmable one', {
        type: 'NON',
        code: '2.05',
        mid: 0x3003,
        token: 'd1',
        options: [
          [6, '0d'],
          [12, ''],
        ],
        payload: utf8('84'),
      });
      both(v, 'observe-with-attributes', 'attributes in the query (1.2)', {
        code: '0.01',
        mid: 0x3004,
        token: 'd2',
        options: [[6, ''], ...segments('/3/0/9'), ...queries('pmin=5', 'pmax=60')],
      });
      both(v, 'send', 'Send', {
        code: '0.02',
        mid: 0x3005,
        token: 'd3',
        options: [...segments('/dp'), [12, '70']],
        payload: '81a221662f332f302f39021855',
      });
      both(v, 'observe-composite', 'Observe-Composite', {
        code: '0.05',
        mid: 0x3006,
        token: 'd4',
        options: [
          [6, ''],
          [12, '70'],
          [17, '70'],
        ],
        payload: '81a100662f332f302f39',
      });
      both(v, 'separate-ack', 'the acknowledgement before a separate response', {
        type: 'ACK',
        code: '0.00',
        mid: 0x3007,
      });
      both(v, 'separate-response', 'the separate response', {
        code: '2.05',
        mid: 0x4001,
        token: 'd5',
        options: [[12, '']],
        payload: '31',
      });
      both(v, 'cancel-rst', 'a notification refused', { type: 'RST', code: '0.00', mid: 0x3003 });
    },
  );
  group(
    'errata',
    'The SMS example',
    { flags: ['SpecErratum'], spec: ['transport-1.1.1 6.6 MUST', 'rfc7252 3 MUST'] },
    (v) => {
      const bytes = hex('44 02 b6 0b 21 61 fb 63 b1 31 01 30 01 38');
      const read = {
        code: '0.02',
        mid: 0xb60b,
        token: '2161fb63',
        options: /** @type {Option[]} */ ([
          [11, '31'],
          [11, '30'],
          [11, '38'],
        ]),
      };
      v.valid('sms-trigger', 'Execute /1/0/8: what the printed bytes say', {
        payload: bytes,
        decoded: decodedOf(read),
        encode: 'bytes',
        erratum: { ref: 'Transport 1.1.1 §6.6 example', form: 'corrected' },
      });
    },
  );
  group('limits', 'Long messages', { flags: ['Large'], spec: SPEC }, (v) => {
    const links = Array.from({ length: 150 }, (_, i) => `</3303/${i}>`).join(',');
    both(v, 'register-long', 'a Register of 1,800 bytes', {
      code: '0.02',
      mid: 9,
      token: 'aa',
      options: [...segments('/rd'), [12, '28'], ...queries('ep=a', 'lt=60', 'lwm2m=1.1')],
      payload: utf8(links),
    });
    both(v, 'twenty-queries', 'twenty queries', {
      code: '0.02',
      mid: 9,
      token: 'aa',
      options: [
        ...segments('/rd'),
        [12, '28'],
        ...Array.from({ length: 20 }, (_, i) => queries(`x${i}=${i}`)[0] ?? /** @type {Option} */ ([15, ''])),
      ],
      payload: '30',
    });
    both(v, 'endpoint-240', 'an endpoint name of 240 bytes', {
      code: '0.02',
      mid: 9,
      token: 'aa',
      options: [...segments('/rd'), [12, '28'], ...queries(`ep=${'n'.repeat(240)}`)],
      payload: '30',
    });
    v.acceptable('datagram-4000', 'a datagram of 4,000 bytes, beyond the size that a receiver must take', {
      payload: `40030007b135ff${'00'.repeat(3994)}`,
      spec: ['rfc7252 4.6 SHOULD'],
      outcomes: [
        accept(decodedOf({ code: '0.03', mid: 7, options: [[11, '35']], payload: '00'.repeat(3994) }), 'taken'),
        reject({ class: 'unsupported', alsoAccept: ['bad-length'] }, 'too long for the buffers'),
      ],
    });
  });
}

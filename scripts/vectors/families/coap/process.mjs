/** What an endpoint does with a datagram that nobody expected. */
import { utf8 } from '../../lib/bytes.mjs';
import { message } from '../../emit/coap.mjs';

/** @typedef {import('../../emit/coap.mjs').Message} Message */

/** @param {import('./decode.mjs').Group} group */
export function processing(group) {
  const client = { path: '/3/0/9', operation: 'read', role: 'client' };
  const get = (/** @type {Partial<Message>} */ more = {}) =>
    message({
      code: '0.01',
      mid: 0x0707,
      token: 'aa',
      options: [[11, '33'], [11, '30'], [11, '39'], ...(more.options ?? [])],
      ...(more.type ? { type: more.type } : {}),
    });
  group(
    'process-format',
    'Format errors',
    { context: client, flags: ['Truncated'], spec: ['rfc7252 4.2 MUST', 'rfc7252 4.3 MUST'] },
    (v) => {
      for (const version of [0, 2, 3])
        v.process(`process-version-${version}`, `version ${version} is passed over in silence`, {
          payload: message({ code: '0.01', mid: 7 }, { version }),
          flags: ['Version'],
          spec: ['rfc7252 3 MUST'],
          reactions: ['silence'],
        });
      v.process('process-ping', 'an empty CON is answered with RST', {
        payload: '40000001',
        flags: ['Empty'],
        spec: ['rfc7252 4.3 MUST'],
        reactions: ['rst'],
      });
      v.process('process-empty-non', 'an empty NON is passed over', {
        payload: '50000001',
        flags: ['Empty'],
        spec: ['rfc7252 4.3 MUST'],
        reactions: ['silence', 'rst'],
      });
      v.process('process-unknown-ack', 'an ACK that matches nothing', {
        payload: '60001234',
        flags: ['Empty'],
        spec: ['rfc7252 4.2 MUST'],
        reactions: ['silence'],
      });
      v.process('process-unknown-rst', 'an RST that matches nothing', {
        payload: '70001234',
        flags: ['Empty'],
        spec: ['rfc7252 4.2 MUST'],
        reactions: ['silence'],
      });
      for (const tkl of [9, 15])
        v.process(`process-token-length-${tkl}`, `CON with token length ${tkl}`, {
          payload: message({ code: '0.01', mid: 7, token: '00'.repeat(tkl) }, { tkl }),
          flags: ['TokenLength'],
          reactions: ['rst', 'silence'],
        });
      v.process('process-token-length-9-non', 'NON with token length 9', {
        payload: message({ type: 'NON', code: '0.01', mid: 7, token: '00'.repeat(9) }, { tkl: 9 }),
        flags: ['TokenLength'],
        reactions: ['silence', 'rst'],
      });
      v.process('process-nibble-15', 'CON with option nibble 15', {
        payload: '40010007f0',
        flags: ['OptionNibble'],
        reactions: ['rst', 'silence'],
      });
      v.process('process-marker', 'CON with a marker and no payload', {
        payload: '40010007ff',
        flags: ['Marker'],
        reactions: ['rst', 'silence'],
      });
      v.process('process-marker-non', 'NON with a marker and no payload', {
        payload: '50010007ff',
        flags: ['Marker'],
        reactions: ['silence', 'rst'],
      });
      v.process('process-empty-with-token', 'an empty CON with a token', {
        payload: '4100000155',
        flags: ['Empty'],
        reactions: ['rst', 'silence'],
      });
      for (const code of ['1.01', '6.00', '7.01'])
        v.process(`process-class-${code.replace('.', '-')}`, `CON with code ${code}`, {
          payload: message({ code, mid: 7 }),
          flags: ['ReservedCode'],
          reactions: ['rst', 'silence'],
        });
      v.process('process-ack-request', 'an ACK with a request', {
        payload: message({ type: 'ACK', code: '0.01', mid: 7 }),
        flags: ['Codes'],
        reactions: ['silence'],
      });
      v.process('process-rst-request', 'an RST with a request', {
        payload: message({ type: 'RST', code: '0.01', mid: 7 }),
        flags: ['Codes'],
        reactions: ['silence'],
      });
      v.process('process-unexpected-response', 'a CON response to nothing', {
        payload: message({ code: '2.05', mid: 7, token: 'de', options: [[12, '']], payload: '31' }),
        flags: ['Codes'],
        spec: ['rfc7252 5.3.2 MUST'],
        reactions: ['rst', 'silence'],
      });
      v.process('process-unexpected-response-non', 'a NON response to nothing', {
        payload: message({ type: 'NON', code: '2.05', mid: 7, token: 'de', options: [[12, '']], payload: '31' }),
        flags: ['Codes'],
        spec: ['rfc7252 5.3.2 MUST'],
        reactions: ['silence', 'rst'],
      });
      v.process('process-three-bytes', 'three bytes', {
        payload: '400100',
        spec: ['rfc7252 3 MUST'],
        reactions: ['silence'],
      });
      v.process('process-cut-option', 'CON with a cut option', {
        payload: '40010007b561',
        reactions: ['rst', 'silence'],
      });
    },
  );
  group(
    'process-options',
    'Options',
    { context: client, flags: ['UnknownOption'], spec: ['rfc7252 5.4.1 MUST'] },
    (v) => {
      v.process('process-elective', 'an unknown elective option is passed over', {
        payload: get({ options: [[65000, '01']] }),
        reactions: ['serve'],
      });
      v.process('process-elective-long', 'an unknown elective option of 300 bytes', {
        payload: get({ options: [[2000, '61'.repeat(300)]] }),
        reactions: ['serve'],
      });
      v.process('process-critical', 'an unknown critical option in a CON request', {
        payload: get({ options: [[65001, '01']] }),
        reactions: ['4.02'],
      });
      v.process('process-critical-9999', 'another', { payload: get({ options: [[9999, '']] }), reactions: ['4.02'] });
      v.process('process-critical-non', 'an unknown critical option in a NON request', {
        payload: get({ type: 'NON', options: [[65001, '01']] }),
        reactions: ['silence', 'rst', '4.02'],
      });
      const length = { flags: ['OptionLength'], spec: ['rfc7252 5.4.3 MUST'] };
      v.process('process-accept-3-bytes', 'Accept of 3 bytes is an unknown critical option', {
        payload: get({ options: [[17, '000000']] }),
        ...length,
        reactions: ['4.02'],
      });
      v.process('process-etag-9', 'ETag of 9 bytes is passed over', {
        payload: get({ options: [[4, '010203040506070809']] }),
        ...length,
        reactions: ['serve'],
      });
      v.process('process-observe-4-bytes', 'Observe of 4 bytes is passed over: a plain Read', {
        payload: get({ options: [[6, '00000000']] }),
        ...length,
        reactions: ['serve'],
      });
      v.process('process-max-age-5-bytes', 'Max-Age of 5 bytes is passed over', {
        payload: get({ options: [[14, '0000000001']] }),
        ...length,
        reactions: ['serve'],
      });
      v.process('process-uri-path-256', 'Uri-Path of 256 bytes', {
        payload: message({ code: '0.01', mid: 7, token: 'aa', options: [[11, '61'.repeat(256)]] }),
        ...length,
        reactions: ['4.02'],
      });
      v.process('process-if-none-match-value', 'If-None-Match with a value', {
        payload: get({ options: [[5, '01']] }),
        ...length,
        reactions: ['4.02'],
      });
      const twice = { flags: ['Repeated'], spec: ['rfc7252 5.4.5 MUST'] };
      v.process('process-accept-twice', 'a second Accept is an unknown critical option', {
        payload: get({
          options: [
            [17, ''],
            [17, '28'],
          ],
        }),
        ...twice,
        reactions: ['4.02'],
      });
      v.process('process-observe-twice', 'a second Observe is passed over', {
        payload: get({
          options: [
            [6, ''],
            [6, ''],
          ],
        }),
        ...twice,
        reactions: ['serve'],
      });
      v.process('process-uri-port-twice', 'a second Uri-Port', {
        payload: get({
          options: [
            [7, '1633'],
            [7, '1633'],
          ],
        }),
        ...twice,
        reactions: ['4.02'],
      });
      v.process('process-proxy-uri', 'Proxy-Uri at an endpoint that is no proxy', {
        payload: message({ code: '0.01', mid: 7, token: 'aa', options: [[35, utf8('coap://other/3/0/9')]] }),
        spec: ['rfc7252 5.10.2 MUST'],
        reactions: ['5.05', '4.02'],
      });
      v.process('process-if-match', 'If-Match, which LwM2M does not use', {
        payload: get({ options: [[1, 'aa']] }),
        spec: ['rfc7252 5.4.1 MUST', 'rfc7252 5.10.8.1 MUST'],
        reactions: ['4.02', '4.12'],
      });
      v.process('process-uri-host', 'Uri-Host and Uri-Port of any value', {
        payload: message({
          code: '0.01',
          mid: 7,
          token: 'aa',
          options: [
            [3, utf8('other.example')],
            [7, '1633'],
            [11, '33'],
            [11, '30'],
            [11, '39'],
          ],
        }),
        flags: ['OptionValue'],
        spec: ['rfc7252 5.10.1 MUST'],
        reactions: ['serve'],
      });
      v.process('process-accept-unknown', 'Accept of a format that nobody has', {
        payload: get({ options: [[17, 'fffe']] }),
        flags: ['OptionValue'],
        spec: ['rfc7252 5.10.4 MUST'],
        reactions: ['4.06'],
      });
      v.process('process-szx-7', 'Block2 of size exponent 7', {
        payload: get({ options: [[23, '07']] }),
        flags: ['Block'],
        spec: ['rfc7959 2.2 MUST'],
        reactions: ['4.00'],
      });
      v.process('process-method-31', 'an unknown method', {
        payload: message({
          code: '0.31',
          mid: 7,
          token: 'aa',
          options: [
            [11, '33'],
            [11, '30'],
            [11, '39'],
          ],
        }),
        flags: ['Codes'],
        spec: ['rfc7252 5.8 MUST'],
        reactions: ['4.05'],
      });
      v.process('process-leading-zeros', 'Accept 0 in two bytes', {
        payload: get({ options: [[17, '0000']] }),
        flags: ['LeadingZero'],
        spec: ['rfc7252 3.2 MUST'],
        reactions: ['serve', '4.06'],
      });
      v.process('process-path-dot', 'a segment of two dots', {
        payload: message({
          code: '0.01',
          mid: 7,
          token: 'aa',
          options: [
            [11, '33'],
            [11, '2e2e'],
            [11, '30'],
          ],
        }),
        flags: ['OptionValue'],
        spec: ['rfc7252 5.10.1 MUST'],
        reactions: ['4.00', '4.04', '4.02', '4.05'],
      });
      v.process('process-payload-in-get', 'a GET with a payload, which has no meaning', {
        payload: message({
          code: '0.01',
          mid: 7,
          token: 'aa',
          options: [
            [11, '33'],
            [11, '30'],
            [11, '39'],
          ],
          payload: '31',
        }),
        flags: ['Marker'],
        spec: ['rfc7252 5.5 MUST'],
        reactions: ['serve', '4.00'],
      });
    },
  );
}

/** Identifier and length forms of the four kinds. */
import { accept, reject } from '../../lib/family.mjs';
import { integer, opaque } from '../../lib/values.mjs';
import { instance, multiple, resource, resourceInstance } from '../../emit/tlv.mjs';

const OBJECT = '/42769';
const CONTEXT = { model: 'widths', path: `${OBJECT}/0`, operation: 'read', role: 'any' };
const SPEC = ['core-1.2.2 7.5.5 MUST', 'core-1.1.1 7.4.4 MUST', 'core-1.0.2 6.4.3 MUST'];

/** Bytes that differ along the way, so that a cut or a shift shows. @param {number} length */
const ramp = (length) => Array.from({ length }, (_, i) => (i % 251).toString(16).padStart(2, '0')).join('');

/** @param {import('./values.mjs').Group} group */
export function headers(group) {
  group(
    'identifiers',
    'Identifiers at the edge of their width',
    { context: CONTEXT, flags: ['IdForm'], spec: SPEC },
    (v) => {
      for (const id of [0, 23, 24, 255, 256, 65534])
        v.valid(`resource-id-${id}`, `resource ${id} in ${id > 255 ? 16 : 8} bits`, {
          payload: resource(id, '07'),
          nodes: [integer(`${OBJECT}/0/${id}`, 7)],
          encode: 'bytes',
        });
      for (const id of [0, 1, 255, 256, 65534]) {
        v.valid(`instance-id-${id}`, `object instance ${id}`, {
          context: { path: OBJECT },
          payload: instance(id, resource(24, '07')),
          nodes: [integer(`${OBJECT}/${id}/24`, 7)],
          encode: 'bytes',
        });
        v.valid(`resource-instance-id-${id}`, `resource instance ${id}`, {
          payload: multiple(26, resourceInstance(id, '07')),
          nodes: [integer(`${OBJECT}/0/26/${id}`, 7)],
          encode: 'bytes',
        });
      }
      for (const [name, payload] of [
        ['resource', resource(65535, '01')],
        ['resource-instance', multiple(26, resourceInstance(65535, '01'))],
      ])
        v.acceptable(`${name}-id-65535`, `${name} 65535 is reserved`, {
          payload,
          flags: ['ReservedId'],
          spec: ['core-1.2.2 7.4 inferred'],
          outcomes: [
            reject({ class: 'out-of-range', alsoAccept: ['bad-path'], coapCode: ['4.00'] }, 'MAX_ID names no resource'),
            accept([], 'skipped like an unknown resource'),
            accept(
              [name === 'resource' ? opaque(`${OBJECT}/0/65535`, '01') : integer(`${OBJECT}/0/26/65535`, 1)],
              'a codec may leave it to the layer above',
            ),
          ],
        });
    },
  );
  group(
    'lengths',
    'Where the length form changes',
    { context: { ...CONTEXT, path: `${OBJECT}/0` }, flags: ['LengthForm'], spec: SPEC },
    (v) => {
      for (const length of [0, 1, 6, 7, 8, 9, 31, 127, 128, 254, 255, 256, 257, 1000])
        v.valid(`opaque-${length}-narrow`, `a value of ${length} bytes behind an 8-bit identifier`, {
          payload: resource(25, ramp(length)),
          nodes: [opaque(`${OBJECT}/0/25`, ramp(length))],
          encode: 'bytes',
        });
      for (const length of [0, 7, 8, 255, 256, 65535, 65536])
        v.valid(`opaque-${length}-wide`, `a value of ${length} bytes behind a 16-bit identifier`, {
          payload: resource(301, ramp(length)),
          nodes: [opaque(`${OBJECT}/0/301`, ramp(length))],
          encode: 'bytes',
          ...(length > 60000 ? { flags: ['LengthForm', 'Large'] } : {}),
        });
      for (const count of [2, 3, 85, 86])
        v.valid(`multiple-${count}-instances`, `a multiple resource of ${count} instances, ${3 * count} bytes`, {
          payload: multiple(26, Array.from({ length: count }, (_, i) => resourceInstance(i, '05')).join('')),
          nodes: Array.from({ length: count }, (_, i) => integer(`${OBJECT}/0/26/${i}`, 5)),
          encode: 'bytes',
        });
      for (const length of [2, 3, 250, 251, 252])
        v.valid(
          `instance-of-${length + (length > 7 ? 3 : 2)}`,
          `an object instance of ${length + (length > 7 ? 3 : 2)} bytes`,
          {
            context: { path: OBJECT },
            payload: instance(1, resource(25, ramp(length))),
            nodes: [opaque(`${OBJECT}/1/25`, ramp(length))],
            encode: 'bytes',
          },
        );
    },
  );
  group(
    'non-minimal',
    'Longer headers than needed',
    { context: CONTEXT, flags: ['NonMinimal'], spec: ['core-1.2.2 7.5.5 inferred'] },
    (v) => {
      const either = (/** @type {import('../../lib/values.mjs').Node} */ node) => [
        accept([node], 'no rule forbids the longer form'),
        reject({ class: 'bad-structure', alsoAccept: ['bad-length'] }, 'a strict reader'),
      ];
      v.acceptable('resource-wide-id', '16-bit identifier where 8 bits do', {
        payload: resource(24, '64', { wideId: true }),
        outcomes: either(integer(`${OBJECT}/0/24`, 100)),
      });
      for (const lengthBytes of /** @type {const} */ ([1, 2, 3])) {
        const bits = 8 * lengthBytes;
        v.acceptable(`resource-length-${bits}`, `${bits}-bit length for one byte`, {
          payload: resource(24, '64', { lengthBytes }),
          outcomes: either(integer(`${OBJECT}/0/24`, 100)),
        });
        v.acceptable(`resource-wide-id-length-${bits}`, `16-bit identifier and ${bits}-bit length`, {
          payload: resource(24, '64', { wideId: true, lengthBytes }),
          outcomes: either(integer(`${OBJECT}/0/24`, 100)),
        });
        v.acceptable(`multiple-length-${bits}`, `${bits}-bit length of a multiple resource`, {
          payload: multiple(26, resourceInstance(1, '64'), { lengthBytes }),
          outcomes: either(integer(`${OBJECT}/0/26/1`, 100)),
        });
        v.acceptable(`resource-instance-length-${bits}`, `${bits}-bit length of a resource instance`, {
          payload: multiple(26, resourceInstance(1, '64', { lengthBytes })),
          outcomes: either(integer(`${OBJECT}/0/26/1`, 100)),
        });
        v.acceptable(`instance-length-${bits}`, `${bits}-bit length of an object instance`, {
          context: { path: OBJECT },
          payload: instance(1, resource(24, '64'), { lengthBytes }),
          outcomes: either(integer(`${OBJECT}/1/24`, 100)),
        });
      }
      v.acceptable('multiple-wide-id', '16-bit identifier of a multiple resource', {
        payload: multiple(26, resourceInstance(1, '64'), { wideId: true }),
        outcomes: either(integer(`${OBJECT}/0/26/1`, 100)),
      });
      v.acceptable('resource-instance-wide-id', '16-bit identifier of a resource instance', {
        payload: multiple(26, resourceInstance(1, '64', { wideId: true })),
        outcomes: either(integer(`${OBJECT}/0/26/1`, 100)),
      });
      v.acceptable('instance-wide-id', '16-bit identifier of an object instance', {
        context: { path: OBJECT },
        payload: instance(1, resource(24, '64'), { wideId: true }),
        outcomes: either(integer(`${OBJECT}/1/24`, 100)),
      });
      for (const lowBits of [1, 5, 7])
        v.acceptable(`ignored-bits-${lowBits}`, `low bits ${lowBits} beside a length field`, {
          payload: resource(24, '64', { lengthBytes: 1, lowBits }),
          spec: ['core-1.2.2 7.5.5 SHOULD'],
          outcomes: either(integer(`${OBJECT}/0/24`, 100)),
        });
    },
  );
}

/** Not an array of maps, no CBOR, cut, overlong, huge. */
import { accept, reject } from '../../lib/family.mjs';
import { integer, nodes, objlnk } from '../../lib/values.mjs';
import * as c from '../../emit/cbor.mjs';
import { pack, pairs, record } from '../../emit/senml-cbor.mjs';
import { ILL_FORMED, NO_VALUE } from '../cbor/items.mjs';
import { refuse } from './values.mjs';

const DEVICE = { model: 'device', path: '/3/0', operation: 'read', role: 'any', enabler: ['1.1', '1.2'] };
const BATTERY = [integer('/3/0/9', 5)];
const GOOD = record({ n: '/3/0/9', v: c.int(5) });

/** @param {import('../cbor.mjs').Group} group */
export function malformed(group) {
  group(
    'roots',
    'What stands at the top',
    { context: DEVICE, flags: ['Root'], spec: ['rfc8428 6 MUST', 'rfc8428 4 MUST'] },
    (v) => {
      const structure = refuse('bad-structure', 'bad-type', 'not-well-formed');
      for (const [name, payload] of [
        ['map', GOOD],
        ['integer', '05'],
        ['text', c.text('/3/0/9')],
        ['null', 'f6'],
        ['undefined', 'f7'],
        ['bytes', c.bytes('05')],
        ['true', 'f5'],
        ['bare-array-in-array', `81${c.array(GOOD)}`],
        ['record-integer', '8105'],
        ['record-text', c.array(c.text('a'))],
        ['record-null', '81f6'],
        ['record-array', '8180'],
        ['good-then-integer', c.array(GOOD, '05')],
      ])
        v.invalid(`root-${name}`, (name ?? '').replaceAll('-', ' '), { payload: payload ?? '', error: structure });
      v.acceptable('root-self-described', 'tag 55799 around the array', {
        payload: `d9d9f7${c.array(GOOD)}`,
        flags: ['Tag'],
        spec: ['rfc8949 3.4.6 inferred'],
        outcomes: [accept(BATTERY, 'the tag changes nothing'), reject(structure, 'the array is not at the top')],
      });
      v.acceptable('root-indefinite', 'an array of indefinite length', {
        payload: c.arrayIndefinite(GOOD),
        flags: ['Indefinite'],
        spec: ['rfc8428 6 inferred'],
        outcomes: [
          accept(BATTERY, 'as streams have it'),
          reject(
            refuse('unsupported', 'bad-structure', 'not-well-formed'),
            'a definite length is asked for outside of streams',
          ),
        ],
      });
      v.acceptable('record-indefinite', 'a record of indefinite length', {
        payload: c.array(c.mapIndefinite(...pairs({ n: '/3/0/9', v: c.int(5) }))),
        flags: ['Indefinite'],
        spec: ['rfc8428 6 inferred'],
        outcomes: [
          accept(BATTERY, 'well-formed'),
          reject(refuse('unsupported', 'bad-structure', 'not-well-formed'), 'small readers do without'),
        ],
      });
      v.acceptable('both-indefinite', 'array and record of indefinite length', {
        payload: c.arrayIndefinite(c.mapIndefinite(...pairs({ n: '/3/0/9', v: c.int(5) }))),
        flags: ['Indefinite'],
        spec: ['rfc8428 6 inferred'],
        outcomes: [
          accept(BATTERY, 'well-formed'),
          reject(refuse('unsupported', 'bad-structure', 'not-well-formed'), 'small readers do without'),
        ],
      });
      v.acceptable('array-long-head', 'the count in two bytes', {
        payload: `9801${GOOD}`,
        flags: ['LongHead'],
        spec: ['rfc8949 4.1 inferred'],
        outcomes: [accept(BATTERY, 'well-formed'), reject(refuse('not-well-formed'), 'a reader of deterministic CBOR')],
      });
    },
  );
  group(
    'empty',
    'No record',
    { context: { ...DEVICE, model: 'access', path: '/2' }, flags: ['Empty'], spec: ['core-1.2.2 7.5.7 MUST'] },
    (v) => {
      v.valid('empty-object', 'an object without instances', { payload: '80', nodes: [], encode: 'bytes' });
      v.acceptable('empty-single', 'a single resource without a value', {
        context: { model: 'device', path: '/3/0/9' },
        payload: '80',
        spec: ['core-1.2.2 7.5.7 inferred'],
        outcomes: [reject(refuse('bad-structure'), 'a resource has a value'), accept(nodes(), 'no values')],
      });
      v.acceptable('empty-multiple', 'a multiple resource without instances', {
        context: { model: 'device', path: '/3/0/6' },
        payload: '80',
        spec: ['core-1.2.2 7.5.7 inferred'],
        outcomes: [
          accept(nodes(), 'no instances'),
          accept([{ path: '/3/0/6', type: 'multiple' }], 'no instances'),
          reject(refuse('bad-structure'), 'no value'),
        ],
      });
      v.invalid('empty-payload', 'not even an array', {
        payload: '',
        flags: ['Truncated'],
        spec: ['rfc8949 3 MUST'],
        error: refuse('truncated', 'bad-structure'),
      });
    },
  );
  group(
    'not-well-formed',
    'A value that is no CBOR',
    { context: DEVICE, flags: ['NotWellFormed'], spec: ['rfc8949 3 MUST', 'rfc8949 F MUST'] },
    (v) => {
      for (const { name, comment, item, error } of ILL_FORMED)
        v.invalid(`value-${name}`, comment, {
          payload: pack({ n: '/3/0/9', v: item }),
          error: {
            ...error,
            alsoAccept: [...new Set([...(error.alsoAccept ?? []), 'bad-type', 'truncated', 'bad-structure'])],
            coapCode: ['4.00'],
          },
        });
      v.invalid('break-in-definite-map', 'a break where a label should be', {
        payload: '81a100662f332f302f39ff',
        error: refuse('not-well-formed', 'truncated', 'trailing-data', 'bad-structure'),
      });
      v.invalid('break-instead-of-value', 'a break where a value should be, in an indefinite map', {
        payload: '81bf00662f332f302f3902ff',
        error: refuse('not-well-formed', 'truncated', 'bad-structure'),
      });
      v.invalid('label-ill-formed', 'a label that is no CBOR', {
        payload: '81a21c662f332f302f390205',
        error: refuse('not-well-formed', 'truncated'),
      });
      v.invalid('unknown-label-ill-formed', 'no CBOR under a label that is passed over', {
        payload: c.array(c.map(...pairs({ n: '/3/0/9', v: c.int(5) }), ['6178', '1c'])),
        error: refuse('not-well-formed', 'truncated', 'unknown-label'),
      });
    },
  );
  group('no-value', 'CBOR that is no value', { context: DEVICE, flags: ['NoValue'], spec: ['rfc8428 6 MUST'] }, (v) => {
    for (const { name, comment, item, error } of NO_VALUE)
      v.invalid(`no-value-${name}`, `${comment} under label 2`, {
        payload: pack({ n: '/3/0/9', v: item }),
        error: { ...error, coapCode: ['4.00'] },
      });
  });
  group('deep', 'Nesting', { context: DEVICE, flags: ['Deep'], spec: ['rfc8428 6 MUST'] }, (v) => {
    for (const depth of [2, 16, 100, 1000])
      v.invalid(`arrays-${depth}`, `${depth} arrays inside one another as a value`, {
        payload: pack({ n: '/3/0/9', v: `${'81'.repeat(depth)}05` }),
        error: refuse('bad-type', 'too-deep', 'bad-structure', 'not-well-formed'),
      });
    for (const depth of [16, 1000])
      v.invalid(`packs-${depth}`, `a pack inside ${depth} arrays`, {
        payload: `${'81'.repeat(depth)}${c.array(GOOD)}`,
        error: refuse('bad-structure', 'too-deep', 'bad-type', 'not-well-formed'),
      });
    v.valid('unknown-label-nested-3', 'three levels under a label that is passed over', {
      payload: pack({ n: '/3/0/9', v: c.int(5), x: `${'81'.repeat(3)}05` }),
      nodes: BATTERY,
      spec: ['rfc8428 4.4 MUST'],
    });
    v.acceptable('unknown-label-nested-1000', 'a thousand levels under a label that is passed over', {
      payload: pack({ n: '/3/0/9', v: c.int(5), x: `${'81'.repeat(1000)}05` }),
      spec: ['rfc8428 4.4 inferred'],
      outcomes: [
        accept(BATTERY, 'passed over'),
        reject(refuse('too-deep', 'not-well-formed', 'unsupported'), 'no reader has a stack without end'),
      ],
    });
  });
  group('truncated', 'Cut packs', { context: DEVICE, flags: ['Truncated'], spec: ['rfc8949 3 MUST'] }, (v) => {
    const cut = refuse('truncated', 'not-well-formed', 'bad-structure');
    const whole = '83a32165' + '2f332f302f' + '00613003' + '644558' + '2d31' + 'a2006139021864' + 'a200623136036155';
    const payload = c.array(
      record({ bn: '/3/0/', n: '0', vs: c.text('EX-1') }),
      record({ n: '9', v: c.int(100) }),
      record({ n: '16', vs: c.text('U') }),
    );
    if (payload !== whole) throw new Error('the pack and its bytes differ');
    for (let length = 1; length < payload.length / 2; length += 2)
      v.invalid(`prefix-${length}`, `the first ${length} of ${payload.length / 2} bytes of a pack of three records`, {
        payload: payload.slice(0, 2 * length),
        error: cut,
      });
    v.invalid('count-too-high', 'two records announced, one there', { payload: `82${GOOD}`, error: cut });
    v.invalid('map-count-too-high', 'three labels announced, two there', {
      payload: `81a3${GOOD.slice(2)}`,
      error: cut,
    });
    v.invalid('array-without-break', 'an indefinite array that does not end', {
      payload: `9f${GOOD}`,
      flags: ['Truncated', 'Indefinite'],
      error: cut,
    });
    v.invalid('map-without-break', 'an indefinite record that does not end', {
      payload: `81bf${GOOD.slice(2)}`,
      flags: ['Truncated', 'Indefinite'],
      error: cut,
    });
    for (const [name, bytes] of [
      ['array-2p32', '9affffffff'],
      ['array-2p64', '9bffffffffffffffff'],
      ['map-2p32', '81baffffffff'],
      ['map-2p64', '81bbffffffffffffffff'],
      ['text-2p63', '81a1007b7fffffffffffffff61'],
      ['bytes-2p64', '81a2006b2f333434322f302f313530085bffffffffffffffff00'],
      ['text-2p32', '81a1007affffffff2f33'],
    ])
      v.invalid(`huge-${name}`, `${name} announced, a few bytes there`, {
        payload: bytes ?? '',
        flags: ['HugeCount'],
        error: cut,
      });
  });
  group(
    'trailing',
    'Bytes after the array',
    { context: DEVICE, flags: ['TrailingData'], spec: ['rfc8428 6 MUST', 'rfc8949 5.3.1 SHOULD'] },
    (v) => {
      const more = refuse('trailing-data', 'not-well-formed', 'bad-structure');
      for (const [name, tail] of [
        ['zero', '00'],
        ['second-array', c.array(GOOD)],
        ['break', 'ff'],
        ['empty-array', '80'],
        ['half-item', '18'],
        ['null', 'f6'],
        ['newline', '0a'],
      ])
        v.invalid(`trailing-${name}`, `an array, then ${name}`, { payload: c.array(GOOD) + tail, error: more });
      v.invalid('count-too-low', 'one record announced, two there', { payload: `81${GOOD}${GOOD}`, error: more });
      v.invalid('map-count-too-low', 'one label announced, two there', {
        payload: `81a1${GOOD.slice(2)}`,
        error: refuse('trailing-data', 'bad-structure', 'not-well-formed'),
      });
    },
  );
  group(
    'not-encodable',
    'Nodes without SenML',
    { context: { ...DEVICE, model: 'test', path: '/3442/0' }, flags: ['NotEncodable'], spec: ['core-1.2.2 C MUST'] },
    (v) => {
      v.refuses('encode-integer-2p63', '2^63 is no Integer', {
        nodes: [integer('/3442/0/120', '9223372036854775808')],
        error: 'not-encodable',
      });
      v.refuses('encode-objlnk-65536', 'an object link beyond 16 bits', {
        nodes: [objlnk('/3442/0/170', '65536:0')],
        error: 'not-encodable',
      });
      v.refuses('encode-id-65536', 'a resource beyond 16 bits', {
        nodes: [integer('/3442/0/65536', 1)],
        error: 'not-encodable',
      });
    },
  );
}

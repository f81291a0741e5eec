/** Cut, overlong, wrongly nested, repeated, misplaced. */
import { accept, reject } from '../../lib/family.mjs';
import { integer, objlnk } from '../../lib/values.mjs';
import { instance, multiple, resource, resourceInstance } from '../../emit/tlv.mjs';

const DEVICE = { model: 'device', path: '/3/0', operation: 'read', role: 'any' };
const SPEC = ['core-1.2.2 7.5.5 MUST', 'core-1.1.1 7.4.4 MUST'];
const TRUNCATED = { class: 'truncated', alsoAccept: ['bad-length', 'bad-structure'], coapCode: ['4.00'] };
const STRUCTURE = {
  class: 'bad-structure',
  alsoAccept: ['bad-type', 'outside-base', 'unknown-label'],
  coapCode: ['4.00'],
};

/** Kinds with what reads them, for cuts of their headers. */
const KINDS = /** @type {const} */ ([
  ['resource', 0xc0, '/42769/0', ''],
  ['multiple', 0x80, '/42769/0', ''],
  ['object-instance', 0x00, '/42769', ''],
  ['resource-instance', 0x40, '/42769/0/26', ''],
]);

/** @param {import('./values.mjs').Group} group */
function cuts(group) {
  const context = { ...DEVICE, model: 'widths' };
  group(
    'truncated-headers',
    'Headers cut in each place, for each kind and form',
    { context, flags: ['Truncated'], spec: SPEC },
    (v) => {
      for (const [kind, bits, path] of KINDS)
        for (const wide of [false, true])
          for (const field of [0, 1, 2, 3]) {
            const type = bits | (wide ? 0x20 : 0) | (field << 3) | (field ? 0 : 2);
            const id = wide ? '0101' : '1a';
            const whole = type.toString(16).padStart(2, '0') + id + '02'.padStart(2 * field, '0').slice(0, 2 * field);
            const where = kind === 'resource-instance' ? { path: '/42769/0/26' } : { path };
            const name = `${kind}-${wide ? 'wide' : 'narrow'}-${field ? `length${8 * field}` : 'inline'}`;
            // One cut per form suffices; which part is cut rotates so that every part is cut under several forms.
            if (field === 0)
              v.invalid(`cut-${name}-id`, `${kind}: the payload ends in the identifier`, {
                context: where,
                payload: whole.slice(0, wide ? 4 : 2),
                error: TRUNCATED,
              });
            else
              v.invalid(`cut-${name}-length`, `${kind}: the payload ends in the ${8 * field}-bit length`, {
                context: where,
                payload: whole.slice(0, -2),
                error: TRUNCATED,
              });
            v.invalid(`cut-${name}-value`, `${kind}: the value is one byte short`, {
              context: where,
              payload: `${whole}01`,
              error: TRUNCATED,
            });
          }
    },
  );
  group('truncated', 'Values cut, stray bytes', { context: DEVICE, flags: ['Truncated'], spec: SPEC }, (v) => {
    v.invalid('value-missing', 'no byte of the value', { payload: 'c109', error: TRUNCATED });
    v.invalid('value-short', 'one of two bytes', { payload: 'c20901', error: TRUNCATED });
    v.invalid('stray-byte', 'one byte after a complete TLV', { payload: `${resource(9, '64')}c1`, error: TRUNCATED });
    v.invalid('stray-type-and-id', 'type and identifier after a complete TLV', {
      payload: `${resource(9, '64')}c10a`,
      error: TRUNCATED,
    });
    v.invalid('stray-zero', 'a zero byte after a complete TLV', {
      payload: `${resource(9, '64')}00`,
      error: TRUNCATED,
    });
    v.invalid('second-instance-cut', 'the second resource instance is cut', {
      payload: '85064100014101',
      error: TRUNCATED,
    });
    for (const byte of ['00', '01', '3f', '40', '7f', '80', 'bf', 'c0', 'c8', 'd8', 'f8', 'ff'])
      v.invalid(`single-byte-${byte}`, `the payload is ${byte}`, { payload: byte, error: TRUNCATED });
    const device = 'c8000c4578616d706c6520436f7270c40145582d31860641000141010583' + '0b410000c11055';
    for (const length of [2, 3, 9, 14, 17, 20, 22, 24, 25, 27, 30, 32, 33, 35])
      v.invalid(`device-prefix-${length}`, `the first ${length} of 37 bytes of a Device`, {
        payload: device.slice(0, 2 * length),
        error: TRUNCATED,
      });
  });
  group(
    'huge-lengths',
    'Announced lengths beyond the payload',
    { context: DEVICE, flags: ['HugeLength'], spec: SPEC },
    (v) => {
      for (const [name, payload] of [
        ['resource-24', 'd809ffffff010203'],
        ['resource-16', 'd009ffff0102'],
        ['resource-8', 'c809ff01'],
        ['multiple-24', '9806ffffff410001'],
        ['instance-24', '1800ffffffc10964'],
        ['resource-24-empty', 'd809ffffff'],
        ['wide-24', 'f80009ffffff00'],
      ])
        v.invalid(`huge-${name}`, `${name} announces more than there is`, {
          ...(name === 'instance-24' ? { context: { path: '/3' } } : {}),
          payload: payload ?? '',
          error: TRUNCATED,
        });
    },
  );
  group('overrun', 'A child that leaves its parent', { context: DEVICE, flags: ['Overrun'], spec: SPEC }, (v) => {
    v.invalid('resource-instance-leaves-multiple', 'the instance is longer than the resource, but within the payload', {
      payload: '830642000e0000',
      error: TRUNCATED,
    });
    v.invalid('resource-leaves-instance', 'the resource is longer than its object instance', {
      context: { path: '/3' },
      payload: '0300c209640000',
      error: TRUNCATED,
    });
    v.invalid('multiple-leaves-instance', 'the multiple resource is longer than its object instance', {
      context: { path: '/3' },
      payload: '04008306410001',
      error: TRUNCATED,
    });
    v.invalid('parent-too-short', 'the parent announces one byte too few', {
      payload: '850641000141010583',
      error: TRUNCATED,
    });
    v.invalid('parent-too-long', 'the parent announces one byte too many and takes it from its neighbour', {
      payload: '8706410001410105c10964',
      error: TRUNCATED,
    });
    v.invalid('parent-half-header', 'one byte left over in the parent', { payload: '840641000141', error: TRUNCATED });
  });
}

/** @param {import('./values.mjs').Group} group */
function nesting(group) {
  group(
    'nesting',
    'Kinds that cannot stand inside one another',
    { context: { ...DEVICE, path: '/3' }, flags: ['Nesting'], spec: SPEC },
    (v) => {
      v.invalid('instance-in-instance', 'an object instance inside an object instance', {
        payload: instance(0, instance(0, resource(9, '64'))),
        error: STRUCTURE,
      });
      v.invalid('empty-instance-in-instance', 'the same, empty', {
        payload: instance(0, instance(0, '')),
        error: STRUCTURE,
      });
      v.invalid('resource-instance-in-instance', 'a resource instance directly inside an object instance', {
        payload: instance(0, resourceInstance(0, '01')),
        error: STRUCTURE,
      });
      v.invalid('multiple-in-multiple', 'a multiple resource inside one', {
        context: { path: '/3/0' },
        payload: multiple(6, multiple(0, resourceInstance(0, '01'))),
        error: STRUCTURE,
      });
      v.invalid('resource-in-multiple', 'a resource with value inside a multiple resource', {
        context: { path: '/3/0' },
        payload: multiple(6, resource(0, '01')),
        error: STRUCTURE,
      });
      v.invalid('instance-in-multiple', 'an object instance inside a multiple resource', {
        context: { path: '/3/0' },
        payload: multiple(6, instance(0, '')),
        error: STRUCTURE,
      });
      v.invalid('resource-instance-at-instance-level', 'a bare resource instance in a read of /3/0', {
        context: { path: '/3/0' },
        payload: resourceInstance(0, '01'),
        error: STRUCTURE,
      });
      v.invalid('instance-at-resource-level', 'an object instance in a read of /3/0/9', {
        context: { path: '/3/0/9' },
        payload: instance(0, resource(9, '64')),
        error: STRUCTURE,
      });
      v.invalid('instances-and-resources', 'object instance and bare resource side by side', {
        payload: instance(0, resource(9, '64')) + resource(10, '0f'),
        error: STRUCTURE,
      });
      v.invalid('mixed-in-multiple', 'resource instance and resource side by side in a multiple resource', {
        context: { path: '/3/0' },
        payload: multiple(6, resourceInstance(0, '01') + resource(1, '05')),
        error: STRUCTURE,
      });
      v.invalid('resource-instance-at-object-level', 'a bare resource instance in a read of /3', {
        payload: resourceInstance(0, '01'),
        error: STRUCTURE,
      });
    },
  );
  group(
    'duplicates',
    'One identifier twice',
    { context: DEVICE, flags: ['Duplicate'], spec: ['core-1.2.2 7.5.5 MUST', 'core-1.2.2 7.1 MUST'] },
    (v) => {
      const twice = { class: 'duplicate', alsoAccept: ['bad-structure'], coapCode: ['4.00'] };
      v.invalid('resource-twice', 'resource 9 with two values', {
        payload: resource(9, '64') + resource(9, '65'),
        error: twice,
      });
      v.invalid('resource-twice-equal', 'resource 9 with one value, twice', {
        payload: resource(9, '64') + resource(9, '64'),
        error: twice,
      });
      v.invalid('resource-twice-apart', 'with another between', {
        payload: resource(9, '64') + resource(10, '0f') + resource(9, '65'),
        error: twice,
      });
      v.invalid('multiple-twice', 'a multiple resource in two parts', {
        payload: multiple(6, resourceInstance(0, '01')) + multiple(6, resourceInstance(1, '05')),
        error: twice,
      });
      v.invalid('resource-instance-twice', 'resource instance 0 twice', {
        payload: multiple(6, resourceInstance(0, '01') + resourceInstance(0, '02')),
        error: twice,
      });
      v.invalid('instance-twice', 'object instance 0 twice', {
        context: { path: '/3' },
        payload: instance(0, resource(9, '64')) + instance(0, resource(10, '0f')),
        error: twice,
      });
      v.invalid('single-and-multiple', 'one id as resource and as multiple resource', {
        payload: resource(6, '01') + multiple(6, resourceInstance(0, '01')),
        error: { class: 'duplicate', alsoAccept: ['bad-type', 'bad-structure'], coapCode: ['4.00'] },
      });
    },
  );
}

/** @param {import('./values.mjs').Group} group */
function misplaced(group) {
  const outside = { class: 'outside-base', alsoAccept: ['bad-structure', 'bad-path'], coapCode: ['4.00'] };
  group(
    'outside',
    'Identifiers other than those of the path',
    { context: DEVICE, flags: ['OtherPath'], spec: SPEC },
    (v) => {
      v.invalid('other-instance', 'read of /3/0 answered with instance 1', {
        context: { model: 'access', path: '/2/0' },
        payload: instance(1, resource(0, '01')),
        error: outside,
      });
      v.invalid('two-instances-for-one', 'read of /2/0 answered with two instances', {
        context: { model: 'access', path: '/2/0' },
        payload: instance(0, resource(0, '01')) + instance(1, resource(0, '01')),
        error: outside,
      });
      v.invalid('other-resource', 'read of /3/0/9 answered with resource 10', {
        context: { path: '/3/0/9' },
        payload: resource(10, '64'),
        error: outside,
      });
      v.invalid('other-resource-wide', 'with resource 265, equal in its low byte', {
        context: { path: '/3/0/9' },
        payload: resource(265, '64'),
        error: outside,
      });
      v.invalid('two-resources-for-one', 'with resources 9 and 10', {
        context: { path: '/3/0/9' },
        payload: resource(9, '64') + resource(10, '0f'),
        error: outside,
      });
      v.invalid('other-multiple', 'read of /3/0/6 answered with resource 7', {
        context: { path: '/3/0/6' },
        payload: multiple(7, resourceInstance(0, '01')),
        error: outside,
      });
      v.invalid('other-resource-instance', 'read of /3/0/6/1 answered with instance 0', {
        context: { path: '/3/0/6/1' },
        payload: resourceInstance(0, '01'),
        error: outside,
      });
      v.invalid('two-resource-instances-for-one', 'read of /3/0/6/1 answered with instances 1 and 2', {
        context: { path: '/3/0/6/1' },
        payload: resourceInstance(1, '01') + resourceInstance(2, '01'),
        error: outside,
      });
    },
  );
  group('wrong-kind', 'Single and multiple exchanged', { context: DEVICE, flags: ['WrongKind'], spec: SPEC }, (v) => {
    const kind = { class: 'bad-type', alsoAccept: ['bad-structure', 'bad-length'], coapCode: ['4.00'] };
    v.invalid('multiple-for-single', 'resource 9 as a multiple resource', {
      payload: multiple(9, resourceInstance(0, '64')),
      error: kind,
    });
    v.invalid('multiple-for-single-level', 'the same in a read of /3/0/9', {
      context: { path: '/3/0/9' },
      payload: multiple(9, resourceInstance(0, '64')),
      error: kind,
    });
    v.invalid('single-for-multiple', 'resource 6 as a single resource', { payload: resource(6, '01'), error: kind });
    v.invalid('single-for-multiple-level', 'the same in a read of /3/0/6', {
      context: { path: '/3/0/6' },
      payload: resource(6, '01'),
      error: kind,
    });
    v.invalid('empty-multiple-for-single', 'a multiple resource without instances for resource 9', {
      payload: multiple(9, ''),
      error: kind,
    });
  });
  group(
    'not-encodable',
    'Nodes without a TLV',
    { context: { ...DEVICE, model: 'test', path: '/3442/0' }, flags: ['NotEncodable'], spec: ['core-1.2.2 C MUST'] },
    (v) => {
      v.refuses('encode-integer-2p63', '2^63 does not fit a signed integer', {
        nodes: [integer('/3442/0/120', '9223372036854775808')],
        error: 'not-encodable',
      });
      v.refuses('encode-integer-below', '-2^63-1 neither', {
        nodes: [integer('/3442/0/120', '-9223372036854775809')],
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
      v.refuses('encode-other-object', 'a value outside the path', {
        nodes: [integer('/3/0/9', 1)],
        error: 'not-encodable',
      });
      v.refuses('encode-two-objects', 'two objects have no common TLV', {
        context: { path: '/' },
        nodes: [integer('/3442/0/120', 1), integer('/3/0/9', 1)],
        error: 'not-encodable',
      });
    },
  );
  group(
    'boundaries',
    'Prefixes that end on a boundary are whole payloads',
    { context: DEVICE, flags: ['Order'], spec: SPEC },
    (v) => {
      v.valid('device-prefix-15', 'one resource of the Device', {
        payload: 'c8000c4578616d706c6520436f7270',
        nodes: [{ path: '/3/0/0', type: 'string', value: 'Example Corp' }],
      });
      v.valid('device-prefix-21', 'two', {
        payload: 'c8000c4578616d706c6520436f7270c40145582d31',
        nodes: [
          { path: '/3/0/0', type: 'string', value: 'Example Corp' },
          { path: '/3/0/1', type: 'string', value: 'EX-1' },
        ],
      });
    },
  );
  group(
    'execute-format',
    'TLV where it cannot stand',
    {
      context: { ...DEVICE, path: '/3/0/4', operation: 'execute', role: 'client' },
      flags: ['WrongKind'],
      spec: ['core-1.2.2 6.3.5 inferred'],
    },
    (v) => {
      v.acceptable('tlv-for-execute', 'a TLV as Execute arguments', {
        payload: resource(4, ''),
        outcomes: [
          reject(
            { class: 'unsupported', alsoAccept: ['bad-type', 'bad-structure'], coapCode: ['4.15', '4.00'] },
            'arguments are text',
          ),
          accept([], 'no value'),
        ],
      });
    },
  );
}

/** @param {import('./values.mjs').Group} group */
export function malformed(group) {
  cuts(group);
  nesting(group);
  misplaced(group);
}

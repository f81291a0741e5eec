/** Levels, wrappers, multiple resources, whole objects. */
import { accept, reject } from '../../lib/family.mjs';
import { emptyInstance, emptyMultiple, integer, objlnk, opaque, string, time } from '../../lib/values.mjs';
import { hex, utf8 } from '../../lib/bytes.mjs';
import { SEVERAL } from '../../lib/shared.mjs';
import { instance, multiple, resource, resourceInstance } from '../../emit/tlv.mjs';
import { instanceContent } from '../../emit/tlv-value.mjs';

const DEVICE = { model: 'device', path: '/3/0', operation: 'read', role: 'any' };
const SPEC = ['core-1.2.2 7.5.5 MUST', 'core-1.1.1 7.4.4 MUST', 'core-1.0.2 6.4.3 MUST'];
const levelOf = (/** @type {string} */ path) => path.split('/').length - 1;

/** @param {import('../../lib/values.mjs').Node[]} nodes the content of an object: one wrapper for each instance */
function objectContent(nodes) {
  const ids = [...new Set(nodes.map((node) => node.path.split('/')[2] ?? ''))];
  return ids
    .map((id) => instance(Number(id), instanceContent(nodes.filter((node) => node.path.split('/')[2] === id))))
    .join('');
}

/** @param {import('./values.mjs').Group} group */
function examples(group) {
  group(
    'shared-several',
    'Instances and objects that other formats carry too',
    { flags: ['Basic'], spec: SPEC },
    (v) => {
      for (const [id, { comment, model, path, nodes }] of Object.entries(SEVERAL))
        v.valid(`several-${id}`, comment, {
          context: { model, path, operation: 'read', role: 'any' },
          payload: levelOf(path) === 1 ? objectContent(nodes) : instanceContent(nodes),
          nodes,
          encode: 'bytes',
          equivalent: id,
          ...(id === 'device-3-0'
            ? {
                flags: ['Basic', 'SpecErratum'],
                erratum: { ref: 'OMA#281, OMA#593', form: 'corrected', pair: 'ts-device-printed' },
              }
            : {}),
        });
    },
  );
  group(
    'ts-examples',
    'Examples as the TS prints them',
    { flags: ['SpecErratum'], spec: ['core-1.2.2 7.5.5.1 MUST', 'core-1.0.2 6.4.3 MUST'] },
    (v) => {
      const device = SEVERAL['device-3-0']?.nodes ?? [];
      const printed = device.map((node) => (node.path === '/3/0/1' ? string('/3/0/1', 'Lightweigt M2M Client') : node));
      v.valid('ts-device-printed', 'Device with "Lightweigt": 120 bytes, though the text says 121', {
        context: DEVICE,
        payload: instanceContent(printed),
        nodes: printed,
        erratum: { ref: 'OMA#281', form: 'printed', pair: 'several-device-3-0' },
      });
      v.invalid('ts-device-wrapped-printed', 'the same in an instance TLV that announces 121 bytes where 120 follow', {
        context: { ...DEVICE, path: '/3' },
        payload: `080079${instanceContent(printed)}`,
        error: { class: 'truncated', coapCode: ['4.00'] },
        erratum: { ref: 'OMA#593', form: 'printed', pair: 'ts-device-wrapped-corrected' },
      });
      v.valid('ts-device-wrapped-corrected', 'the corrected Device, 121 bytes, in its instance TLV', {
        context: { ...DEVICE, path: '/3' },
        payload: `080079${instanceContent(device)}`,
        nodes: device,
        encode: 'bytes',
        erratum: { ref: 'OMA#593', form: 'corrected', pair: 'ts-device-wrapped-printed' },
      });
      const server = [
        integer('/1/0/0', 1),
        integer('/1/0/1', 86400),
        { path: '/1/0/6', type: 'boolean', value: true },
        string('/1/0/7', 'U'),
      ];
      v.valid('ts-server-corrected', 'a Server instance of 15 bytes', {
        context: { model: 'server', path: '/1', operation: 'read', role: 'any' },
        payload: hex('08 00 0f c1 00 01 c4 01 00 01 51 80 c1 06 01 c1 07 55'),
        nodes: server,
        encode: 'bytes',
        erratum: { ref: 'Core 1.0.2 §6.4.3.2', form: 'corrected', pair: 'ts-server-printed' },
      });
      v.invalid('ts-server-printed', 'the same with length 13, which ends inside the binding', {
        context: { model: 'server', path: '/1', operation: 'read', role: 'any' },
        payload: hex('08 00 0d c1 00 01 c4 01 00 01 51 80 c1 06 01 c1 07 55'),
        error: { class: 'truncated', alsoAccept: ['bad-structure', 'bad-length'], coapCode: ['4.00'] },
        erratum: { ref: 'Core 1.0.2 §6.4.3.2', form: 'printed', pair: 'ts-server-corrected' },
      });
      const linksA = [
        objlnk('/65/0/0/0', '66:0'),
        objlnk('/65/0/0/1', '66:1'),
        string('/65/0/1', '8613800755500'),
        integer('/65/0/2', 1),
      ];
      const links = { model: 'links', operation: 'read', role: 'any' };
      v.valid('ts-object-65', 'two object links in one resource', {
        context: { ...links, path: '/65' },
        payload: objectContent(linksA),
        nodes: linksA,
        encode: 'bytes',
      });
      const linksB = [
        string('/66/0/0', 'myService1'),
        string('/66/0/1', 'Internet.15.234'),
        objlnk('/66/0/2', '65535:65535'),
        string('/66/1/0', 'myService2'),
        string('/66/1/1', 'Internet.15.235'),
        objlnk('/66/1/2', '65535:65535'),
      ];
      v.valid('ts-object-66-corrected', 'two instances with null links, 0x26 and 0x26 bytes', {
        context: { ...links, path: '/66' },
        payload: objectContent(linksB),
        nodes: linksB,
        encode: 'bytes',
        erratum: { ref: 'Core 1.1.1 §7.4.4.3', form: 'corrected', pair: 'ts-object-66-printed' },
      });
      v.invalid('ts-object-66-printed', 'the same with the printed length 0x23', {
        context: { ...links, path: '/66' },
        payload: objectContent(linksB).replace(/^080025|^080026/, '080023'),
        error: { class: 'truncated', alsoAccept: ['bad-structure', 'bad-length'], coapCode: ['4.00'] },
        erratum: { ref: 'Core 1.1.1 §7.4.4.3', form: 'printed', pair: 'ts-object-66-corrected' },
      });
    },
  );
}

/** @param {import('./values.mjs').Group} group */
function multiples(group) {
  group('multiple', 'Resources with several instances', { context: DEVICE, flags: ['Multiple'], spec: SPEC }, (v) => {
    v.valid('multiple-one-instance', 'one instance is still wrapped', {
      payload: multiple(11, resourceInstance(0, '00')),
      nodes: [integer('/3/0/11/0', 0)],
      encode: 'bytes',
    });
    v.valid('multiple-high-id', 'instances 300 and 5', {
      payload: multiple(6, resourceInstance(300, '05') + resourceInstance(5, '01')),
      nodes: [integer('/3/0/6/300', 5), integer('/3/0/6/5', 1)],
    });
    v.valid('multiple-mixed-widths', 'instances of different widths', {
      payload: multiple(7, resourceInstance(0, '05') + resourceInstance(1, '1388') + resourceInstance(2, '0001d4c0')),
      nodes: [integer('/3/0/7/0', 5), integer('/3/0/7/1', 5000), integer('/3/0/7/2', 120000)],
      encode: 'bytes',
    });
    v.valid('multiple-resource-level', 'read of /3/0/6', {
      context: { path: '/3/0/6' },
      payload: multiple(6, resourceInstance(0, '01') + resourceInstance(1, '05')),
      nodes: [integer('/3/0/6/0', 1), integer('/3/0/6/1', 5)],
      encode: 'bytes',
    });
    v.valid('multiple-strings', 'strings, one of them empty', {
      context: { model: 'test', path: '/3442/0/1110' },
      payload: multiple(1110, resourceInstance(0, '') + resourceInstance(1, utf8('é'))),
      nodes: [string('/3442/0/1110/0', ''), string('/3442/0/1110/1', 'é')],
      encode: 'bytes',
      flags: ['Multiple', 'EmptyValue'],
    });
    v.valid('multiple-times', 'times of 4 and 8 bytes', {
      context: { model: 'test', path: '/3442/0/1160' },
      payload: multiple(1160, resourceInstance(0, '6553f100') + resourceInstance(1, '00000000f4865700')),
      nodes: [time('/3442/0/1160/0', 1700000000), time('/3442/0/1160/1', 4102444800)],
      encode: 'bytes',
    });
    for (const [name, path, payload] of [
      ['resource', '/3/0/6', '8006'],
      ['instance', '/3/0', '8006c10964'],
    ])
      v.valid(`multiple-empty-${name}`, `no instances, read at ${name} level`, {
        context: { path },
        payload,
        nodes: [emptyMultiple('/3/0/6'), ...(name === 'instance' ? [integer('/3/0/9', 100)] : [])],
        encode: 'bytes',
        flags: ['EmptyMultiple'],
        ...(name === 'resource' ? { equivalent: 'multiple-empty' } : {}),
      });
    v.valid('resource-instance-level', 'read of /3/0/6/1', {
      context: { path: '/3/0/6/1', enabler: ['1.1', '1.2'] },
      payload: resourceInstance(1, '05'),
      nodes: [integer('/3/0/6/1', 5)],
      encode: 'bytes',
    });
  });
  group(
    'levels',
    'One level more or less than the path asks for',
    { context: DEVICE, flags: ['WrapperWhereNone'], spec: ['core-1.2.2 7.5.5 inferred'] },
    (v) => {
      const strict = reject(
        { class: 'bad-structure', alsoAccept: ['bad-type', 'outside-base'], coapCode: ['4.00'] },
        'the kind is not the one of the level',
      );
      v.acceptable('resource-instance-in-multiple', 'read of /3/0/6/1 answered with the resource around it', {
        context: { path: '/3/0/6/1' },
        payload: multiple(6, resourceInstance(1, '05')),
        outcomes: [accept([integer('/3/0/6/1', 5)], 'the wrapper names the same path'), strict],
      });
      v.acceptable('resource-instance-as-resource', 'read of /3/0/6/1 answered with a resource TLV of id 1', {
        context: { path: '/3/0/6/1' },
        payload: resource(1, '05'),
        outcomes: [accept([integer('/3/0/6/1', 5)], 'seen in the field'), strict],
      });
      v.acceptable('bare-resource-instances', 'read of /3/0/6 answered with the instances alone', {
        context: { path: '/3/0/6' },
        payload: resourceInstance(0, '01') + resourceInstance(1, '05'),
        outcomes: [accept([integer('/3/0/6/0', 1), integer('/3/0/6/1', 5)], 'the path names the resource'), strict],
      });
      v.acceptable('instance-in-wrapper', 'read of /3/0 answered with an object instance TLV', {
        payload: instance(0, resource(9, '64')),
        outcomes: [accept([integer('/3/0/9', 100)], 'optional at this level'), strict],
      });
      v.acceptable('object-bare', 'read of /3 answered with bare resources', {
        context: { path: '/3' },
        payload: resource(9, '64'),
        outcomes: [accept([integer('/3/0/9', 100)], 'a single-instance object has one instance, 0'), strict],
      });
    },
  );
}

/** @param {import('./values.mjs').Group} group */
function objects(group) {
  group(
    'objects',
    'Object instance TLVs',
    { context: { ...DEVICE, path: '/3' }, flags: ['InstanceWrapper'], spec: SPEC },
    (v) => {
      v.valid('object-one-instance', 'read of /3', {
        payload: instance(0, resource(9, '64')),
        nodes: [integer('/3/0/9', 100)],
        encode: 'bytes',
      });
      v.valid('object-three-instances', 'instances 0, 5 and 300', {
        context: { model: 'temp', path: '/3303' },
        payload: [0, 5, 300].map((id) => instance(id, resource(5700, '41ac0000'))).join(''),
        nodes: [0, 5, 300].map((id) => ({
          path: `/3303/${id}/5700`,
          type: 'float',
          value: '21.5',
          bits: '4035800000000000',
          exactIn: 'f16',
        })),
      });
      v.valid('object-empty-instance', 'instance 1 holds nothing', {
        context: { model: 'access', path: '/2' },
        payload: instance(1, ''),
        nodes: [emptyInstance('/2/1')],
        encode: 'bytes',
      });
      v.valid('object-empty-and-full', 'an empty instance beside a full one', {
        context: { model: 'access', path: '/2' },
        payload: instance(1, '') + instance(2, resource(0, '03')),
        nodes: [emptyInstance('/2/1'), integer('/2/2/0', 3)],
      });
      v.valid('object-instances-unordered', 'instance 2 before instance 0', {
        context: { model: 'access', path: '/2' },
        payload: instance(2, resource(0, '03')) + instance(0, resource(0, '01')),
        nodes: [integer('/2/2/0', 3), integer('/2/0/0', 1)],
        flags: ['InstanceWrapper', 'Order'],
      });
    },
  );
  group(
    'create',
    'Create',
    {
      context: { model: 'access', path: '/2', operation: 'create', role: 'client' },
      flags: ['Create'],
      spec: ['core-1.2.2 6.3.6 MUST', 'core-1.1.1 6.3.6 MUST'],
    },
    (v) => {
      const content =
        resource(0, '01') + resource(1, '00') + multiple(2, resourceInstance(127, '07')) + resource(3, '7f');
      const nodes = (/** @type {number} */ id) => [
        integer(`/2/${id}/0`, 1),
        integer(`/2/${id}/1`, 0),
        integer(`/2/${id}/2/127`, 7),
        integer(`/2/${id}/3`, 127),
      ];
      v.valid('create-with-id', 'instance 5', { payload: instance(5, content), nodes: nodes(5), encode: 'bytes' });
      v.valid('create-without-id', 'bare resources: the client chooses', { payload: content, nodes: nodes(65535) });
      v.acceptable('create-id-65535', 'an instance TLV of the reserved id', {
        payload: instance(65535, content),
        flags: ['ReservedId'],
        spec: ['core-1.2.2 7.4 inferred'],
        outcomes: [
          reject({ class: 'out-of-range', alsoAccept: ['bad-path'], coapCode: ['4.00'] }, 'no instance may have it'),
          accept(nodes(65535), 'as LwM2M CBOR writes it'),
        ],
      });
    },
  );
  group('order', 'Order, size, unknown resources', { context: DEVICE, flags: ['Order'], spec: SPEC }, (v) => {
    v.valid('resources-unordered', 'resource 10 before resource 9', {
      payload: resource(10, '0f') + resource(9, '64'),
      nodes: [integer('/3/0/10', 15), integer('/3/0/9', 100)],
    });
    v.valid('multiple-between', 'a multiple resource between single ones', {
      payload:
        resource(16, utf8('U')) +
        multiple(6, resourceInstance(1, '05') + resourceInstance(0, '01')) +
        resource(0, utf8('x')),
      nodes: [string('/3/0/16', 'U'), integer('/3/0/6/1', 5), integer('/3/0/6/0', 1), string('/3/0/0', 'x')],
    });
    const singles = [0, 1, 2, 3, 14, 15, 16, 17, 18, 19].map((id) => string(`/3/0/${id}`, `text ${id}`));
    const numbers = [9, 10, 20, 21].map((id) => integer(`/3/0/${id}`, id));
    const instances = [6, 7, 8, 11].flatMap((id) => [integer(`/3/0/${id}/0`, id), integer(`/3/0/${id}/1`, 300 + id)]);
    const whole = [...singles, ...numbers, ...instances, time('/3/0/13', 1700000000), objlnk('/3/0/22/0', '3442:0')];
    v.valid('resources-20', 'every readable resource of a Device', {
      payload: instanceContent(whole),
      nodes: whole,
      encode: 'bytes',
      flags: ['Large'],
    });
    const many = Array.from({ length: 60 }, (_, i) => i);
    v.valid('resource-instances-60', 'sixty resource instances', {
      payload: multiple(11, many.map((i) => resourceInstance(i, '08')).join('')),
      nodes: many.map((i) => integer(`/3/0/11/${i}`, 8)),
      encode: 'bytes',
      flags: ['Large'],
    });
    v.valid('instances-40', 'forty object instances', {
      context: { model: 'access', path: '/2' },
      payload: many
        .slice(0, 40)
        .map((i) => instance(i, resource(0, '01')))
        .join(''),
      nodes: many.slice(0, 40).map((i) => integer(`/2/${i}/0`, 1)),
      encode: 'bytes',
      flags: ['Large'],
    });
    for (const id of [99, 999])
      v.acceptable(`unknown-resource-${id}`, `resource ${id} is not in the model`, {
        payload: resource(10, '0f') + resource(id, '01') + resource(9, '64'),
        flags: ['UnknownResource'],
        spec: ['core-1.2.2 6.3.1 MUST'],
        outcomes: [
          accept([integer('/3/0/10', 15), integer('/3/0/9', 100)], 'skipped'),
          accept([integer('/3/0/10', 15), opaque(`/3/0/${id}`, '01'), integer('/3/0/9', 100)], 'kept as bytes'),
        ],
      });
    v.acceptable('content-format-1542', 'the old number', {
      context: { contentFormat: 1542 },
      payload: resource(9, '64'),
      flags: ['LegacyNumber'],
      spec: ['core-1.0.2 6.4 inferred'],
      outcomes: [
        accept([integer('/3/0/9', 100)], 'the same format'),
        reject({ class: 'unsupported', coapCode: ['4.15'] }, 'not a registered number'),
      ],
    });
  });
  group('empty-payload', 'No TLV at all', { context: DEVICE, flags: ['EmptyPayload'], spec: SPEC }, (v) => {
    v.valid('empty-object', 'an object without instances', {
      context: { model: 'access', path: '/2' },
      payload: '',
      nodes: [],
    });
    v.acceptable('empty-instance', 'an instance without resources', {
      payload: '',
      outcomes: [accept([], 'no values'), accept([emptyInstance('/3/0')], 'an empty instance')],
    });
    v.acceptable('empty-multiple', 'a multiple resource', {
      context: { path: '/3/0/6' },
      payload: '',
      flags: ['EmptyPayload', 'EmptyMultiple'],
      spec: ['core-1.2.2 7.5.5 inferred'],
      outcomes: [
        accept([], 'no values'),
        accept([emptyMultiple('/3/0/6')], 'no instances'),
        reject({ class: 'bad-structure', alsoAccept: ['truncated'] }, 'the wrapper is missing'),
      ],
    });
    v.invalid('empty-single', 'a single resource has a TLV', {
      context: { path: '/3/0/9' },
      payload: '',
      error: { class: 'bad-structure', alsoAccept: ['truncated'] },
    });
    v.invalid('empty-resource-instance', 'so has a resource instance', {
      context: { path: '/3/0/6/0' },
      payload: '',
      error: { class: 'bad-structure', alsoAccept: ['truncated'] },
    });
  });
}

/** @param {import('./values.mjs').Group} group */
export function structure(group) {
  examples(group);
  multiples(group);
  objects(group);
}

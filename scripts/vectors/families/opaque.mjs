import { accept, family, reject } from '../lib/family.mjs';
import { integer, opaque, string } from '../lib/values.mjs';
import { SINGLE } from '../lib/shared.mjs';
import { utf8 } from '../lib/bytes.mjs';
import { OPAQUE, refuse, STRING } from './text/common.mjs';

const CONTEXT = { model: 'test', path: OPAQUE, operation: 'read', role: 'any' };
const SPEC = ['core-1.2.2 7.5.2 MUST', 'core-1.1.1 7.4.2 MUST', 'core-1.0.2 6.4.2 MUST'];
const NO_VALUE = {
  class: 'unsupported',
  alsoAccept: ['bad-path', 'bad-structure', 'bad-type'],
  coapCode: ['4.00', '4.06', '4.15'],
};
const NOT_OPAQUE = {
  class: 'bad-type',
  alsoAccept: ['unsupported', 'bad-length', 'bad-value'],
  coapCode: ['4.00', '4.06', '4.15'],
};
const CANNOT = { class: 'not-encodable', alsoAccept: ['unsupported', 'bad-type', 'bad-structure'], coapCode: ['4.06'] };
/** Bytes in a row, 0 to 250 and over again: a lost or doubled block shows. @param {number} length */
const run = (length) => Array.from({ length }, (_, i) => (i % 251).toString(16).padStart(2, '0')).join('');

/** @typedef {import('./text/common.mjs').Group} Group */

/** @param {Group} group */
function bytes(group) {
  group(
    'shared-single',
    'Values that other formats carry too',
    { context: CONTEXT, flags: ['Basic'], spec: SPEC },
    (v) => {
      for (const [
        id,
        {
          comment,
          nodes: [node],
        },
      ] of Object.entries(SINGLE))
        if (node?.type === 'opaque')
          v.valid(`single-${id}`, comment, {
            payload: String(node.value),
            nodes: [node],
            equivalent: id,
            encode: 'bytes',
          });
    },
  );
  group('bytes', 'Bytes as they are', { context: CONTEXT, flags: ['Bytes'], spec: SPEC }, (v) => {
    const valid = (
      /** @type {string} */ name,
      /** @type {string} */ comment,
      /** @type {string} */ payload,
      /** @type {string} */ flag,
    ) => v.valid(name, comment, { payload, nodes: [opaque(OPAQUE, payload)], encode: 'bytes', flags: [flag] });
    for (const byte of ['00', '0a', '20', '7f', '80', 'ff']) valid(`byte-${byte}`, `one byte ${byte}`, byte, 'Bytes');
    valid('all-bytes', 'each value of a byte once', run(251) + 'fbfcfdfeff', 'Bytes');
    valid('zeros', 'sixteen zeros', '00'.repeat(16), 'Bytes');
    for (const length of [15, 16, 17, 63, 64, 65, 1023, 1024, 1025, 2048])
      valid(`length-${length}`, `${length} bytes: around the size of a block`, run(length), 'BlockEdge');
    valid('length-65536', '65536 bytes', run(65536), 'BlockEdge');
    for (const [name, payload] of /** @type {[string, string][]} */ ([
      ['tlv', 'c10964'],
      ['json', utf8('{"bn":"/3/0/","e":[{"n":"9","v":5}]}')],
      ['senml-json', utf8('[{"n":"/3/0/9","v":5}]')],
      ['senml-cbor', '81a200662f332f302f390205'],
      ['cbor-bytes', '4401020304'],
      ['base64', utf8('AQIDBA==')],
      ['hex', utf8('deadbeef')],
      ['text', utf8('hello')],
      ['bom', 'efbbbf61'],
      ['payload-marker', 'ff'],
      ['newlines', '0d0a0d0a'],
      ['trailing-nul', '610000'],
      ['bad-utf8', 'c328'],
      ['gzip', '1f8b0800'],
      ['coap-message', '40000001'],
      ['der', '3082010a'],
    ]))
      valid(`looks-like-${name}`, `bytes that look like something: ${name}`, payload, 'LooksLike');
    v.valid('written-key', 'a key as a bootstrap server writes it', {
      context: { model: 'security', path: '/0/0/5', operation: 'bootstrap-write', role: 'client' },
      payload: '73656372657450534b6b6579',
      nodes: [opaque('/0/0/5', '73656372657450534b6b6579')],
      encode: 'bytes',
    });
    v.valid('written-empty', 'an empty write leaves an empty value', {
      context: { operation: 'write-replace', role: 'client' },
      payload: '',
      nodes: [opaque(OPAQUE, '')],
      flags: ['Empty'],
    });
    v.valid('package', 'a firmware package', {
      context: { model: 'firmware', path: '/5/0/0', operation: 'write-replace', role: 'client' },
      payload: run(1500),
      nodes: [opaque('/5/0/0', run(1500))],
      encode: 'bytes',
      flags: ['BlockEdge'],
    });
  });
}

/** @param {Group} group */
function levels(group) {
  group('levels', 'What bytes can be about', { context: CONTEXT, flags: ['Level'], spec: SPEC }, (v) => {
    v.valid('resource-instance', 'one instance of a multiple resource', {
      context: { path: '/3442/0/1150/3', enabler: ['1.1', '1.2'] },
      payload: 'deadbeef',
      nodes: [opaque('/3442/0/1150/3', 'deadbeef')],
      encode: 'bytes',
    });
    for (const [name, path] of [
      ['object', '/3442'],
      ['instance', '/3442/0'],
      ['root', '/'],
    ])
      v.invalid(`level-${name}`, `bytes for ${path}`, { context: { path }, payload: '0102', error: NO_VALUE });
    v.invalid('level-multiple-resource', 'bytes for a resource with instances', {
      context: { path: '/3442/0/1150' },
      payload: '0102',
      error: NO_VALUE,
    });
    v.acceptable('level-instance-of-single', 'bytes for an instance of a resource that has none', {
      context: { path: `${OPAQUE}/0`, enabler: ['1.1', '1.2'] },
      payload: '0102',
      spec: ['core-1.2.2 6.3.1 inferred'],
      outcomes: [
        reject(
          {
            class: 'bad-path',
            alsoAccept: ['unsupported', 'bad-structure', 'bad-type'],
            coapCode: ['4.00', '4.04', '4.05'],
          },
          'a single resource has no instances',
        ),
        accept([opaque(`${OPAQUE}/0`, '0102')], 'left to the layer above'),
      ],
    });
    v.acceptable('level-executable', 'bytes as the value of an executable resource', {
      context: { path: '/3442/0/3', operation: 'write-replace', role: 'client' },
      payload: '0102',
      spec: ['core-1.2.2 6.3.3 inferred'],
      outcomes: [
        reject(
          { class: 'bad-type', alsoAccept: ['unsupported', 'bad-path'], coapCode: ['4.00', '4.05', '4.15'] },
          'it has no value',
        ),
        accept([opaque('/3442/0/3', '0102')], 'left to the layer above, which answers 4.05'),
      ],
    });
  });
  group('types', 'Resources of other types', { context: CONTEXT, flags: ['WrongType'], spec: SPEC }, (v) => {
    for (const [name, id] of [
      ['integer', 120],
      ['unsigned', 125],
      ['float', 130],
      ['boolean', 140],
      ['time', 160],
      ['objlnk', 170],
    ])
      v.invalid(`type-${name}`, `bytes for a resource of type ${name}`, {
        context: { path: `/3442/0/${id}` },
        payload: '31',
        error: NOT_OPAQUE,
      });
    v.acceptable('type-string', 'bytes for a string', {
      context: { path: STRING },
      payload: utf8('hello'),
      flags: ['StringAsBytes'],
      spec: ['core-1.2.2 7.5.2 inferred'],
      outcomes: [
        reject(NOT_OPAQUE, 'the format is for Opaque resources'),
        accept([string(STRING, 'hello')], 'its bytes are its text'),
        accept([opaque(STRING, utf8('hello'))], 'bytes are bytes'),
      ],
    });
    v.acceptable('type-corelnk', 'bytes for a Corelnk', {
      context: { path: '/3442/0/180' },
      payload: utf8('</3/0>'),
      flags: ['StringAsBytes'],
      spec: ['core-1.2.2 7.5.2 inferred'],
      outcomes: [
        reject(NOT_OPAQUE, 'the format is for Opaque resources'),
        accept([{ path: '/3442/0/180', type: 'corelnk', value: '</3/0>' }], 'its bytes are its text'),
        accept([opaque('/3442/0/180', utf8('</3/0>'))], 'bytes are bytes'),
      ],
    });
    v.acceptable('type-unknown-resource', 'bytes for a resource that the model lacks', {
      context: { path: '/3442/0/9999' },
      payload: '0102',
      flags: ['Level'],
      spec: ['core-1.2.2 6.3.3 inferred'],
      outcomes: [
        accept([opaque('/3442/0/9999', '0102')], 'the format tells the type'),
        reject({ class: 'bad-path', alsoAccept: ['unsupported'], coapCode: ['4.00', '4.04'] }, 'unknown'),
      ],
    });
    v.refuses('encode-integer', 'an integer', {
      context: { path: '/3442/0/120' },
      nodes: [integer('/3442/0/120', 5)],
      flags: ['NotEncodable'],
      error: CANNOT,
    });
    v.refuses('encode-two-resources', 'two values', {
      context: { path: '/3442/0' },
      nodes: [opaque(OPAQUE, '01'), opaque('/3442/0/151', '02')],
      flags: ['NotEncodable'],
      error: CANNOT,
    });
    v.refuses('encode-two-instances', 'two resource instances', {
      context: { path: '/3442/0/1150' },
      nodes: [opaque('/3442/0/1150/0', '01'), opaque('/3442/0/1150/1', '02')],
      flags: ['NotEncodable'],
      error: CANNOT,
    });
    v.refuses('encode-nothing', 'no value', { nodes: [], flags: ['NotEncodable'], error: CANNOT });
  });
}

export default family(
  {
    format: 'opaque',
    contentFormat: 42,
    header: ['Opaque, the bytes of one value: Core 1.0.2 §6.4.2, Core 1.1.1 §7.4.2, Core 1.2.2 §7.5.2.'],
    flags: {
      Basic: { kind: 'basic', description: 'an everyday payload' },
      Bytes: { kind: 'edge', description: 'every value of a byte' },
      BlockEdge: {
        kind: 'edge',
        description: 'lengths around the sizes of blocks',
        effect: 'a last block that is full or empty is lost or repeated',
      },
      LooksLike: {
        kind: 'edge',
        description: 'bytes that another decoder would read',
        effect: 'a decoder that guesses changes the value',
      },
      Empty: { kind: 'edge', description: 'no byte', effect: 'taken for an absent value' },
      Level: { kind: 'path', description: 'one value, at the level of a resource or a resource instance' },
      WrongType: { kind: 'type-mismatch', description: 'bytes for a number' },
      StringAsBytes: { kind: 'ambiguous-spec', description: 'bytes for a text' },
      NotEncodable: { kind: 'limit', description: 'nodes that have no such payload' },
    },
    models: ['test', 'security', 'firmware'],
  },
  ({ group }) => {
    bytes(group);
    levels(group);
  },
);

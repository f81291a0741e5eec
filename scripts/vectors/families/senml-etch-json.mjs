import { accept, family, reject } from '../lib/family.mjs';
import {
  boolean,
  float,
  integer,
  none,
  objlnk,
  opaque,
  orderedNodes,
  paths,
  string,
  time,
  unsigned,
} from '../lib/values.mjs';
import { SEVERAL } from '../lib/shared.mjs';
import { utf8 } from '../lib/bytes.mjs';
import { inBase, inName, pack, split, underBase } from '../emit/senml-json.mjs';
import { refuse } from './text/common.mjs';
import { BAD_TEXTS, BAD_VALUES, BLANKS } from './json-items.mjs';

/** @typedef {import('./text/common.mjs').Group} Group */

const FETCH = { model: 'core', path: '/', operation: 'read-composite', role: 'client', enabler: ['1.2'] };
const PATCH = { model: 'core', path: '/', operation: 'write-composite', role: 'client', enabler: ['1.2'] };
const NULL = { raw: 'null' };

/** @param {Group} group */
function fetch(group) {
  group(
    'fetch',
    'FETCH: names without values',
    { context: FETCH, flags: ['Fetch'], spec: ['rfc8790 3.1 MUST', 'core-1.2.2 6.3.8 MUST'] },
    (v) => {
      for (const path of ['/', '/3', '/3/0', '/3/0/9', '/3/0/6/1'])
        v.valid(`fetch-one-${path.split('/').filter(Boolean).join('-') || 'root'}`, path, {
          text: pack({ n: path }),
          decoded: paths(path),
          encode: 'semantic',
        });
      v.valid('fetch-three', 'three resources', {
        text: pack({ n: '/3/0/0' }, { n: '/3/0/9' }, { n: '/1/0/1' }),
        decoded: paths('/3/0/0', '/3/0/9', '/1/0/1'),
        encode: 'semantic',
        encodings: [{ text: pack({ bn: '/3/0/', n: '0' }, { n: '9' }, { bn: '/1/0/1' }), why: 'with base names' }],
      });
      v.valid('fetch-base-name', 'with a base name', {
        text: pack({ bn: '/3/0/', n: '0' }, { n: '9' }, { bn: '/1/0/1' }),
        decoded: paths('/3/0/0', '/3/0/9', '/1/0/1'),
      });
      v.valid('fetch-base-alone', 'the base name alone', { text: pack({ bn: '/3/0/9' }), decoded: paths('/3/0/9') });
      v.valid('fetch-base-then-empty-name', 'a base name and an empty name', {
        text: pack({ bn: '/3/0/9', n: '' }),
        decoded: paths('/3/0/9'),
      });
      v.valid('fetch-observe', 'the body of an Observe-Composite', {
        context: { operation: 'observe-composite' },
        text: pack({ n: '/3/0/9' }, { n: '/3/0/13' }),
        decoded: paths('/3/0/9', '/3/0/13'),
        encode: 'semantic',
      });
      v.valid('fetch-bver-10', 'version 10', {
        text: pack({ bver: 10, n: '/3/0/9' }),
        decoded: paths('/3/0/9'),
        flags: ['Fetch', 'Version'],
      });
      v.valid('fetch-unknown-label', 'an unknown label', {
        text: pack({ n: '/3/0/9', x: 1 }),
        decoded: paths('/3/0/9'),
      });
      v.valid('fetch-name-before-base', 'name before base name', {
        text: pack({ n: '9', bn: '/3/0/' }),
        decoded: paths('/3/0/9'),
      });
      v.valid('fetch-unknown-object', 'an object that the client lacks: the answer leaves it out', {
        text: pack({ n: '/3/0/9' }, { n: '/9999/0' }),
        decoded: paths('/3/0/9', '/9999/0'),
      });
      v.valid('fetch-blanks', 'blanks between tokens', {
        text: BLANKS(pack({ n: '/3/0/9' })),
        decoded: paths('/3/0/9'),
      });
      for (const [name, field] of /** @type {[string, Record<string, any>][]} */ ([
        ['v', { v: 5 }],
        ['vs', { vs: 'a' }],
        ['vb', { vb: { raw: 'true' } }],
        ['vd', { vd: 'AQ' }],
        ['vlo', { vlo: '3:0' }],
        ['null', { v: NULL }],
      ]))
        v.invalid(`fetch-with-${name}`, `a record with ${name}`, {
          text: pack({ n: '/3/0/9', ...field }),
          error: refuse('bad-structure', 'unknown-label', 'bad-type'),
        });
      v.invalid('fetch-with-value-second', 'a value in the second record', {
        text: pack({ n: '/3/0/0' }, { n: '/3/0/9', v: 5 }),
        error: refuse('bad-structure'),
      });
      for (const label of ['s', 'ut', 'bv', 'bs'])
        v.acceptable(`fetch-with-${label}`, `a record with ${label}`, {
          text: pack({ n: '/3/0/9', [label]: 5 }),
          flags: ['UselessLabel'],
          spec: ['rfc8790 3.1 inferred'],
          outcomes: [
            reject(refuse('bad-structure', 'unknown-label', 'unsupported'), 'not among the fields of a Fetch record'),
            accept(paths('/3/0/9'), 'passed over'),
          ],
        });
      for (const [label, field] of /** @type {[string, any][]} */ ([
        ['t', 5],
        ['bt', 5],
        ['u', 'Cel'],
        ['bu', 'Cel'],
      ]))
        v.acceptable(`fetch-with-${label}`, `a record with ${label}: allowed in SenML, without use here`, {
          text: pack({ n: '/3/0/9', [label]: field }),
          flags: ['UselessLabel'],
          spec: ['rfc8790 3.1 MAY'],
          outcomes: [
            accept(paths('/3/0/9'), 'passed over'),
            reject(refuse('bad-structure', 'unsupported', 'unknown-label'), 'no record has such a time or unit'),
          ],
        });
      v.invalid('fetch-no-name', 'neither name nor base name', {
        text: '[{}]',
        error: refuse('bad-structure', 'bad-path'),
      });
      v.invalid('fetch-must-understand', 'label x_', {
        text: pack({ n: '/3/0/9', x_: 1 }),
        flags: ['MustUnderstand'],
        spec: ['rfc8428 4.4 MUST'],
        error: refuse('unknown-label', 'bad-structure'),
      });
      v.invalid('fetch-bver-11', 'version 11', {
        text: pack({ bver: 11, n: '/3/0/9' }),
        flags: ['Version'],
        spec: ['rfc8428 4.1 MUST'],
        error: refuse('unsupported', 'bad-value'),
      });
      v.acceptable('fetch-empty', 'no record', {
        text: '[]',
        spec: ['rfc8790 3.1 inferred'],
        outcomes: [reject(refuse('bad-structure'), 'a request for nothing'), accept(paths(), 'nothing is asked for')],
      });
      v.acceptable('fetch-twice', 'one path twice', {
        text: pack({ n: '/3/0/9' }, { n: '/3/0/9' }),
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [
          accept(paths('/3/0/9', '/3/0/9'), 'as written'),
          accept(paths('/3/0/9'), 'once'),
          reject(refuse('duplicate'), 'a path twice'),
        ],
      });
      v.acceptable('fetch-overlap', 'a path and one below it', {
        text: pack({ n: '/3/0' }, { n: '/3/0/9' }),
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [
          accept(paths('/3/0', '/3/0/9'), 'each target is answered once'),
          reject(refuse('duplicate', 'bad-structure'), 'a path twice'),
        ],
      });
      for (const [name, path] of [
        ['five-ids', '/3/0/6/0/0'],
        ['no-slash', '3/0'],
        ['letters', '/device'],
        ['65536', '/3/65536'],
        ['double-slash', '/3//0'],
        ['trailing-slash', '/3/0/'],
      ])
        v.invalid(`fetch-bad-${name}`, `path ${JSON.stringify(path)}`, {
          text: pack({ n: path ?? '' }),
          flags: ['BadPath'],
          spec: ['core-1.2.2 7.5.6 MUST'],
          error: refuse('bad-path', 'out-of-range', 'too-deep'),
        });
      v.invalid('fetch-name-number', 'a number as name', {
        text: pack({ n: { raw: '9' } }),
        flags: ['BadPath'],
        spec: ['rfc8428 4.3 MUST'],
        error: refuse('bad-type', 'bad-path', 'bad-structure'),
      });
    },
  );
}

/** @param {Group} group */
function patch(group) {
  group(
    'patch',
    'iPATCH: values and deletions',
    { context: PATCH, flags: ['Patch'], spec: ['rfc8790 3.2 MUST', 'core-1.2.2 6.3.9 MUST'] },
    (v) => {
      for (const node of [
        integer('/3442/0/120', -300),
        integer('/3442/0/120', '9007199254740993'),
        unsigned('/3442/0/125', '18446744073709551615'),
        float('/3442/0/130', 21.5),
        boolean('/3442/0/140', false),
        string('/3442/0/110', 'é'),
        opaque('/3442/0/150', 'fbffbf'),
        time('/3442/0/160', 1700000000),
        objlnk('/3442/0/170', '3:0'),
      ]) {
        const name = `${node.type}${node.value === '9007199254740993' ? '-2p53-plus-1' : ''}`;
        v.valid(`patch-value-${name}`, `a value of type ${node.type}`, {
          context: { model: 'test' },
          text: pack(inName(node)),
          nodes: [node],
          encode: 'semantic',
          encodings: [
            { text: pack(inBase(node)), why: 'full path in the base name' },
            { text: pack(split(node)), why: 'base name then name' },
          ],
        });
      }
      const several = SEVERAL['server-1-0']?.nodes ?? [];
      v.valid('patch-server', 'a whole Server instance', {
        text: pack(...underBase('/1/0/', several)),
        nodes: several,
        encode: 'semantic',
        equivalent: 'server-1-0',
      });
      v.valid('patch-two-objects', 'two objects', {
        text: pack({ n: '/1/0/1', v: 600 }, { n: '/3/0/14', vs: '+02:00' }),
        nodes: [integer('/1/0/1', 600), string('/3/0/14', '+02:00')],
        encode: 'semantic',
      });
      v.valid('patch-delete', 'null deletes a resource instance', {
        text: pack({ n: '/2/0/2/127', v: NULL }),
        nodes: [none('/2/0/2/127')],
        encode: 'semantic',
        flags: ['Delete'],
      });
      v.valid('patch-delete-missing', 'null for an instance that is not there changes nothing', {
        text: pack({ n: '/2/0/2/999', v: NULL }),
        nodes: [none('/2/0/2/999')],
        flags: ['Delete'],
      });
      v.valid('patch-delete-and-set', 'one deleted, another set', {
        text: pack({ bn: '/2/0/2/', n: '127', v: NULL }, { n: '310', v: 7 }),
        decoded: orderedNodes(none('/2/0/2/127'), integer('/2/0/2/310', 7)),
        encode: 'semantic',
        flags: ['Delete'],
      });
      v.valid('patch-two-deletions', 'two deleted', {
        text: pack({ bn: '/2/0/2/', n: '127', v: NULL }, { n: '310', v: NULL }),
        nodes: [none('/2/0/2/127'), none('/2/0/2/310')],
        flags: ['Delete'],
      });
      v.acceptable('patch-set-then-delete', 'one instance set, then deleted: it is gone', {
        text: pack({ n: '/2/0/2/127', v: 1 }, { n: '/2/0/2/127', v: NULL }),
        flags: ['Delete', 'PatchOrder'],
        spec: ['rfc8790 3.2 inferred'],
        outcomes: [
          accept(orderedNodes(integer('/2/0/2/127', 1), none('/2/0/2/127')), 'records count in their order'),
          reject(refuse('duplicate'), 'one name twice'),
        ],
      });
      v.acceptable('patch-delete-then-set', 'one instance deleted, then set: it is there', {
        text: pack({ n: '/2/0/2/127', v: NULL }, { n: '/2/0/2/127', v: 1 }),
        flags: ['Delete', 'PatchOrder'],
        spec: ['rfc8790 3.2 inferred'],
        outcomes: [
          accept(orderedNodes(none('/2/0/2/127'), integer('/2/0/2/127', 1)), 'records count in their order'),
          reject(refuse('duplicate'), 'one name twice'),
        ],
      });
      for (const path of ['/3/0/14', '/1/1', '/5'])
        v.acceptable(
          `patch-delete-level-${path.split('/').length - 1}`,
          `null for ${path}, which is no resource instance`,
          {
            text: pack({ n: path, v: NULL }),
            flags: ['Delete', 'DeleteLevel'],
            spec: ['core-1.2.2 6.3.9 inferred'],
            outcomes: [
              reject(
                { class: 'bad-path', alsoAccept: ['bad-type', 'bad-structure'], coapCode: ['4.00', '4.05'] },
                'only resource instances are deleted so',
              ),
              accept([none(path)], 'left to the layer above, which answers 4.00 or 4.05'),
            ],
          },
        );
      for (const label of ['vs', 'vb', 'vd', 'vlo'])
        v.invalid(`patch-null-under-${label}`, `null under ${label}`, {
          text: pack({ n: '/2/0/2/127', [label]: NULL }),
          flags: ['Delete'],
          spec: ['rfc8790 3.2 MUST', 'core-1.2.2 7.5.6 MUST'],
          error: refuse('bad-type', 'bad-structure'),
        });
      v.invalid('patch-null-text', 'the word null as a string', {
        text: pack({ n: '/2/0/2/127', v: { raw: '"null"' } }),
        flags: ['Delete'],
        error: refuse('bad-type', 'bad-structure'),
      });
      v.invalid('patch-no-value', 'a record without value', {
        text: pack({ n: '/3/0/14' }),
        error: refuse('bad-structure'),
      });
      v.invalid('patch-no-value-second', 'a second record without value', {
        text: pack({ n: '/1/0/1', v: 1 }, { n: '/3/0/14' }),
        error: refuse('bad-structure'),
      });
      v.invalid('patch-two-values', 'two values in one record', {
        text: pack({ n: '/3/0/14', vs: 'a', v: 1 }),
        error: refuse('bad-structure', 'bad-type'),
      });
      v.invalid('patch-null-and-value', 'null and a value', {
        text: pack({ n: '/2/0/2/127', v: NULL, vs: 'a' }),
        flags: ['Delete'],
        error: refuse('bad-structure', 'bad-type'),
      });
      v.invalid('patch-must-understand', 'label x_', {
        text: pack({ n: '/1/0/1', v: 1, x_: 1 }),
        flags: ['MustUnderstand'],
        spec: ['rfc8428 4.4 MUST'],
        error: refuse('unknown-label', 'bad-structure'),
      });
      v.valid('patch-unknown-label', 'an unknown label', {
        text: pack({ n: '/1/0/1', v: 1, x: NULL }),
        nodes: [integer('/1/0/1', 1)],
      });
      v.invalid('patch-bver-11', 'version 11', {
        text: pack({ bver: 11, n: '/1/0/1', v: 1 }),
        flags: ['Version'],
        spec: ['rfc8428 4.1 MUST'],
        error: refuse('unsupported', 'bad-value'),
      });
      for (const [name, path] of [
        ['five-ids', '/2/0/2/0/0'],
        ['no-slash', '3/0/14'],
        ['65536', '/1/0/65536'],
        ['instance', '/3/0'],
        ['root', '/'],
      ])
        v.invalid(`patch-bad-${name}`, `a value at ${JSON.stringify(path)}`, {
          text: pack({ n: path ?? '', v: 5 }),
          flags: ['BadPath'],
          spec: ['core-1.2.2 7.5.6 MUST'],
          error: refuse('bad-path', 'out-of-range', 'too-deep', 'bad-structure', 'bad-type'),
        });
      v.invalid('patch-wrong-type', 'a text for an Integer: nothing of the pack is applied', {
        text: pack({ n: '/3/0/14', vs: '+02:00' }, { n: '/1/0/1', vs: '600' }),
        error: refuse('bad-type'),
      });
      v.acceptable('patch-empty', 'no record', {
        text: '[]',
        spec: ['rfc8790 3.2 inferred'],
        outcomes: [reject(refuse('bad-structure'), 'a change of nothing'), accept([], 'nothing is changed')],
      });
      v.acceptable('patch-time', 'a record with a time', {
        text: pack({ n: '/1/0/1', v: 1, t: 5 }),
        flags: ['UselessLabel'],
        spec: ['core-1.2.2 7.5.6 inferred'],
        outcomes: [
          reject(refuse('unsupported', 'bad-structure', 'unknown-label'), 'nothing is written into the past'),
          accept([{ ...integer('/1/0/1', 1), time: '5' }], 'as written'),
          accept([integer('/1/0/1', 1)], 'passed over'),
        ],
      });
    },
  );
  group(
    'plain',
    'Null outside ETCH',
    { context: { ...PATCH, contentFormat: 110 }, flags: ['PlainNull'], spec: ['core-1.2.2 7.5.6 MUST'] },
    (v) => {
      v.invalid('null-in-110', 'the deletion in plain SenML JSON', {
        text: pack({ n: '/2/0/2/127', v: NULL }),
        error: refuse('bad-type', 'bad-structure'),
      });
    },
  );
}

/** @param {Group} group */
function malformed(group) {
  group(
    'malformed',
    'No pack',
    { context: PATCH, flags: ['Malformed'], spec: ['rfc8428 5 MUST', 'rfc8259 2 MUST'] },
    (v) => {
      const good = pack({ n: '/1/0/1', v: 600 });
      for (const [name, text] of [
        ['object', '{"n":"/1/0/1","v":600}'],
        ['null', 'null'],
        ['number', '5'],
        ['string', '"a"'],
        ['record-number', '[5]'],
        ['record-null', '[null]'],
        ['record-array', '[[]]'],
      ])
        v.invalid(`root-${name}`, (name ?? '').replace('-', ' '), {
          text: text ?? '',
          error: refuse('bad-structure', 'bad-type', 'not-well-formed'),
        });
      v.invalid('empty-payload', 'no byte', {
        text: '',
        error: refuse('truncated', 'not-well-formed', 'bad-structure'),
      });
      for (const { name, comment, text, error } of BAD_TEXTS(good))
        v.invalid(`text-${name}`, comment, {
          text,
          error: refuse(
            error,
            ...['not-well-formed', 'trailing-data', 'truncated', 'bad-structure'].filter((other) => other !== error),
          ),
        });
      for (const { name, comment, text } of BAD_VALUES)
        v.invalid(`value-${name}`, comment, {
          text: pack({ n: '/1/0/1', v: text }),
          spec: ['rfc8259 3 MUST', 'rfc8259 6 MUST'],
          error: refuse('not-well-formed', 'truncated', 'bad-value', 'bad-type'),
        });
      v.invalid('nul-inside', 'a NUL between tokens', {
        text: good.replace(',', ',\u0000'),
        error: refuse('not-well-formed', 'bad-structure'),
      });
      v.invalid('comma-after-record', 'a comma after the last record', {
        text: `${good.slice(0, -1)},]`,
        error: refuse('not-well-formed', 'bad-structure', 'truncated'),
      });
      v.acceptable('bom', 'a byte order mark', {
        payload: `efbbbf${utf8(good)}`,
        spec: ['rfc8259 8.1 inferred'],
        outcomes: [
          reject(refuse('not-well-formed', 'bad-structure', 'invalid-utf8'), 'a sender must not put it there'),
          accept([integer('/1/0/1', 600)], 'a receiver may pass over it'),
        ],
      });
      for (let length = 1; length < good.length; length += 4)
        v.invalid(`prefix-${length}`, `the first ${length} of ${good.length} characters`, {
          text: good.slice(0, length),
          error: refuse('truncated', 'not-well-formed', 'bad-structure'),
        });
      v.invalid('bad-utf8-name', 'a name that is no UTF-8', {
        payload: utf8(good).replace('2f312f302f31', '2fff2f302f31'),
        spec: ['rfc8259 8.1 MUST'],
        error: refuse('invalid-utf8', 'not-well-formed', 'bad-path'),
      });
    },
  );
}

export default family(
  {
    format: 'senml-etch-json',
    contentFormat: 320,
    header: [
      'SenML-ETCH JSON, the bodies of FETCH and iPATCH: RFC 8790, Core 1.2.2 §7.5.6, §6.3.8, §6.3.9.',
      'In a decoded iPATCH a node of type none stands for null, the deletion of a resource instance; RFC 8790 answers a bad pack with 4.22, LwM2M with 4.00.',
    ],
    flags: {
      Fetch: { kind: 'version', description: 'names without values' },
      Patch: { kind: 'version', description: 'values and deletions' },
      Delete: { kind: 'edge', description: 'null under v deletes' },
      DeleteLevel: { kind: 'ambiguous-spec', description: 'null for what is no resource instance' },
      PatchOrder: { kind: 'ambiguous-spec', description: 'one name in two records: their order decides' },
      PlainNull: { kind: 'version', description: 'null in plain SenML' },
      UselessLabel: { kind: 'ambiguous-spec', description: 'labels without use in these bodies' },
      MustUnderstand: { kind: 'malformed', description: 'a label that ends in an underscore must be understood' },
      Version: { kind: 'version', description: 'base version' },
      BadPath: { kind: 'path', description: 'a resolved name that is no path' },
      Malformed: { kind: 'malformed', description: 'no JSON, or no array of objects' },
    },
    models: ['core', 'test'],
  },
  ({ group }) => {
    fetch(group);
    patch(group);
    malformed(group);
  },
);

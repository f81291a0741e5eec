import { accept, family, reject } from '../lib/family.mjs';
import { boolean, float, integer, objlnk, opaque, paths, string, time, unsigned } from '../lib/values.mjs';
import { utf8 } from '../lib/bytes.mjs';
import * as emit from '../emit/senml-json.mjs';
import { refuse } from './text/common.mjs';
import { BAD_TEXTS, BAD_VALUES, BLANKS } from './json-items.mjs';
import { fetch, patch, PATCH } from './senml-etch/bodies.mjs';

/** @typedef {import('./text/common.mjs').Group} Group */

const { pack } = emit;
const NULL = { raw: 'null' };

/** @type {import('./senml-etch/bodies.mjs').Form} */
const FORM = {
  section: '7.5.6',
  body: (...records) => ({ text: pack(...records) }),
  emit,
  nil: NULL,
  wrongLabel: ['bad-type'],
  mustUnderstand: ['bad-structure'],
  unknown: NULL,
  values: [
    ['', integer('/3442/0/120', -300)],
    ['-2p53-plus-1', integer('/3442/0/120', '9007199254740993')],
    ['', unsigned('/3442/0/125', '18446744073709551615')],
    ['', float('/3442/0/130', 21.5)],
    ['', boolean('/3442/0/140', false)],
    ['', string('/3442/0/110', 'é')],
    ['', opaque('/3442/0/150', 'fbffbf')],
    ['', time('/3442/0/160', 1700000000)],
    ['', objlnk('/3442/0/170', '3:0')],
  ],
  moreFetch(v) {
    v.valid('fetch-base-alone', 'the base name alone', { text: pack({ bn: '/3/0/9' }), decoded: paths('/3/0/9') });
    v.valid('fetch-base-then-empty-name', 'a base name and an empty name', {
      text: pack({ bn: '/3/0/9', n: '' }),
      decoded: paths('/3/0/9'),
    });
    v.valid('fetch-bver-10', 'version 10', {
      text: pack({ bver: 10, n: '/3/0/9' }),
      decoded: paths('/3/0/9'),
      flags: ['Fetch', 'Version'],
    });
    v.valid('fetch-name-before-base', 'name before base name', {
      text: pack({ n: '9', bn: '/3/0/' }),
      decoded: paths('/3/0/9'),
    });
    v.valid('fetch-blanks', 'blanks between tokens', {
      text: BLANKS(pack({ n: '/3/0/9' })),
      decoded: paths('/3/0/9'),
    });
    v.invalid('fetch-name-number', 'a number as name', {
      text: pack({ n: { raw: '9' } }),
      flags: ['BadPath'],
      spec: ['rfc8428 4.3 MUST'],
      error: refuse('bad-type', 'bad-path', 'bad-structure'),
    });
  },
  morePatch(v) {
    v.invalid('patch-null-text', 'the word null as a string', {
      text: pack({ n: '/2/0/2/127', v: { raw: '"null"' } }),
      flags: ['Delete'],
      error: refuse('bad-type', 'bad-structure'),
    });
    v.invalid('patch-null-and-value', 'null and a value', {
      text: pack({ n: '/2/0/2/127', v: NULL, vs: 'a' }),
      flags: ['Delete'],
      error: refuse('bad-structure', 'bad-type'),
    });
  },
};

/** @param {Group} group */
function plain(group) {
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
    fetch(group, FORM);
    patch(group, FORM);
    plain(group);
    malformed(group);
  },
);

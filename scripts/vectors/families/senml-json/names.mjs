/** Names, base names, paths without values: what only SenML JSON has. */
import { accept, reject } from '../../lib/family.mjs';
import { integer, paths, string } from '../../lib/values.mjs';
import { pack } from '../../emit/senml-json.mjs';
import { DEVICE, ONE, SEND } from '../senml/form.mjs';
import { badNames, joining, large, pathLists } from '../senml/names.mjs';
import { refuse } from '../text/common.mjs';
import { FORM } from './form.mjs';

/** @typedef {import('../senml/form.mjs').More} More */

/** @type {More} */
function moreJoining(v) {
  const battery = [integer('/3/0/9', 5)];
  for (const [name, fields] of /** @type {[string, Record<string, any>][]} */ ([
    ['base-last', { n: '9', ...ONE, bn: '/3/0/' }],
    ['value-first', { ...ONE, n: '9', bn: '/3/0/' }],
    ['escaped-slashes', { n: { raw: '"\\/3\\/0\\/9"' }, ...ONE }],
    ['escaped-digits', { n: { raw: '"/3/0/\\u0039"' }, ...ONE }],
  ]))
    v.valid(`name-${name}`, name.replaceAll('-', ' '), { text: pack(fields), nodes: battery });
  v.valid('name-escaped-label', 'the label n with an escape', {
    text: '[{"\\u006e":"/3/0/9","v":5}]',
    nodes: battery,
  });
  v.valid('resource-instance-alone', 'one resource instance, asked for', {
    context: { path: '/3/0/6/1' },
    text: pack({ n: '/3/0/6/1', v: 5 }),
    nodes: [integer('/3/0/6/1', 5)],
    encode: 'semantic',
  });
  v.valid('write-two-objects', 'lifetime and UTC offset in one write', {
    context: { model: 'core', path: '/', operation: 'write-composite', role: 'client' },
    text: pack({ n: '/1/0/1', v: 600 }, { n: '/3/0/14', vs: '+02:00' }),
    nodes: [integer('/1/0/1', 600), string('/3/0/14', '+02:00')],
    encode: 'semantic',
  });
  v.valid('send-two-objects', 'two objects in one Send', {
    context: SEND,
    text: pack({ n: '/3/0/9', v: 85 }, { n: '/1/0/1', v: 600 }),
    nodes: [integer('/3/0/9', 85), integer('/1/0/1', 600)],
    encode: 'semantic',
  });
}

/** @type {More} */
function moreBadPaths(v) {
  for (const [name, path] of [
    ['nul', '/3/0/9\u0000'],
    ['foreign-digit', '/3/0/\u0669'],
  ])
    v.invalid(`path-${name}`, `name ${JSON.stringify(path)}`, {
      text: pack({ n: path ?? '', ...ONE }),
      error: refuse('bad-path', 'out-of-range', 'outside-base', 'bad-structure', 'too-deep', 'bad-type'),
    });
  v.acceptable('path-id-65535', 'the reserved identifier 65535', {
    text: pack({ n: '/3/0/65535', ...ONE }),
    spec: ['core-1.2.2 7.3.1 inferred'],
    outcomes: [
      reject(refuse('bad-path', 'out-of-range', 'bad-value', 'unsupported'), 'no identifier may be 65535'),
      accept([integer('/3/0/65535', 5)], 'left to the layer above'),
      accept([], 'an unknown resource is passed over'),
    ],
  });
  for (const [name, raw] of [
    ['integer', '9'],
    ['null', 'null'],
    ['array', '["/3/0/9"]'],
    ['object', '{}'],
  ])
    v.invalid(`name-as-${name}`, `${raw} as name`, {
      text: pack({ n: { raw: raw ?? '' }, ...ONE }),
      error: refuse('bad-type', 'bad-path', 'bad-structure'),
    });
}

/** @type {More} */
function morePrefixes(v) {
  v.invalid(
    'gateway-double-slash',
    'base name /d01/3/0/ and name /9, as the Read-Composite example of the Gateway prints them',
    {
      context: { path: '/', operation: 'send', role: 'server' },
      text: pack({ bn: '/d01/3/0/', n: '/9', ...ONE }),
      flags: ['BadPath'],
      spec: ['core-1.2.2 7.5.6 MUST'],
      error: refuse('bad-path', 'outside-base'),
      erratum: { ref: 'Gateway 1.1.1 example of Read-Composite', form: 'printed', pair: 'gateway-prefix' },
    },
  );
}

/** @type {More} */
function morePathLists(v) {
  v.valid('paths-three', 'three resources', {
    text: pack({ n: '/3/0/0' }, { n: '/3/0/9' }, { n: '/1/0/1' }),
    decoded: paths('/3/0/0', '/3/0/9', '/1/0/1'),
    encode: 'semantic',
    encodings: [{ text: pack({ bn: '/3/0/', n: '0' }, { n: '9' }, { bn: '/1/0/1' }), why: 'with base names' }],
  });
  v.valid('paths-unknown-label', 'an unknown label', {
    text: pack({ n: '/3/0/9', x: { raw: '[{}]' } }),
    decoded: paths('/3/0/9'),
  });
  for (const [name, fields] of /** @type {[string, Record<string, any>][]} */ ([
    ['value', { v: 5 }],
    ['string', { vs: 'x' }],
    ['boolean', { vb: { raw: 'true' } }],
    ['data', { vd: 'AQ' }],
    ['link', { vlo: '3:0' }],
    ['null', { v: { raw: 'null' } }],
  ]))
    v.invalid(`paths-with-${name}`, `a ${name} in the request`, {
      text: pack({ n: '/3/0/9', ...fields }),
      error: refuse('bad-structure', 'bad-type'),
    });
  v.invalid('paths-with-second-string', 'a string in the second record', {
    text: pack({ n: '/3/0/9' }, { n: '/3/0/0', vs: 'x' }),
    error: refuse('bad-structure'),
  });
}

/** @type {More} */
function moreLarge(v) {
  const few = Array.from({ length: 15 }, (_, i) => i);
  v.valid('records-mixed', 'two resources in turn', {
    text: pack(...few.map((i) => ({ n: i % 2 ? `/3/0/11/${i}` : `/3/0/6/${i}`, v: i % 2 ? i : -i }))),
    nodes: few.map((i) => (i % 2 ? integer(`/3/0/11/${i}`, i) : integer(`/3/0/6/${i}`, -i))),
  });
}

/** @param {import('../text/common.mjs').Group} group */
export function names(group) {
  joining(group, FORM, moreJoining);
  badNames(group, FORM, { paths: moreBadPaths, prefixes: morePrefixes });
  pathLists(group, FORM, morePathLists);
  large(group, FORM, moreLarge);
}

/** Names, base names, paths without values: what only SenML CBOR has. */
import { integer, paths, string } from '../../lib/values.mjs';
import * as c from '../../emit/cbor.mjs';
import { pack, pairs, record } from '../../emit/senml-cbor.mjs';
import { DEVICE, ONE } from '../senml/form.mjs';
import { badNames, joining, large, pathLists } from '../senml/names.mjs';
import { FORM } from './form.mjs';
import { refuse, SPEC } from './values.mjs';

/** @typedef {import('../senml/form.mjs').More} More */

/** @type {More} */
function moreJoining(v) {
  v.valid('base-after-value', 'the base name as the last label of its record', {
    payload: c.array(c.map(...pairs({ n: '9', ...ONE, bn: '/3/0/' }))),
    nodes: [integer('/3/0/9', 5)],
    flags: ['BaseName', 'KeyOrder'],
  });
}

/** @param {import('../cbor.mjs').Group} group */
function keyOrder(group) {
  group('key-order', 'Labels in other orders', { context: DEVICE, flags: ['KeyOrder'], spec: SPEC }, (v) => {
    const nodes = [integer('/3/0/9', 5)];
    const orders = [
      ['v', 'n', 'bn'],
      ['n', 'v', 'bn'],
      ['bn', 'v', 'n'],
      ['n', 'bn', 'v'],
      ['v', 'bn', 'n'],
    ];
    const fields = /** @type {Record<string, any>} */ ({ bn: '/3/0/', n: '9', ...ONE });
    for (const order of orders)
      v.valid(`order-${order.join('-')}`, `labels in the order ${order.join(', ')}`, {
        payload: c.array(c.map(...order.flatMap((label) => pairs({ [label]: fields[label] })))),
        nodes,
      });
  });
}

/** @type {More} */
function moreBadPaths(v) {
  for (const [name, comment, raw] of [
    ['name-as-integer', 'a number as name', '09'],
    ['name-as-bytes', 'bytes as name', c.bytes('2f332f302f39')],
    ['name-null', 'null as name', c.NULL],
  ])
    v.invalid(name, comment, {
      payload: pack({ n: { raw: raw ?? '' }, ...ONE }),
      error: refuse('bad-type', 'bad-path'),
    });
}

/** @type {More} */
function morePathLists(v) {
  v.valid('paths-three', 'three resources', {
    payload: pack({ n: '/3/0/0' }, { n: '/3/0/9' }, { n: '/1/0/1' }),
    decoded: paths('/3/0/0', '/3/0/9', '/1/0/1'),
    encode: 'semantic',
  });
  v.invalid('paths-with-value', 'a value in the request', {
    payload: pack({ n: '/3/0/9', ...ONE }),
    error: refuse('bad-structure'),
  });
  v.invalid('paths-with-string', 'a string in the second record', {
    payload: pack({ n: '/3/0/9' }, { n: '/3/0/0', vs: c.text('x') }),
    error: refuse('bad-structure'),
  });
}

/** @type {More} */
function moreLarge(v) {
  const few = Array.from({ length: 15 }, (_, i) => i);
  v.valid('records-mixed', 'strings and numbers in turn', {
    payload: c.array(...few.map((i) => record({ n: i % 2 ? `/3/0/11/${i}` : `/3/0/6/${i}`, v: i % 2 ? i : -i }))),
    nodes: few.map((i) => (i % 2 ? integer(`/3/0/11/${i}`, i) : integer(`/3/0/6/${i}`, -i))),
  });
  v.valid('record-long-text', 'a text of 70,000 bytes', {
    payload: pack({ n: '/3/0/0', vs: c.text('y'.repeat(70_000)) }),
    nodes: [string('/3/0/0', 'y'.repeat(70_000))],
  });
}

/** @param {import('../cbor.mjs').Group} group */
export function names(group) {
  joining(group, FORM, moreJoining);
  keyOrder(group);
  badNames(group, FORM, { paths: moreBadPaths, prefixes: () => undefined });
  pathLists(group, FORM, morePathLists);
  large(group, FORM, moreLarge);
}

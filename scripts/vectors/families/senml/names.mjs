/** Names, base names, paths without values: of SenML in either format. */
import { accept, reject } from '../../lib/family.mjs';
import { behind, integer, paths, time } from '../../lib/values.mjs';
import { refuse } from '../text/common.mjs';
import { DEVICE, ONE, SEND } from './form.mjs';

/**
 * @typedef {import('../text/common.mjs').Group} Group
 * @typedef {import('./form.mjs').Form} Form
 * @typedef {import('./form.mjs').More} More
 */

const COMPOSITE = { model: 'core', path: '/', operation: 'read-composite', role: 'client', enabler: ['1.1', '1.2'] };

/** @param {Group} group @param {Form} form @param {More} more */
export function joining(group, { spec, body }, more) {
  group(
    'base-name',
    'Base name and name',
    { context: DEVICE, flags: ['BaseName'], spec: [...spec, 'rfc8428 4.5.1 MUST'] },
    (v) => {
      const battery = [integer('/3/0/9', 5)];
      for (const [name, fields] of /** @type {[string, Record<string, any>][]} */ ([
        ['in-name', { n: '/3/0/9', ...ONE }],
        ['in-base', { bn: '/3/0/9', ...ONE }],
        ['empty-base', { bn: '', n: '/3/0/9', ...ONE }],
        ['empty-name', { bn: '/3/0/9', n: '', ...ONE }],
        ['split-after-slash', { bn: '/', n: '3/0/9', ...ONE }],
        ['split-before-slash', { bn: '/3/0', n: '/9', ...ONE }],
        ['split-after-object', { bn: '/3/', n: '0/9', ...ONE }],
        ['split-before-instance', { bn: '/3', n: '/0/9', ...ONE }],
      ]))
        v.valid(`name-${name}`, name.replaceAll('-', ' '), { ...body(fields), nodes: battery });
      v.valid('name-split-inside-number', 'base name /3/0/1 and name 3 are /3/0/13', {
        ...body({ bn: '/3/0/1', n: '3', v: 1367491215 }),
        nodes: [time('/3/0/13', 1367491215)],
      });
      v.valid('base-persists', 'the base name holds for the records after it', {
        ...body({ bn: '/3/0/', n: '9', ...ONE }, { n: '10', v: 15 }),
        nodes: [integer('/3/0/9', 5), integer('/3/0/10', 15)],
      });
      v.valid('base-replaced', 'a second base name', {
        context: SEND,
        ...body({ bn: '/3/0/', n: '9', ...ONE }, { bn: '/1/0/', n: '1', v: 86400 }),
        nodes: [integer('/3/0/9', 5), integer('/1/0/1', 86400)],
      });
      v.valid('base-cleared', 'an empty base name ends the first', {
        context: SEND,
        ...body({ bn: '/3/0/', n: '9', ...ONE }, { bn: '', n: '/1/0/1', v: 86400 }),
        nodes: [integer('/3/0/9', 5), integer('/1/0/1', 86400)],
      });
      v.valid('base-in-later-record', 'the base name comes with the second record', {
        ...body({ n: '/3/0/9', ...ONE }, { bn: '/3/0/', n: '10', v: 15 }),
        nodes: [integer('/3/0/9', 5), integer('/3/0/10', 15)],
      });
      v.valid('resource-instances', 'resource instances under one base', {
        ...body({ bn: '/3/0/6/', n: '0', v: 1 }, { n: '1', v: 5 }),
        nodes: [integer('/3/0/6/0', 1), integer('/3/0/6/1', 5)],
      });
      more(v);
    },
  );
}

/** @param {Group} group @param {Form} form @param {{ paths: More, prefixes: More }} more */
export function badNames(group, { section, older, identifiers, body }, more) {
  group(
    'bad-paths',
    'Names that are no path',
    { context: DEVICE, flags: ['BadPath'], spec: [`core-1.2.2 ${section} MUST`, `core-1.1.1 ${older} MUST`] },
    (v) => {
      for (const [name, path] of [
        ['no-slash', '3/0/9'],
        ['double-slash', '/3/0//9'],
        ['trailing-slash', '/3/0/9/'],
        ['leading-double-slash', '//3/0/9'],
        ['five-ids', '/3/0/6/0/0'],
        ['id-65536', '/3/0/65536'],
        ['sign', '/3/0/+9'],
        ['minus', '/3/0/-9'],
        ['letters', '/3/0/battery'],
        ['blank', '/3/0/9 '],
        ['hex', '/3/0/0x9'],
        ['empty', ''],
        ['slash', '/'],
        ['object-only', '/3'],
        ['instance-only', '/3/0'],
        ['dot', '/3/0/./9'],
        ['id-2p32', '/3/0/4294967305'],
      ])
        v.invalid(`path-${name}`, `name ${JSON.stringify(path)}`, {
          ...body({ n: path ?? '', ...ONE }),
          error: refuse('bad-path', 'out-of-range', 'outside-base', 'bad-structure', 'too-deep', 'bad-type'),
        });
      v.invalid('path-no-name', 'neither name nor base name', {
        ...body({ ...ONE }),
        error: refuse('bad-path', 'bad-structure', 'outside-base'),
      });
      v.invalid('path-relative-to-request', 'a name relative to the request', {
        ...body({ n: '9', ...ONE }),
        error: refuse('bad-path', 'outside-base'),
      });
      v.invalid('path-joined-without-slash', 'base name /3/0 and name x are no path', {
        ...body({ bn: '/3/0', n: 'x', ...ONE }),
        error: refuse('bad-path', 'outside-base'),
      });
      v.acceptable('path-leading-zero', 'identifier 09', {
        ...body({ n: '/3/0/09', ...ONE }),
        spec: [`${identifiers} inferred`],
        outcomes: [
          reject(refuse('bad-path'), 'identifiers have no leading zeros'),
          accept([integer('/3/0/9', 5)], 'the same number'),
        ],
      });
      v.invalid('base-as-integer', 'a number as base name', {
        ...body({ bn: 3, n: '/3/0/9', ...ONE }),
        error: refuse('bad-type', 'bad-path'),
      });
      more.paths(v);
    },
  );
  group(
    'outside',
    'Names outside the path of the request',
    { context: DEVICE, flags: ['OutsidePath'], spec: [`core-1.2.2 ${section} MUST`] },
    (v) => {
      const outside = refuse('outside-base', 'bad-path', 'bad-structure');
      v.invalid('outside-object', 'another object', {
        context: { model: 'core' },
        ...body({ n: '/1/0/1', ...ONE }),
        error: outside,
      });
      v.invalid('outside-instance', 'another instance', { ...body({ n: '/3/1/9', ...ONE }), error: outside });
      v.invalid('outside-resource', 'another resource', {
        context: { path: '/3/0/9' },
        ...body({ n: '/3/0/10', ...ONE }),
        error: outside,
      });
      v.invalid('outside-resource-instance', 'another resource instance', {
        context: { path: '/3/0/6/1' },
        ...body({ n: '/3/0/6/0', ...ONE }),
        error: outside,
      });
      v.invalid('outside-second-record', 'only the second record', {
        context: { model: 'core' },
        ...body({ n: '/3/0/9', ...ONE }, { n: '/1/0/1', ...ONE }),
        error: outside,
      });
      v.invalid('outside-prefix-of-number', '/3/0/95 is not below /3/0/9', {
        context: { path: '/3/0/9' },
        ...body({ n: '/3/0/95', ...ONE }),
        error: outside,
      });
    },
  );
  group(
    'prefixes',
    'Gateway and alternate path',
    { context: { ...DEVICE, enabler: ['1.2'] }, flags: ['GatewayPrefix'], spec: ['gateway-1.1.1 6.3 inferred'] },
    (v) => {
      const plain = reject(refuse('bad-path', 'outside-base'), 'no gateway here');
      v.acceptable('gateway-prefix', 'a device d01 behind a gateway', {
        context: { path: '/', operation: 'send', role: 'server' },
        ...body({ bn: '/d01/3/0/', n: '9', ...ONE }),
        outcomes: [accept([behind('d01', integer('/3/0/9', 5))], 'the first segment names the device'), plain],
      });
      v.acceptable('gateway-two-devices', 'the gateway and a device', {
        context: { path: '/', operation: 'send', role: 'server' },
        ...body({ n: '/3/0/9', ...ONE }, { n: '/d01/3/0/9', v: 6 }),
        outcomes: [accept([integer('/3/0/9', 5), behind('d01', integer('/3/0/9', 6))], 'two paths'), plain],
      });
      v.acceptable('root-path', 'names under /lwm2m, which the client registered', {
        context: { rootPath: '/lwm2m', role: 'server' },
        ...body({ bn: '/lwm2m/3/0/', n: '9', ...ONE }),
        flags: ['RootPath'],
        spec: [`core-1.2.2 ${section} inferred`],
        outcomes: [
          accept([integer('/3/0/9', 5)], '1.2.1 says so'),
          reject(refuse('bad-path', 'outside-base'), 'before 1.2.1 names were without it'),
        ],
      });
      v.acceptable('root-path-absent', 'names without it', {
        context: { rootPath: '/lwm2m', role: 'server' },
        ...body({ n: '/3/0/9', ...ONE }),
        flags: ['RootPath'],
        spec: [`core-1.1.1 ${older} inferred`],
        outcomes: [
          accept([integer('/3/0/9', 5)], 'before 1.2.1'),
          reject(refuse('bad-path', 'outside-base'), '1.2.1 puts the path in front'),
        ],
      });
      more.prefixes(v);
    },
  );
}

/** @param {Group} group @param {Form} form @param {More} more */
export function pathLists(group, { body }, more) {
  group(
    'path-list',
    'Records without values: Read-Composite',
    { context: COMPOSITE, flags: ['PathList'], spec: ['core-1.2.2 6.3.8 MUST', 'core-1.1.1 6.3.8 MUST'] },
    (v) => {
      for (const path of ['/', '/3', '/3/0', '/3/0/9', '/3/0/6/1'])
        v.valid(`paths-one-${path.split('/').filter(Boolean).join('-') || 'root'}`, `${path}`, {
          ...body({ n: path }),
          decoded: paths(path),
          encode: 'semantic',
        });
      v.valid('paths-base-names', 'the same with base names', {
        ...body({ bn: '/3/0/', n: '0' }, { n: '9' }, { bn: '/1/0/1' }),
        decoded: paths('/3/0/0', '/3/0/9', '/1/0/1'),
      });
      v.valid('paths-in-base', 'the path in the base name alone', {
        ...body({ bn: '/3/0' }),
        decoded: paths('/3/0'),
      });
      v.valid('paths-observe', 'Observe-Composite', {
        context: { operation: 'observe-composite' },
        ...body({ n: '/3/0/9' }, { n: '/3/0/13' }),
        decoded: paths('/3/0/9', '/3/0/13'),
        encode: 'semantic',
      });
      for (const [name, path] of [
        ['five-ids', '/3/0/6/0/0'],
        ['no-slash', '3/0'],
        ['letters', '/device'],
        ['65536', '/3/65536'],
        ['double-slash', '/3//0'],
      ])
        v.invalid(`paths-bad-${name}`, `path ${JSON.stringify(path)}`, {
          ...body({ n: path ?? '' }),
          flags: ['PathList', 'BadPath'],
          error: refuse('bad-path', 'out-of-range', 'too-deep'),
        });
      v.invalid('paths-must-understand', 'a label that must be understood', {
        ...body({ n: '/3/0/9', x_: 1 }),
        flags: ['PathList', 'MustUnderstand'],
        spec: ['rfc8428 4.4 MUST'],
        error: refuse('unknown-label'),
      });
      v.acceptable('paths-empty', 'no path at all', {
        ...body(),
        flags: ['Empty'],
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [accept(paths(), 'nothing is asked for'), reject(refuse('bad-structure'), 'a request for nothing')],
      });
      v.acceptable('paths-overlap', 'a path and one below it', {
        ...body({ n: '/3/0' }, { n: '/3/0/9' }),
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [
          accept(paths('/3/0', '/3/0/9'), 'each target is answered once'),
          reject(refuse('duplicate', 'bad-structure'), 'a path twice'),
        ],
      });
      v.acceptable('paths-twice', 'one path twice', {
        ...body({ n: '/3/0/9' }, { n: '/3/0/9' }),
        flags: ['DuplicateName'],
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [
          accept(paths('/3/0/9', '/3/0/9'), 'as written'),
          accept(paths('/3/0/9'), 'once'),
          reject(refuse('duplicate'), 'a path twice'),
        ],
      });
      more(v);
    },
  );
}

/** @param {Group} group @param {Form} form @param {More} more */
export function large(group, { spec, body }, more) {
  group('large', 'Many records', { context: DEVICE, flags: ['Large'], spec }, (v) => {
    const many = Array.from({ length: 100 }, (_, i) => i);
    v.valid('records-100', 'a hundred records', {
      ...body(...many.map((i) => ({ ...(i ? {} : { bn: '/3/0/11/' }), n: String(i), v: i }))),
      nodes: many.map((i) => integer(`/3/0/11/${i}`, i)),
    });
    more(v);
  });
}

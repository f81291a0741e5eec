/** Names, base names, paths without values. */
import { accept, reject } from '../../lib/family.mjs';
import { behind, integer, paths, string, time } from '../../lib/values.mjs';
import { pack } from '../../emit/senml-json.mjs';
import { refuse } from '../text/common.mjs';
import { SPEC } from './values.mjs';

const DEVICE = { model: 'device', path: '/3/0', operation: 'read', role: 'any', enabler: ['1.1', '1.2'] };
const ONE = { v: 5 };
const COMPOSITE = { model: 'core', path: '/', operation: 'read-composite', role: 'client', enabler: ['1.1', '1.2'] };
const SEND = { model: 'core', path: '/', operation: 'send', role: 'server' };
const PATH = 'core-1.2.2 7.5.6 MUST';

/** @typedef {import('../text/common.mjs').Group} Group */

/** @param {Group} group */
function joining(group) {
  group(
    'base-name',
    'Base name and name',
    { context: DEVICE, flags: ['BaseName'], spec: [...SPEC, 'rfc8428 4.5.1 MUST'] },
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
      v.valid('name-split-inside-number', 'base name /3/0/1 and name 3 are /3/0/13', {
        text: pack({ bn: '/3/0/1', n: '3', v: 1367491215 }),
        nodes: [time('/3/0/13', 1367491215)],
      });
      v.valid('base-persists', 'the base name holds for the records after it', {
        text: pack({ bn: '/3/0/', n: '9', ...ONE }, { n: '10', v: 15 }),
        nodes: [integer('/3/0/9', 5), integer('/3/0/10', 15)],
      });
      v.valid('base-replaced', 'a second base name', {
        context: SEND,
        text: pack({ bn: '/3/0/', n: '9', ...ONE }, { bn: '/1/0/', n: '1', v: 86400 }),
        nodes: [integer('/3/0/9', 5), integer('/1/0/1', 86400)],
      });
      v.valid('base-cleared', 'an empty base name ends the first', {
        context: SEND,
        text: pack({ bn: '/3/0/', n: '9', ...ONE }, { bn: '', n: '/1/0/1', v: 86400 }),
        nodes: [integer('/3/0/9', 5), integer('/1/0/1', 86400)],
      });
      v.valid('base-in-later-record', 'the base name comes with the second record', {
        text: pack({ n: '/3/0/9', ...ONE }, { bn: '/3/0/', n: '10', v: 15 }),
        nodes: [integer('/3/0/9', 5), integer('/3/0/10', 15)],
      });
      v.valid('resource-instances', 'resource instances under one base', {
        text: pack({ bn: '/3/0/6/', n: '0', v: 1 }, { n: '1', v: 5 }),
        nodes: [integer('/3/0/6/0', 1), integer('/3/0/6/1', 5)],
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
    },
  );
  group(
    'bad-paths',
    'Names that are no path',
    { context: DEVICE, flags: ['BadPath'], spec: [PATH, 'core-1.1.1 7.4.5 MUST'] },
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
        ['nul', '/3/0/9\u0000'],
        ['foreign-digit', '/3/0/\u0669'],
      ])
        v.invalid(`path-${name}`, `name ${JSON.stringify(path)}`, {
          text: pack({ n: path ?? '', ...ONE }),
          error: refuse('bad-path', 'out-of-range', 'outside-base', 'bad-structure', 'too-deep', 'bad-type'),
        });
      v.invalid('path-no-name', 'neither name nor base name', {
        text: pack({ ...ONE }),
        error: refuse('bad-path', 'bad-structure', 'outside-base'),
      });
      v.invalid('path-relative-to-request', 'a name relative to the request', {
        text: pack({ n: '9', ...ONE }),
        error: refuse('bad-path', 'outside-base'),
      });
      v.invalid('path-joined-without-slash', 'base name /3/0 and name x are no path', {
        text: pack({ bn: '/3/0', n: 'x', ...ONE }),
        error: refuse('bad-path', 'outside-base'),
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
      v.acceptable('path-leading-zero', 'identifier 09', {
        text: pack({ n: '/3/0/09', ...ONE }),
        spec: ['core-1.2.2 7.5.6 inferred'],
        outcomes: [
          reject(refuse('bad-path'), 'identifiers have no leading zeros'),
          accept([integer('/3/0/9', 5)], 'the same number'),
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
      v.invalid('base-as-integer', 'a number as base name', {
        text: pack({ bn: { raw: '3' }, n: '/3/0/9', ...ONE }),
        error: refuse('bad-type', 'bad-path'),
      });
    },
  );
  group(
    'outside',
    'Names outside the path of the request',
    { context: DEVICE, flags: ['OutsidePath'], spec: [PATH] },
    (v) => {
      const outside = refuse('outside-base', 'bad-path', 'bad-structure');
      v.invalid('outside-object', 'another object', {
        context: { model: 'core' },
        text: pack({ n: '/1/0/1', ...ONE }),
        error: outside,
      });
      v.invalid('outside-instance', 'another instance', { text: pack({ n: '/3/1/9', ...ONE }), error: outside });
      v.invalid('outside-resource', 'another resource', {
        context: { path: '/3/0/9' },
        text: pack({ n: '/3/0/10', ...ONE }),
        error: outside,
      });
      v.invalid('outside-resource-instance', 'another resource instance', {
        context: { path: '/3/0/6/1' },
        text: pack({ n: '/3/0/6/0', ...ONE }),
        error: outside,
      });
      v.invalid('outside-second-record', 'only the second record', {
        context: { model: 'core' },
        text: pack({ n: '/3/0/9', ...ONE }, { n: '/1/0/1', ...ONE }),
        error: outside,
      });
      v.invalid('outside-prefix-of-number', '/3/0/95 is not below /3/0/9', {
        context: { path: '/3/0/9' },
        text: pack({ n: '/3/0/95', ...ONE }),
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
        text: pack({ bn: '/d01/3/0/', n: '9', ...ONE }),
        outcomes: [accept([behind('d01', integer('/3/0/9', 5))], 'the first segment names the device'), plain],
      });
      v.acceptable('gateway-two-devices', 'the gateway and a device', {
        context: { path: '/', operation: 'send', role: 'server' },
        text: pack({ n: '/3/0/9', ...ONE }, { n: '/d01/3/0/9', v: 6 }),
        outcomes: [accept([integer('/3/0/9', 5), behind('d01', integer('/3/0/9', 6))], 'two paths'), plain],
      });
      v.invalid(
        'gateway-double-slash',
        'base name /d01/3/0/ and name /9, as the Read-Composite example of the Gateway prints them',
        {
          context: { path: '/', operation: 'send', role: 'server' },
          text: pack({ bn: '/d01/3/0/', n: '/9', ...ONE }),
          flags: ['BadPath'],
          spec: [PATH],
          error: refuse('bad-path', 'outside-base'),
          erratum: { ref: 'Gateway 1.1.1 example of Read-Composite', form: 'printed', pair: 'gateway-prefix' },
        },
      );
      v.acceptable('root-path', 'names under /lwm2m, which the client registered', {
        context: { rootPath: '/lwm2m', role: 'server' },
        text: pack({ bn: '/lwm2m/3/0/', n: '9', ...ONE }),
        flags: ['RootPath'],
        spec: ['core-1.2.2 7.5.6 inferred'],
        outcomes: [
          accept([integer('/3/0/9', 5)], '1.2.1 says so'),
          reject(refuse('bad-path', 'outside-base'), 'before 1.2.1 names were without it'),
        ],
      });
      v.acceptable('root-path-absent', 'names without it', {
        context: { rootPath: '/lwm2m', role: 'server' },
        text: pack({ n: '/3/0/9', ...ONE }),
        flags: ['RootPath'],
        spec: ['core-1.1.1 7.4.5 inferred'],
        outcomes: [
          accept([integer('/3/0/9', 5)], 'before 1.2.1'),
          reject(refuse('bad-path', 'outside-base'), '1.2.1 puts the path in front'),
        ],
      });
    },
  );
}

/** @param {Group} group */
function pathLists(group) {
  group(
    'path-list',
    'Records without values: Read-Composite',
    { context: COMPOSITE, flags: ['PathList'], spec: ['core-1.2.2 6.3.8 MUST', 'core-1.1.1 6.3.8 MUST'] },
    (v) => {
      for (const path of ['/', '/3', '/3/0', '/3/0/9', '/3/0/6/1'])
        v.valid(`paths-one-${path.split('/').filter(Boolean).join('-') || 'root'}`, `${path}`, {
          text: pack({ n: path }),
          decoded: paths(path),
          encode: 'semantic',
        });
      v.valid('paths-three', 'three resources', {
        text: pack({ n: '/3/0/0' }, { n: '/3/0/9' }, { n: '/1/0/1' }),
        decoded: paths('/3/0/0', '/3/0/9', '/1/0/1'),
        encode: 'semantic',
        encodings: [{ text: pack({ bn: '/3/0/', n: '0' }, { n: '9' }, { bn: '/1/0/1' }), why: 'with base names' }],
      });
      v.valid('paths-base-names', 'the same with base names', {
        text: pack({ bn: '/3/0/', n: '0' }, { n: '9' }, { bn: '/1/0/1' }),
        decoded: paths('/3/0/0', '/3/0/9', '/1/0/1'),
      });
      v.valid('paths-in-base', 'the path in the base name alone', {
        text: pack({ bn: '/3/0' }),
        decoded: paths('/3/0'),
      });
      v.valid('paths-observe', 'Observe-Composite', {
        context: { operation: 'observe-composite' },
        text: pack({ n: '/3/0/9' }, { n: '/3/0/13' }),
        decoded: paths('/3/0/9', '/3/0/13'),
        encode: 'semantic',
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
      for (const [name, path] of [
        ['five-ids', '/3/0/6/0/0'],
        ['no-slash', '3/0'],
        ['letters', '/device'],
        ['65536', '/3/65536'],
        ['double-slash', '/3//0'],
      ])
        v.invalid(`paths-bad-${name}`, `path ${JSON.stringify(path)}`, {
          text: pack({ n: path ?? '' }),
          flags: ['PathList', 'BadPath'],
          error: refuse('bad-path', 'out-of-range', 'too-deep'),
        });
      v.invalid('paths-must-understand', 'a label that must be understood', {
        text: pack({ n: '/3/0/9', x_: '1' }),
        flags: ['PathList', 'MustUnderstand'],
        spec: ['rfc8428 4.4 MUST'],
        error: refuse('unknown-label'),
      });
      v.acceptable('paths-empty', 'no path at all', {
        text: '[]',
        flags: ['Empty'],
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [accept(paths(), 'nothing is asked for'), reject(refuse('bad-structure'), 'a request for nothing')],
      });
      v.acceptable('paths-overlap', 'a path and one below it', {
        text: pack({ n: '/3/0' }, { n: '/3/0/9' }),
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [
          accept(paths('/3/0', '/3/0/9'), 'each target is answered once'),
          reject(refuse('duplicate', 'bad-structure'), 'a path twice'),
        ],
      });
      v.acceptable('paths-twice', 'one path twice', {
        text: pack({ n: '/3/0/9' }, { n: '/3/0/9' }),
        flags: ['DuplicateName'],
        spec: ['core-1.2.2 6.3.8 inferred'],
        outcomes: [
          accept(paths('/3/0/9', '/3/0/9'), 'as written'),
          accept(paths('/3/0/9'), 'once'),
          reject(refuse('duplicate'), 'a path twice'),
        ],
      });
    },
  );
  group('large', 'Many records', { context: DEVICE, flags: ['Large'], spec: SPEC }, (v) => {
    const many = Array.from({ length: 100 }, (_, i) => i);
    v.valid('records-100', 'a hundred records', {
      text: pack(...many.map((i) => ({ ...(i ? {} : { bn: '/3/0/11/' }), n: String(i), v: i }))),
      nodes: many.map((i) => integer(`/3/0/11/${i}`, i)),
    });
    v.valid('records-mixed', 'two resources in turn', {
      text: pack(...many.slice(0, 15).map((i) => ({ n: i % 2 ? `/3/0/11/${i}` : `/3/0/6/${i}`, v: i % 2 ? i : -i }))),
      nodes: many.slice(0, 15).map((i) => (i % 2 ? integer(`/3/0/11/${i}`, i) : integer(`/3/0/6/${i}`, -i))),
    });
  });
}

/** @param {Group} group */
export function names(group) {
  joining(group);
  pathLists(group);
}

import { accept, family, reject } from '../lib/family.mjs';
import { attributes } from '../lib/values.mjs';
import { refuse } from './text/common.mjs';

/** @typedef {import('./text/common.mjs').Group} Group */

const WRITE = { model: 'test', path: '/3442/0/120', operation: 'write-attributes', role: 'client' };
const BOOLEAN = { path: '/3442/0/140' };
const SPEC = ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST', 'core-1.0.2 5.1.2 MUST'];
const V12 = { enabler: ['1.2'] };
const V11 = { enabler: ['1.1', '1.2'] };
const PERIODS = ['pmin', 'pmax', 'epmin', 'epmax'];
const THRESHOLDS = ['gt', 'lt', 'st'];
/** Enablers that have an attribute, as part of a context. @param {string} name */
const since = (name) => (['edge', 'con', 'hqmax'].includes(name) ? V12 : name.startsWith('ep') ? V11 : {});
const badValue = refuse('bad-value', 'out-of-range', 'bad-structure', 'bad-type');
const slug = (/** @type {string} */ text) =>
  text.replace(/^-/, 'minus-').replaceAll('.', '-').replaceAll('+', 'plus-').toLowerCase();

/** @param {Group} group */
function single(group) {
  group('set', 'One attribute set', { context: WRITE, flags: ['Set'], spec: SPEC }, (v) => {
    for (const [name, value] of [
      ['pmin', '10'],
      ['pmax', '60'],
      ['epmin', '5'],
      ['epmax', '30'],
      ['gt', '50'],
      ['lt', '20'],
      ['st', '2'],
      ['con', '1'],
      ['hqmax', '10'],
    ])
      v.valid(`set-${name}`, `${name}=${value}`, {
        context: since(name ?? ''),
        options: [`${name}=${value}`],
        decoded: attributes([name ?? '', value]),
        encode: 'bytes',
      });
    v.valid('set-edge', 'edge=1 on a Boolean', {
      context: { ...V12, ...BOOLEAN },
      options: ['edge=1'],
      decoded: attributes(['edge', '1']),
      encode: 'bytes',
    });
  });
  group('unset', 'One attribute taken away', { context: WRITE, flags: ['Unset'], spec: SPEC }, (v) => {
    for (const name of [...PERIODS, ...THRESHOLDS, 'con', 'hqmax'])
      v.valid(`unset-${name}`, `${name} without a value`, {
        context: since(name),
        options: [name],
        decoded: attributes([name]),
        encode: 'bytes',
      });
    v.valid('unset-edge', 'edge without a value', {
      context: { ...V12, ...BOOLEAN },
      options: ['edge'],
      decoded: attributes(['edge']),
      encode: 'bytes',
    });
    for (const name of ['pmin', 'pmax', 'gt', 'st', 'epmin'])
      v.invalid(`empty-${name}`, `${name}= with nothing behind`, {
        context: since(name),
        options: [`${name}=`],
        flags: ['EmptyValue'],
        error: refuse('bad-value', 'truncated', 'bad-structure', 'bad-type'),
      });
    v.valid('unset-two', 'two taken away', {
      options: ['pmin', 'pmax'],
      decoded: attributes(['pmin'], ['pmax']),
      encode: 'semantic',
    });
    v.valid('set-and-unset', 'one set, another taken away', {
      options: ['pmin=10', 'gt'],
      decoded: attributes(['pmin', '10'], ['gt']),
      encode: 'semantic',
    });
  });
}

/** @param {Group} group */
function values(group) {
  group('periods', 'Periods', { context: WRITE, flags: ['Period'], spec: SPEC }, (v) => {
    for (const name of ['pmin', 'pmax'])
      for (const value of ['0', '1', '2147483648', '4294967295'])
        v.valid(`period-${name}-${value}`, `${name}=${value}`, {
          options: [`${name}=${value}`],
          decoded: attributes([name, value]),
          encode: 'bytes',
        });
    for (const name of ['epmin', 'epmax'])
      v.valid(`period-${name}-0`, `${name}=0`, {
        context: V11,
        options: [`${name}=0`],
        decoded: attributes([name, '0']),
        encode: 'bytes',
      });
    for (const [name, text] of /** @type {[string, string][]} */ ([
      ['minus-1', '-1'],
      ['fraction', '1.5'],
      ['plus-1', '+1'],
      ['exponent', '1e3'],
      ['hex', '0x10'],
      ['letters', 'abc'],
      ['blank-before', ' 10'],
      ['blank-after', '10 '],
      ['unit', '10s'],
      ['fraction-zero', '1.0'],
      ['minus-0', '-0'],
      ['nan', 'NaN'],
      ['comma', '1,000'],
      ['quoted', '"10"'],
    ]))
      v.invalid(`period-bad-${name}`, `pmin=${text}`, {
        options: [`pmin=${text}`],
        flags: ['BadNumber'],
        error: badValue,
      });
    for (const name of ['pmax', 'epmin', 'epmax'])
      for (const text of ['-1', '1.5', 'abc'])
        v.invalid(`period-bad-${name}-${slug(text)}`, `${name}=${text}`, {
          context: since(name),
          options: [`${name}=${text}`],
          flags: ['BadNumber'],
          error: badValue,
        });
    v.acceptable('period-4294967296', 'a period beyond 32 bits', {
      options: ['pmin=4294967296'],
      flags: ['Period', 'Range'],
      spec: ['core-1.2.2 7.3.2 inferred'],
      outcomes: [
        accept(attributes(['pmin', '4294967296']), 'nobody names a limit'),
        reject(refuse('out-of-range', 'bad-value'), 'beyond what a client stores'),
      ],
    });
    v.acceptable('period-30-digits', 'a period of thirty digits', {
      options: [`pmax=${'9'.repeat(30)}`],
      flags: ['Period', 'Range'],
      spec: ['core-1.2.2 7.3.2 inferred'],
      outcomes: [
        reject(refuse('out-of-range', 'bad-value'), 'beyond what a client stores'),
        accept(attributes(['pmax', '9'.repeat(30)]), 'nobody names a limit'),
      ],
    });
    for (const [text, value] of [
      ['010', '10'],
      ['00', '0'],
    ])
      v.acceptable(`period-leading-zero-${text}`, `pmin=${text}`, {
        options: [`pmin=${text}`],
        flags: ['LeadingZero'],
        spec: ['core-1.2.2 7.3.2 inferred'],
        outcomes: [accept(attributes(['pmin', value]), 'the same number'), reject(badValue, 'no leading zeros')],
      });
  });
  group(
    'thresholds',
    'Thresholds and steps',
    { context: { ...WRITE, path: '/3442/0/130' }, flags: ['Threshold'], spec: SPEC },
    (v) => {
      for (const [text, value] of [
        ['42', '42'],
        ['42.5', '42.5'],
        ['0.5', '0.5'],
        ['0', '0'],
        ['0.001', '0.001'],
        ['1000000', '1000000'],
        ['4294967296', '4294967296'],
      ])
        v.valid(`threshold-gt-${slug(text ?? '')}`, `gt=${text}`, {
          options: [`gt=${text}`],
          decoded: attributes(['gt', value]),
          encode: 'bytes',
        });
      v.valid('threshold-trailing-zeros', 'zeros at the end', {
        options: ['gt=42.50'],
        decoded: attributes(['gt', '42.5']),
      });
      v.valid('threshold-lt-decimal', 'lt=0.25', {
        options: ['lt=0.25'],
        decoded: attributes(['lt', '0.25']),
        encode: 'bytes',
      });
      v.valid('threshold-st-decimal', 'st=0.1', {
        options: ['st=0.1'],
        decoded: attributes(['st', '0.1']),
        encode: 'bytes',
      });
      for (const text of ['-40.5', '-1', '-0.001'])
        for (const name of ['gt', 'lt'])
          v.acceptable(`threshold-${name}-${slug(text)}`, `${name}=${text}`, {
            options: [`${name}=${text}`],
            flags: ['Sign'],
            spec: ['core-1.2.2 7.3.2 inferred'],
            outcomes: [
              accept(attributes([name, text]), 'temperatures are below zero at times'),
              reject(badValue, 'the grammar has no sign'),
            ],
          });
      for (const [name, text] of /** @type {[string, string][]} */ ([
        ['no-integer-part', '.5'],
        ['dot-at-end', '5.'],
        ['exponent', '1e3'],
        ['exponent-upper', '1E3'],
        ['exponent-minus', '5e-1'],
        ['letters', 'abc'],
        ['hex', '0x10'],
        ['comma', '1,5'],
        ['blank-before', ' 5'],
        ['blank-after', '5 '],
        ['two-minus', '--5'],
        ['two-dots', '1.2.3'],
        ['quoted', '"5"'],
        ['true', 'true'],
        ['dot', '.'],
      ]))
        v.invalid(`threshold-bad-${name}`, `gt=${text}`, {
          options: [`gt=${text}`],
          flags: ['BadNumber'],
          error: badValue,
        });
      v.acceptable('threshold-plus', 'gt=+1', {
        options: ['gt=+1'],
        flags: ['Sign'],
        spec: ['core-1.2.2 7.3.2 inferred'],
        outcomes: [reject(badValue, 'the grammar has no sign'), accept(attributes(['gt', '1']), 'the same number')],
      });
      for (const text of ['NaN', 'Infinity'])
        v.invalid(`threshold-bad-${text.toLowerCase()}`, `gt=${text}`, {
          options: [`gt=${text}`],
          flags: ['BadNumber'],
          error: badValue,
        });
      v.acceptable('threshold-40-digits', 'more digits than a double holds', {
        options: [`gt=0.${'1234567890'.repeat(4)}`],
        flags: ['Digits'],
        spec: ['core-1.2.2 7.3.2 inferred'],
        outcomes: [
          accept(attributes(['gt', `0.${'1234567890'.repeat(4).replace(/0$/, '')}`]), 'exact'),
          accept(attributes(['gt', '0.12345678901234568']), 'as a double'),
          reject(refuse('out-of-range', 'bad-value'), 'too long'),
        ],
      });
      v.acceptable('threshold-400-digits', 'a number beyond a double', {
        options: [`gt=1${'0'.repeat(400)}`],
        flags: ['Digits'],
        spec: ['core-1.2.2 7.3.2 inferred'],
        outcomes: [
          reject(refuse('out-of-range', 'bad-value'), 'too large'),
          accept(attributes(['gt', `1${'0'.repeat(400)}`]), 'exact'),
        ],
      });
      v.acceptable('threshold-leading-zero', 'gt=05', {
        options: ['gt=05'],
        flags: ['LeadingZero'],
        spec: ['core-1.2.2 7.3.2 inferred'],
        outcomes: [accept(attributes(['gt', '5']), 'the same number'), reject(badValue, 'no leading zeros')],
      });
      v.acceptable('step-0', 'a step of zero', {
        options: ['st=0'],
        flags: ['Step'],
        spec: ['core-1.2.2 7.3.2 inferred'],
        outcomes: [reject(badValue, 'a step is positive'), accept(attributes(['st', '0']), 'every change reports')],
      });
      for (const text of ['-1', '-0.5'])
        v.invalid(`step-${slug(text)}`, `st=${text}`, { options: [`st=${text}`], flags: ['Step'], error: badValue });
    },
  );
  group(
    'flags',
    'edge, con, hqmax',
    { context: { ...WRITE, ...V12, ...BOOLEAN }, flags: ['Newer'], spec: ['core-1.2.2 7.3.2 MUST'] },
    (v) => {
      for (const name of ['edge', 'con']) {
        for (const value of ['0', '1'])
          v.valid(`flag-${name}-${value}`, `${name}=${value}`, {
            options: [`${name}=${value}`],
            decoded: attributes([name, value]),
            encode: 'bytes',
          });
        for (const text of ['2', '-1', 'true', '01', '1.0'])
          v.invalid(`flag-${name}-bad-${slug(text)}`, `${name}=${text}`, {
            options: [`${name}=${text}`],
            flags: ['BadNumber'],
            error: badValue,
          });
      }
      for (const value of ['0', '1', '255'])
        v.valid(`count-hqmax-${value}`, `hqmax=${value}`, {
          options: [`hqmax=${value}`],
          decoded: attributes(['hqmax', value]),
          encode: 'bytes',
        });
      for (const text of ['-1', '1.5', 'all'])
        v.invalid(`count-hqmax-bad-${slug(text)}`, `hqmax=${text}`, {
          options: [`hqmax=${text}`],
          flags: ['BadNumber'],
          error: badValue,
        });
      for (const [name, path] of [
        ['integer', '/3442/0/120'],
        ['string', '/3442/0/110'],
        ['float', '/3442/0/130'],
        ['time', '/3442/0/160'],
      ])
        v.invalid(`edge-on-${name}`, `edge on a resource of type ${name}`, {
          context: { path },
          options: ['edge=1'],
          flags: ['WrongType'],
          error: { class: 'bad-type', alsoAccept: ['bad-value', 'unsupported', 'bad-path'], coapCode: ['4.00'] },
        });
      v.valid('con-on-object', 'con on an object', {
        context: { path: '/3442' },
        options: ['con=1'],
        decoded: attributes(['con', '1']),
        encode: 'bytes',
      });
      v.valid('hqmax-on-instance', 'hqmax on an instance', {
        context: { path: '/3442/0' },
        options: ['hqmax=5'],
        decoded: attributes(['hqmax', '5']),
        encode: 'bytes',
      });
    },
  );
}

/** @param {Group} group */
function together(group) {
  group(
    'periods-together',
    'Two periods',
    {
      context: WRITE,
      flags: ['PeriodOrder'],
      spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST', 'core-1.0.2 5.1.2 MUST'],
    },
    (v) => {
      v.valid('pmin-and-pmax', 'pmin=10, pmax=60', {
        options: ['pmin=10', 'pmax=60'],
        decoded: attributes(['pmin', '10'], ['pmax', '60']),
        encode: 'semantic',
      });
      v.valid('pmax-and-pmin', 'pmax=60, pmin=10', {
        options: ['pmax=60', 'pmin=10'],
        decoded: attributes(['pmax', '60'], ['pmin', '10']),
      });
      const ignored = (/** @type {string} */ pmin, /** @type {string} */ pmax, /** @type {string} */ why) => [
        accept(attributes(['pmin', pmin], ['pmax', pmax]), why),
        reject(badValue, 'no meaning'),
      ];
      v.acceptable('pmin-equals-pmax', 'pmin=60, pmax=60', {
        options: ['pmin=60', 'pmax=60'],
        spec: ['core-1.1.1 5.1.2 inferred'],
        outcomes: ignored('60', '60', '1.0 and 1.2 allow it; 1.1 ignores pmax'),
      });
      v.acceptable('pmin-above-pmax', 'pmin=60, pmax=10', {
        options: ['pmin=60', 'pmax=10'],
        spec: ['core-1.2.2 7.3.2 inferred'],
        outcomes: ignored('60', '10', 'pmax is ignored'),
      });
      v.valid('pmin-and-pmax-0', 'pmax=0 means none', {
        options: ['pmin=60', 'pmax=0'],
        decoded: attributes(['pmin', '60'], ['pmax', '0']),
        encode: 'semantic',
      });
      v.valid('epmin-and-epmax', 'epmin=5, epmax=10', {
        context: V11,
        options: ['epmin=5', 'epmax=10'],
        decoded: attributes(['epmin', '5'], ['epmax', '10']),
        encode: 'semantic',
      });
      for (const [name, low, high] of [
        ['equal', '10', '10'],
        ['above', '20', '10'],
      ])
        v.acceptable(`epmin-${name}-epmax`, `epmin=${low}, epmax=${high}`, {
          context: V11,
          options: [`epmin=${low}`, `epmax=${high}`],
          spec: ['core-1.1.1 5.1.2 inferred'],
          outcomes: [
            reject(badValue, 'epmin is to be below epmax'),
            accept(attributes(['epmin', low], ['epmax', high]), 'no error is named'),
          ],
        });
      v.valid('all-periods', 'four periods', {
        context: V11,
        options: ['pmin=10', 'pmax=60', 'epmin=1', 'epmax=5'],
        decoded: attributes(['pmin', '10'], ['pmax', '60'], ['epmin', '1'], ['epmax', '5']),
        encode: 'semantic',
      });
    },
  );
  group(
    'thresholds-together',
    'lt, gt and st',
    {
      context: WRITE,
      flags: ['ThresholdOrder'],
      spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST', 'core-1.0.2 5.1.2 MUST'],
    },
    (v) => {
      v.valid('lt-below-gt', 'lt=20, gt=85', {
        options: ['lt=20', 'gt=85'],
        decoded: attributes(['lt', '20'], ['gt', '85']),
        encode: 'semantic',
      });
      v.valid('lt-2st-below-gt', 'lt=20, st=10, gt=85', {
        options: ['lt=20', 'st=10', 'gt=85'],
        decoded: attributes(['lt', '20'], ['st', '10'], ['gt', '85']),
        encode: 'semantic',
      });
      v.valid('lt-2st-just-below-gt', 'lt=20, st=10, gt=40.1', {
        context: { path: '/3442/0/130' },
        options: ['lt=20', 'st=10', 'gt=40.1'],
        decoded: attributes(['lt', '20'], ['st', '10'], ['gt', '40.1']),
      });
      for (const [name, lt, st, gt] of [
        ['equal', '20', '10', '40'],
        ['above', '20', '20', '40'],
        ['tenths', '0.1', '0.1', '0.3'],
        ['far', '1', '1000', '2'],
      ])
        v.invalid(`lt-2st-${name}`, `lt=${lt}, st=${st}, gt=${gt}`, {
          context: { path: '/3442/0/130' },
          options: [`lt=${lt}`, `st=${st}`, `gt=${gt}`],
          error: badValue,
        });
      for (const [name, lt, gt] of [
        ['equal', '50', '50'],
        ['above', '85', '20'],
      ])
        v.acceptable(`lt-${name}-gt`, `lt=${lt}, gt=${gt}`, {
          options: [`lt=${lt}`, `gt=${gt}`],
          spec: ['core-1.1.1 5.1.2 inferred'],
          outcomes: [
            reject(badValue, 'lt is to be below gt'),
            accept(attributes(['lt', lt], ['gt', gt]), 'the rule speaks of all three'),
          ],
        });
      v.valid('st-and-gt', 'st=10, gt=5: only all three have a rule', {
        options: ['st=10', 'gt=5'],
        decoded: attributes(['st', '10'], ['gt', '5']),
        encode: 'semantic',
      });
      v.valid('st-and-lt', 'st=10, lt=5', {
        options: ['st=10', 'lt=5'],
        decoded: attributes(['st', '10'], ['lt', '5']),
        encode: 'semantic',
      });
      v.valid('everything-1-0', 'all attributes of 1.0', {
        options: ['pmin=10', 'pmax=60', 'gt=85', 'lt=20', 'st=10'],
        decoded: attributes(['pmin', '10'], ['pmax', '60'], ['gt', '85'], ['lt', '20'], ['st', '10']),
        encode: 'semantic',
      });
      v.valid('ets-260', 'lt=1, gt=6, st=1', {
        context: { model: 'device', path: '/3/0/7' },
        options: ['lt=1', 'gt=6', 'st=1'],
        decoded: attributes(['lt', '1'], ['gt', '6'], ['st', '1']),
      });
    },
  );
  group(
    'repeated',
    'One name twice',
    { context: WRITE, flags: ['Repeated'], spec: ['core-1.2.2 6.3.4 inferred', 'core-1.1.1 6.3.4 inferred'] },
    (v) => {
      const refused = reject(refuse('duplicate', 'bad-value', 'bad-structure'), 'a name stands once');
      v.acceptable('twice-other', 'pmin=10, pmin=20', {
        options: ['pmin=10', 'pmin=20'],
        outcomes: [refused, accept(attributes(['pmin', '20']), 'the last one counts')],
      });
      v.acceptable('twice-equal', 'pmin=10, pmin=10', {
        options: ['pmin=10', 'pmin=10'],
        outcomes: [refused, accept(attributes(['pmin', '10']), 'it says the same')],
      });
      v.acceptable('twice-set-and-unset', 'pmin=10, pmin', {
        options: ['pmin=10', 'pmin'],
        outcomes: [refused, accept(attributes(['pmin']), 'the last one counts')],
      });
      v.acceptable('twice-unset', 'pmin, pmin', {
        options: ['pmin', 'pmin'],
        outcomes: [refused, accept(attributes(['pmin']), 'it says the same')],
      });
      v.acceptable('twice-apart', 'gt=1, pmin=10, gt=2', {
        options: ['gt=1', 'pmin=10', 'gt=2'],
        outcomes: [refused, accept(attributes(['pmin', '10'], ['gt', '2']), 'the last one counts')],
      });
    },
  );
}

/** @param {Group} group */
function places(group) {
  group(
    'levels',
    'Where an attribute may stand',
    { context: WRITE, flags: ['Level'], spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST'] },
    (v) => {
      for (const [name, path] of [
        ['object', '/3442'],
        ['instance', '/3442/0'],
        ['resource', '/3442/0/120'],
      ])
        for (const attribute of ['pmin', 'pmax'])
          v.valid(`level-${attribute}-${name}`, `${attribute} on ${path}`, {
            context: { path },
            options: [`${attribute}=10`],
            decoded: attributes([attribute, '10']),
          });
      for (const attribute of ['epmin', 'epmax'])
        for (const [name, path] of [
          ['object', '/3442'],
          ['instance', '/3442/0'],
        ])
          v.valid(`level-${attribute}-${name}`, `${attribute} on ${path}`, {
            context: { ...V11, path },
            options: [`${attribute}=10`],
            decoded: attributes([attribute, '10']),
          });
      for (const attribute of ['pmin', 'pmax', ...THRESHOLDS])
        v.valid(`level-${attribute}-resource-instance`, `${attribute} on a resource instance`, {
          context: { ...V11, path: '/3442/0/1120/0' },
          options: [`${attribute}=10`],
          decoded: attributes([attribute, '10']),
          spec: ['core-1.1.1 5.1.2 MUST'],
        });
      for (const attribute of THRESHOLDS)
        for (const [name, path] of [
          ['object', '/3442'],
          ['instance', '/3442/0'],
        ])
          v.invalid(`level-${attribute}-${name}`, `${attribute} on ${path}`, {
            context: { path },
            options: [`${attribute}=10`],
            error: {
              class: 'bad-path',
              alsoAccept: ['unsupported', 'bad-value', 'bad-type', 'bad-structure'],
              coapCode: ['4.00'],
            },
          });
      for (const [name, path] of [
        ['object', '/3442'],
        ['instance', '/3442/0'],
      ])
        v.invalid(`level-edge-${name}`, `edge on ${path}`, {
          context: { ...V12, path },
          options: ['edge=1'],
          error: {
            class: 'bad-path',
            alsoAccept: ['unsupported', 'bad-value', 'bad-type', 'bad-structure', 'unknown-label'],
            coapCode: ['4.00'],
          },
        });
      v.invalid('level-root', 'attributes on the root', {
        context: { path: '/' },
        options: ['pmin=10'],
        spec: ['core-1.2.2 6.3.4 MUST'],
        error: { class: 'bad-path', alsoAccept: ['unsupported', 'bad-structure'], coapCode: ['4.00', '4.04', '4.05'] },
      });
    },
  );
  group(
    'types',
    'Thresholds on other types',
    { context: WRITE, flags: ['WrongType'], spec: ['core-1.2.2 7.3.2 inferred', 'core-1.1.1 5.1.2 inferred'] },
    (v) => {
      for (const [name, path] of [
        ['string', '/3442/0/110'],
        ['opaque', '/3442/0/150'],
        ['boolean', '/3442/0/140'],
        ['objlnk', '/3442/0/170'],
        ['time', '/3442/0/160'],
      ])
        v.acceptable(`gt-on-${name}`, `gt on a resource of type ${name}`, {
          context: { path },
          options: ['gt=10'],
          outcomes: [
            reject(
              { class: 'bad-type', alsoAccept: ['bad-value', 'unsupported', 'bad-path'], coapCode: ['4.00'] },
              'for numbers alone',
            ),
            accept(attributes(['gt', '10']), name === 'time' ? 'a time is a number' : 'it has no effect'),
          ],
        });
      for (const [name, path] of [
        ['integer', '/3442/0/120'],
        ['unsigned', '/3442/0/125'],
        ['float', '/3442/0/130'],
      ])
        v.valid(`gt-on-${name}`, `gt on a resource of type ${name}`, {
          context: { path },
          options: ['gt=10'],
          decoded: attributes(['gt', '10']),
          flags: ['Threshold'],
          spec: SPEC,
        });
    },
  );
  group(
    'names',
    'Names',
    {
      context: WRITE,
      flags: ['Name'],
      spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST', 'core-1.2.2 6.3.4 MUST'],
    },
    (v) => {
      const unknown = {
        class: 'unknown-label',
        alsoAccept: ['bad-value', 'unsupported', 'bad-structure'],
        coapCode: ['4.00'],
      };
      for (const [name, option] of [
        ['dim', 'dim=2'],
        ['ver', 'ver=1.1'],
        ['ssid', 'ssid=101'],
        ['uri', 'uri="coap://a"'],
        ['lwm2m', 'lwm2m=1.1'],
      ])
        v.invalid(`property-${name}`, `${option}: properties cannot be written`, {
          options: [option ?? ''],
          flags: ['Property'],
          error: unknown,
        });
      for (const [name, option] of [
        ['upper-pmin', 'PMIN=10'],
        ['mixed-pmin', 'Pmin=10'],
        ['upper-gt', 'GT=5'],
      ])
        v.invalid(`case-${name}`, `${option}: names have small letters`, { options: [option ?? ''], error: unknown });
      for (const [name, option] of [
        ['blank-before', ' pmin=10'],
        ['blank-after', 'pmin =10'],
        ['percent-equals', 'pmin%3D10'],
        ['percent-name', 'p%6Din=10'],
        ['equals-alone', '='],
        ['equals-first', '=10'],
        ['equals-twice', 'pmin==10'],
        ['colon', 'pmin:10'],
        ['question-mark', '?pmin=10'],
        ['number', '10'],
        ['quoted', '"pmin"=10'],
      ])
        v.invalid(`bad-${name}`, JSON.stringify(option), {
          options: [option ?? ''],
          flags: ['Malformed'],
          error: { ...unknown, alsoAccept: [...unknown.alsoAccept, 'not-well-formed'] },
        });
      for (const option of ['foo=1', 'foo', 'pmin2=10', 'depth=1'])
        v.acceptable(`unknown-${option.replace('=', '-')}`, option, {
          options: [option],
          spec: ['core-1.2.2 6.3.4 inferred'],
          outcomes: [reject(unknown, 'no attribute of that name'), accept(attributes(), 'passed over')],
        });
      v.acceptable('unknown-beside-known', 'pmin=10, foo=1', {
        options: ['pmin=10', 'foo=1'],
        spec: ['core-1.2.2 6.3.4 inferred'],
        outcomes: [reject(unknown, 'nothing is applied'), accept(attributes(['pmin', '10']), 'passed over')],
      });
      for (const option of ['edge=1', 'con=1', 'hqmax=1'])
        v.acceptable(`newer-${option.slice(0, -2)}`, `${option} for a client of 1.1`, {
          context: { enabler: ['1.0', '1.1'], ...(option === 'edge=1' ? BOOLEAN : {}) },
          options: [option],
          flags: ['Newer'],
          spec: ['core-1.1.1 6.3.4 inferred'],
          outcomes: [reject(unknown, 'not known yet'), accept(attributes([option.slice(0, -2), '1']), 'known already')],
        });
      for (const option of ['epmin=1', 'epmax=5'])
        v.acceptable(`newer-${option.slice(0, 5)}`, `${option} for a client of 1.0`, {
          context: { enabler: ['1.0'] },
          options: [option],
          flags: ['Newer'],
          spec: ['core-1.0.2 5.4.4 inferred'],
          outcomes: [
            reject(unknown, 'not known yet'),
            accept(attributes([option.slice(0, 5), option.slice(6)]), 'known already'),
          ],
        });
    },
  );
  group(
    'options',
    'How a query is split',
    { context: WRITE, flags: ['Splitting'], spec: ['rfc7252 5.10.1 MUST', 'core-1.2.2 6.3.4 MUST'] },
    (v) => {
      v.acceptable('ampersand-inside', 'two attributes in one option', {
        options: ['pmin=10&pmax=60'],
        spec: ['rfc7252 6.4 inferred'],
        outcomes: [
          reject(badValue, 'one option is one parameter'),
          accept(attributes(['pmin', '10'], ['pmax', '60']), 'split again'),
        ],
      });
      v.acceptable('no-option', 'no attribute', {
        options: [],
        spec: ['core-1.2.2 6.3.4 inferred'],
        outcomes: [
          reject(refuse('bad-structure', 'truncated', 'bad-value'), 'nothing to write'),
          accept(attributes(), 'nothing is changed'),
        ],
      });
      for (const [name, options] of /** @type {[string, string[]][]} */ ([
        ['at-end', ['pmin=10', '']],
        ['at-start', ['', 'pmin=10']],
        ['between', ['pmin=10', '', 'pmax=60']],
        ['alone', ['']],
      ]))
        v.acceptable(`empty-option-${name}`, `an empty option ${name.replace('-', ' ')}`, {
          options,
          spec: ['core-1.2.2 6.3.4 inferred'],
          outcomes: [
            reject(refuse('unknown-label', 'bad-structure', 'bad-value', 'truncated'), 'no attribute'),
            accept(
              attributes(
                ...options.filter(Boolean).map((option) => /** @type {[string, string]} */ (option.split('='))),
              ),
              'passed over',
            ),
          ],
        });
      for (const [name, options] of /** @type {[string, string[]][]} */ ([
        ['last', ['pmin=10', 'pmax=abc']],
        ['first', ['gt=abc', 'pmin=10']],
        ['level', ['pmin=10', 'ssid=1']],
      ]))
        v.invalid(`partly-bad-${name}`, `${options.join(', ')}: nothing is applied`, {
          options,
          flags: ['AllOrNothing'],
          spec: ['core-1.2.2 6.3.4 MUST', 'core-1.1.1 6.3.4 MUST'],
          error: {
            class: 'bad-value',
            alsoAccept: ['unknown-label', 'bad-type', 'bad-structure', 'unsupported'],
            coapCode: ['4.00'],
          },
        });
      v.valid('observe-with-attributes', 'attributes of an Observe', {
        context: { ...V12, operation: 'observe' },
        options: ['pmin=10', 'pmax=60'],
        decoded: attributes(['pmin', '10'], ['pmax', '60']),
        encode: 'semantic',
        flags: ['Observe'],
        spec: ['core-1.2.2 6.4.1 MUST'],
      });
      v.valid('observe-with-threshold', 'a threshold of an Observe', {
        context: { ...V12, operation: 'observe' },
        options: ['gt=50', 'pmin=5'],
        decoded: attributes(['gt', '50'], ['pmin', '5']),
        encode: 'semantic',
        flags: ['Observe'],
        spec: ['core-1.2.2 6.4.1 MUST'],
      });
      v.valid('observe-composite-with-attributes', 'attributes of an Observe-Composite', {
        context: { ...V12, operation: 'observe-composite', path: '/' },
        options: ['pmin=10', 'pmax=60', 'con=1'],
        decoded: attributes(['pmin', '10'], ['pmax', '60'], ['con', '1']),
        encode: 'semantic',
        flags: ['Observe'],
        spec: ['core-1.2.2 6.4.1 MUST'],
      });
      v.invalid('observe-composite-with-threshold', 'a threshold has no resource to stand on', {
        context: { ...V12, operation: 'observe-composite', path: '/' },
        options: ['gt=50'],
        flags: ['Observe'],
        spec: ['core-1.2.2 6.4.1 MUST'],
        error: {
          class: 'unsupported',
          alsoAccept: ['bad-path', 'bad-value', 'unknown-label', 'bad-type'],
          coapCode: ['4.00'],
        },
      });
      v.encodes('encode-no-exponent', 'fifty is written in digits', {
        options: ['gt=50'],
        decoded: attributes(['gt', '50']),
        flags: ['Canonical'],
      });
      v.encodes('encode-small', 'a ten-millionth is written in digits', {
        context: { path: '/3442/0/130' },
        options: ['st=0.0000001'],
        decoded: attributes(['st', '0.0000001']),
        flags: ['Canonical'],
      });
      v.encodes('encode-large', 'a large threshold is written in digits', {
        context: { path: '/3442/0/130' },
        options: ['gt=1000000000000000000000'],
        decoded: attributes(['gt', '1000000000000000000000']),
        flags: ['Canonical'],
      });
    },
  );
}

export default family(
  {
    format: 'attributes-query',
    contentFormat: null,
    header: [
      'The query of Write-Attributes, and from 1.2 of Observe: Core 1.0.2 §5.1.2, §5.4.4, Core 1.1.1 §5.1.2, §6.3.4, Core 1.2.2 §7.3.2, §6.3.4, §6.4.1.',
      'Each entry of `options` is one Uri-Query option. An attribute without a value is taken away. Order has no meaning.',
      'The path and the type of its resource decide which attributes may stand there.',
    ],
    flags: {
      Set: { kind: 'basic', description: 'an attribute with a value' },
      Unset: { kind: 'basic', description: 'an attribute without a value' },
      EmptyValue: { kind: 'malformed', description: 'an equals sign with nothing behind' },
      Period: { kind: 'limit', description: 'whole seconds' },
      Range: { kind: 'ambiguous-spec', description: 'beyond 32 bits' },
      BadNumber: { kind: 'malformed', description: 'no number of the attribute' },
      LeadingZero: { kind: 'ambiguous-spec', description: 'zeros in front' },
      Threshold: { kind: 'numeric', description: 'decimal numbers without exponent' },
      Sign: {
        kind: 'ambiguous-spec',
        description: 'a sign before a threshold',
        links: ['OMA#563'],
        effect: 'no threshold below zero can be set',
      },
      Digits: { kind: 'numeric', description: 'more digits than a double holds' },
      Step: { kind: 'limit', description: 'steps of zero and below' },
      Newer: { kind: 'version', description: 'attributes that later versions have' },
      WrongType: { kind: 'type-mismatch', description: 'an attribute on a resource of a type it is not for' },
      PeriodOrder: {
        kind: 'ambiguous-spec',
        description: 'a minimum that is not below its maximum',
        links: ['OMA#495'],
      },
      ThresholdOrder: {
        kind: 'limit',
        description: 'lt + 2 st < gt',
        effect: 'a client that takes what breaks the rule reports without end',
      },
      Repeated: { kind: 'ambiguous-spec', description: 'one name twice' },
      Level: { kind: 'path', description: 'objects, instances, resources, resource instances' },
      Name: { kind: 'malformed', description: 'names that are no attributes' },
      Property: { kind: 'malformed', description: 'properties, which are read-only' },
      Malformed: { kind: 'malformed', description: 'options that are not NAME or NAME=VALUE' },
      Splitting: { kind: 'edge', description: 'options and ampersands' },
      AllOrNothing: {
        kind: 'malformed',
        description: 'one bad attribute beside good ones',
        effect: 'half of a request is applied',
      },
      Observe: { kind: 'version', description: 'attributes of an observation (1.2)' },
      Canonical: {
        kind: 'canonical',
        description: 'numbers without exponent',
        effect: 'gt=5E+1 is refused by a strict client',
      },
    },
    models: ['test', 'device'],
  },
  ({ group }) => {
    single(group);
    values(group);
    together(group);
    places(group);
  },
);

import { accept, family, reject } from '../lib/family.mjs';
import { query } from '../lib/values.mjs';
import { refuse } from './text/common.mjs';

/** @typedef {import('./text/common.mjs').Group} Group */

const REQUEST = { operation: 'bootstrap-request', role: 'bootstrap-server', enabler: ['1.1', '1.2'] };
const PACK = { operation: 'bootstrap-pack', role: 'bootstrap-server', enabler: ['1.2'] };
const EP = 'ep=urn:dev:os:0001';
const bad = refuse('bad-value', 'bad-structure', 'bad-type', 'out-of-range', 'not-well-formed', 'bad-path');
const unknown = refuse('unknown-label', 'bad-structure', 'unsupported', 'bad-value');
const missing = refuse('bad-structure', 'bad-value', 'truncated');
const format = { class: 'unsupported', alsoAccept: ['bad-value', 'out-of-range'], coapCode: ['4.00', '4.15'] };
/** @param {string[]} options */
const params = (options) =>
  query(
    ...options.map((option) =>
      option.includes('=') ? [option.slice(0, option.indexOf('=')), option.slice(option.indexOf('=') + 1)] : [option],
    ),
  );
/** @param {any} v @param {string} name @param {string} comment @param {string[]} options @param {object} [more] */
const both = (v, name, comment, options, more = {}) =>
  v.valid(name, comment, { options, decoded: params(options), encode: 'semantic', ...more });
/** @param {any} v @param {string} name @param {string} comment @param {string[]} options @param {string} why @param {string} whyNot @param {ReturnType<typeof refuse>} error @param {object} [more] */
const either = (v, name, comment, options, why, whyNot, error, more = {}) =>
  v.acceptable(name, comment, {
    options,
    spec: ['core-1.1.1 6.1.7.1 inferred'],
    outcomes: [accept(params(options), why), reject(error, whyNot)],
    ...more,
  });

/** @param {Group} group */
function request(group) {
  group(
    'request',
    'Bootstrap-Request',
    { context: REQUEST, flags: ['Basic'], spec: ['core-1.2.2 6.1.7.1 MUST', 'core-1.1.1 6.1.7.1 MUST'] },
    (v) => {
      both(v, 'request-name', 'a name', [EP]);
      both(v, 'request-1-0', 'a client of 1.0', [EP], {
        context: { enabler: ['1.0'] },
        spec: ['core-1.0.2 5.2.7.1 MUST'],
      });
      for (const [name, number] of [
        ['tlv', '11542'],
        ['senml-json', '110'],
        ['senml-cbor', '112'],
      ])
        both(v, `request-format-${name}`, `and a preferred format, ${number}`, [EP, `pct=${number}`], {
          flags: ['PreferredFormat'],
        });
      both(v, 'request-format-lwm2m-cbor', 'LwM2M CBOR, from 1.2', [EP, 'pct=11544'], {
        context: { enabler: ['1.2'] },
        flags: ['PreferredFormat'],
        spec: ['core-1.2.2 6.1.7.1 MUST'],
      });
      both(v, 'request-format-first', 'the format before the name', ['pct=110', EP], { flags: ['PreferredFormat'] });
      for (const [name, value] of [
        ['equals', 'a=b'],
        ['ampersand', 'a&b'],
        ['percent-kept', '%41'],
        ['utf8', 'Gerät-€'],
        ['blank', 'my node'],
        ['252', 'n'.repeat(252)],
      ])
        both(v, `request-name-${name}`, `name ${JSON.stringify((value ?? '').slice(0, 20))}`, [`ep=${value}`], {
          flags: ['Endpoint'],
        });
      either(
        v,
        'request-name-missing',
        'no name: the credentials tell it',
        ['pct=110'],
        'the credentials tell it',
        'without credentials nobody is there',
        missing,
        { flags: ['Endpoint'] },
      );
      either(
        v,
        'request-nothing',
        'no parameter',
        [],
        'the credentials tell the name',
        'without credentials nobody is there',
        missing,
        { flags: ['Endpoint'] },
      );
      v.invalid('request-name-missing-1-0', 'no name in 1.0', {
        context: { enabler: ['1.0'] },
        options: [],
        flags: ['Endpoint'],
        spec: ['core-1.0.2 5.2.7.1 MUST'],
        error: missing,
      });
      v.invalid('request-name-empty', 'an empty name', { options: ['ep='], flags: ['Endpoint'], error: bad });
      v.invalid('request-name-no-value', 'ep without an equals sign', {
        options: ['ep'],
        flags: ['Endpoint'],
        error: missing,
      });
      for (const [name, value] of [
        ['empty', ''],
        ['letters', 'json'],
        ['negative', '-1'],
        ['fraction', '110.5'],
        ['65536', '65536'],
        ['list', '110,112'],
        ['blank-list', '110 112'],
        ['quoted', '"110"'],
        ['hex', '0x6e'],
        ['media-type', 'application/senml+json'],
      ])
        v.invalid(`format-bad-${name}`, `pct=${value}`, {
          options: [EP, `pct=${value}`],
          flags: ['PreferredFormat'],
          error: { ...bad, alsoAccept: [...(bad.alsoAccept ?? []), 'unsupported'], coapCode: ['4.00', '4.15'] },
        });
      v.invalid('format-no-value', 'pct without an equals sign', {
        options: [EP, 'pct'],
        flags: ['PreferredFormat'],
        error: bad,
      });
      for (const value of ['0', '50', '60', '11543', '320', '65535'])
        either(
          v,
          `format-other-${value}`,
          `pct=${value}: no format of a bootstrap`,
          [EP, `pct=${value}`],
          'a wish that is passed over',
          'not supported',
          format,
          { flags: ['PreferredFormat'] },
        );
      either(
        v,
        'format-lwm2m-cbor-1-1',
        'LwM2M CBOR in 1.1',
        [EP, 'pct=11544'],
        'known already',
        'not known yet',
        format,
        { context: { enabler: ['1.1'] }, flags: ['PreferredFormat', 'Version'] },
      );
      either(
        v,
        'format-1-0',
        'a preferred format in 1.0',
        [EP, 'pct=110'],
        'known already',
        'unknown in 1.0',
        unknown,
        { context: { enabler: ['1.0'] }, flags: ['PreferredFormat', 'Version'] },
      );
      either(v, 'format-leading-zero', 'a leading zero', [EP, 'pct=0110'], 'the same number', 'no leading zeros', bad, {
        flags: ['PreferredFormat'],
      });
      for (const [
        name,
        options,
        first,
        last,
      ] of /** @type {[string, string[], [string, string][], [string, string][]][]} */ ([
        ['name', ['ep=a', 'ep=b'], [['ep', 'a']], [['ep', 'b']]],
        [
          'format',
          ['ep=a', 'pct=110', 'pct=112'],
          [
            ['ep', 'a'],
            ['pct', '110'],
          ],
          [
            ['ep', 'a'],
            ['pct', '112'],
          ],
        ],
      ]))
        v.acceptable(`twice-${name}`, options.join(', '), {
          options,
          flags: ['Repeated'],
          spec: ['core-1.1.1 6.1.7.1 inferred'],
          outcomes: [
            reject(refuse('duplicate', 'bad-structure', 'bad-value'), 'a parameter stands once'),
            accept(query(...first), 'the first one counts'),
            accept(query(...last), 'the last one counts'),
          ],
        });
      for (const [name, option] of [
        ['value', 'foo=bar'],
        ['flag', 'foo'],
        ['lt', 'lt=300'],
        ['lwm2m', 'lwm2m=1.1'],
        ['b', 'b=U'],
        ['upper', 'PCT=110'],
        ['acc', 'acc=</0/0>'],
      ])
        either(
          v,
          `unknown-${name}`,
          option ?? '',
          [EP, option ?? ''],
          'passed over',
          'no parameter of a Bootstrap-Request',
          unknown,
          { flags: ['Unknown'] },
        );
      for (const [name, options] of /** @type {[string, string[]][]} */ ([
        ['empty-option', [EP, '']],
        ['no-name', [EP, '=x']],
      ]))
        v.acceptable(name, name.replace('-', ' '), {
          options,
          flags: ['Unknown'],
          spec: ['core-1.1.1 6.1.7.1 inferred'],
          outcomes: [
            reject(unknown, 'no parameter'),
            accept(params(options), 'as written'),
            accept(params([EP]), 'passed over'),
          ],
        });
      v.acceptable('one-option', 'both parameters in one option', {
        options: [`${EP}&pct=110`],
        flags: ['Splitting'],
        spec: ['rfc7252 6.4 inferred'],
        outcomes: [
          accept(params([`${EP}&pct=110`]), 'one option is one parameter: a long name'),
          accept(params([EP, 'pct=110']), 'split again'),
          reject(bad, 'no name'),
        ],
      });
    },
  );
}

/** @param {Group} group */
function pack(group) {
  group(
    'pack',
    'Bootstrap-Pack-Request',
    { context: PACK, flags: ['Pack'], spec: ['core-1.2.2 6.1.7.7 MUST'] },
    (v) => {
      both(v, 'pack-name', 'a name', [EP]);
      both(v, 'pack-account', 'and the instances of its account', [EP, 'acc=</0/2>,</21/0>']);
      both(v, 'pack-account-one', 'and one instance', [EP, 'acc=</0/0>']);
      both(v, 'pack-account-first', 'the account before the name', ['acc=</0/1>', EP]);
      for (const [name, value] of [
        ['empty', ''],
        ['no-brackets', '/0/2'],
        ['numbers', '0,2'],
        ['object', '</0>'],
        ['resource', '</0/2/0>'],
        ['attribute', '</0/2>;ssid=1'],
        ['comma-at-end', '</0/2>,'],
        ['65536', '</0/65536>'],
      ])
        v.invalid(`pack-account-bad-${name}`, `acc=${value}`, { options: [EP, `acc=${value}`], error: bad });
      v.invalid('pack-account-no-value', 'acc without an equals sign', { options: [EP, 'acc'], error: bad });
      v.invalid('pack-name-empty', 'an empty name', { options: ['ep='], flags: ['Endpoint'], error: bad });
      either(
        v,
        'pack-format',
        'a preferred format',
        [EP, 'pct=110'],
        'passed over',
        'the Accept option says it',
        unknown,
        { flags: ['Unknown'], spec: ['core-1.2.2 6.1.7.7 inferred'] },
      );
      either(v, 'pack-unknown', 'an unknown parameter', [EP, 'foo=bar'], 'passed over', 'no parameter', unknown, {
        flags: ['Unknown'],
        spec: ['core-1.2.2 6.1.7.7 inferred'],
      });
    },
  );
}

export default family(
  {
    format: 'bootstrap-query',
    contentFormat: null,
    header: [
      'The queries of Bootstrap-Request and Bootstrap-Pack-Request: Core 1.0.2 §5.2.7.1, Core 1.1.1 §6.1.7.1, Core 1.2.2 §6.1.7.',
      'Each entry of `options` is one Uri-Query option. Parameters stand as they are written; order has no meaning.',
      'Where an unknown parameter is passed over, an implementation may leave it out of what it reports.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'everyday requests' },
      Endpoint: { kind: 'edge', description: 'the endpoint client name, as it is' },
      PreferredFormat: { kind: 'version', description: 'the Content-Format a client would like' },
      Version: { kind: 'version', description: 'parameters that later versions have' },
      Repeated: { kind: 'ambiguous-spec', description: 'one parameter twice' },
      Unknown: { kind: 'ambiguous-spec', description: 'parameters that LwM2M does not know' },
      Splitting: { kind: 'ambiguous-spec', description: 'several parameters in one option' },
      Pack: { kind: 'version', description: 'Bootstrap-Pack (1.2)' },
    },
  },
  ({ group }) => {
    request(group);
    pack(group);
  },
);

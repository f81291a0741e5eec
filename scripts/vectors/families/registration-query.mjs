import { accept, family, reject } from '../lib/family.mjs';
import { query } from '../lib/values.mjs';
import { refuse } from './text/common.mjs';

/** @typedef {import('./text/common.mjs').Group} Group */

const REGISTER = { operation: 'register', role: 'server', enabler: ['1.1', '1.2'] };
const UPDATE = { operation: 'update', role: 'server', enabler: ['1.1', '1.2'] };
const SPEC = ['core-1.2.2 6.2.1 MUST', 'core-1.1.1 6.2.1 MUST'];
const bad = refuse('bad-value', 'bad-structure', 'bad-type', 'out-of-range');
const unknown = refuse('unknown-label', 'bad-structure', 'unsupported', 'bad-value');
const missing = refuse('bad-structure', 'bad-value', 'truncated');
const version = { class: 'unsupported', alsoAccept: ['bad-value', 'out-of-range'], coapCode: ['4.12'] };
const EP = 'ep=urn:dev:os:0001';

/** Options as parameters: only the first equals sign separates, nothing is unescaped. @param {string[]} options */
const params = (options) =>
  query(
    ...options.map((option) =>
      option.includes('=') ? [option.slice(0, option.indexOf('=')), option.slice(option.indexOf('=') + 1)] : [option],
    ),
  );

/** @param {any} v @param {string} name @param {string} comment @param {string[]} options @param {object} [more] */
const both = (v, name, comment, options, more = {}) =>
  v.valid(name, comment, { options, decoded: params(options), ...more });
/** @param {...string} more */
const full = (...more) => [EP, 'lt=300', 'lwm2m=1.1', ...more];
/** May be taken as it stands, or refused. @param {any} v @param {string} name @param {string} comment @param {string[]} options @param {string} why @param {string} whyNot @param {ReturnType<typeof refuse>} error @param {object} [more] */
const either = (v, name, comment, options, why, whyNot, error, more = {}) =>
  v.acceptable(name, comment, { options, outcomes: [accept(params(options), why), reject(error, whyNot)], ...more });

/** @param {Group} group */
function register(group) {
  group('register', 'Register', { context: REGISTER, flags: ['Basic'], spec: SPEC }, (v) => {
    both(v, 'register-minimal', 'name, lifetime, version', full(), { encode: 'semantic' });
    both(v, 'register-binding', 'and a binding', full('b=U'), { encode: 'semantic' });
    both(v, 'register-queue', 'and queue mode', full('b=U', 'Q'), { encode: 'semantic', flags: ['Queue'] });
    both(v, 'register-all', 'everything that 1.1 has', full('b=US', 'Q', 'sms=491701234567'), { encode: 'semantic' });
    both(
      v,
      'register-all-1-2',
      'everything that 1.2 has',
      [EP, 'lt=300', 'lwm2m=1.2', 'b=UT', 'Q', 'sms=491701234567', 'pid=6:27354b9a'],
      { context: { enabler: ['1.2'] }, encode: 'semantic' },
    );
    for (const [name, options] of /** @type {[string, string[]][]} */ ([
      ['lt-first', ['lt=300', EP, 'lwm2m=1.1']],
      ['version-first', ['lwm2m=1.1', 'b=U', 'lt=300', EP]],
      ['reversed', ['Q', 'b=U', 'lwm2m=1.1', 'lt=300', EP]],
    ]))
      both(v, `register-order-${name}`, 'parameters in another order', options, { flags: ['Order'] });
    both(v, 'register-1-0', 'a client of 1.0', [EP, 'lt=300', 'lwm2m=1.0', 'b=U'], {
      context: { enabler: ['1.0'] },
      spec: ['core-1.0.2 5.3.1 MUST'],
      encode: 'semantic',
    });
    both(v, 'register-1-0-queue', 'queue mode of 1.0', [EP, 'lt=300', 'lwm2m=1.0', 'b=UQ'], {
      context: { enabler: ['1.0'] },
      spec: ['core-1.0.2 5.3.1 MUST'],
      encode: 'semantic',
      flags: ['Queue'],
    });
    both(v, 'register-1-2', 'a client of 1.2', [EP, 'lt=300', 'lwm2m=1.2', 'b=U'], {
      context: { enabler: ['1.2'] },
      encode: 'semantic',
    });
    both(v, 'register-without-binding', 'no binding: U', full(), { flags: ['Basic'] });
    either(
      v,
      'register-20-parameters',
      'twenty unknown parameters',
      full(...Array.from({ length: 20 }, (_, i) => `x${i}=${i}`)),
      'unknown ones are passed over',
      'unknown ones are refused',
      unknown,
      { flags: ['Unknown'], spec: ['core-1.1.1 6.2.1 inferred'] },
    );
  });
  group('endpoint', 'ep', { context: REGISTER, flags: ['Endpoint'], spec: SPEC }, (v) => {
    for (const [name, value] of [
      ['urn-imei', 'urn:imei:123456789012345'],
      ['urn-uuid', 'urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6'],
      ['plain', 'node1'],
      ['equals', 'a=b=c'],
      ['ampersand', 'a&b'],
      ['slash', 'a/b'],
      ['blank', 'my node'],
      ['question-mark', 'a?b'],
      ['percent-kept', '%41%20b'],
      ['plus-kept', 'a+b'],
      ['hash', 'a#b'],
      ['quotes', '"a"'],
      ['utf8', 'Gerät-€-😀'],
      ['single', 'x'],
    ])
      both(v, `ep-${name}`, `name ${JSON.stringify(value)}`, [`ep=${value}`, 'lt=300', 'lwm2m=1.1'], {
        encode: 'semantic',
        spec: [...SPEC, 'rfc7252 5.10.1 MUST'],
      });
    both(v, 'ep-252', 'a name as long as an option lets it be', [`ep=${'n'.repeat(252)}`, 'lt=300', 'lwm2m=1.1'], {
      encode: 'semantic',
      spec: [...SPEC, 'rfc7252 5.10 MUST'],
    });
    v.invalid('ep-253', 'an option of 256 bytes', {
      options: [`ep=${'n'.repeat(253)}`, 'lt=300', 'lwm2m=1.1'],
      spec: ['rfc7252 5.10 MUST'],
      flags: ['OptionLength'],
      error: { class: 'bad-length', alsoAccept: ['bad-value', 'out-of-range'], coapCode: ['4.00', '4.02'] },
    });
    either(
      v,
      'ep-missing',
      'no name: the credentials tell it',
      ['lt=300', 'lwm2m=1.1'],
      'the credentials tell it',
      'without credentials nobody is there',
      missing,
      { spec: ['core-1.1.1 6.2.1 inferred'] },
    );
    v.invalid('ep-missing-1-0', 'no name in 1.0', {
      context: { enabler: ['1.0'] },
      options: ['lt=300', 'lwm2m=1.0'],
      spec: ['core-1.0.2 5.3.1 MUST'],
      error: missing,
    });
    v.invalid('ep-empty', 'an empty name', { options: ['ep=', 'lt=300', 'lwm2m=1.1'], error: bad });
    v.invalid('ep-no-value', 'ep without an equals sign', { options: ['ep', 'lt=300', 'lwm2m=1.1'], error: missing });
    v.acceptable('ep-twice', 'two names', {
      options: ['ep=a', 'ep=b', 'lt=300', 'lwm2m=1.1'],
      flags: ['Repeated'],
      spec: ['core-1.1.1 6.2.1 inferred'],
      outcomes: [
        reject(refuse('duplicate', 'bad-structure', 'bad-value'), 'a client has one name'),
        accept(query(['ep', 'a'], ['lt', '300'], ['lwm2m', '1.1']), 'the first one counts'),
        accept(query(['ep', 'b'], ['lt', '300'], ['lwm2m', '1.1']), 'the last one counts'),
      ],
    });
  });
  group('lifetime', 'lt', { context: REGISTER, flags: ['Lifetime'], spec: SPEC }, (v) => {
    for (const value of ['1', '60', '86400', '2147483647', '2147483648', '4294967295'])
      both(v, `lt-${value}`, `${value} seconds`, [EP, `lt=${value}`, 'lwm2m=1.1'], { encode: 'semantic' });
    either(
      v,
      'lt-0',
      'zero: no end in 1.2, not defined before',
      [EP, 'lt=0', 'lwm2m=1.1'],
      'it never ends',
      'not defined',
      bad,
      { spec: ['core-1.2.2 6.2.1 inferred', 'core-1.1.1 6.2.1 inferred'] },
    );
    either(
      v,
      'lt-4294967296',
      'beyond 32 bits',
      [EP, 'lt=4294967296', 'lwm2m=1.1'],
      'nobody names a limit',
      'beyond an Integer of 32 bits',
      bad,
      { spec: ['core-1.1.1 6.2.1 inferred'] },
    );
    for (const [name, value] of [
      ['minus-1', '-1'],
      ['fraction', '1.5'],
      ['letters', 'abc'],
      ['empty', ''],
      ['exponent', '1e3'],
      ['hex', '0x10'],
      ['blank', '300 '],
      ['unit', '300s'],
      ['40-digits', '9'.repeat(40)],
      ['nan', 'NaN'],
    ])
      v.invalid(`lt-${name}`, `lt=${value}`, { options: [EP, `lt=${value}`, 'lwm2m=1.1'], error: bad });
    v.acceptable('lt-plus', 'a plus sign', {
      options: [EP, 'lt=+300', 'lwm2m=1.1'],
      spec: ['core-1.1.1 6.2.1 inferred'],
      outcomes: [
        reject(bad, 'no number'),
        accept(params([EP, 'lt=300', 'lwm2m=1.1']), 'the same number'),
        accept(params([EP, 'lt=+300', 'lwm2m=1.1']), 'as it is written'),
      ],
    });
    either(v, 'lt-leading-zero', 'a leading zero', [EP, 'lt=0300', 'lwm2m=1.1'], 'the same number', 'no number', bad, {
      spec: ['core-1.1.1 6.2.1 inferred'],
    });
    v.invalid('lt-missing', 'no lifetime', { options: [EP, 'lwm2m=1.1'], error: missing });
    v.acceptable('lt-missing-1-0', 'no lifetime in 1.0', {
      context: { enabler: ['1.0'] },
      options: [EP, 'lwm2m=1.0'],
      spec: ['core-1.0.2 5.3.1 inferred'],
      outcomes: [
        reject(missing, 'required'),
        accept(params([EP, 'lwm2m=1.0']), 'early texts of 1.0 have a default'),
        accept(params([EP, 'lt=86400', 'lwm2m=1.0']), 'the default of early texts of 1.0'),
      ],
    });
    v.invalid('lt-no-value', 'lt without an equals sign', { options: [EP, 'lt', 'lwm2m=1.1'], error: bad });
    v.acceptable('lt-twice', 'two lifetimes', {
      options: [EP, 'lt=300', 'lt=600', 'lwm2m=1.1'],
      flags: ['Repeated'],
      spec: ['core-1.1.1 6.2.1 inferred'],
      outcomes: [
        reject(refuse('duplicate', 'bad-structure', 'bad-value'), 'there is one lifetime'),
        accept(query(['ep', 'urn:dev:os:0001'], ['lt', '300'], ['lwm2m', '1.1']), 'the first one counts'),
        accept(query(['ep', 'urn:dev:os:0001'], ['lt', '600'], ['lwm2m', '1.1']), 'the last one counts'),
      ],
    });
  });
  group('version', 'lwm2m', { context: REGISTER, flags: ['Version'], spec: SPEC }, (v) => {
    for (const value of ['1.0', '1.1', '1.2'])
      both(v, `version-${value.replace('.', '-')}`, `version ${value}`, [EP, 'lt=300', `lwm2m=${value}`], {
        context: { enabler: ['1.0', '1.1', '1.2'] },
      });
    for (const value of ['1.3', '2.0', '0.9', '1.10'])
      either(
        v,
        `version-${value.replace('.', '-')}`,
        `version ${value}, which a server may not know`,
        [EP, 'lt=300', `lwm2m=${value}`],
        'taken as the nearest it knows',
        'not supported',
        version,
        { spec: ['core-1.1.1 6.2.1 inferred'] },
      );
    for (const [name, value] of [
      ['major-alone', '1'],
      ['blank', '1.1 '],
      ['v', 'v1.1'],
      ['empty', ''],
      ['three-parts', '1.1.1'],
      ['letters', 'latest'],
      ['comma', '1,1'],
      ['dot', '1.'],
      ['negative', '-1.1'],
    ])
      v.invalid(`version-bad-${name}`, `lwm2m=${value}`, {
        options: [EP, 'lt=300', `lwm2m=${value}`],
        error: { ...bad, alsoAccept: ['unsupported', ...(bad.alsoAccept ?? [])], coapCode: ['4.00', '4.12'] },
      });
    either(v, 'version-missing', 'no version', [EP, 'lt=300'], 'taken as 1.0', 'required', missing, {
      spec: ['core-1.1.1 6.2.1 inferred'],
    });
    v.invalid('version-no-value', 'lwm2m without an equals sign', { options: [EP, 'lt=300', 'lwm2m'], error: bad });
    v.acceptable('version-twice', 'two versions', {
      options: [EP, 'lt=300', 'lwm2m=1.1', 'lwm2m=1.2'],
      flags: ['Repeated'],
      spec: ['core-1.1.1 6.2.1 inferred'],
      outcomes: [
        reject(refuse('duplicate', 'bad-structure', 'bad-value'), 'a client has one version'),
        accept(query(['ep', 'urn:dev:os:0001'], ['lt', '300'], ['lwm2m', '1.1']), 'the first one counts'),
        accept(query(['ep', 'urn:dev:os:0001'], ['lt', '300'], ['lwm2m', '1.2']), 'the last one counts'),
      ],
    });
  });
  group('binding', 'b and Q', { context: REGISTER, flags: ['Binding'], spec: SPEC }, (v) => {
    for (const value of ['U', 'UQ', 'S', 'SQ', 'US', 'UQS'])
      both(v, `binding-1-0-${value.toLowerCase()}`, `b=${value} in 1.0`, [EP, 'lt=300', 'lwm2m=1.0', `b=${value}`], {
        context: { enabler: ['1.0'] },
        spec: ['core-1.0.2 5.3.1.1 MUST'],
        encode: 'semantic',
      });
    for (const value of ['U', 'T', 'S', 'N', 'US', 'SU', 'UT', 'UTSN', 'NSTU'])
      both(v, `binding-1-1-${value.toLowerCase()}`, `b=${value} in 1.1`, full(`b=${value}`), { encode: 'semantic' });
    for (const value of ['M', 'H', 'UM', 'UTSNMH'])
      both(v, `binding-1-2-${value.toLowerCase()}`, `b=${value} in 1.2`, [EP, 'lt=300', 'lwm2m=1.2', `b=${value}`], {
        context: { enabler: ['1.2'] },
        spec: ['core-1.2.2 6.2.1 MUST'],
        encode: 'semantic',
      });
    for (const [name, value] of [
      ['empty', ''],
      ['x', 'X'],
      ['twice', 'UU'],
      ['lower', 'u'],
      ['comma', 'U,S'],
      ['blank', 'U S'],
      ['digit', '1'],
      ['word', 'UDP'],
    ])
      v.invalid(`binding-bad-${name}`, `b=${value}`, { options: full(`b=${value}`), error: bad });
    for (const value of ['USQ', 'UQSQ', 'QU', 'Q', 'T', 'N'])
      v.invalid(`binding-1-0-bad-${value.toLowerCase()}`, `b=${value} in 1.0`, {
        context: { enabler: ['1.0'] },
        options: [EP, 'lt=300', 'lwm2m=1.0', `b=${value}`],
        spec: ['core-1.0.2 5.3.1.1 MUST'],
        error: bad,
      });
    either(v, 'binding-queue-1-1', 'b=UQ in 1.1', full('b=UQ'), 'as in 1.0', 'Q stands by itself from 1.1', bad, {
      flags: ['Binding', 'Queue'],
      spec: ['core-1.1.1 6.2.1 inferred'],
    });
    either(v, 'binding-m-1-1', 'b=M in 1.1', full('b=M'), 'known already', 'not known yet', bad, {
      spec: ['core-1.1.1 6.2.1 inferred'],
    });
    v.invalid('binding-no-value', 'b without an equals sign', { options: full('b'), error: bad });
    either(v, 'queue-1-0', 'Q in 1.0', [EP, 'lt=300', 'lwm2m=1.0', 'Q'], 'known already', 'unknown in 1.0', unknown, {
      context: { enabler: ['1.0'] },
      flags: ['Queue'],
      spec: ['core-1.0.2 5.3.1 inferred'],
    });
    for (const value of ['1', 'true', ''])
      either(
        v,
        `queue-value-${value || 'empty'}`,
        `Q=${value}`,
        full(`Q=${value}`),
        'Q stands there',
        'Q has no value',
        bad,
        { flags: ['Queue'], spec: ['core-1.1.1 6.2.1 inferred'] },
      );
    either(v, 'queue-lower', 'q', full('q'), 'unknown and passed over', 'no parameter', unknown, {
      flags: ['Queue', 'Unknown'],
      spec: ['core-1.1.1 6.2.1 inferred'],
    });
  });
  group('other', 'sms, pid and unknown ones', { context: REGISTER, flags: ['Sms'], spec: SPEC }, (v) => {
    for (const value of ['12345678', '1', '491701234567890'])
      both(v, `sms-${value.length}-digits`, `sms=${value}`, full('b=US', `sms=${value}`), { encode: 'semantic' });
    both(v, 'sms-external-identifier', 'an External Identifier', full('b=US', 'sms=device7@operator.example'), {
      encode: 'semantic',
    });
    for (const [name, value] of [
      ['plus', '+491701234567'],
      ['letters', 'abc'],
      ['empty', ''],
      ['blank', '49 170'],
      ['16-digits', '1234567890123456'],
    ])
      either(v, `sms-${name}`, `sms=${value}`, full('b=US', `sms=${value}`), 'kept as it is', 'no MSISDN', bad, {
        spec: ['core-1.1.1 6.2.1 inferred'],
      });
    const PID = { context: { enabler: ['1.2'] }, flags: ['Profile'], spec: ['core-1.2.2 6.2.1 MUST'] };
    const with12 = (/** @type {string} */ pid) => [EP, 'lt=300', 'lwm2m=1.2', `pid=${pid}`];
    for (const [name, value] of [
      ['hash', '6:1234abcd'],
      ['hash-256', `1:${'0123456789abcdef'.repeat(4)}`],
      ['oma', 'oma:sensor-1'],
      ['vendor', 'v:acme-7'],
      ['list', '"6:27354b9a,oma:sensor-1"'],
      ['list-one', '"6:27354b9a"'],
    ])
      both(v, `pid-${name}`, `pid=${value}`, with12(value ?? ''), { ...PID, encode: 'semantic' });
    for (const [name, value] of [
      ['empty', ''],
      ['no-suite', '1234abcd'],
      ['no-hash', '6:'],
      ['bad-hex', '6:xyz'],
      ['upper-hex', '6:1234ABCD'],
      ['other-prefix', 'x:abc'],
      ['list-unquoted', '6:27354b9a,6:11111111'],
      ['list-empty', '""'],
      ['list-comma', '"6:27354b9a,"'],
      ['static-empty', 'oma:'],
      ['static-blank', 'oma:a b'],
    ])
      v.invalid(`pid-bad-${name}`, `pid=${value}`, { ...PID, options: with12(value ?? ''), error: bad });
    either(v, 'pid-1-1', 'pid in 1.1', full('pid=6:27354b9a'), 'passed over', 'unknown in 1.1', unknown, {
      flags: ['Profile', 'Unknown'],
      spec: ['core-1.1.1 6.2.1 inferred'],
    });
    for (const [name, option] of [
      ['value', 'foo=bar'],
      ['flag', 'foo'],
      ['empty', 'foo='],
      ['vendor', 'x-fw=1.2.3'],
      ['d', 'd=example.com'],
      ['et', 'et=oma.lwm2m'],
      ['base', 'base=coap://a'],
    ])
      either(
        v,
        `unknown-${name}`,
        option ?? '',
        full(option ?? ''),
        'passed over or handed on',
        'no parameter of LwM2M',
        unknown,
        { flags: ['Unknown'], spec: ['core-1.1.1 6.2.1 inferred'] },
      );
    for (const [name, options] of /** @type {[string, string[]][]} */ ([
      ['ep', ['EP=a', 'lt=300', 'lwm2m=1.0']],
      ['lt', [EP, 'LT=300', 'lwm2m=1.1']],
      ['lwm2m', [EP, 'lt=300', 'LWM2M=1.1']],
    ])) {
      if (name === 'lwm2m')
        either(
          v,
          `case-${name}`,
          'a name in capital letters',
          options,
          'unknown and passed over; the version is missing',
          'no parameter, and the version is missing',
          unknown,
          { flags: ['Unknown'], spec: ['core-1.1.1 6.2.1 inferred'] },
        );
      else
        v.invalid(`case-${name}`, 'a name in capital letters is another name, and the parameter is missing', {
          options,
          ...(name === 'ep' ? { context: { enabler: ['1.0'] }, spec: ['core-1.0.2 5.3.1 MUST'] } : {}),
          flags: ['Unknown'],
          error: { ...unknown, alsoAccept: [...(unknown.alsoAccept ?? []), 'truncated'] },
        });
    }
  });
  group(
    'splitting',
    'Options and ampersands',
    { context: REGISTER, flags: ['Splitting'], spec: ['core-1.1.1 6.2.1 inferred', 'rfc7252 6.4 inferred'] },
    (v) => {
      v.acceptable('splitting-one-option', 'all parameters in one option', {
        options: [full().join('&')],
        outcomes: [
          reject(missing, 'one option is one parameter: a long name, and no lifetime'),
          accept(params(full()), 'split again'),
        ],
      });
      v.acceptable('splitting-two-in-one', 'two parameters in one option', {
        options: [EP, 'lt=300&lwm2m=1.1'],
        outcomes: [reject(bad, 'one option is one parameter'), accept(params(full()), 'split again')],
      });
      for (const [name, options] of /** @type {[string, string[]][]} */ ([
        ['between', [EP, '', 'lt=300', 'lwm2m=1.1']],
        ['at-end', [...full(), '']],
      ]))
        v.acceptable(`splitting-empty-${name}`, `an empty option ${name.replace('-', ' ')}`, {
          options,
          outcomes: [
            accept(params(full()), 'passed over'),
            accept(params(options), 'as written'),
            reject(unknown, 'no parameter'),
          ],
        });
      v.acceptable('splitting-no-name', 'an option that begins with an equals sign', {
        options: full('=x'),
        outcomes: [
          reject(unknown, 'no parameter'),
          accept(params(full('=x')), 'as written'),
          accept(params(full()), 'passed over'),
        ],
      });
      v.invalid('splitting-no-option', 'no parameter at all', { options: [], spec: SPEC, error: missing });
    },
  );
}

/** @param {Group} group */
function update(group) {
  group(
    'update',
    'Update',
    { context: UPDATE, flags: ['Update'], spec: ['core-1.2.2 6.2.2 MUST', 'core-1.1.1 6.2.2 MUST'] },
    (v) => {
      both(v, 'update-nothing', 'no parameter', [], { encode: 'bytes' });
      both(v, 'update-lifetime', 'a lifetime', ['lt=600'], { encode: 'bytes' });
      both(v, 'update-binding', 'a binding', ['b=UT'], { encode: 'bytes' });
      both(v, 'update-queue', 'queue mode', ['Q'], { encode: 'bytes', flags: ['Update', 'Queue'] });
      both(v, 'update-sms', 'a telephone number', ['sms=491701234567'], { encode: 'bytes' });
      both(v, 'update-several', 'all of them', ['lt=600', 'b=US', 'Q', 'sms=491701234567'], { encode: 'semantic' });
      both(v, 'update-order', 'in another order', ['b=U', 'lt=600']);
      both(v, 'update-1-0', 'lifetime and binding of 1.0', ['lt=600', 'b=UQ'], {
        context: { enabler: ['1.0'] },
        spec: ['core-1.0.2 5.3.2 MUST'],
      });
      both(v, 'update-profile', 'a profile', ['pid=6:27354b9a'], {
        context: { enabler: ['1.2'] },
        flags: ['Update', 'Profile'],
        spec: ['core-1.2.2 6.2.2 MUST'],
      });
      for (const option of ['ep=urn:dev:os:0001', 'lwm2m=1.1'])
        either(
          v,
          `update-${option.split('=')[0]}`,
          `${option} in an Update`,
          [option],
          'passed over',
          'only a Register has it',
          unknown,
          { spec: ['core-1.1.1 6.2.2 inferred'] },
        );
      for (const [name, option] of [
        ['lt-letters', 'lt=abc'],
        ['lt-negative', 'lt=-1'],
        ['lt-empty', 'lt='],
        ['lt-fraction', 'lt=1.5'],
        ['b-empty', 'b='],
        ['b-x', 'b=X'],
        ['b-twice', 'b=UU'],
      ])
        v.invalid(`update-bad-${name}`, option ?? '', { options: [option ?? ''], error: bad });
      v.acceptable('update-lt-twice', 'two lifetimes', {
        options: ['lt=300', 'lt=600'],
        flags: ['Repeated'],
        spec: ['core-1.1.1 6.2.2 inferred'],
        outcomes: [
          reject(refuse('duplicate', 'bad-structure', 'bad-value'), 'there is one lifetime'),
          accept(query(['lt', '300']), 'the first one counts'),
          accept(query(['lt', '600']), 'the last one counts'),
        ],
      });
      either(
        v,
        'update-unknown',
        'an unknown parameter',
        ['lt=600', 'foo=bar'],
        'passed over',
        'no parameter of LwM2M',
        unknown,
        { flags: ['Unknown'], spec: ['core-1.1.1 6.2.2 inferred'] },
      );
      either(v, 'update-profile-1-1', 'pid in 1.1', ['pid=6:27354b9a'], 'passed over', 'unknown in 1.1', unknown, {
        context: { enabler: ['1.1'] },
        flags: ['Profile', 'Unknown'],
        spec: ['core-1.1.1 6.2.2 inferred'],
      });
    },
  );
  group(
    'deregister',
    'De-register',
    {
      context: { operation: 'deregister', role: 'server' },
      flags: ['Deregister'],
      spec: ['core-1.2.2 6.2.3 inferred', 'core-1.1.1 6.2.3 inferred'],
    },
    (v) => {
      v.valid('deregister-nothing', 'no query', {
        options: [],
        decoded: query(),
        spec: ['core-1.2.2 6.2.3 MUST', 'core-1.1.1 6.2.3 MUST'],
      });
      either(
        v,
        'deregister-lifetime',
        'a lifetime in a De-register',
        ['lt=0'],
        'passed over',
        'it has no parameters',
        unknown,
      );
    },
  );
}

export default family(
  {
    format: 'registration-query',
    contentFormat: null,
    header: [
      'The queries of Register, Update and De-register: Core 1.0.2 §5.3, Core 1.1.1 §6.2, Core 1.2.2 §6.2.',
      'Each entry of `options` is one Uri-Query option. Parameters stand as they are written, [name] without an equals sign, [name, value] with one; order has no meaning.',
      'Where an unknown parameter is passed over, an implementation may leave it out of what it reports.',
    ],
    flags: {
      Basic: { kind: 'basic', description: 'everyday registrations' },
      Order: { kind: 'edge', description: 'parameters in any order' },
      Endpoint: {
        kind: 'edge',
        description: 'the endpoint client name, as it is',
        effect: 'a name with an equals sign or a percent sign becomes another',
      },
      OptionLength: { kind: 'limit', description: 'an option has up to 255 bytes' },
      Lifetime: { kind: 'limit', description: 'whole seconds' },
      Version: { kind: 'version', description: 'the version of the enabler' },
      Binding: { kind: 'version', description: 'letters that differ from version to version' },
      Queue: {
        kind: 'version',
        description: 'in the binding in 1.0, by itself from 1.1',
        effect: 'the server does not queue and requests are lost',
      },
      Sms: { kind: 'edge', description: 'telephone numbers and External Identifiers' },
      Profile: { kind: 'version', description: 'profile ids (1.2)' },
      Unknown: {
        kind: 'ambiguous-spec',
        description: 'parameters that LwM2M does not know',
        effect: 'devices with parameters of their maker cannot register',
      },
      Repeated: { kind: 'ambiguous-spec', description: 'one parameter twice' },
      Splitting: { kind: 'ambiguous-spec', description: 'empty options, several parameters in one option' },
      Update: { kind: 'basic', description: 'what an Update changes' },
      Deregister: { kind: 'basic', description: 'the end of a registration' },
    },
  },
  ({ group }) => {
    register(group);
    update(group);
  },
);

/** What clients say with links: Register and Update, Discover, Bootstrap-Discover. */
import { accept, reject } from '../../lib/family.mjs';
import { links } from '../../lib/values.mjs';
import { linkText } from '../../emit/link-format.mjs';
import { refuse } from '../text/common.mjs';

/** @typedef {import('../text/common.mjs').Group} Group */
/** @typedef {[string, ...string[][]]} LinkSpec */

const REGISTER = { operation: 'register', role: 'server' };
const DISCOVER = { operation: 'discover', role: 'server' };
const BOOTSTRAP = { operation: 'bootstrap-discover', role: 'bootstrap-server' };
const ROOT = /** @type {LinkSpec} */ (['/', ['rt', 'oma.lwm2m'], ['ct', '110']]);

/** A list as it is written here, both ways. @param {any} v @param {string} name @param {string} comment @param {LinkSpec[]} list @param {object} [more] */
const both = (v, name, comment, list, more = {}) =>
  v.valid(name, comment, { text: linkText(...list), decoded: links(...list), encode: 'semantic', ...more });

/** @param {Group} group */
function register(group) {
  group(
    'register',
    'The list of a Register or Update',
    {
      context: REGISTER,
      flags: ['Register'],
      spec: ['core-1.2.2 6.2.1 MUST', 'core-1.1.1 6.2.1 MUST', 'core-1.0.2 5.3.1 MUST'],
    },
    (v) => {
      both(v, 'register-minimal', 'the instances that every client has', [['/1/0'], ['/3/0']]);
      both(v, 'register-root', 'with the root and its format', [ROOT, ['/1/0'], ['/3/0']]);
      both(v, 'register-root-formats', 'with the root and several formats', [
        ['/', ['rt', 'oma.lwm2m'], ['ct', '60 110 112 11542 11543']],
        ['/1/0'],
        ['/3/0'],
      ]);
      both(v, 'register-root-without-ct', 'with the root alone', [['/', ['rt', 'oma.lwm2m']], ['/1/0'], ['/3/0']]);
      both(v, 'register-typical', 'a typical list', [
        ROOT,
        ['/1/0'],
        ['/1/1'],
        ['/2/0'],
        ['/3/0'],
        ['/4/0'],
        ['/5'],
        ['/3303', ['ver', '1.1']],
        ['/3303/0'],
      ]);
      both(v, 'register-object-without-instance', 'an object without instance', [['/1/0'], ['/3/0'], ['/5']]);
      both(
        v,
        'register-version',
        'a version stands on its object',
        [['/1/0'], ['/3/0'], ['/3303', ['ver', '1.1']], ['/3303/0']],
        {
          flags: ['Register', 'Version'],
          spec: ['core-1.2.2 7.2.2 MUST', 'core-1.1.1 7.2.2 MUST'],
          erratum: { ref: 'Core 1.1.1 §7.2.3 example', form: 'corrected', pair: 'attribute-printed-ver' },
        },
      );
      both(
        v,
        'register-version-no-instance',
        'a version of an object without instance',
        [['/1/0'], ['/3/0'], ['/5', ['ver', '1.2']]],
        { flags: ['Register', 'Version'] },
      );
      both(
        v,
        'register-version-two-digits',
        'version 10.12',
        [['/1/0'], ['/3/0'], ['/42769', ['ver', '10.12']], ['/42769/0']],
        { flags: ['Register', 'Version'] },
      );
      both(
        v,
        'register-alternate-path',
        'an alternate path',
        [['/lwm2m', ['rt', 'oma.lwm2m']], ['/lwm2m/1/0'], ['/lwm2m/3/0']],
        { flags: ['Register', 'AlternatePath'], spec: ['transport-1.2.2 6.4.1 MUST', 'core-1.0.2 8.2.2 MUST'] },
      );
      both(
        v,
        'register-alternate-path-formats',
        'an alternate path with formats',
        [['/lwm2m', ['rt', 'oma.lwm2m'], ['ct', '60 110']], ['/lwm2m/1/0'], ['/lwm2m/3/0']],
        { flags: ['Register', 'AlternatePath'], spec: ['transport-1.2.2 6.4.1 MUST'] },
      );
      both(
        v,
        'register-alternate-path-two-segments',
        'an alternate path of two segments',
        [['/oma/lwm2m', ['rt', 'oma.lwm2m']], ['/oma/lwm2m/1/0'], ['/oma/lwm2m/3/0']],
        { flags: ['Register', 'AlternatePath'], spec: ['transport-1.2.2 6.4.1 MUST'] },
      );
      both(v, 'register-other-resources', 'resources that are none of LwM2M', [
        ['/1/0'],
        ['/3/0'],
        ['/.well-known/core'],
        ['/sensors', ['rt', 'temperature']],
      ]);
      both(v, 'register-id-0-and-65534', 'the smallest and the largest instance', [
        ['/1/0'],
        ['/1/65534'],
        ['/3/0'],
        ['/42800/0'],
      ]);
      both(v, 'register-unknown-object', 'an object that the server does not know', [['/1/0'], ['/3/0'], ['/32769/0']]);
      both(v, 'register-unknown-attribute', 'an attribute that the server does not know', [
        ['/1/0', ['x', '1']],
        ['/3/0', ['obs']],
      ]);
      both(v, 'register-gateway', 'a device behind a gateway, in its list', [['/3/0'], ['/3303/0'], ['/3303/1']], {
        context: { enabler: ['1.2'] },
        spec: ['gateway-1.1.1 6.2 MUST'],
      });
      both(v, 'update-list', 'an Update with a new list', [['/1/0'], ['/3/0'], ['/5/0']], {
        context: { operation: 'update' },
        spec: ['core-1.2.2 6.2.2 MUST'],
      });
      v.valid('update-empty', 'an Update without list', {
        context: { operation: 'update' },
        text: '',
        decoded: links(),
        flags: ['Empty'],
        spec: ['core-1.2.2 6.2.2 MUST'],
      });
      v.acceptable('register-empty', 'a Register without list', {
        text: '',
        flags: ['Empty'],
        spec: ['core-1.2.2 6.2.1 inferred', 'core-1.1.1 6.2.1 inferred'],
        outcomes: [
          reject(
            { class: 'bad-structure', alsoAccept: ['bad-value', 'truncated'], coapCode: ['4.00', '4.09'] },
            'no object is known',
          ),
          accept(links(), 'the server may know the objects by a profile'),
        ],
      });
      for (const id of ['65535', '65536', '100000', '4294967297'])
        v.invalid(`register-object-${id}`, `object ${id}`, {
          text: `</1/0>,</3/0>,</${id}/0>`,
          flags: ['IdRange'],
          spec: ['core-1.2.2 7.3.1 MUST', 'core-1.1.1 7.1 MUST'],
          error: refuse('out-of-range', 'bad-path', 'bad-value'),
        });
      for (const id of ['65535', '65536'])
        v.invalid(`register-instance-${id}`, `instance ${id}`, {
          text: `</1/${id}>,</3/0>`,
          flags: ['IdRange'],
          spec: ['core-1.2.2 7.3.1 MUST', 'core-1.1.1 7.1 MUST'],
          error: refuse('out-of-range', 'bad-path', 'bad-value'),
        });
      for (const [name, value] of [
        ['1', 'ver=1'],
        ['three-parts', 'ver=1.1.1'],
        ['letters', 'ver=latest'],
        ['v', 'ver=v1.1'],
        ['no-value', 'ver'],
        ['empty', 'ver=""'],
        ['comma', 'ver="1,1"'],
        ['dot-at-end', 'ver=1.'],
      ])
        v.invalid(`register-version-bad-${name}`, value ?? '', {
          text: `</1/0>,</3/0>,</3303>;${value},</3303/0>`,
          flags: ['Version'],
          spec: ['core-1.2.2 7.2.2 MUST', 'core-1.1.1 7.2.2 MUST'],
          error: refuse('bad-value', 'bad-type', 'not-well-formed', 'truncated'),
        });
      for (const [name, value] of [
        ['letters', 'ct=json'],
        ['65536', 'ct=65536'],
        ['negative', 'ct=-1'],
        ['empty', 'ct=""'],
      ])
        v.acceptable(`register-format-bad-${name}`, value ?? '', {
          text: `</>;rt="oma.lwm2m";${value},</1/0>,</3/0>`,
          flags: ['FormatList'],
          spec: ['core-1.2.2 6.2.1 inferred', 'rfc7252 7.2.1 inferred'],
          outcomes: [
            reject(refuse('bad-value', 'out-of-range', 'not-well-formed'), 'no list of Content-Formats'),
            accept(
              links(['/', ['rt', 'oma.lwm2m'], ['ct', (value ?? '').slice(3).replaceAll('"', '')]], ['/1/0'], ['/3/0']),
              'what is not understood is passed over',
            ),
          ],
        });
    },
  );
  group(
    'register-tolerance',
    'Lists that should not be so',
    { context: REGISTER, flags: ['Tolerance'], spec: ['core-1.2.2 6.2.1 inferred', 'core-1.1.1 6.2.1 inferred'] },
    (v) => {
      const odd = (
        /** @type {string} */ name,
        /** @type {string} */ comment,
        /** @type {LinkSpec[]} */ list,
        /** @type {string} */ why,
        /** @type {object} */ more = {},
      ) =>
        v.acceptable(name, comment, {
          text: linkText(...list),
          outcomes: [
            accept(links(...list), 'a server passes over it'),
            reject(refuse('bad-path', 'bad-value', 'bad-structure', 'duplicate', 'unsupported'), why),
          ],
          ...more,
        });
      odd('register-security', 'object 0 in the list', [['/0/0'], ['/1/0'], ['/3/0']], 'object 0 must not be listed');
      odd(
        'register-oscore',
        'object 21 in the list',
        [['/1/0'], ['/3/0'], ['/21/0']],
        'object 21 must not be listed from 1.1',
      );
      odd(
        'register-mqtt',
        'object 23 in the list',
        [['/1/0'], ['/3/0'], ['/23/0']],
        'object 23 must not be listed from 1.2.1',
        { context: { enabler: ['1.2'] } },
      );
      odd('register-resource', 'a resource in the list', [['/1/0'], ['/3/0'], ['/3/0/9']], 'resources are not listed');
      odd('register-duplicate', 'one link twice', [['/1/0'], ['/3/0'], ['/3/0']], 'a link stands once');
      odd(
        'register-object-and-instance',
        'an object beside its instance, without a version',
        [['/1/0'], ['/3'], ['/3/0']],
        'the object stands alone only without instances',
      );
      odd('register-no-server', 'no Server instance', [['/3/0']], 'every client has one');
      odd('register-no-device', 'no Device', [['/1/0']], 'every client has one');
      odd(
        'register-version-on-instance',
        'a version on an instance',
        [['/1/0'], ['/3/0'], ['/3303/0', ['ver', '1.1']]],
        'the version belongs to the object',
        { flags: ['Version'], spec: ['core-1.2.2 7.2.2 inferred'] },
      );
      v.acceptable('register-version-on-instance-printed', '</44/0>;ver=2.2, as an example has it', {
        text: '</1/0>,</3/0>,</44/0>;ver=2.2',
        flags: ['Version', 'SpecErratum'],
        spec: ['core-1.2.2 7.2.2 inferred'],
        outcomes: [
          accept(links(['/1/0'], ['/3/0'], ['/44/0', ['ver', '2.2']]), '1.2 lets it stand on a single instance'),
          reject(refuse('bad-value', 'bad-structure', 'unsupported'), 'the version belongs to the object'),
        ],
        erratum: { ref: 'Core 1.1.1 §7.2.2 example', form: 'printed', pair: 'register-version' },
      });
      v.acceptable('register-version-quoted', 'a version in quotes', {
        text: '</1/0>,</3/0>,</3303>;ver="1.1",</3303/0>',
        flags: ['Version'],
        spec: ['core-1.0.2 6.2 inferred', 'core-1.1.1 7.2.2 inferred'],
        outcomes: [
          accept(links(['/1/0'], ['/3/0'], ['/3303', ['ver', '1.1']], ['/3303/0']), '1.0 writes it so'),
          reject(refuse('bad-value', 'not-well-formed'), 'the grammar of 1.1 has no quotes'),
        ],
      });
      for (const [name, target] of [
        ['leading-zero', '/03/0'],
        ['leading-zeros-instance', '/3/00'],
        ['trailing-slash', '/3/0/'],
        ['relative', '3/0'],
        ['absolute', 'coap://[2001:db8::1]/3/0'],
        ['double-slash', '//3/0'],
        ['five-ids', '/3/0/6/0/0'],
        ['percent', '/%33/0'],
        ['letters-after', '/3/zero'],
      ])
        odd(`register-target-${name}`, `target ${target}`, [['/1/0'], [target ?? '']], 'no path of an instance');
      odd(
        'register-alternate-path-number',
        'an alternate path that is a number',
        [['/1', ['rt', 'oma.lwm2m']], ['/1/1/0'], ['/1/3/0']],
        'segments of it may not be numbers',
        { flags: ['AlternatePath'], spec: ['transport-1.2.2 6.4.1 inferred'] },
      );
      odd(
        'register-alternate-path-slash',
        'an alternate path that ends in a slash',
        [['/lwm2m/', ['rt', 'oma.lwm2m']], ['/lwm2m/1/0'], ['/lwm2m/3/0']],
        'an empty segment',
        { flags: ['AlternatePath'], spec: ['transport-1.2.2 6.4.1 inferred'] },
      );
      odd(
        'register-alternate-path-outside',
        'an instance outside of it',
        [['/lwm2m', ['rt', 'oma.lwm2m']], ['/lwm2m/1/0'], ['/3/0']],
        'every path has the prefix',
        { flags: ['AlternatePath'], spec: ['transport-1.2.2 6.4.1 inferred'] },
      );
      odd('register-root-not-first', 'the root at the end', [['/1/0'], ['/3/0'], ROOT], 'nobody asks for an order');
      v.acceptable('register-rt-unquoted', 'rt without quotes', {
        text: '</>;rt=oma.lwm2m;ct=110,</1/0>,</3/0>',
        spec: ['rfc6690 2 inferred'],
        outcomes: [
          accept(
            links(['/', ['rt', 'oma.lwm2m'], ['ct', '110']], ['/1/0'], ['/3/0']),
            'a token is allowed for a single type',
          ),
          reject(refuse('bad-value', 'not-well-formed'), 'relation types are quoted'),
        ],
      });
    },
  );
}

/** @param {Group} group */
function discover(group) {
  group(
    'discover',
    'Answers to Discover',
    {
      context: { ...DISCOVER, path: '/3' },
      flags: ['Discover'],
      spec: ['core-1.2.2 6.3.2 MUST', 'core-1.1.1 6.3.2 MUST', 'core-1.0.2 5.4.2 MUST'],
    },
    (v) => {
      both(v, 'discover-object', 'an object with its instance and resources', [
        ['/3', ['pmin', '10']],
        ['/3/0'],
        ['/3/0/0'],
        ['/3/0/4'],
        ['/3/0/9'],
      ]);
      both(v, 'discover-object-attributes', 'attributes at two levels (ETS 260)', [
        ['/3', ['pmin', '10'], ['pmax', '200']],
        ['/3/0'],
        ['/3/0/1'],
        ['/3/0/7'],
      ]);
      both(
        v,
        'discover-instance',
        'an instance',
        [['/3/0', ['pmax', '60']], ['/3/0/0'], ['/3/0/6', ['dim', '2']], ['/3/0/9', ['pmin', '10'], ['gt', '50']]],
        { context: { path: '/3/0' } },
      );
      both(
        v,
        'discover-resource',
        'a resource (ETS 260)',
        [['/3/0/7', ['dim', '2'], ['pmin', '10'], ['pmax', '200'], ['lt', '1'], ['gt', '6'], ['st', '1']]],
        { context: { path: '/3/0/7' } },
      );
      both(
        v,
        'discover-resource-instances',
        'a resource and its instances',
        [['/3/0/7', ['dim', '2']], ['/3/0/7/0'], ['/3/0/7/1']],
        { context: { path: '/3/0/7', enabler: ['1.1', '1.2'] } },
      );
      both(
        v,
        'discover-inherited',
        'attributes in force above, assigned ones below (ETS 261)',
        [
          ['/3/0/11', ['dim', '1'], ['pmin', '10'], ['pmax', '320']],
          ['/3/0/11/0', ['pmax', '100'], ['epmin', '1'], ['epmax', '20']],
        ],
        { context: { path: '/3/0/11', enabler: ['1.1', '1.2'] } },
      );
      both(v, 'discover-depth-0', 'depth 0: the target alone', [['/3', ['pmin', '10']]], {
        context: { enabler: ['1.2'] },
        flags: ['Discover', 'Depth'],
      });
      both(v, 'discover-depth-1', 'depth 1: one level below', [['/3'], ['/3/0']], {
        context: { enabler: ['1.2'] },
        flags: ['Discover', 'Depth'],
      });
      both(
        v,
        'discover-depth-2',
        'depth 2: the default for an object',
        [['/3'], ['/3/0'], ['/3/0/0'], ['/3/0/6', ['dim', '2']]],
        { context: { enabler: ['1.2'] }, flags: ['Discover', 'Depth'] },
      );
      both(
        v,
        'discover-depth-3',
        'depth 3: resource instances too',
        [['/3'], ['/3/0'], ['/3/0/0'], ['/3/0/6', ['dim', '2']], ['/3/0/6/0'], ['/3/0/6/1']],
        { context: { enabler: ['1.2'] }, flags: ['Discover', 'Depth'] },
      );
      both(v, 'discover-empty-object', 'an object without instance', [['/5']], { context: { path: '/5' } });
      both(v, 'discover-dim-0', 'a multiple resource without instances', [['/3/0/6', ['dim', '0']]], {
        context: { path: '/3/0/6' },
        flags: ['Discover', 'Dimension'],
      });
      both(v, 'discover-dim-255', 'dim 255', [['/3/0/6', ['dim', '255']]], {
        context: { path: '/3/0/6' },
        flags: ['Discover', 'Dimension'],
      });
      v.acceptable('discover-dim-256', 'dim 256', {
        context: { path: '/3/0/6' },
        text: '</3/0/6>;dim=256',
        flags: ['Dimension'],
        spec: ['core-1.1.1 5.1.2 inferred', 'core-1.2.2 7.3.2 inferred'],
        outcomes: [
          accept(links(['/3/0/6', ['dim', '256']]), '1.2.1 raised the limit'),
          reject(refuse('out-of-range', 'bad-value'), 'up to 255 before 1.2.1'),
        ],
      });
      both(v, 'discover-version', 'a version', [['/3303', ['ver', '1.1']], ['/3303/0'], ['/3303/0/5700']], {
        context: { path: '/3303' },
        flags: ['Discover', 'Version'],
      });
      both(
        v,
        'discover-alternate-path',
        'under an alternate path',
        [['/lwm2m/3/0'], ['/lwm2m/3/0/9', ['pmin', '10']]],
        { context: { path: '/3/0', rootPath: '/lwm2m' }, flags: ['Discover', 'AlternatePath'] },
      );
      for (const [name, attribute] of /** @type {[string, string[]][]} */ ([
        ['pmin', ['pmin', '0']],
        ['pmax', ['pmax', '4294967295']],
        ['gt-decimal', ['gt', '42.5']],
        ['lt-decimal', ['lt', '-3.25']],
        ['st', ['st', '0.5']],
        ['epmin', ['epmin', '5']],
        ['epmax', ['epmax', '10']],
        ['edge', ['edge', '1']],
        ['con', ['con', '0']],
        ['hqmax', ['hqmax', '10']],
      ]))
        both(v, `discover-attribute-${name}`, attribute.join('='), [['/3/0/9', attribute]], {
          context: { path: '/3/0/9', ...(['edge', 'con', 'hqmax'].includes(name) ? { enabler: ['1.2'] } : {}) },
          flags: ['Discover', 'NotificationAttribute'],
        });
      for (const [name, text] of [
        ['pmin-no-value', 'pmin'],
        ['gt-no-value', 'gt'],
        ['dim-no-value', 'dim'],
        ['pmin-letters', 'pmin=abc'],
        ['pmin-negative', 'pmin=-1'],
        ['pmin-fraction', 'pmin=1.5'],
        ['gt-letters', 'gt=abc'],
        ['dim-letters', 'dim=two'],
        ['dim-negative', 'dim=-1'],
        ['st-negative', 'st=-1'],
        ['pmax-empty-quotes', 'pmax=""'],
      ])
        v.invalid(`discover-bad-${name}`, text ?? '', {
          context: { path: '/3/0/9' },
          text: `</3/0/9>;${text}`,
          flags: ['NotificationAttribute'],
          spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST'],
          error: refuse('bad-value', 'out-of-range', 'bad-structure'),
        });
      v.acceptable('discover-exponent', 'a threshold with an exponent', {
        context: { path: '/3/0/9' },
        text: '</3/0/9>;gt=5E+1',
        flags: ['NotificationAttribute'],
        spec: ['core-1.1.1 5.1.2 inferred'],
        outcomes: [
          reject(refuse('bad-value'), 'the grammar has no exponent'),
          accept(links(['/3/0/9', ['gt', '5E+1']]), 'the number is clear'),
        ],
      });
      v.acceptable('discover-quoted-number', 'a number in quotes', {
        context: { path: '/3/0/9' },
        text: '</3/0/9>;pmin="10"',
        flags: ['NotificationAttribute'],
        spec: ['core-1.1.1 5.1.2 inferred'],
        outcomes: [
          accept(links(['/3/0/9', ['pmin', '10']]), 'a value is a value'),
          reject(refuse('bad-value', 'not-well-formed'), 'the grammar has no quotes'),
        ],
      });
      v.valid('discover-any-order', 'attributes and links in another order', {
        text: '</3/0/9>;gt=50;pmin=10,</3/0>,</3>',
        decoded: links(['/3/0/9', ['gt', '50'], ['pmin', '10']], ['/3/0'], ['/3']),
      });
      v.encodes('discover-no-exponent', 'a threshold of fifty is written in digits', {
        context: { path: '/3/0/9' },
        text: '</3/0/9>;gt=50',
        decoded: links(['/3/0/9', ['gt', '50']]),
        flags: ['NotificationAttribute'],
      });
    },
  );
}

/** @param {Group} group */
function bootstrapDiscover(group) {
  group(
    'bootstrap-discover',
    'Answers to Bootstrap-Discover',
    {
      context: { ...BOOTSTRAP, path: '/', enabler: ['1.1', '1.2'] },
      flags: ['BootstrapDiscover'],
      spec: ['core-1.2.2 6.1.7.3 MUST', 'core-1.1.1 6.1.7.3 MUST'],
    },
    (v) => {
      const uri = /** @type {string[]} */ (['uri', 'coaps://server.example.com']);
      both(v, 'bootstrap-whole', 'all objects', [
        ['/', ['lwm2m', '1.1']],
        ['/0/0', ['ssid', '101'], uri],
        ['/0/1'],
        ['/1/0', ['ssid', '101']],
        ['/3/0'],
        ['/5'],
        ['/4'],
        ['/55', ['ver', '1.9']],
        ['/55/0'],
      ]);
      both(v, 'bootstrap-1-2', 'version 1.2', [
        ['/', ['lwm2m', '1.2']],
        ['/0/0', ['ssid', '101'], ['uri', 'coaps://a']],
        ['/0/1'],
      ]);
      both(
        v,
        'bootstrap-one-object',
        'the Security object alone',
        [
          ['/', ['lwm2m', '1.1']],
          ['/0/0'],
          ['/0/1', ['ssid', '101'], uri],
          ['/0/2', ['ssid', '102'], ['uri', 'coap://other.example.com:5690']],
        ],
        { context: { path: '/0' } },
      );
      both(
        v,
        'bootstrap-servers',
        'the Server object alone',
        [
          ['/', ['lwm2m', '1.1']],
          ['/1/0', ['ssid', '101']],
          ['/1/1', ['ssid', '102']],
        ],
        { context: { path: '/1' } },
      );
      both(v, 'bootstrap-oscore', 'OSCORE instances', [
        ['/', ['lwm2m', '1.1']],
        ['/0/0'],
        ['/0/1', ['ssid', '101'], uri],
        ['/21/0'],
        ['/21/1', ['ssid', '101']],
      ]);
      both(v, 'bootstrap-empty-object', 'an object without instance', [['/', ['lwm2m', '1.1']], ['/5']], {
        context: { path: '/5' },
      });
      both(v, 'bootstrap-ssid-edges', 'short server ids 1 and 65534', [
        ['/', ['lwm2m', '1.1']],
        ['/1/0', ['ssid', '1']],
        ['/1/1', ['ssid', '65534']],
      ]);
      both(v, 'bootstrap-version', 'the version of an object', [
        ['/', ['lwm2m', '1.2']],
        ['/55', ['ver', '1.9']],
        ['/55/0'],
      ]);
      both(v, 'bootstrap-uri-ipv6', 'an address in the uri', [
        ['/', ['lwm2m', '1.1']],
        ['/0/1', ['ssid', '101'], ['uri', 'coaps://[2001:db8::1]:5684']],
      ]);
      const odd = (
        /** @type {string} */ name,
        /** @type {string} */ comment,
        /** @type {string} */ text,
        /** @type {ReturnType<typeof links>} */ read,
        /** @type {string} */ why,
      ) =>
        v.acceptable(name, comment, {
          text,
          flags: ['BootstrapDiscover', 'Tolerance'],
          spec: ['core-1.1.1 6.1.7.3 inferred'],
          outcomes: [
            accept(read, 'a server passes over it'),
            reject(refuse('bad-value', 'bad-structure', 'bad-path', 'not-well-formed'), why),
          ],
        });
      odd(
        'bootstrap-version-quoted',
        'the version in quotes',
        '</>;lwm2m="1.1",</0/0>',
        links(['/', ['lwm2m', '1.1']], ['/0/0']),
        'the grammar has no quotes',
      );
      odd(
        'bootstrap-uri-unquoted',
        'the uri without quotes',
        '</>;lwm2m=1.1,</0/0>;ssid=101;uri=coaps://a',
        links(['/', ['lwm2m', '1.1']], ['/0/0', ['ssid', '101'], ['uri', 'coaps://a']]),
        'the uri stands in quotes',
      );
      odd(
        'bootstrap-ssid-quoted',
        'the ssid in quotes',
        '</>;lwm2m=1.1,</0/0>;ssid="101"',
        links(['/', ['lwm2m', '1.1']], ['/0/0', ['ssid', '101']]),
        'a number stands bare',
      );
      odd(
        'bootstrap-no-version',
        'no link for the version',
        '</0/0>;ssid=101',
        links(['/0/0', ['ssid', '101']]),
        'the first link tells the version',
      );
      odd(
        'bootstrap-resource',
        'a resource',
        '</>;lwm2m=1.1,</0/0>,</0/0/0>',
        links(['/', ['lwm2m', '1.1']], ['/0/0'], ['/0/0/0']),
        'resources are not reported',
      );
      odd(
        'bootstrap-ssid-missing',
        'no ssid for a server account',
        '</>;lwm2m=1.1,</1/0>',
        links(['/', ['lwm2m', '1.1']], ['/1/0']),
        'every Server instance has one',
      );
      for (const [name, text] of [
        ['0', 'ssid=0'],
        ['65535', 'ssid=65535'],
        ['65536', 'ssid=65536'],
        ['letters', 'ssid=abc'],
        ['negative', 'ssid=-1'],
        ['no-value', 'ssid'],
      ])
        v.invalid(`bootstrap-ssid-bad-${name}`, text ?? '', {
          text: `</>;lwm2m=1.1,</1/0>;${text}`,
          flags: ['ServerId'],
          spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST', 'core-1.1.1 E.2 MUST'],
          error: refuse('out-of-range', 'bad-value'),
        });
      for (const [name, text] of [
        ['1', 'lwm2m=1'],
        ['letters', 'lwm2m=latest'],
        ['no-value', 'lwm2m'],
        ['three-parts', 'lwm2m=1.1.1'],
      ])
        v.invalid(`bootstrap-version-bad-${name}`, text ?? '', {
          text: `</>;${text},</0/0>`,
          flags: ['Version'],
          spec: ['core-1.2.2 7.3.2 MUST', 'core-1.1.1 5.1.2 MUST'],
          error: refuse('bad-value', 'unsupported'),
        });
    },
  );
}

/** @param {Group} group */
export function meaning(group) {
  register(group);
  discover(group);
  bootstrapDiscover(group);
}

/** Links as RFC 6690 has them, whatever they mean. */
import { accept, reject } from '../../lib/family.mjs';
import { links } from '../../lib/values.mjs';
import { linkText } from '../../emit/link-format.mjs';
import { utf8 } from '../../lib/bytes.mjs';
import { BAD_UTF8 } from '../text/strings.mjs';
import { refuse } from '../text/common.mjs';

/** @typedef {import('../text/common.mjs').Group} Group */
/** @typedef {[string, ...string[][]]} LinkSpec */

const SPEC = ['rfc6690 2 MUST'];
const broken = refuse('not-well-formed', 'truncated', 'bad-structure', 'bad-value');

/** @param {Group} group */
function wellFormed(group) {
  group('targets', 'Targets', { flags: ['Basic'], spec: SPEC }, (v) => {
    for (const [name, ...list] of /** @type {[string, ...LinkSpec[]][]} */ ([
      ['one', ['/1/0']],
      ['two', ['/1/0'], ['/3/0']],
      ['five', ['/1/0'], ['/1/1'], ['/2/0'], ['/3/0'], ['/5']],
      ['root', ['/']],
      ['long-path', ['/a/b/c/d/e/f']],
      ['file', ['/sensors/temp.json']],
      ['query', ['/firmware?version=2']],
      ['fragment', ['/doc#part']],
      ['absolute', ['coap://[2001:db8::1]:5683/3/0']],
      ['relative', ['1/0']],
      ['empty', ['']],
      ['sub-delimiters', ["/a!$&'()*+,;=b"]],
      ['percent', ['/a%20b%2F%c3%a9']],
      ['tilde-and-at', ['/~user@host']],
    ]))
      v.valid(`target-${name}`, name.replaceAll('-', ' '), {
        text: linkText(...list),
        decoded: links(...list),
        encode: 'semantic',
        flags: name === 'percent' ? ['PercentEncoding'] : ['Basic'],
      });
    v.valid('empty-list', 'no link', { text: '', decoded: links(), encode: 'bytes', flags: ['Empty'] });
    const many = Array.from({ length: 1000 }, (_, i) => /** @type {LinkSpec} */ ([`/3303/${i}`]));
    v.valid('links-1000', 'a thousand links', {
      text: linkText(...many),
      decoded: links(...many),
      encode: 'semantic',
      flags: ['Large'],
    });
    const long = /** @type {LinkSpec} */ (['/1/0', ['title', 'x'.repeat(65536)]]);
    v.valid('value-64k', 'a value of 65536 characters', {
      text: `</1/0>;title="${'x'.repeat(65536)}"`,
      decoded: links(long),
      flags: ['Large'],
    });
  });
  group('attributes', 'Attributes', { flags: ['Attributes'], spec: SPEC }, (v) => {
    for (const [name, text, ...list] of /** @type {[string, string, ...LinkSpec[]][]} */ ([
      ['token', '</1>;ver=1.1', ['/1', ['ver', '1.1']]],
      ['quoted', '</>;rt="oma.lwm2m"', ['/', ['rt', 'oma.lwm2m']]],
      ['quoted-list', '</>;ct="60 110 112 11542"', ['/', ['ct', '60 110 112 11542']]],
      ['two', '</>;rt="oma.lwm2m";ct=110', ['/', ['rt', 'oma.lwm2m'], ['ct', '110']]],
      ['no-value', '</3/0>;obs', ['/3/0', ['obs']]],
      ['no-value-between', '</3/0>;obs;sz=12', ['/3/0', ['obs'], ['sz', '12']]],
      ['empty-quoted', '</3/0>;title=""', ['/3/0', ['title', '']]],
      ['unknown', '</3/0>;x-new=5;y', ['/3/0', ['x-new', '5'], ['y']]],
      ['rt-token', '</>;rt=oma.lwm2m', ['/', ['rt', 'oma.lwm2m']]],
      ['comma-in-quotes', '</3/0>;title="a,b",</4/0>', ['/3/0', ['title', 'a,b']], ['/4/0']],
      ['semicolon-in-quotes', '</3/0>;title="a;b";ct=0', ['/3/0', ['title', 'a;b'], ['ct', '0']]],
      ['brackets-in-quotes', '</3/0>;title="<a>"', ['/3/0', ['title', '<a>']]],
      ['equals-in-quotes', '</3/0>;title="a=b"', ['/3/0', ['title', 'a=b']]],
      [
        'uri-in-quotes',
        '</0/0>;uri="coaps://server:5684/rd?x=1,2;3"',
        ['/0/0', ['uri', 'coaps://server:5684/rd?x=1,2;3']],
      ],
      ['blank-in-quotes', '</3/0>;title=" a b "', ['/3/0', ['title', ' a b ']]],
      ['several-links', '</1>;ver=1.1,</1/0>,</3/0>;obs', ['/1', ['ver', '1.1']], ['/1/0'], ['/3/0', ['obs']]],
    ]))
      v.valid(`attribute-${name}`, text, { text, decoded: links(...list), encode: 'semantic' });
    for (const [name, text, ...list] of /** @type {[string, string, ...LinkSpec[]][]} */ ([
      ['quote', '</3/0>;title="a\\"b"', ['/3/0', ['title', 'a"b']]],
      ['backslash', '</3/0>;title="a\\\\b"', ['/3/0', ['title', 'a\\b']]],
      ['letter', '</3/0>;title="a\\bc"', ['/3/0', ['title', 'abc']]],
      ['quote-then-comma', '</3/0>;title="\\",",</4/0>', ['/3/0', ['title', '",']], ['/4/0']],
    ]))
      v.valid(`quoted-pair-${name}`, text, { text, decoded: links(...list), flags: ['QuotedPair'] });
    for (const [name, value] of [
      ['two-bytes', 'caf\u00e9'],
      ['three-bytes', '\u20ac'],
      ['four-bytes', '\u{1f600}'],
    ])
      v.valid(`quoted-utf8-${name}`, `${value} in quotes`, {
        text: `</3/0>;title="${value}"`,
        decoded: links(['/3/0', ['title', value ?? '']]),
        flags: ['Unicode'],
      });
    v.acceptable('attribute-printed-ver', 'ver1.1 without an equals sign, as an example prints it', {
      text: '</3303>;ver1.1',
      flags: ['SpecErratum'],
      spec: ['rfc6690 2 inferred'],
      outcomes: [
        accept(links(['/3303', ['ver1.1']]), 'an attribute of that name'),
        reject(broken, 'no attribute of LwM2M'),
      ],
      erratum: { ref: 'Core 1.1.1 §7.2.3 example', form: 'printed', pair: 'register-version' },
    });
    v.invalid('attribute-rt-twice', 'rt twice', {
      text: '</>;rt="oma.lwm2m";rt="x"',
      flags: ['Repeated'],
      spec: ['rfc6690 3.1 MUST'],
      error: refuse('duplicate', 'bad-structure', 'not-well-formed'),
    });
    const both = (/** @type {LinkSpec} */ link, /** @type {string} */ why) => [
      accept(links(link), why),
      reject(refuse('duplicate', 'bad-structure', 'not-well-formed'), 'an attribute stands once'),
    ];
    v.acceptable('attribute-ct-twice', 'ct twice instead of a list', {
      text: '</>;ct=110;ct=112',
      flags: ['Repeated'],
      spec: ['rfc6690 2 inferred'],
      outcomes: both(['/', ['ct', '110'], ['ct', '112']], 'both formats'),
    });
    v.acceptable('attribute-unknown-twice', 'an unknown attribute twice', {
      text: '</3/0>;x=1;x=2',
      flags: ['Repeated'],
      spec: ['rfc6690 2 inferred'],
      outcomes: both(['/3/0', ['x', '1'], ['x', '2']], 'nobody knows what it means'),
    });
  });
}

/** @param {Group} group */
function lenient(group) {
  group('blanks', 'Blanks between the parts', { flags: ['Blanks'], spec: ['rfc6690 2 inferred'] }, (v) => {
    const two = links(['/1/0'], ['/3/0']);
    const why = 'the examples of the TS have it';
    const strict = reject(broken, 'the grammar has no blanks');
    for (const [name, text] of [
      ['after-comma', '</1/0>, </3/0>'],
      ['before-comma', '</1/0> ,</3/0>'],
      ['line-break', '</1/0>,\r\n</3/0>'],
      ['tab', '</1/0>,\t</3/0>'],
      ['at-end', '</1/0>,</3/0> '],
      ['newline-at-end', '</1/0>,</3/0>\n'],
      ['at-start', ' </1/0>,</3/0>'],
    ])
      v.acceptable(`blank-${name}`, JSON.stringify(text), {
        text: text ?? '',
        outcomes: [accept(two, why), strict],
        ...(name === 'after-comma'
          ? {
              flags: ['Blanks', 'SpecErratum'],
              erratum: { ref: 'Core 1.0.2 §5.3.1 examples', form: 'printed', pair: 'target-two' },
            }
          : {}),
      });
    v.acceptable('blank-after-semicolon', '"</1>; ver=1.1"', {
      text: '</1>; ver=1.1',
      outcomes: [accept(links(['/1', ['ver', '1.1']]), 'as in HTTP headers'), strict],
    });
    v.acceptable('blank-before-semicolon', '"</1> ;ver=1.1"', {
      text: '</1> ;ver=1.1',
      outcomes: [accept(links(['/1', ['ver', '1.1']]), 'as in HTTP headers'), strict],
    });
    v.acceptable('blank-around-equals', '"</1>;ver = 1.1"', {
      text: '</1>;ver = 1.1',
      outcomes: [strict, accept(links(['/1', ['ver', '1.1']]), 'as in HTTP headers')],
    });
  });
  group(
    'bare-attribute',
    'The version of 1.0, outside of any link',
    {
      context: { operation: 'bootstrap-discover', role: 'bootstrap-server' },
      flags: ['BareAttribute'],
      spec: ['core-1.0.2 5.2.7.3 inferred', 'rfc6690 2 inferred'],
    },
    (v) => {
      for (const [name, text] of [
        ['quoted', 'lwm2m="1.0",</0/0>;ssid=101,</3/0>'],
        ['token', 'lwm2m=1.0,</0/0>;ssid=101,</3/0>'],
      ])
        v.acceptable(`bare-${name}`, text ?? '', {
          text: text ?? '',
          outcomes: [
            reject(broken, 'no link of RFC 6690'),
            accept(
              links(['', ['lwm2m', '1.0']], ['/0/0', ['ssid', '101']], ['/3/0']),
              'old clients send it: an attribute without a target',
            ),
            accept(links(['/', ['lwm2m', '1.0']], ['/0/0', ['ssid', '101']], ['/3/0']), 'the version of the client'),
          ],
        });
    },
  );
}

/** @param {Group} group */
function malformed(group) {
  group('malformed', 'Texts that are no links', { flags: ['Malformed'], spec: SPEC }, (v) => {
    for (const [name, text] of /** @type {[string, string][]} */ ([
      ['comma-at-end', '</1/0>,'],
      ['comma-at-start', ',</1/0>'],
      ['comma-twice', '</1/0>,,</3/0>'],
      ['comma-alone', ','],
      ['comma-missing', '</1/0></3/0>'],
      ['semicolon-instead', '</1/0>;</3/0>'],
      ['no-brackets', '/1/0'],
      ['open-alone', '<'],
      ['not-closed', '</1/0'],
      ['not-opened', '/1/0>'],
      ['nested', '<</1/0>>'],
      ['text-before', 'x</1/0>'],
      ['text-after', '</1/0>x'],
      ['semicolon-at-end', '</1/0>;'],
      ['semicolon-twice', '</1/0>;;ver=1.1'],
      ['name-missing', '</1>;=1.1'],
      ['value-missing', '</1>;ver='],
      ['value-missing-then-more', '</1>;ver=;x=1'],
      ['quote-open', '</1>;title="abc'],
      ['quote-open-then-link', '</1>;title="abc,</3/0>'],
      ['quote-close-alone', '</1>;title=abc"'],
      ['quote-inside-token', '</1>;title=a"b'],
      ['text-after-quote', '</1>;title="a"b'],
      ['backslash-at-end', '</1>;title="a\\'],
      ['single-quotes', "</1>;title='a b'"],
      ['list-unquoted', '</>;ct=60 110'],
      ['comma-in-token', '</1>;x=a,b'],
      ['blank-in-target', '</1 /0>'],
      ['quote-in-target', '</1"/0>'],
      ['bracket-in-target', '</1</0>'],
      ['control-in-target', '</1\u0001>'],
      ['newline-in-target', '</1\n/0>'],
      ['backslash-in-target', '</1\\0>'],
      ['nul-at-end', '</1/0>\u0000'],
      ['json', '[{"href":"/1/0"}]'],
      ['blank-in-name', '</1>;a b=1'],
      ['colon-for-equals', '</1>;ver:1.1'],
      ['equals-twice', '</1>;ver=="1.1"'],
    ]))
      v.invalid(`malformed-${name}`, JSON.stringify(text), {
        text,
        ...(name === 'comma-missing'
          ? {
              flags: ['Malformed', 'SpecErratum'],
              erratum: { ref: 'Core 1.0.2 §5.2.7.3 example', form: 'printed', pair: 'target-two' },
            }
          : {}),
        ...(name === 'list-unquoted' ? { flags: ['Malformed', 'UnquotedList'] } : {}),
        error: broken,
      });
    v.invalid('malformed-target-raw-utf8', 'raw UTF-8 in a target', {
      text: '</caf\u00e9>',
      spec: ['rfc3986 2 MUST', 'rfc6690 2 MUST'],
      error: broken,
    });
    for (const [name, text] of [
      ['control', '</1>;title="a\u0001b"'],
      ['newline', '</1>;title="a\nb"'],
      ['nul', '</1>;title="a\u0000b"'],
      ['delete', '</1>;title="a\u007fb"'],
    ])
      v.invalid(`malformed-quoted-${name}`, JSON.stringify(text), { text: text ?? '', error: broken });
    for (const [name, bytes] of BAD_UTF8.slice(0, 8))
      v.invalid(`malformed-utf8-${name}`, `bad UTF-8 in quotes: ${name}`, {
        payload: `${utf8('</1>;title="')}${bytes}${utf8('"')}`,
        flags: ['Malformed', 'Unicode'],
        spec: ['rfc3629 3 MUST', 'rfc6690 2 MUST'],
        error: refuse('invalid-utf8', 'not-well-formed'),
      });
    const whole = '</>;rt="oma.lwm2m";ct="60 110",</1/0>,</3/0>';
    for (const length of [1, 2, 4, 7, 8, 14, 19, 23, 29, 31, 38, 41])
      v.invalid(`prefix-${length}`, `the first ${length} of ${whole.length} characters`, {
        text: whole.slice(0, length),
        flags: ['Truncated'],
        error: broken,
      });
  });
}

/** @param {Group} group */
export function grammar(group) {
  wellFormed(group);
  lenient(group);
  malformed(group);
}

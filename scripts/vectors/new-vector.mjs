/**
 * Begins a new vector: takes a permanent id for its name, and writes a group to fill in.
 *
 *     npm run new-vector -- tlv integer-of-17-bytes [--invalid | --acceptable | --encode] [--payload HEX | --text TEXT]
 *                           [--path /3442/0] [--model test] [--operation read] [--role any]
 *
 * The id stands in ids/FORMAT.json from then on, whatever becomes of the vector; the group in families/FORMAT/NAME.mjs, and two
 * lines that are printed bring it into the family.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Ledger } from './lib/assemble.mjs';
import { FORMATS } from './lib/schema.mjs';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

const USAGE = `Usage: npm run new-vector -- FORMAT NAME [--invalid | --acceptable | --encode] [--payload HEX | --text TEXT]
                             [--path /3442/0] [--model test] [--operation read] [--role any]

Takes a permanent id for the name, and writes a group to fill in. Formats: ${FORMATS.join(', ')}`;

function commandLine() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        invalid: { type: 'boolean', default: false },
        acceptable: { type: 'boolean', default: false },
        encode: { type: 'boolean', default: false },
        payload: { type: 'string' },
        text: { type: 'string' },
        path: { type: 'string' },
        model: { type: 'string' },
        operation: { type: 'string', default: 'read' },
        role: { type: 'string', default: 'any' },
      },
    });
  } catch (error) {
    return stop(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}\n\n${USAGE}`);
  }
}

const { values, positionals } = commandLine();
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}
const [format = '', name = ''] = positionals;

/** @param {string} message @returns {never} */
function stop(message) {
  console.error(message);
  process.exit(2);
}

if (!FORMATS.includes(format)) stop(`formats are ${FORMATS.join(', ')}, not ${JSON.stringify(format)}`);
if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(name))
  stop(`a name is a slug such as integer-of-17-bytes, not ${JSON.stringify(name)}`);
if (values.payload !== undefined && !/^([0-9a-f]{2})*$/.test(values.payload))
  stop('the payload is lower-case hexadecimal');

const ledgerPath = here(`./ids/${format}.json`);
const ids = existsSync(ledgerPath) ? JSON.parse(readFileSync(ledgerPath, 'utf8')) : {};
if (ids[name] !== undefined) stop(`${format}/${ids[name]} has that name already: a name is given once`);
const part = here(`./families/${format}/${name}.mjs`);
if (existsSync(part)) stop(`${part} is there already`);

const id = new Ledger(ids).idOf(name);
const context = {
  ...(values.model === undefined ? {} : { model: values.model }),
  ...(values.path === undefined ? {} : { path: values.path }),
  operation: values.operation,
  role: values.role,
};
const given = values.text === undefined ? `payload: '${values.payload ?? ''}'` : `text: ${JSON.stringify(values.text)}`;

const NODES = `[integer('${values.path ?? '/3/0/9'}', 100)]`;
const BODIES = {
  valid: `v.valid('${name}', 'what it is', { ${given}, nodes: ${NODES}${values.encode ? `, encode: 'bytes'` : ''} });`,
  invalid: `v.invalid('${name}', 'what is wrong with it', { ${given}, error: { class: 'bad-structure', coapCode: ['4.00'] } });`,
  acceptable: `v.acceptable('${name}', 'what is open', {
        ${given},
        outcomes: [accept(${NODES}, 'why it may be read so'), reject('bad-structure', 'why it may be refused')],
      });`,
};
const kind = values.invalid ? 'invalid' : values.acceptable ? 'acceptable' : 'valid';
const imports = [
  ...(kind === 'acceptable' ? [`import { accept, reject } from '../../lib/family.mjs';`] : []),
  ...(kind === 'invalid' ? [] : [`import { integer } from '../../lib/values.mjs';`]),
];
const camel = name.replace(/[.-]+(.)/g, (_, letter) => letter.toUpperCase()).replace(/^\d/, (digit) => `_${digit}`);

mkdirSync(dirname(part), { recursive: true });
writeFileSync(
  part,
  `${imports.join('\n')}${imports.length > 0 ? '\n\n' : ''}/** ${format}/${id}. @param {Function} group */
export function ${camel}(group) {
  group(
    '${name}',
    'What its vectors have in common',
    // A flag of the family, and the clauses: DOCUMENT SECTION MUST|SHOULD|MAY|inferred.
    { context: ${JSON.stringify(context)}, flags: ['Basic'], spec: ['core-1.2.2 7.5 MUST'] },
    (/** @type {any} */ v) => {
      ${BODIES[kind]}
    },
  );
}
`,
);
writeFileSync(ledgerPath, `${JSON.stringify(ids, null, 1)}\n`);
console.log(`${format}/${id} is ${name}; fill in ${part}

In scripts/vectors/families/${format}.mjs:
  import { ${camel} } from './${format}/${name}.mjs';
  ${camel}(group);

then: node scripts/vectors/generate.mjs ${format} && node scripts/vectors/check.mjs --record ${format}`);

// Fetches foreign peers into .peers/: `node scripts/peers.mjs leshan`. Leshan needs Maven and a JDK.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

/**
 * Leshan's libraries from Maven Central, and the programs of ours that are built on them.
 *
 * @param name of the folder under fixtures/suts/ with pom.xml and sources, and of the one under .peers/
 * @param shared sources of fixtures/suts/leshan/ that are the same here
 */
function java(name, shared) {
  const source = join(root, 'fixtures', 'suts', name);
  const target = join(root, '.peers', name);
  mkdirSync(target, { recursive: true });
  if (!existsSync(join(target, 'lib.done'))) {
    const output = `-DoutputDirectory=${join(target, 'lib')}`;
    run('mvn', '-q', '-B', '-f', join(source, 'pom.xml'), 'dependency:copy-dependencies', output);
    writeFileSync(join(target, 'lib.done'), '');
  }
  const sources = readdirSync(source).filter((file) => file.endsWith('.java'));
  const classPath = join(target, 'lib', '*');
  const common = shared.map((file) => join(root, 'fixtures', 'suts', 'leshan', file));
  const files = new Set([...common, ...sources.map((file) => join(source, file))]);
  run('javac', '-d', join(target, 'classes'), '-cp', classPath, ...files);
  definitions(join(target, 'models'));
}

/** A package of npm, of which nothing is run at its installation. */
function npm(name, version) {
  const target = join(root, '.peers', name);
  if (existsSync(join(target, 'node_modules', name))) return;
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, 'package.json'), '{ "private": true }\n');
  run('npm', 'install', '--prefix', target, '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`);
}

/** Objects that Leshan does not bring, and cases use: their definitions as OMA's XML, made from ours. */
const OBJECTS = [10, 11, 12, 13, 16, 19, 20, 3303, 3441, 3442];

const TYPES = {
  string: 'String',
  integer: 'Integer',
  unsigned: 'Unsigned Integer',
  float: 'Float',
  boolean: 'Boolean',
  opaque: 'Opaque',
  time: 'Time',
  objlnk: 'Objlnk',
  corelnk: 'Corelnk',
  none: '',
};

function definitions(folder) {
  mkdirSync(folder, { recursive: true });
  for (const id of OBJECTS) {
    const versions = JSON.parse(readFileSync(join(root, 'harness', 'model', 'objects', `${id}.json`), 'utf8'));
    for (const definition of versions)
      writeFileSync(join(folder, `${id}-${definition.version}.xml`), xmlOf(definition));
  }
}

const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
const element = (name, content, attributes = '') => `<${name}${attributes}>${content}</${name}>`;
const text = (name, content) => element(name, escaped(String(content)));
const common = ({ multiple, mandatory }) =>
  text('MultipleInstances', multiple ? 'Multiple' : 'Single') + text('Mandatory', mandatory ? 'Mandatory' : 'Optional');

function xmlOf(definition) {
  const { id, name, version, enabler, urn, resources } = definition;
  const items = resources.map((resource) =>
    element(
      'Item',
      text('Name', resource.name) +
        text('Operations', resource.operations) +
        common(resource) +
        text('Type', TYPES[resource.type]) +
        text('RangeEnumeration', resource.range) +
        text('Units', resource.units) +
        text('Description', ''),
      ` ID="${resource.id}"`,
    ),
  );
  const object = [
    text('Name', name) + text('Description1', '') + text('ObjectID', id) + text('ObjectURN', urn),
    text('LWM2MVersion', enabler) + text('ObjectVersion', version) + common(definition),
    element('Resources', items.join('\n')),
  ];
  const body = element('Object', object.join('\n'), ' ObjectType="MODefinition"');
  return `<?xml version="1.0" encoding="utf-8"?>\n${element('LWM2M', body)}\n`;
}

const peers = {
  leshan: () => java('leshan', []),
  'leshan-1.5': () => java('leshan-1.5', ['LeshanControl.java']),
  'leshan-bootstrap': () => java('leshan-bootstrap', ['LeshanControl.java', 'Values.java']),
  'node-dtls-client': () => npm('node-dtls-client', '2.0.3'),
  'lwm2m-node-lib': () => npm('lwm2m-node-lib', '1.4.0'),
};
const names = process.argv.slice(2);
if (names.length === 0 || names.some((name) => !(name in peers))) {
  console.error(`usage: node scripts/peers.mjs ${Object.keys(peers).join('|')}…`);
  process.exit(2);
}
for (const name of names) {
  try {
    peers[name]();
    console.log(`${name}: ready in .peers/${name}/`);
  } catch (error) {
    console.error(`${name} could not be fetched: ${error.message}`);
    process.exit(1);
  }
}

// Writes harness/model/objects/*.json from a checkout of OMA's lwm2m-registry: the facts that the suite needs of the
// objects it knows by itself, in every version. Users' own objects are loaded from XML at run time instead.
//
//   npm run build && node scripts/models.mjs ../lwm2m-registry

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OBJECTS = [0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 19, 20, 21, 23, 24, 25, 26, 27, 3303, 3441, 3442];

const built = new URL('../dist/harness/model/', import.meta.url);
if (!existsSync(built)) fail('build the package first: npm run build');
const { loadObjects } = await import(new URL('load.js', built));
const { parseRange } = await import(new URL('range.js', built));

const registry = process.argv[2];
if (!registry || !existsSync(join(registry, '3.xml'))) fail('usage: node scripts/models.mjs REGISTRY');

const target = fileURLToPath(new URL('../harness/model/objects/', import.meta.url));
mkdirSync(target, { recursive: true });
for (const id of OBJECTS) {
  const definitions = filesOf(id).flatMap(read).sort(byVersion);
  writeFileSync(join(target, `${id}.json`), format(definitions));
  console.log(`${id}: ${definitions.map((definition) => definition.version).join(', ')}`);
}

/** All versions; the current file of the registry repeats the newest of them. */
function filesOf(id) {
  const history = existsSync(join(registry, 'history')) ? 'history' : 'version_history';
  const old = readdirSync(join(registry, history)).filter((name) => name.startsWith(`${id}-`));
  return old.length > 0 ? old.map((name) => join(registry, history, name)) : [join(registry, `${id}.xml`)];
}

function read(path) {
  const loaded = loadObjects(readFileSync(path, 'utf8'), path);
  if (!loaded.ok) fail(`${loaded.problem.place}: ${loaded.problem.message}`);
  return loaded.value.definitions;
}

function byVersion(a, b) {
  const [x, y] = [a, b].map(({ version }) => version.split('.').map(Number));
  return x[0] - y[0] || x[1] - y[1];
}

/** One resource a line. A range that no program can check is left open. */
function format(definitions) {
  const objects = definitions.map(({ resources, ...object }) => {
    const lines = resources.map((resource) => {
      const range = parseRange(resource.range, resource.type) ? resource.range : '';
      return `      ${JSON.stringify({ ...resource, range })}`;
    });
    return `  ${JSON.stringify(object).slice(0, -1)}, "resources": [\n${lines.join(',\n')}\n    ] }`;
  });
  return `[\n${objects.join(',\n')}\n]\n`;
}

function fail(message) {
  console.error(message);
  process.exit(2);
}

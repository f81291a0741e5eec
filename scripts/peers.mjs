// Fetches foreign peers into .peers/: `node scripts/peers.mjs leshan`. Needs Maven and a JDK for Leshan.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const run = (command, ...args) => execFileSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

/** Leshan's libraries from Maven Central, and the device of ours that is built on them. */
function leshan() {
  const source = join(root, 'fixtures', 'suts', 'leshan');
  const target = join(root, '.peers', 'leshan');
  mkdirSync(target, { recursive: true });
  if (!existsSync(join(target, 'lib.done'))) {
    run('mvn', '-q', '-B', '-f', join(source, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${join(target, 'lib')}`);
    writeFileSync(join(target, 'lib.done'), '');
  }
  run('javac', '-d', join(target, 'classes'), '-cp', join(target, 'lib', '*'), join(source, 'LeshanDevice.java'));
}

const peers = { leshan };
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

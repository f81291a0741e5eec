// Libraries that only the bench needs. They are fetched into a folder of their own, so that node_modules stays as it was.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../.peers/bench/', import.meta.url));
const VERSIONS = { 'cbor-x': '1', 'node-dtls-client': '2' };

/** What could not be had, and why; the rows that need it are left out, and the bench fails when all others are done. */
export const missing = [];

/** The library, fetched from the npm registry when it is not there yet; undefined where that fails. @param {keyof typeof VERSIONS} name */
export function library(name) {
  mkdirSync(FOLDER, { recursive: true });
  const manifest = join(FOLDER, 'package.json');
  if (!existsSync(manifest)) writeFileSync(manifest, '{ "private": true }\n');
  const require = createRequire(manifest);
  try {
    if (!existsSync(join(FOLDER, 'node_modules', name))) fetch(name);
    return require(name);
  } catch (error) {
    missing.push(`${name}@${VERSIONS[name]}: ${reason(error)}`);
    return undefined;
  }
}

function fetch(name) {
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${VERSIONS[name]}`];
  execFileSync('npm', args, { cwd: FOLDER, stdio: 'pipe', timeout: 120_000, shell: process.platform === 'win32' });
}

/** The line of npm that says what is wrong, not that there is a log. */
const reason = (error) =>
  `${error.stderr ?? ''}`
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!) ?(code )?/, ''))
    .find((line) => line !== '' && !line.startsWith('npm ')) ?? error.message;

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../base/package-files.js';

/** A system that comes with the project: its name and its SUT file. */
export interface KnownPeer {
  readonly name: string;
  readonly path: string;
}

/** The SUT files of fixtures/suts/, by name. */
export function knownPeers(): readonly KnownPeer[] {
  const folder = join(packageRoot(), 'fixtures', 'suts');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('.baseline.yaml'))
    .sort()
    .map((file) => ({ name: file.replace(/\.yaml$/, ''), path: join(folder, file) }));
}

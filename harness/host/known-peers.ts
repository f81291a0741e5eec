import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../base/package-files.js';

/** A system that comes with the project: its name and its SUT file. */
export interface KnownPeer {
  readonly name: string;
  readonly path: string;
  /** Its known failures, where it has some: used unless a run names others. */
  readonly baseline?: string;
}

/** The SUT files of fixtures/suts/, by name. */
export function knownPeers(): readonly KnownPeer[] {
  const folder = join(packageRoot(), 'fixtures', 'suts');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('.baseline.yaml'))
    .sort()
    .map((file) => {
      const name = file.replace(/\.yaml$/, '');
      const baseline = join(folder, `${name}.baseline.yaml`);
      return { name, path: join(folder, file), ...(existsSync(baseline) && { baseline }) };
    });
}

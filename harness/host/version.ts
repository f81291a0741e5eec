import { readPackageJson } from '../base/package-files.js';

/** The version of this package. */
export function suiteVersion(): string {
  const read = readPackageJson('package.json');
  return typeof read === 'object' && read !== null && 'version' in read ? String(read.version) : 'unknown';
}

import { OwnTestee } from '../../sut/testee/own/index.js';
import { serveTestee } from '../../sut/testee/serve.js';
import { Exit } from '../io.js';
import { suiteVersion } from '../version.js';

/** `testee`: our codecs behind the testee contract, on standard input and output. */
export async function testeeCommand(): Promise<number> {
  await serveTestee(new OwnTestee(suiteVersion()), process.stdin, process.stdout);
  process.stdin.destroy();
  return Exit.ok;
}

import { existsSync, writeFileSync } from 'node:fs';
import { fileProblem } from '../files.js';
import { CommandError, Exit, type Io } from '../io.js';
import { SUT_TEMPLATE } from './sut-template.js';

/** `init`: writes a commented SUT file, and never over one that is there. */
export function initCommand(file: string, io: Io): Promise<number> {
  if (existsSync(file))
    throw new CommandError({
      code: 'init-exists',
      message: 'there is such a file already',
      place: file,
      hint: 'name another, or remove it',
    });
  try {
    writeFileSync(file, SUT_TEMPLATE);
  } catch (error) {
    throw new CommandError(fileProblem(error, file, 'nothing can be written there'));
  }
  io.out(`${file} is written: put your command in it, then`);
  io.out(`  npx lwm2m-conformance plan client --sut ${file}`);
  io.out(`  npx lwm2m-conformance run client --sut ${file}`);
  return Promise.resolve(Exit.ok);
}

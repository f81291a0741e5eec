import { writeFileSync } from 'node:fs';
import { encodeCapture } from '../../evidence/pcapng.js';
import { parseJournal } from '../../record/journal.js';
import { fileProblem, readTextFile } from '../files.js';
import { CommandError, Exit, type Io } from '../io.js';

/** `capture`: a journal as pcapng. Secrets are in it only where a key log is given; then nobody else may read the file. */
export function captureCommand(
  journal: string,
  { out = journal.replace(/(\.jsonl)?$/, '.pcapng'), keyLog }: { readonly out?: string; readonly keyLog?: string },
  io: Io,
): Promise<number> {
  const entries = parseJournal(readTextFile(journal));
  if (!entries.ok) throw new CommandError({ ...entries.problem, place: `${journal} ${entries.problem.place ?? ''}` });
  const capture = encodeCapture(entries.value, keyLog === undefined ? {} : { keyLog: readTextFile(keyLog) });
  try {
    writeFileSync(out, capture, keyLog === undefined ? {} : { mode: 0o600 });
  } catch (error) {
    throw new CommandError(fileProblem(error, out));
  }
  io.out(`${out}: ${capture.length} bytes`);
  return Promise.resolve(Exit.ok);
}

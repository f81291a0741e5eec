import type { Readable, Writable } from 'node:stream';
import { formatProblem } from '../../base/error.js';
import { LineReader } from '../bounded-log.js';
import { isRecord, parseJson } from '../json.js';
import type { Testee } from './contract.js';
import { checkRequest } from './validate.js';

/**
 * Speaks the testee contract for a testee of this process: a request a line on `input`, an answer a line on `output`, one after the
 * other. Resolves when it is told to stop, or the input ends.
 */
export async function serveTestee(testee: Testee, input: Readable, output: Writable): Promise<void> {
  let last: Promise<boolean> = Promise.resolve(true);
  await new Promise<void>((resolve) => {
    const lines = new LineReader((line) => {
      if (line.trim() === '') return;
      last = last.then(async (goesOn) => {
        if (!goesOn) return false;
        const { answer, stop } = await answerLine(testee, line);
        output.write(`${JSON.stringify(answer)}\n`);
        if (stop) resolve();
        return !stop;
      });
    });
    input.on('data', (bytes: Uint8Array) => lines.write(bytes));
    input.once('end', () => {
      lines.end();
      void last.then(() => resolve());
    });
  });
  await testee.stop();
}

async function answerLine(
  testee: Testee,
  line: string,
): Promise<{ readonly answer: Readonly<Record<string, unknown>>; readonly stop?: true }> {
  const value = parseJson(line);
  const seq = value.ok && isRecord(value.value) && typeof value.value['seq'] === 'number' ? value.value['seq'] : 0;
  const request = value.ok ? checkRequest(value.value) : value;
  if (!request.ok) return { answer: { seq, error: { class: 'error', message: formatProblem(request.problem) } } };
  const message = request.value;
  if (message.cmd === 'stop') return { answer: { seq }, stop: true };
  if (message.cmd === 'hello') {
    const hello = await testee.hello();
    return { answer: hello.ok ? { seq, protocol: 1, ...hello.value } : refusal(seq, formatProblem(hello.problem)) };
  }
  if (message.cmd === 'model') {
    const done = await testee.model(message.id, message.model);
    return { answer: done.ok ? { seq } : refusal(seq, formatProblem(done.problem)) };
  }
  const answer = await testee.ask(message);
  return { answer: answer.ok ? { seq, ...answer.value } : refusal(seq, formatProblem(answer.problem)) };
}

const refusal = (seq: number, message: string) => ({ seq, error: { class: 'uncaught', message } });

import { spawn, spawnSync } from 'node:child_process';

/** A program that runs beside a trial, with all that it has printed. */
export function start(command, args, { env } = {}) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const program = {
    output: '',
    exited: false,
    write: (text) => child.stdin.write(text),
    stop() {
      child.stdin.end();
      child.kill('SIGKILL');
    },
    /** Until the output matches, the program has ended, or `seconds` have passed. */
    async until(pattern, seconds = 5) {
      await waitFor(() => pattern.test(program.output) || program.exited, seconds);
      return pattern.test(program.output);
    },
  };
  const add = (bytes) => (program.output += bytes.toString('latin1'));
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  child.stdin.on('error', () => undefined);
  child.on('error', () => (program.exited = true));
  child.on('close', () => (program.exited = true));
  return program;
}

export const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

export async function waitFor(isTrue, seconds) {
  for (let waited = 0; waited < seconds && !isTrue(); waited += 0.02) await pause(0.02);
  return isTrue();
}

/** First line that a program prints about itself, or undefined when it is not installed. */
export function version(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', timeout: 5000 });
  if (error || status === null) return undefined;
  return `${stdout}${stderr}`
    .split('\n')
    .find((line) => /\d\.\d/.test(line))
    ?.trim();
}

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterAll, describe, expect, it } from 'vitest';
import { isRunning, soon } from './testing/processes.js';

const folder = mkdtempSync(join(tmpdir(), 'leftovers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const source = readFileSync(fileURLToPath(new URL('./leftovers.ts', import.meta.url)), 'utf8');
const module = join(folder, 'leftovers.mjs');
writeFileSync(
  module,
  ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 } })
    .outputText,
);

/** A process that has started a sleeper in a group of its own, and goes on with `script`. */
async function harness(script: string): Promise<{ process: ChildProcess; sleeper: number }> {
  const start = `
    import { spawn } from 'node:child_process';
    import { watchOver } from ${JSON.stringify(pathToFileURL(module).href)};
    const child = spawn(process.execPath, ['-e', 'process.on("SIGINT", () => {}); setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    const release = watchOver(child.pid);
    console.log(child.pid);
    ${script}`;
  const process_ = spawn(process.execPath, ['--input-type=module', '-e', start], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const sleeper = await new Promise<number>((resolve) =>
    process_.stdout.once('data', (bytes) => resolve(Number(String(bytes)))),
  );
  return { process: process_, sleeper };
}

const ended = (process_: ChildProcess): Promise<string> =>
  new Promise((resolve) => process_.once('exit', (code, signal) => resolve(signal ?? `exit ${String(code)}`)));

const isGone = (pid: number): Promise<boolean> => soon(() => !isRunning(pid));

describe('watchOver', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing behind on %s, and ends by it', async (signal) => {
    const { process: process_, sleeper } = await harness('setInterval(() => {}, 1000)');
    expect(isRunning(sleeper)).toBe(true);
    const end = ended(process_);
    process_.kill(signal);
    expect(await end).toBe(signal);
    expect(await isGone(sleeper)).toBe(true);
  });

  it.each([
    ['when the process exits', 'process.exit(3)', 'exit 3'],
    ['when it runs out of work', 'child.unref()', 'exit 0'],
    ['when an error ends it', 'throw new Error("our fault")', 'exit 1'],
  ])('leaves nothing behind %s', async (_, script, how) => {
    const { process: process_, sleeper } = await harness(`setTimeout(() => { ${script} }, 50)`);
    expect(await ended(process_)).toBe(how);
    expect(await isGone(sleeper)).toBe(true);
  });

  it('lets a host that listens itself end in its own way', async () => {
    const { process: process_, sleeper } = await harness(
      `process.on('SIGINT', () => setTimeout(() => process.exit(130), 100)); setInterval(() => {}, 1000)`,
    );
    const end = ended(process_);
    process_.kill('SIGINT');
    expect(await end).toBe('exit 130');
    expect(await isGone(sleeper)).toBe(true);
  });

  it('leaves alone what was given back', async () => {
    const { process: process_, sleeper } = await harness('release(); process.exit(0)');
    expect(await ended(process_)).toBe('exit 0');
    expect(isRunning(sleeper)).toBe(true);
    process.kill(sleeper, 'SIGKILL');
  });
});

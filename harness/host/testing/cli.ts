import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../base/package-files.js';
import { parseResults, type CaseResult, type Results } from '../../../reports/results.js';

/** The built command line: what a user runs. */
export const CLI = join(packageRoot(), 'dist', 'harness', 'host', 'cli.js');

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line to its end. */
export function cli(...args: string[]): Promise<Finished> {
  return finished(start(...args));
}

export function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [CLI, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
}

export function finished(child: ChildProcess): Promise<Finished> {
  const texts = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (texts.err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...texts })));
}

/** A folder of its own for what a run writes. */
export function outFolder(): {
  readonly path: string;
  results(): Results;
  result(id: string): CaseResult;
  dispose(): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'lwm2m-conformance-'));
  const results = (): Results => {
    const parsed = parseResults(readFileSync(join(path, 'results.json'), 'utf8'));
    if (!parsed.ok) throw new Error(parsed.problem.message);
    return parsed.value;
  };
  return {
    path,
    results,
    result: (id) => {
      const found = results().cases.find((result) => result.id === id);
      if (!found) throw new Error(`no result of ${id}`);
      return found;
    },
    dispose: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Processes of this machine whose command line holds the text. */
export function processesWith(text: string): readonly string[] {
  try {
    return execFileSync('pgrep', ['-f', text])
      .toString()
      .split('\n')
      .filter((line) => line !== '');
  } catch {
    return []; // pgrep exits with 1 when there is none
  }
}

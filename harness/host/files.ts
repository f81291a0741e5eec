import { accessSync, constants, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Problem } from '../base/error.js';
import { CommandError } from './io.js';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'the permission is missing',
  EPERM: 'the permission is missing',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  EEXIST: 'it is a file, not a folder',
  EROFS: 'it is on a disk that is read-only',
  ENOSPC: 'the disk is full',
};

/** What is wrong with a file or folder, in words. */
export function fileProblem(error: unknown, path: string, hint?: string): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return { code: 'unreadable', message, place: path, ...(hint !== undefined && { hint }) };
}

/** @throws CommandError that names the file and says what is wrong with it */
export function readTextFile(path: string, hint?: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CommandError(fileProblem(error, path, hint));
  }
}

/** Makes a folder to write to, if it is not there. @throws CommandError when that cannot be */
export function outputFolder(path: string): void {
  try {
    makeFolder(resolve(path));
    accessSync(path, constants.W_OK);
  } catch (error) {
    throw new CommandError(fileProblem(error, path, 'nothing can be written there: name another folder with --out'));
  }
}

/** One folder at a time: below /proc, mkdir of Node does not come back when it is to make them all. */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Model } from '../model/definition.js';
import type { PlainContent } from '../model/plain.js';
import { readSmartCard } from '../roles/client/index.js';
import { CommandError } from './io.js';

/**
 * What a smart card gives a client, from a folder with the elementary files of its PKCS#15 application, each named by its identifier
 * in hexadecimal: `5031`, `6430`, `6432`.
 *
 * @param tell told of each deviation, one line
 * @throws CommandError when the card cannot be read
 */
export function smartCardIn(folder: string, model: Model, tell: (line: string) => void): PlainContent {
  const card = readSmartCard((id) => fileIn(folder, id), model);
  if (!card.ok) {
    const place = join(folder, card.problem.place ?? '');
    throw new CommandError({ ...card.problem, place });
  }
  for (const { message, place } of card.value.remarks) tell(`${place ?? folder}: ${message}`);
  return card.value.values;
}

function fileIn(folder: string, id: string): Uint8Array | undefined {
  for (const name of [id, id.toUpperCase()]) {
    try {
      return Uint8Array.from(readFileSync(join(folder, name)));
    } catch {
      continue; // the card lacks it, under this name
    }
  }
  return undefined;
}

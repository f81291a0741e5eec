import type { Result } from '../base/error.js';
import type { Party } from '../model/party.js';
import { documentReader } from './checked-document.js';
import type { StopManner } from './program.js';

type Command = string | readonly string[];
type Lines = Readonly<Record<string, string>>;

export type Control =
  | {
      readonly use: 'exec';
      readonly command: Command;
      readonly stimuli?: Lines;
      readonly ready?: string;
      readonly stop?: StopManner;
      readonly address?: string;
      readonly cwd?: string;
      readonly env?: Lines;
    }
  | { readonly use: 'stdio'; readonly command: Command; readonly cwd?: string; readonly env?: Lines }
  | { readonly use: 'http'; readonly url: string }
  | {
      readonly use: 'shell';
      readonly stimuli: Lines;
      readonly start?: string;
      readonly stop?: string;
      readonly address?: string;
      readonly cwd?: string;
    }
  | { readonly use: 'operator'; readonly starts?: boolean }
  | { readonly use: 'module'; readonly path: string };

/** Credentials of our party towards the system, under the names of the options of the command line; files from the SUT file's folder. */
export interface SutFileSecurity {
  readonly transport?: 'udp' | 'dtls-psk' | 'dtls-rpk' | 'dtls-x509';
  /** `identity:hexkey`. */
  readonly psk?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly trust?: string;
  readonly rpk?: string;
  readonly 'peer-rpk'?: string;
}

/** What a SUT file says. */
export interface SutFile {
  readonly name: string;
  readonly version?: string | number;
  readonly party: Party;
  readonly control: readonly Control[];
  readonly listen?: string;
  readonly advertise?: string;
  readonly lifecycle?: 'fresh' | 'warm' | 'external';
  readonly endpoint?: string;
  readonly bind?: Lines;
  readonly allowances?: Readonly<Partial<Record<'boot' | 'registration' | 'reaction' | 'stimulus' | 'settle', number>>>;
  readonly statement?: Readonly<Record<string, boolean>>;
  readonly security?: SutFileSecurity;
}

/**
 * Reads a SUT file (YAML, or JSON, which is YAML too). A failure names file, line and field.
 *
 * @param name of the file, for messages
 */
export const parseSutFile: (text: string, name: string) => Result<SutFile> = documentReader<SutFile>({
  code: 'sut-file',
  what: 'a SUT file',
  schema: 'harness/sut/schema/sut-file.schema.json',
  hint: 'lwm2m-conformance init writes a commented SUT file',
});

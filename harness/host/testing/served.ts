import { CLI } from './cli.js';

const deviating = (mutant: string | undefined): string => (mutant === undefined ? '' : ` --mutant ${mutant}`);

/** The command of our own client as a program of another's: as it should be, or with a deviation. */
export const serveClient = (mutant?: string): string =>
  `${process.execPath} ${CLI} serve client --server {uri} --endpoint {endpoint}${deviating(mutant)}`;

/** The SUT file of our own server as a program of another's, behind the control contract. */
export const serverFile = (mutant?: string): string => `
name: server
party: server
control: [{ use: stdio, command: '{node} {cli} serve server --control stdio${deviating(mutant)}' }]
`;

/** The SUT file of our own client as a program of another's, told to quit by a line. */
export const clientFile = (mutant?: string): string => `
name: client
party: client
control:
  - use: exec
    command: '{node} {cli} serve client --server {uri} --endpoint {endpoint}${deviating(mutant)}'
    ready: ^started
    stop: { line: quit }
`;

import { describe, expect, it } from 'vitest';
import type { SutFile } from '../../sut/sut-file.js';
import type { RunOptions } from './options.js';
import { referencePlayer, type Player } from './parties.js';
import { statementOf, whyUnprovisioned } from './statements.js';

const player = (control: SutFile['control'], statement?: SutFile['statement']): Player => ({
  ...referencePlayer('client', false),
  foreign: true,
  file: { name: 'a client', party: 'client', control, ...(statement && { statement }) },
});
const exec = (command: string): SutFile['control'][number] => ({ use: 'exec', command });

describe('whyUnprovisioned', () => {
  it('is the command that names no bootstrap-server, unless the statement says that the client bootstraps', () => {
    expect(whyUnprovisioned(player([exec('./client {uri}')]))).toMatch(/no command has \{bootstrap-uri\}/);
    expect(whyUnprovisioned(player([exec('./client {uri}'), { use: 'operator' }]))).toBeDefined();
    expect(whyUnprovisioned(player([exec('./client {uri}')], { 'op.bootstrap-request': true }))).toBeUndefined();
    expect(whyUnprovisioned(player([exec('./client {server-uri} {bootstrap-uri}')]))).toBeUndefined();
    expect(whyUnprovisioned(player([exec('./client -h {bootstrap-host}')]))).toBeUndefined();
  });

  it('is nothing where a program or a person is told of all parties, or the client is ours', () => {
    expect(whyUnprovisioned(player([{ use: 'stdio', command: './client' }]))).toBeUndefined();
    expect(whyUnprovisioned(player([{ use: 'operator' }]))).toBeUndefined();
    expect(whyUnprovisioned(referencePlayer('client', true))).toBeUndefined();
  });
});

describe('statementOf', () => {
  const optionsWith = (client: Player): RunOptions => ({
    ...{ bench: 'client', judged: ['client'], client, server: referencePlayer('server', true) },
    bootstrapServer: referencePlayer('bootstrap-server', true),
    ...{ catalogue: [], select: [], enabler: '1.1', timing: 'quick', seed: 1, jobs: 1, quiet: true, argv: [] },
  });

  it('takes from a command that names a second server that the client has two, unless the file denies it', () => {
    const shown = { source: 'derived', items: { 'object.3': true } } as const;
    const servers = (command: string, statement?: SutFile['statement']): unknown =>
      statementOf(optionsWith(player([exec(command)], statement)), shown)?.items['servers.2'];
    expect(servers('./client {uri} {uri2}')).toBe(true);
    expect(servers('./client {uri} {uri2}', { 'object.2': true })).toBe(true);
    expect(servers('./client {uri} {uri2}', { 'servers.2': false })).toBe(false);
    expect(servers('./client {uri}')).toBeUndefined();
  });
});

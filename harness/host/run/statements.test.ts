import { describe, expect, it } from 'vitest';
import type { SutFile } from '../../sut/sut-file.js';
import { referencePlayer, type Player } from './parties.js';
import { whyUnprovisioned } from './statements.js';

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

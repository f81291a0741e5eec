import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RealClock, VirtualClock, type Clock } from '../../base/clock.js';
import { unwrap } from '../../base/error.js';
import { packageRoot } from '../../base/package-files.js';
import { DEFAULT_ALLOWANCES, FOREIGN_ALLOWANCES, type Allowances } from '../../case/bench.js';
import { nearest } from '../../case/plan.js';
import type { Around, PartyPlan } from '../../case/session.js';
import type { Sut } from '../../sut/contract.js';
import { parseCommandLine } from '../../sut/command-line.js';
import { exec } from '../../sut/exec.js';
import { substituteAll } from '../../sut/placeholders.js';
import { referenceClient } from '../../sut/reference-client.js';
import { referenceServer } from '../../sut/reference-server.js';
import { stdio } from '../../sut/stdio.js';
import { parseSutFile, type Control, type SutFile } from '../../sut/sut-file.js';
import { CommandError } from '../io.js';
import { knownPeers } from '../known-peers.js';

/** A deviation of our own implementation: a mutant or a legal variant, for one party. */
export interface Deviation {
  readonly name: string;
  readonly client?: Parameters<typeof referenceClient>[0]['Role'];
  readonly server?: Parameters<typeof referenceServer>[0]['Role'];
}

/** Who plays a party, and what of the SUT file concerns the run. */
export interface Player {
  readonly plan: PartyPlan;
  readonly adapter: string;
  /** Needs sockets and real time. */
  readonly foreign: boolean;
  readonly allowances: Allowances;
  readonly file?: SutFile;
}

/** Our own implementation, for a party that is not under test, or that is. */
export function referencePlayer(party: 'client' | 'server', ours: boolean, deviation?: Deviation): Player {
  const sut = (around: Around): Sut =>
    party === 'client'
      ? referenceClient({
          ...around,
          setup: around.own.client ?? {},
          ...(deviation?.client && { Role: deviation.client }),
        })
      : referenceServer({
          ...around,
          setup: around.own.server ?? {},
          ...(deviation?.server && { Role: deviation.server }),
        });
  return { plan: { ours, sut }, adapter: 'reference', foreign: false, allowances: DEFAULT_ALLOWANCES };
}

/** A system under test by name, by SUT file, or by command. @throws CommandError */
export function playerOf(party: 'client' | 'server', sut: string | undefined, command: string | undefined): Player {
  if (command !== undefined)
    return filePlayer({ name: command.split(' ')[0] ?? 'command', party, control: [{ use: 'exec', command }] });
  if (sut === undefined || sut === 'reference') return referencePlayer(party, false);
  const known = knownPeers().find((peer) => peer.name === sut);
  const file = known ? known.path : sut;
  const parsed = parseSutFile(readSutFile(file, sut), known ? known.name : file);
  if (!parsed.ok) throw new CommandError(parsed.problem);
  if (parsed.value.party !== party)
    throw new CommandError({
      code: 'sut-party',
      message: `it is a ${parsed.value.party}, not a ${party}`,
      place: file,
      hint: `use run ${parsed.value.party}`,
    });
  return filePlayer(parsed.value);
}

function readSutFile(path: string, given: string): string {
  try {
    return readFileSync(resolve(path), 'utf8');
  } catch {
    const names = ['reference', ...knownPeers().map((peer) => peer.name)];
    throw new CommandError({
      code: 'sut-missing',
      message: `there is no SUT file, and no known system, of this name`,
      place: given,
      hint: `known systems: ${nearest(given, names).join(', ')}; lwm2m-conformance init writes a SUT file`,
    });
  }
}

function filePlayer(file: SutFile): Player {
  const [control] = file.control;
  if (!control) throw new CommandError({ code: 'sut-control', message: 'no control is given', place: file.name });
  return {
    plan: { ours: false, sut: ({ clock }) => controlled(file, control, clock) },
    adapter: file.control.map(({ use }) => use).join('+'),
    foreign: true,
    allowances: { ...FOREIGN_ALLOWANCES, ...file.allowances },
    file,
  };
}

function controlled(file: SutFile, control: Control, clock: Clock): Sut {
  const version = file.version === undefined ? {} : { version: String(file.version) };
  const placeholders = {
    node: process.execPath,
    package: packageRoot(),
    cli: join(packageRoot(), 'dist/harness/host/cli.js'),
  };
  switch (control.use) {
    case 'exec': {
      const { use: _use, ready, ...options } = control;
      return exec({
        ...options,
        ...version,
        name: file.name,
        party: file.party,
        clock,
        placeholders,
        ...(ready !== undefined && { ready: new RegExp(ready) }),
      });
    }
    case 'stdio': {
      const { use: _use, command, ...options } = control;
      const words = typeof command === 'string' ? unwrap(parseCommandLine(command)) : command;
      return stdio({ ...options, command: unwrap(substituteAll(words, placeholders)), clock });
    }
    default:
      throw new CommandError({
        code: 'sut-control',
        message: `control ${control.use} cannot stand first`,
        place: file.name,
      });
  }
}

export const clockFor = (players: readonly Player[]): Clock =>
  players.some((player) => player.foreign) ? new RealClock() : new VirtualClock();

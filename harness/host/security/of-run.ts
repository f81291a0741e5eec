import type { JournalHead } from '../../record/journal.js';
import type { SutFileSecurity } from '../../sut/sut-file.js';
import type { Party } from '../../model/party.js';
import { CommandError } from '../io.js';
import type { Player } from '../run/parties.js';
import type { SecurityOptions } from './flags.js';
import { COMMAND_LINE, readSecurity, type SecurityChoice } from './options.js';
import { RunSecurity } from './run.js';

interface Players {
  readonly client: Player;
  readonly server: Player;
  readonly bootstrapServer: Player;
}

/** The security of a run: of the command line, else of the SUT file. @throws CommandError */
export function runSecurity(
  bench: JournalHead['bench'],
  flags: SecurityOptions & { readonly seed: number; readonly keyLog?: string },
  { client, server, bootstrapServer }: Players,
): RunSecurity {
  const byParty: Readonly<Partial<Record<JournalHead['bench'], Player>>> = {
    client,
    server,
    'bootstrap-server': bootstrapServer,
  } satisfies Record<Party, Player>;
  const choice = choose(flags, byParty[bench]);
  return new RunSecurity({
    choice,
    bench,
    seed: flags.seed,
    foreign: [client, server, bootstrapServer].some((player) => player.foreign),
    ...(flags.keyLog !== undefined && { keyLog: flags.keyLog }),
  });
}

/** Any option of the command line puts the section of the SUT file aside as a whole: halves of two would not fit. */
function choose(flags: SecurityOptions, player: Player | undefined): SecurityChoice {
  const { transport, psk, cert, key, trust, rpk, peerRpk } = flags;
  const isGiven = [transport, psk, cert, key, trust, rpk, peerRpk].some((option) => option !== undefined);
  const security = player?.file?.security;
  const choice =
    isGiven || !security
      ? readSecurity(flags, COMMAND_LINE)
      : readSecurity(optionsIn(security), {
          folder: player.folder ?? '.',
          name: (option) => `${player.file?.name ?? 'SUT file'} security.${option}`,
        });
  if (choice.ok) return choice.value;
  throw new CommandError(choice.problem);
}

function optionsIn({ 'peer-rpk': peerRpk, ...others }: SutFileSecurity): SecurityOptions {
  return { ...others, ...(peerRpk !== undefined && { peerRpk }) };
}

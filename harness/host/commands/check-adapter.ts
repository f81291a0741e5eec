import { RealClock } from '../../base/clock.js';
import { formatProblem } from '../../base/error.js';
import { checkAdapter } from '../../sut/check-adapter.js';
import { Exit, type Io } from '../io.js';

/** `check-adapter`: exit 1 while something is wrong. */
export async function checkAdapterCommand(command: string, io: Io): Promise<number> {
  const findings = await checkAdapter({ command, clock: new RealClock() });
  const wrong = findings.filter(({ problem }) => problem !== undefined);
  for (const { says, problem } of findings)
    io.out(
      problem
        ? `${io.colors.red('wrong')} the adapter ${says}: ${formatProblem(problem)}`
        : `${io.colors.green('fine ')} the adapter ${says}`,
    );
  io.out(
    wrong.length === 0
      ? 'It fulfils the control contract.'
      : `${wrong.length} of ${findings.length} are wrong; see docs/control-contract.md`,
  );
  return wrong.length === 0 ? Exit.ok : Exit.nonconforming;
}

import type { Path } from '../../model/path.js';
import type { Answer } from '../shared/answer.js';
import { accountShown, placeOf, securityInstance, serverInstance, type Place, type ServerAccount } from './account.js';
import { BootstrapCommands } from './commands.js';
import { formatCommand, type Command, type Step } from './provisioning.js';
import type { BootstrapSession, SessionState } from './session.js';

/** What an answer means for the session. */
export type Verdict = 'done' | 'remark' | 'stop';

/** The instance of the Bootstrap-Server account where the client does not tell: most have it there. */
const USUAL_BOOTSTRAP_ACCOUNT: readonly Path[] = [[0, 0]];

const EXPECTED: Readonly<Record<Command['do'], string>> = {
  discover: '2.05',
  read: '2.05',
  delete: '2.02',
  write: '2.04',
  finish: '2.04',
};

/** What is done with a client, from its request to Finish (Core 1.1 §6.1.6): each command after the answer to the one before (B-15). */
export class BootstrapSequence extends BootstrapCommands {
  async run(session: BootstrapSession): Promise<void> {
    const { steps } = session.provisioning;
    let last: Command['do'] | undefined;
    for (const [at, step] of steps.entries()) {
      for (const command of this.commandsOf(session, step)) {
        const answer = await this.perform(session, command);
        if (session.state !== 'running') return;
        const verdict = this.verdictOf(command, answer, steps.slice(at + 1));
        this.report(session, command, answer, verdict);
        if (verdict === 'stop') {
          this.end(session, 'failed');
          return;
        }
        last = command.do;
        this.remember(session, command);
      }
    }
    this.end(session, this.outcomeOf(last));
  }

  /** Only an accepted Finish ends a bootstrap. */
  outcomeOf(last: Command['do'] | undefined): Exclude<SessionState, 'running'> {
    return last === 'finish' ? 'finished' : 'unfinished';
  }

  /** The commands of a step; an account asks first what the client has, where its ids are left open. */
  *commandsOf(session: BootstrapSession, step: Step): Iterable<Command> {
    if (step.do !== 'account') {
      yield step;
      return;
    }
    if (this.needsDiscover(session, step)) yield { do: 'discover', path: [] };
    session.instances ??= USUAL_BOOTSTRAP_ACCOUNT;
    yield* this.accountWrites(
      step,
      this.placeOf(step, session.instances, accountShown(session.shown, step.shortServerId)),
    );
  }

  needsDiscover(session: BootstrapSession, account: ServerAccount): boolean {
    return session.instances === undefined && (account.securityInstance ?? account.serverInstance) === undefined;
  }

  placeOf(account: ServerAccount, taken: readonly Path[], shown?: Partial<Place>): Place {
    return placeOf(account, taken, shown);
  }

  accountWrites(account: ServerAccount, { security, server }: Place): readonly Command[] {
    return [
      { do: 'write', path: [0, security], value: securityInstance(account) },
      { do: 'write', path: [1, server], value: serverInstance(account) },
    ];
  }

  /**
   * Whether the session goes on after an answer. What only looks, and what is optional, may be refused: a client of 1.0 knows no
   * Bootstrap-Read (museum BS-16). So may the Delete of something that may not be there (B-32), and a Finish when what follows
   * may make it good (B-34).
   */
  verdictOf(command: Command, { code }: Answer, following: readonly Step[]): Verdict {
    if (code === 'none') return 'stop';
    if (code === EXPECTED[command.do]) return 'done';
    if (code.startsWith('2.')) return 'remark';
    switch (command.do) {
      case 'discover':
      case 'read':
        return 'remark';
      case 'delete':
        return command.optional || (command.path.length > 0 && (code === '4.00' || code === '4.04'))
          ? 'remark'
          : 'stop';
      case 'write':
        return command.optional ? 'remark' : 'stop';
      case 'finish':
        return following.some((step) => step.do === 'finish') ? 'remark' : 'stop';
    }
  }

  report(session: BootstrapSession, command: Command, { code, problem }: Answer, verdict: Verdict): void {
    const text = code === 'none' ? formatCommand(command) : `${formatCommand(command)}: ${code}`;
    if (verdict === 'done' && !problem) this.log(session.endpoint, text);
    else
      this.note(
        session,
        problem
          ? { ...problem, place: text }
          : { code: 'unexpected', message: `expected ${EXPECTED[command.do]}`, place: text },
      );
  }

  /** Keeps what is known of the client's instances true. */
  remember(session: BootstrapSession, command: Command): void {
    if (command.do !== 'write' && command.do !== 'delete') return;
    const [object, instance] = command.path;
    if (object !== undefined && object > 1) return;
    if (command.do === 'delete') session.shown = [];
    if (command.do === 'delete' || object === undefined || instance === undefined) session.instances = undefined;
    else if (session.instances) session.instances = [...session.instances, [object, instance]];
  }
}

import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../base/clock.js';
import { ProblemError } from '../base/error.js';
import type { Party } from '../model/party.js';
import type { Sut } from './contract.js';
import { exec, type ExecAllowances } from './exec.js';
import { http } from './http.js';
import { mixed } from './mixed.js';
import { moduleWhenCalled } from './module.js';
import { operator, type OperatorAnswer, type OperatorSut } from './operator.js';
import type { Substitutes } from './placeholders.js';
import { shell } from './shell.js';
import { stdio } from './stdio.js';
import type { Control } from './sut-file.js';

/** What controls of a SUT file stand on. */
export interface ControlsOptions {
  readonly clock: Clock;
  readonly party: Party;
  readonly name: string;
  readonly version?: string;
  readonly statement?: Readonly<Record<string, boolean>>;
  readonly placeholders?: Substitutes;
  readonly allowances?: Partial<ExecAllowances>;
  /** Where an operator is asked. */
  readonly terminal?: {
    readonly input: Readable;
    readonly output: Writable;
    readonly who?: string;
    readonly answers?: readonly OperatorAnswer[];
    /** Told of the operator, whose answers are for the record. */
    readonly onOperator?: (made: OperatorSut) => void;
  };
}

/**
 * The controls of a SUT file as one Sut: all are started in order, and the first that supports a stimulus does it.
 *
 * @throws ProblemError `control-none`, `control-ready`, `control-terminal`
 */
export function controlsOf(controls: readonly Control[], options: ControlsOptions): Sut {
  if (controls.length === 0)
    throw new ProblemError({ code: 'control-none', message: 'no control is given', place: options.name });
  const list: List = {
    // A person starts the party only where nothing else can.
    starts: !controls.some(
      (control) => ['exec', 'stdio', 'http'].includes(control.use) || (control.use === 'shell' && control.start),
    ),
    restarts: controls.some((control) => control.use === 'shell' && 'restart' in control.stimuli),
  };
  return mixed(controls.map((control) => controlOf(control, list, options)));
}

/** What a control has to know of the others. */
interface List {
  /** Whether an operator has to start the party. */
  readonly starts: boolean;
  /** Whether there is a command for a restart. */
  readonly restarts: boolean;
}

function controlOf(control: Control, list: List, options: ControlsOptions): Sut {
  const { clock, party, name, version, statement, placeholders, allowances } = options;
  const named = { party, name, clock, ...(version === undefined ? {} : { version }) };
  const filled = placeholders === undefined ? {} : { placeholders };
  // An adapter answers the first call when it is up.
  const greeted = allowances?.boot === undefined ? {} : { allowances: { hello: allowances.boot } };
  switch (control.use) {
    case 'exec': {
      const { use: _use, ready, ...rest } = control;
      return exec({
        ...named,
        ...filled,
        ...rest,
        restarts: !list.restarts,
        ...(ready === undefined ? {} : { ready: expression(ready, name) }),
        ...(statement === undefined ? {} : { statement }),
        ...(allowances === undefined ? {} : { allowances }),
      });
    }
    case 'stdio': {
      const { use: _use, ...rest } = control;
      return stdio({ clock, ...filled, ...greeted, ...rest });
    }
    case 'http':
      return http({ clock, url: control.url, ...greeted });
    case 'shell': {
      const { use: _use, ...rest } = control;
      return shell({ ...named, ...filled, ...rest });
    }
    case 'operator':
      return operatorOf(control.starts ?? list.starts, named, options.terminal);
    case 'module':
      return moduleWhenCalled(control.path);
  }
}

function operatorOf(
  starts: boolean,
  named: { readonly party: Party; readonly name: string; readonly clock: Clock },
  terminal: ControlsOptions['terminal'],
): Sut {
  if (terminal) {
    const { onOperator, ...asked } = terminal;
    const made = operator({ ...named, ...asked, starts });
    onOperator?.(made);
    return made;
  }
  throw new ProblemError({
    code: 'control-terminal',
    message: 'an operator is to be asked, and there is no terminal',
    place: named.name,
    hint: 'run it in a terminal, or give recorded answers',
  });
}

/** @throws ProblemError */
function expression(source: string, place: string): RegExp {
  try {
    return new RegExp(source);
  } catch (error) {
    throw new ProblemError({
      code: 'control-ready',
      message: `ready: ${error instanceof Error ? error.message : String(error)}`,
      place,
    });
  }
}

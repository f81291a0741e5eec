import type { Direction, Introduction, Question } from '../../sut/testee/contract.js';
import type { Placed } from './file.js';

/** One thing to ask a testee about a vector, and how its answers count: one verdict for all of its questions. */
export interface VectorTask {
  readonly placed: Placed;
  readonly direction: Direction;
  /** Of a recoding: the vector whose payload is read. */
  readonly from?: string;
  readonly questions: readonly Question[];
}

/** A task that this testee is not asked, and why. */
export interface Unasked {
  readonly placed: Placed;
  readonly direction: Direction;
  readonly reason: string;
}

export type Planned = VectorTask | Unasked;

/** What to ask a testee that introduced itself so; recoding across formats only where it announces it for both. */
export function planTasks(placed: readonly Placed[], hello: Introduction): readonly Planned[] {
  const can = (format: string, direction: Direction): boolean =>
    hello.capabilities[format]?.includes(direction) ?? false;
  const sets = equivalents(placed.filter(({ file }) => can(file.format, 'recode')));
  return placed.flatMap((one): Planned[] => {
    const misfit = misfitOf(one, hello);
    return [...ownTasks(one, can), ...recodings(one, sets, can)].map((task) =>
      misfit !== undefined && 'questions' in task ? { placed: one, direction: task.direction, reason: misfit } : task,
    );
  });
}

/** A decoder of clients need not read what only servers receive, and nobody what a version he does not speak has. */
function misfitOf({ context }: Placed, { roles, enablers }: Introduction): string | undefined {
  const { role, enabler } = context;
  if (roles && role !== undefined && role !== 'any' && !roles.includes(role)) return `for a ${role}`;
  if (enablers && enabler && !enabler.some((version) => enablers.includes(version)))
    return `of LwM2M ${enabler.join(', ')}`;
  return undefined;
}

type Can = (format: string, direction: Direction) => boolean;

function ownTasks(placed: Placed, can: Can): readonly Planned[] {
  const { vector, file, context, contentFormat } = placed;
  const about = { format: file.format, contentFormat, context };
  const task = (direction: Direction, questions: readonly Question[], via: Direction = direction): Planned =>
    can(file.format, via)
      ? { placed, direction, questions }
      : { placed, direction, reason: `no ${direction} of ${file.format}` };
  const { payload = '', options, decoded, script } = vector;
  if (vector.direction === 'process') return [task('process', [{ cmd: 'process', ...about, payload }])];
  if (vector.direction === 'evaluate') return script ? [task('evaluate', [{ cmd: 'evaluate', ...about, script }])] : [];
  const tasks: Planned[] = [];
  if (vector.direction !== 'encode') {
    const first: Question = { cmd: 'decode', ...about, payload, ...(options && { options }) };
    const others = (vector.encodings ?? [])
      .filter(({ decoders }) => decoders !== 'may-refuse')
      .map((other): Question => ({ cmd: 'decode', ...about, payload: other.payload }));
    tasks.push(task('decode', [first, ...others]));
  }
  if (vector.direction !== 'decode' && decoded) {
    // A codec whose values cannot be made from outside writes what it has read.
    const again = vector.payload !== undefined && !can(file.format, 'encode') && can(file.format, 'recode');
    const format = { format: file.format, contentFormat };
    tasks.push(
      again
        ? task(
            'encode',
            [{ cmd: 'recode', from: format, to: format, context, payload, ...(options && { options }) }],
            'recode',
          )
        : task('encode', [{ cmd: 'encode', ...about, decoded }]),
    );
  }
  return tasks;
}

/** Vectors that carry the same values and stand in the same place, by that. */
function equivalents(placed: readonly Placed[]): ReadonlyMap<string, readonly Placed[]> {
  const sets = new Map<string, Placed[]>();
  for (const one of placed) {
    const key = setOf(one);
    if (key !== undefined) sets.set(key, [...(sets.get(key) ?? []), one]);
  }
  return sets;
}

function setOf({ vector, context }: Placed): string | undefined {
  if (vector.equivalent === undefined || vector.result !== 'valid' || vector.payload === undefined) return undefined;
  return [vector.equivalent, context.path, context.operation, context.model?.split('/')[1]].join(' ');
}

/** Another format's payload, to be written as this vector's. */
function recodings(placed: Placed, sets: ReadonlyMap<string, readonly Placed[]>, can: Can): readonly Planned[] {
  const { vector, file, context, contentFormat } = placed;
  const key = setOf(placed);
  if (key === undefined || vector.encodingCheck === undefined || !can(file.format, 'recode')) return [];
  const others = (sets.get(key) ?? []).filter((other) => other.file !== file);
  return others.map((other): VectorTask => ({
    placed,
    direction: 'recode',
    from: other.id,
    questions: [
      {
        cmd: 'recode',
        from: { format: other.file.format, contentFormat: other.contentFormat },
        to: { format: file.format, contentFormat },
        context,
        payload: other.vector.payload ?? '',
      },
    ],
  }));
}

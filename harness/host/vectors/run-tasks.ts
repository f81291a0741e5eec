import type { Clock } from '../../base/clock.js';
import type { Problem, Result } from '../../base/error.js';
import { formatProblem } from '../../base/error.js';
import type { Placed } from '../../case/vectors/file.js';
import {
  judgeReaction,
  judgeReading,
  judgeWriting,
  type Deviation,
  type Judgement,
  type Strictness,
} from '../../case/vectors/judge.js';
import type { Planned, VectorTask } from '../../case/vectors/tasks.js';
import type { Answer, Question, Testee } from '../../sut/testee/contract.js';
import type { VectorResult } from '../../../reports/vector-results.js';

export interface TaskRun {
  readonly testee: Testee;
  /** Reads what a testee wrote, where any layout will do. It knows the models already. */
  readonly reader: Testee;
  readonly clock: Clock;
  readonly how: Strictness;
  readonly signal?: AbortSignal;
  readonly onResult?: (result: VectorResult, done: number) => void;
}

/** Asks every task and judges the answers, one after the other; stops early when told to. Never rejects over a testee. */
export async function runTasks(planned: readonly Planned[], run: TaskRun): Promise<readonly VectorResult[]> {
  const results: VectorResult[] = [];
  for (const task of planned) {
    if (run.signal?.aborted) break;
    const began = run.clock.now();
    const judged: Judged =
      'questions' in task ? await judgeTask(task, run) : { verdict: 'unsupported', message: task.reason };
    const result = resultOf(task, judged, Math.round((run.clock.now() - began) * 1e5) / 100);
    results.push(result);
    run.onResult?.(result, results.length);
  }
  return results;
}

type Judged = Judgement & { readonly log?: string };

/** The first of a task's questions that is not answered well decides. */
async function judgeTask(task: VectorTask, run: TaskRun): Promise<Judged> {
  let judged: Judged = { verdict: 'unsupported', message: 'nothing to ask' };
  for (const [i, question] of task.questions.entries()) {
    const answer = await run.testee.ask(question);
    judged = answer.ok
      ? await judgeAnswer(task, question, answer.value, run)
      : broken(answer.problem, run.testee.log());
    if (judged.verdict === 'pass') continue;
    return i === 0 ? judged : { ...judged, message: `another permitted encoding: ${judged.message}` };
  }
  return judged;
}

function judgeAnswer(
  { placed }: VectorTask,
  question: Question,
  answer: Answer,
  run: TaskRun,
): Judgement | Promise<Judgement> {
  const { vector } = placed;
  if (question.cmd === 'decode' || question.cmd === 'evaluate') return judgeReading(vector, answer, run.how);
  if (question.cmd === 'process') return judgeReaction(vector, answer);
  return judgeWriting(vector, answer, (payload) => readBack(placed, payload, run.reader), run.how);
}

/** What our own codec makes of the bytes. */
async function readBack(placed: Placed, payload: string, reader: Testee): Promise<Answer> {
  const { file, context, contentFormat } = placed;
  const answer: Result<Answer> = await reader.ask({
    cmd: 'decode',
    format: file.format,
    contentFormat,
    context,
    payload,
  });
  return answer.ok ? answer.value : { error: { class: 'error', message: formatProblem(answer.problem) } };
}

const BROKEN: Readonly<Record<string, Deviation>> = {
  'testee-died': 'crash',
  'testee-silent': 'time-out',
  'testee-lost': 'crash',
};

const broken = (problem: Problem, log: string): Judged => ({
  verdict: 'error',
  deviation: BROKEN[problem.code] ?? 'protocol',
  message: formatProblem(problem),
  ...(log !== '' && { log: log.slice(-1000) }),
});

function resultOf(task: Planned, judged: Judged, durationMs: number): VectorResult {
  const { group, vector, id } = task.placed;
  const from = 'from' in task ? task.from : undefined;
  const isFine = judged.verdict === 'pass';
  return {
    id,
    name: vector.name,
    group: group.id,
    comment: vector.comment,
    direction: task.direction,
    ...(from !== undefined && { from }),
    expects: vector.result,
    ...judged,
    ...(!isFine && vector.payload !== undefined && { payload: vector.payload }),
    flags: vector.flags,
    spec: vector.spec.map(({ doc, section, level }) => `${doc} ${section} ${level}`),
    durationMs,
  };
}

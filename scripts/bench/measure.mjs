// What the parts of the bench share: rows of the report, and speeds that a busy machine distorts as little as can be.

export const rows = [];
export const row = (what, ours, unit, beside = '', budget = '') => rows.push({ what, ours, unit, beside, budget });

export const median = (values) => percentile(values, 0.5);
export const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

export const ms = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** Whole above 1000, else three digits. */
export const speed = (perSecond) => (perSecond >= 1000 ? Math.round(perSecond) : Number(perSecond.toPrecision(3)));

/** `35 x`, of two speeds; below ten times with a digit more. */
export const times = (ours, theirs) => `${(ours / theirs).toFixed(ours / theirs < 10 ? 1 : 0)} x`;

/** Milliseconds of processor time so far: unlike those of the wall, others at work on the machine do not add to them. */
export function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Runs of each task per second of processor time: the best of five rounds in which the tasks take turns. */
export function speeds(tasks) {
  const best = Object.fromEntries(Object.keys(tasks).map((name) => [name, 0]));
  for (let round = 0; round < 5; round++)
    for (const [name, task] of Object.entries(tasks)) best[name] = Math.max(best[name], speed(perSecond(task)));
  return best;
}

/** Batches double, so that reading the time costs nothing beside the fastest of tasks. */
function perSecond(task, least = 40) {
  const start = processorTime();
  let count = 0;
  let spent = 0;
  for (let batch = 1; spent < least; batch *= 2) {
    for (let i = 0; i < batch; i++) task();
    count += batch;
    spent = processorTime() - start;
  }
  return (count / spent) * 1000;
}

/** The value of a result; a bench of something that fails would measure nothing. */
export function unwrap(result) {
  if (result.ok) return result.value;
  throw new Error(`${result.problem.code}: ${result.problem.message}`);
}

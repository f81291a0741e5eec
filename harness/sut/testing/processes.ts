import { readFileSync } from 'node:fs';
import { RealClock, sleep } from '../../base/clock.js';

/** Whether a process runs. One that has ended and only waits for its parent to notice does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    // Field 3 of Linux's stat, after the name in parentheses.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

/** Whether a condition comes true within five seconds. */
export async function soon(condition: () => boolean): Promise<boolean> {
  const clock = new RealClock();
  for (let i = 0; i < 500 && !condition(); i++) await sleep(clock, 0.01);
  return condition();
}

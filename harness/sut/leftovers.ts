/** Process groups that must not outlive this process. */
const groups = new Set<number>();
let watching = false;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Sees to it that the group is killed when this process ends, also by ^C. Returns how to give the care back.
 *
 * A process group of its own does not get the terminal's ^C, so somebody has to pass it on.
 */
export function watchOver(group: number): () => void {
  groups.add(group);
  watch();
  return () => groups.delete(group);
}

function watch(): void {
  if (watching) return;
  watching = true;
  process.on('exit', killAll);
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

/** With a listener installed Node does not end the process any more. If nobody else listens, that is ours to do. */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return; // the host ends the run its own way, and comes by 'exit'
  killAll();
  process.removeListener(signal, onSignal);
  process.kill(process.pid, signal);
}

function killAll(): void {
  for (const group of groups) {
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // gone already
    }
  }
  groups.clear();
}

import { setMaxListeners } from 'node:events';

/** Turns ^C and SIGTERM into an abort; the second one ends the process. */
export function onInterrupt(told: () => void): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal); // each case under way listens, of however many jobs
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    told();
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}

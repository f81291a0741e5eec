/**
 * Where an exception comes from that is none of the protocol's. Not its message: that can hold anything, a key too.
 */
export function describeFault(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frame = stack.split('\n').find((line) => /^ +at .*:\d+:\d+\)?$/.test(line));
  return `a fault of this implementation or of a look-up given to it${frame ? `, ${frame.trim()}` : ''}`;
}

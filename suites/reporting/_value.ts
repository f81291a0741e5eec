import type { ClientPort, ServerPort } from '../../harness/case/index.js';

/** What is needed of the context of a case. */
interface Parties {
  readonly client: Pick<ClientPort, 'set'>;
  readonly server: Pick<ServerPort<never>, 'read'>;
  readonly sleep: (seconds: number) => Promise<void>;
}

/** Reads until a value shows, half a second apart. */
const TRIES = 10;

/**
 * Gives a resource a value on the device, and waits until it shows: a program that is told something takes a moment, and what it
 * does after that would be a change. A device that never shows it is judged as it is.
 */
export async function setAndShown({ client, server, sleep }: Parties, path: string, value: number): Promise<void> {
  await client.set(path, value);
  for (let i = 0; i < TRIES; i++) {
    const read = await server.read(path);
    if (read.response.content.value(path) === value) return;
    await sleep(0.5);
  }
}

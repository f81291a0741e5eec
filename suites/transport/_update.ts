import type { Context, Exchange, Registration } from '../../harness/case/index.js';

/** A server that is certain to be ours. */
export type OwnServer<L extends string> = Context<L, unknown, 'server'>['server'];

/** Has the client send an Update which our server leaves unanswered: the case answers it. */
export async function heldUpdate<L extends string>(
  server: OwnServer<L>,
  { serverObject }: Registration,
): Promise<Exchange> {
  server.answer(
    (request) => request.code === '0.02',
    () => undefined,
  );
  const trigger = await server.execute(`${serverObject}/8`);
  return server.received('update', { within: 10, after: trigger });
}

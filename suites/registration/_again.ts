import type { Context, Exchange, Registration } from '../../harness/case/index.js';

/** A server that is certain to be ours. */
type OwnServer<L extends string> = Context<L, unknown, 'server'>['server'];

/**
 * Has the client register again while the case watches: our server triggers an Update and answers it 4.04.
 * `answers` stand for the role's, one for each further request of the client, `undefined` for silence.
 *
 * @returns the Update that was refused
 */
export async function provokeRegister<L extends string>(
  server: OwnServer<L>,
  registration: Registration,
  ...answers: readonly (string | undefined)[]
): Promise<Exchange> {
  for (const code of ['4.04', ...answers])
    server.answer(
      (request) => request.code === '0.02',
      () => (code === undefined ? undefined : { code }),
    );
  const trigger = await server.execute(`${registration.serverObject}/8`);
  return server.next('update', { within: 10, after: trigger });
}

import type { Registration, ServerPort } from '../../harness/case/index.js';

/** Whether the server still holds a registration of the client. */
export async function isHeld(
  server: Pick<ServerPort<string>, 'registrations'>,
  { endpoint }: Registration,
): Promise<boolean> {
  return (await server.registrations()).some((shown) => shown.endpoint === endpoint);
}

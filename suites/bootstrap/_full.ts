import type { Account, BootstrapServerPort, ClientPort, Exchange } from '../../harness/case/index.js';
import { accountSteps, ASKS_WITHIN, COMMANDS_WITHIN } from './_session.js';

/** What was seen of a bootstrap from the request to Finish. */
export interface FullBootstrap {
  readonly writes: readonly [Exchange, Exchange];
  readonly discover: Exchange;
  readonly finish: Exchange;
}

/** The client is started, and asks for what is an account, a Discover and a Finish. */
export async function begun(
  client: Pick<ClientPort, 'start'>,
  bootstrapServer: BootstrapServerPort<string>,
  account: Account,
): Promise<Exchange> {
  await bootstrapServer.provision({
    steps: [...accountSteps(bootstrapServer, account), { do: 'discover', path: '/' }, { do: 'finish' }],
  });
  await client.start();
  return bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
}

/** The commands of such a bootstrap after a request. */
export async function followed(
  bootstrapServer: BootstrapServerPort<string>,
  request: Exchange,
): Promise<FullBootstrap> {
  const within = COMMANDS_WITHIN;
  const security = await bootstrapServer.commanded('bootstrap-write', { within, after: request });
  const server = await bootstrapServer.commanded('bootstrap-write', { within, after: security });
  const discover = await bootstrapServer.commanded('bootstrap-discover', { within, after: server });
  const finish = await bootstrapServer.commanded('bootstrap-finish', { within, after: discover });
  return { writes: [security, server], discover, finish };
}

export const codesOf = (...exchanges: readonly Exchange[]): readonly string[] =>
  exchanges.map(({ response }) => response.code);

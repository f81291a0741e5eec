import {
  ContentFormat,
  type Account,
  type BootstrapCommands,
  type BootstrapServerPort,
  type BootstrapStep,
  type ClientPort,
  type Exchange,
  type PlainContent,
} from '../../harness/case/index.js';

/** Seconds within which a client that is started asks: it may have to boot. */
export const ASKS_WITHIN = 60;
/** Seconds within which a client registers after a bootstrap. */
export const REGISTERS_WITHIN = 30;
/** Seconds within which a bootstrap-server sends its next command. */
export const COMMANDS_WITHIN = 10;

type Port = BootstrapServerPort<string>;
type OwnPort = Port & BootstrapCommands;

/** The client is started, asks, is accepted, and waits for commands; none is sent to it. */
export async function opened(client: Pick<ClientPort, 'start'>, bootstrapServer: Port): Promise<Exchange> {
  await bootstrapServer.provision({ steps: [] });
  await client.start();
  return bootstrapServer.next('bootstrap-request', { within: ASKS_WITHIN });
}

/** Instance id at the end of a path. */
export const idOf = (path: string): number => Number(path.split('/').at(-1));

/** Content of an instance as that of its Object: `{ '0/1': 300 }`. */
export const asObject = (instance: number, content: PlainContent): PlainContent =>
  Object.fromEntries(Object.entries(content).map(([resource, value]) => [`${instance}/${resource}`, value]));

/** Where a client has room for the account of a server. */
export const roomIn = (bind: (role: string) => string): Account => ({
  security: idOf(bind('account.security')),
  server: idOf(bind('account.server')),
});

/** Bootstrap-Writes of an account, by hand: the Security instance, then the Server instance. */
export async function writeAccount(
  port: OwnPort,
  account: Account,
  format: number = ContentFormat.tlv,
): Promise<readonly [Exchange, Exchange]> {
  const { security, server } = port.account(account);
  return [
    await port.write(`/0/${account.security}`, security, { format }),
    await port.write(`/1/${account.server}`, server, { format }),
  ];
}

/** The writes of an account as steps of a provisioning, each of its Object; a client that refuses one sees the rest as well. */
export const accountSteps = (port: Port, account: Account): readonly BootstrapStep[] => stepsOf(port, account, true);

function stepsOf(port: Port, account: Account, optional: boolean): readonly BootstrapStep[] {
  const { security, server } = port.account(account);
  return [
    { do: 'write', path: '/0', value: asObject(account.security, security), optional },
    { do: 'write', path: '/1', value: asObject(account.server, server), optional },
  ];
}

/** The same, and a Finish; where a write is refused, that is the end. */
export const wholeAccount = (port: Port, account: Account): readonly BootstrapStep[] => [
  ...stepsOf(port, account, false),
  { do: 'finish' },
];

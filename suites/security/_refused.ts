import type { OwnClientPort } from '../../harness/case/context.js';
import type { ChannelPort } from '../../harness/case/channel-port.js';
import type { OwnSetup } from '../../harness/case/test-case.js';

/** Seconds within which a handshake is over, one way or the other. */
const OVER = 30;

/** Each variant with the fault of its name in the credentials of our party. */
export const faulty = (
  party: 'client' | 'server',
  ...faults: readonly NonNullable<NonNullable<NonNullable<OwnSetup['client']>['channel']>['credentials']>[]
): Readonly<Record<string, OwnSetup>> =>
  Object.fromEntries(faults.map((credentials) => [credentials, { [party]: { channel: { credentials } } }]));

/**
 * The two begin a handshake, and no session comes of it: refused with an alert or in silence, at whatever message. A server of which
 * nothing is heard was not tested.
 *
 * @param owed check that a session misses
 */
export async function noSession<L extends string>(channel: ChannelPort<L>, owed: L): Promise<void> {
  const hello = await channel.clientHello({ within: 60 });
  await channel.spoken('server', { within: 60 });
  await channel.silence('connected', { for: OVER, after: hello, owed });
}

/** The client gets a session at another address, with all that it should have. @param owed check that misses without */
export async function sessionElsewhere<L extends string>(
  own: OwnClientPort,
  channel: ChannelPort<L>,
  owed: L,
): Promise<void> {
  const good = await own.elsewhere('itself');
  good.ask(good.message(LIST_OF_LINKS), 'once');
  await channel.connected({ within: 60, elsewhere: true, owed });
}

/** Anything opens a session. */
export const LIST_OF_LINKS = { method: 'GET', path: '/.well-known/core' } as const;

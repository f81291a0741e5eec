import type { ChannelPort } from '../../harness/case/channel-port.js';

/** Seconds within which a handshake is over, one way or the other. */
const OVER = 30;

/** The two begin a handshake, and no session comes of it. @param owed check that a session misses */
export async function noSession<L extends string>(channel: ChannelPort<L>, owed: L): Promise<void> {
  await channel.clientHello({ within: 60 });
  const hello = await channel.serverHello({ within: 60 });
  await channel.silence('connected', { for: OVER, after: hello, owed });
}

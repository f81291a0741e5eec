import {
  digest,
  octets,
  toHex,
  type BootstrapCommands,
  type BootstrapServerPort,
  type ClientPort,
  type Exchange,
  type PlainContent,
} from '../../harness/case/index.js';
import { opened, roomIn } from './_session.js';

/** Resources of an account (Core 1.1 Appendix E.1): our certificate, the server's, and how that is to be taken. */
export const ACCOUNT = { own: '3', server: '4', matching: '13', usage: '15' } as const;

/** Values of Matching Type, by the hash (Transport 1.1 §5.2.8.7). */
export const MATCHING: Readonly<Record<string, 1 | 2 | 3>> = { 'sha-256': 1, 'sha-384': 2, 'sha-512': 3 };

/** The hash of a certificate in the place of the server's. */
export function asDigest(certificate: PlainContent[string] | undefined, hash: string): PlainContent {
  const matching = MATCHING[hash] ?? 1;
  const bytes = digest(matching, octets(String(certificate)));
  return { [ACCOUNT.server]: toHex(bytes), [ACCOUNT.matching]: matching };
}

/**
 * The client is given the account of the server, with what is changed of it.
 *
 * @returns what it answered to the Finish
 */
export async function givenAccount(
  client: Pick<ClientPort, 'start'>,
  port: BootstrapServerPort<string> & BootstrapCommands,
  bind: (role: string) => string,
  changed: (security: PlainContent) => PlainContent,
): Promise<Exchange> {
  await opened(client, port);
  const room = roomIn(bind);
  const { security, server } = port.account(room);
  await port.write(`/0/${room.security}`, { ...security, ...changed(security) });
  await port.write(`/1/${room.server}`, server);
  return port.finish();
}

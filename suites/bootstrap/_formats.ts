import {
  bootstrapDiscovered,
  ContentFormat,
  type BootstrapCommands,
  type BootstrapServerPort,
  type CheckMeta,
  type ClientPort,
  type Exchange,
} from '../../harness/case/index.js';
import { asObject, opened, roomIn } from './_session.js';

/** SenML, by variant: its Content-Format, and what a client must say of itself for it. */
export const SENML: Readonly<Record<string, number>> = { json: ContentFormat.senmlJson, cbor: ContentFormat.senmlCbor };
export const SENML_REQUIRES = { json: 'format.110', cbor: 'format.112' };

export const WRITE_CHECKS = {
  x1: { by: 'client', level: 'must', req: 'B-24', says: 'answers 2.04' },
  x2: { by: 'client', level: 'must', req: 'B-24', says: 'has what was written, where the Bootstrap-Server wanted it' },
} as const satisfies Readonly<Record<string, CheckMeta>>;

interface Bench {
  readonly client: Pick<ClientPort, 'start'>;
  readonly bootstrapServer: BootstrapServerPort<string> & BootstrapCommands;
  readonly bind: (role: string) => string;
}

/** Two Server instances in one Write, with ids that nobody would choose, and the Short Server IDs that are shown by path. */
export async function writtenAtObject(
  { client, bootstrapServer, bind }: Bench,
  format: number,
): Promise<{ readonly write: Exchange; readonly servers: Readonly<Record<string, number>> }> {
  await opened(client, bootstrapServer);
  const { server } = bootstrapServer.account(roomIn(bind));
  const write = await bootstrapServer.write(
    '/1',
    { ...asObject(3, { ...server, '0': 101 }), ...asObject(7, { ...server, '0': 102 }) },
    { format },
  );
  return { write, servers: bootstrapDiscovered(await bootstrapServer.discover('/1')).servers };
}

/** What `writtenAtObject` writes, as `servers` shows it. */
export const TWO_SERVERS = { '/1/3': 101, '/1/7': 102 };

/** One Server instance in a Write of just that instance. */
export async function writtenAtInstance(
  { client, bootstrapServer, bind }: Bench,
  format: number,
): Promise<{ readonly write: Exchange; readonly servers: Readonly<Record<string, number>> }> {
  await opened(client, bootstrapServer);
  const { server } = bootstrapServer.account(roomIn(bind));
  const write = await bootstrapServer.write('/1/4', { ...server, '0': 103 }, { format });
  return { write, servers: bootstrapDiscovered(await bootstrapServer.discover('/1')).servers };
}

export const ONE_SERVER = { '/1/4': 103 };

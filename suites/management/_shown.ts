import type { Context } from '../../harness/case/index.js';

type Reading = Pick<Context<'x1' | 'x2', unknown, 'client'>, 'server' | 'bind' | 'check'>;

/** Reads texts and a number in a format, and compares what the server shows with what the client answered. */
export async function readAndCompare({ server, bind, check }: Reading, format: number): Promise<void> {
  const { serverObject } = await server.registered();
  for (const path of [bind('readonly'), bind('readable.a'), bind('readable.b')]) {
    const read = await server.read(path, { format });
    check('x1', await server.shown(path), read.response.content.value(path) ?? null);
  }
  const lifetime = `${serverObject}/1`;
  const read = await server.read(lifetime, { format });
  check('x2', await server.shown(lifetime), read.response.content.value(lifetime) ?? null);
}

import type { ServerPort } from '../../harness/case/index.js';

type Reader = Pick<ServerPort<string>, 'read'>;

/** A path of object 2 where no client has anything. */
const NOWHERE = '/2/65534';

/**
 * The instance of object 2 that rules an Object Instance: looked for, as its id is the client's to choose.
 *
 * @param target path of what is ruled, or of something below it
 */
export async function rulerOf(server: Reader, target: string): Promise<string> {
  const [, object, instance] = target.split('/');
  return (await rulersOf(server, Number(object), Number(instance)))[0] ?? NOWHERE;
}

/** All of them: none where the target is not ruled. */
export async function rulersOf(server: Reader, object: number, instance: number): Promise<readonly string[]> {
  const { content } = (await server.read('/2')).response;
  const instances = Object.keys(content.values).flatMap((path) => /^(\/2\/\d+)\/0$/.exec(path)?.[1] ?? []);
  return instances.filter((path) => content.value(`${path}/0`) === object && content.value(`${path}/1`) === instance);
}

/** `/3/0` of `/3/0/14`. */
export const instanceOf = (path: string): string => path.split('/').slice(0, 3).join('/');

/** `/3` of `/3/0/14`. */
export const objectOf = (path: string): string => path.split('/').slice(0, 2).join('/');

import type { Exchange } from '../../harness/case/index.js';

/** Seconds from the first answer to the first notification, and from each to the next. */
export function gaps({ response, notifications }: Exchange): readonly number[] {
  return notifications.map(({ t }, i) => t - (notifications[i - 1]?.t ?? response.t));
}

/**
 * Values of the last notification, of the first answer where none came, by path below the target: as a server shows them.
 * Null where there are none.
 */
export function lastTold({ request, response, notifications }: Exchange): unknown {
  const { values } = (notifications.at(-1) ?? response).content;
  if (request.path in values) return values[request.path];
  if (Object.keys(values).length === 0) return null;
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => [path.slice(request.path.length + 1), value]),
  );
}

/** The path that has the resource of another path: `/3/0` of `/3/0/14`. */
export const instanceOf = (path: string): string => path.split('/').slice(0, 3).join('/');
export const objectOf = (path: string): string => path.split('/').slice(0, 2).join('/');

/** Who changes what is observed, and what that takes: a client need not tell a server of its own Write. */
export const CHANGED_BY: Readonly<Record<string, string>> = { device: 'stimulus.set', server: 'op.write' };

/** Texts to write one after the other: offsets from UTC, as the resource by default is one. */
export const TEXTS = [
  '+01:07',
  '+03:07',
  '+04:07',
  '+05:07',
  '+06:07',
  '+07:07',
  '+08:07',
  '+09:07',
  '+10:07',
  '+11:07',
];

/** When which Observe value came: in the first answer of each and in its notifications. */
export const numbers = (...observations: readonly Exchange[]) =>
  observations
    .flatMap(({ response, notifications }) => [response, ...notifications])
    .map(({ t, observe }) => ({ t, observe }));

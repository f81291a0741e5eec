import type { PlainContent } from '../model/plain.js';

/** Credentials of a run by name, hexadecimal: `psk.identity`, `rpk.client-key`, `certificate.server` … */
export type Credentials = Readonly<Record<string, string>>;

/** Certificate Usage 2: the certificate in resource 4 is the trust anchor (Transport 1.1 §5.2.8.7). */
const TRUST_ANCHOR = 2;

/**
 * Values with the credentials of a run in each Security instance that has a `coaps` URI and no mode yet: names without a
 * suffix for the first server, `.2` for the second, `.bootstrap` for the Bootstrap-Server. Raw public keys and certificates
 * are one for all.
 */
export function withCredentials(values: PlainContent, credentials: Credentials): PlainContent {
  const secured = Object.entries(values).flatMap(([path, uri]) => {
    const instance = /^\/0\/(\d+)\/0$/.exec(path)?.[1];
    return instance !== undefined && /^coaps(\+tcp)?:/i.test(String(uri)) && !(`/0/${instance}/2` in values)
      ? [instance]
      : [];
  });
  let servers = 0;
  return secured.reduce<PlainContent>((all, instance) => {
    const isBootstrap = all[`/0/${instance}/1`] === true;
    const suffix = isBootstrap ? '.bootstrap' : servers++ === 0 ? '' : `.${servers}`;
    return { ...all, ...instanceOf(`/0/${instance}`, credentials, suffix) };
  }, values);
}

/** Resources 2 to 5, and 15 where only the authority is known. Nothing where there are no credentials. */
function instanceOf(path: string, credentials: Credentials, suffix: string): PlainContent {
  const key = credentials[`psk.key${suffix}`];
  if (key !== undefined)
    return {
      [`${path}/2`]: 0,
      [`${path}/3`]: credentials[`psk.identity${suffix}`] ?? '',
      // Mandatory, and of no use here (Core 1.1 App. E.1): it is empty.
      [`${path}/4`]: '',
      [`${path}/5`]: key,
    };
  const raw = credentials['rpk.client-key'];
  if (raw !== undefined)
    return {
      [`${path}/2`]: 1,
      [`${path}/3`]: credentials['rpk.client'] ?? '',
      [`${path}/4`]: credentials['rpk.server'] ?? '',
      [`${path}/5`]: raw,
    };
  const own = credentials['certificate.client-key'];
  if (own === undefined) return {};
  const server = credentials['certificate.server'];
  return {
    [`${path}/2`]: 2,
    [`${path}/3`]: credentials['certificate.client'] ?? '',
    [`${path}/4`]: server ?? credentials['certificate.ca'] ?? '',
    [`${path}/5`]: own,
    ...(server === undefined && { [`${path}/15`]: TRUST_ANCHOR }),
  };
}

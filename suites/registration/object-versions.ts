import { attributeOf, decodeLinks, each, matches, parseRegistration, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.object-versions',
    title: 'A client tells the version of an object alike in its registration and in Discover',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.discover',
    checks: {
      x1: { by: 'client', level: 'must', req: 'V-7', says: 'shows in Discover the versions that it registered with' },
    },
  },
  async ({ server, enabler, check }) => {
    const { exchange } = await server.registered();
    const list = parseRegistration(exchange.request.payload, enabler);
    const objects = list.ok ? list.value.objects : [];
    // One that needs a version, where there is one: the others may be left to their default here or there (V-7).
    const isNeeded = ({ id, version = '1.0' }: (typeof objects)[number]): boolean => id > 31 && version !== '1.0';
    const shown =
      objects.find(isNeeded) ??
      objects.find(({ version }) => version !== undefined) ??
      objects.find(({ id }) => id === 3);
    const discover = await server.discover(`/${shown?.id ?? 3}`);
    const links = decodeLinks(discover.response.payload);
    const versions = links.ok ? links.value.flatMap((link) => attributeOf(link, 'ver')?.[1] ?? []) : ['malformed'];
    const version = shown?.version ?? matches(/^1\.\d$/);
    check('x1', versions, each(version, shown && isNeeded(shown) ? 1 : 0));
  },
);

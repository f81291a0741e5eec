import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.parameters-of-objects',
    title: 'What a client registers with is what its objects say',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.read',
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-4', says: 'registers with the lifetime of its Server object' },
      x2: { by: 'client', level: 'should', req: 'R-33', says: 'registers with the transports of its objects' },
    },
  },
  async ({ server, enabler, check }) => {
    const registration = await server.registered();
    const lifetime = `${registration.serverObject}/1`;
    const read = await server.read(lifetime);
    check('x1', registration.lifetime, read.response.content.value(lifetime));

    // In 1.0 the Binding of the Server instance, later the Supported Binding of the Device.
    const binding = enabler === '1.0' ? `${registration.serverObject}/7` : '/3/0/16';
    const letters = await server.read(binding);
    const told = registration.exchange.request.query.get('b') ?? 'U';
    check('x2', sorted(told), sorted(String(letters.response.content.value(binding))));
  },
);

/** The order of letters means nothing. */
const sorted = (letters: string): string => Array.from(letters).sort().join('');

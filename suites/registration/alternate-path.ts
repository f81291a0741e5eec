import { testCase, utf8 } from '../../harness/case/index.js';
import { placeIn, registerLike } from './_device.js';

/** Below which a device may have its objects. */
const PATHS: Readonly<Record<string, string>> = { single: '/lwm2m', deep: '/device/one', 'with-mark': '/my.device-1' };

export default testCase(
  {
    id: 'registration.alternate-path',
    title: 'Requests go below the alternate path of the client, registrations do not',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    start: true,
    ours: { client: { keepAlive: false } },
    variants: Object.keys(PATHS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'X-7', says: 'takes the Register' },
      x2: { by: 'server', level: 'must', req: 'R-10', says: 'sends its requests below the path' },
      x3: { by: 'server', level: 'must', req: 'R-2', says: 'gives a location that is not below it' },
    },
  },
  async ({ server, client, bind, variant, check }) => {
    const { exchange } = await server.registered();
    const prefix = PATHS[variant] ?? '/lwm2m';
    const payload = utf8(`<${prefix}>;rt="oma.lwm2m",<${prefix}/1/0>,<${prefix}/3/0>`);
    const register = await client.request(registerLike(exchange, { payload }));
    check('x1', register.response.code, '2.01');
    client.answer(
      ({ code }) => code === '0.01',
      () => ({ code: '4.04' }),
    );
    const { request } = await server.read(bind('readonly'));
    const segments = request.message.options
      .filter(({ number }) => number === 11)
      .map(({ value }) => new TextDecoder().decode(value));
    check('x2', `/${segments.join('/')}`, `${prefix}${bind('readonly')}`);
    check('x3', placeIn(register).startsWith('/rd/'), true);
  },
);

import { ContentFormat, oneOf, testCase, utf8 } from '../../harness/case/index.js';
import { withBlock1 } from '../transport/_blocks.js';
import { rulerOf } from './_rights.js';

/** Two time zones of the IANA database, in two blocks of 16 bytes each: neither block is the same. */
const ZONES = ['America/Argentina/ComodRivadavia', 'Antarctica/DumontDUrville'] as const;

export default testCase(
  {
    id: 'access-control.transfers',
    title: 'Blocks of two servers at the same time are two values, not one',
    since: '1.0',
    configuration: 'C.108',
    our: 'server',
    requires: 'servers.2 & object.2 & op.write & role.writable & block-wise',
    servers: 2,
    checks: {
      x1: { by: 'client', level: 'must', req: 'rfc7959#2.5', says: 'never mixes blocks of the two' },
      x2: { by: 'client', level: 'should', req: 'rfc7959#2.5', says: 'takes blocks of both at the same time' },
    },
  },
  async ({ server, server2, bind, check }) => {
    await server.registered();
    await server2.registered();
    const path = bind('writable');
    await server.write(`${await rulerOf(server, path)}/2`, { '1': 15, '2': 3 });
    const value = async (): Promise<unknown> => (await server.read(path)).response.content.value(path);
    const before = await value();
    const [own, other] = ZONES;
    const put = { method: 'PUT', path, contentFormat: ContentFormat.text } as const;
    const first = server.message({ ...put, payload: utf8(own) });
    const second = server2.message({ ...put, payload: utf8(other) });
    await server.send(withBlock1(first, 0));
    await server2.send(withBlock1(second, 0));
    const codes = [(await server.send(withBlock1(first, 1))).code];
    check('x1', await value(), oneOf(before, own));
    codes.push((await server2.send(withBlock1(second, 1))).code);
    check('x1', await value(), oneOf(before, own, other));
    check('x2', codes, ['2.04', '2.04']);
  },
);

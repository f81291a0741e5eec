import { testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { objectOf, rulerOf, rulersOf } from './_rights.js';

/** An Object in the place of its instance. */
const ALL_INSTANCES = 65_535;

const ENTRIES = { '1': 15, '2': 15 };

export default testCase(
  {
    id: 'access-control.owner',
    title: 'Who owns an Access Control instance changes it and may hand it on; nobody changes what nobody owns',
    since: '1.0',
    configuration: 'C.108',
    requires: 'servers.2 & object.2 & op.write & role.writable & role.collection',
    servers: 2,
    checks: {
      x1: { by: 'client', level: 'must', req: 'A-9', says: 'refuses to change what an instance rules, as read-only' },
      x2: { by: 'client', level: 'must', req: 'A-8', says: 'refuses entries of what nobody owns with 4.01' },
      x3: { by: 'client', level: 'should', req: 'A-7', says: 'gives all rights to an owner without an entry' },
      x4: { by: 'client', level: 'must', req: 'A-9', says: 'takes another owner from the owner' },
      x5: { by: 'client', level: 'must', req: 'A-9', says: 'takes entries from the new owner' },
      x6: { by: 'client', level: 'must', req: 'A-9', says: 'takes none any more from the one before' },
    },
  },
  async ({ server, server2, bind, check }) => {
    await server.registered();
    await server2.registered();
    const path = bind('writable');
    const ruler = await rulerOf(server, path);
    check('x1', (await server.write(`${ruler}/0`, 1)).response.code, graded.E27);
    const object = Number(objectOf(bind('collection')).slice(1));
    for (const unowned of await rulersOf(server, object, ALL_INSTANCES))
      check('x2', (await server.write(`${unowned}/2`, ENTRIES)).response.code, graded.E23);

    check('x4', (await server.write(`${ruler}/2`, { '2': 1 })).response.code, '2.04');
    const alone = await server.read(path);
    check('x3', alone.response.code === '2.05' ? 'granted' : 'refused', graded.X59);
    check('x4', (await server.write(`${ruler}/3`, 2)).response.code, '2.04');
    check('x5', (await server2.write(`${ruler}/2`, ENTRIES)).response.code, '2.04');
    check('x6', (await server.write(`${ruler}/2`, { '1': 15 })).response.code, graded.E23);
  },
);

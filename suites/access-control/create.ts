import { oneOf, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { objectOf, rulersOf } from './_rights.js';

/** An id that no client gives by itself. */
const INSTANCE = 4711;

/** Every right on an instance; Create, which has no meaning there, may be among them. */
const ALL = oneOf(15, 31);

export default testCase(
  {
    id: 'access-control.create',
    title: 'A server owns what it creates, alone, until it is deleted',
    since: '1.0',
    configuration: 'C.108',
    requires: 'servers.2 & object.2 & op.create & op.delete & role.collection.multi',
    servers: 2,
    checks: {
      x1: { by: 'client', level: 'must', req: 'A-5', says: 'lets a server create that the entry of the object names' },
      x2: { by: 'client', level: 'must', req: 'A-11', says: 'makes it the owner of the instance' },
      x3: { by: 'client', level: 'must', req: 'A-11', says: 'gives it every right' },
      x4: { by: 'client', level: 'must', req: 'A-11', says: 'gives the other server none' },
      x5: { by: 'client', level: 'must', req: 'M-40', says: 'lets the owner delete it' },
      x6: { by: 'client', level: 'must', req: 'A-11', says: 'rules with nothing what is gone' },
    },
  },
  async ({ server, server2, bind, check }) => {
    await server.registered();
    await server2.registered();
    const object = objectOf(bind('collection'));
    const number = Number(object.slice(1));
    const instance = `${object}/${INSTANCE}`;
    const create = await server.create(object, { '0/0': 'first' }, { instance: INSTANCE });
    check('x1', create.response.code, '2.01');

    const [ruler = ''] = await rulersOf(server, number, INSTANCE);
    const { content } = (await server.read('/2')).response;
    check('x2', content.value(`${ruler}/3`), 1);
    check('x3', content.value(`${ruler}/2/1`), ALL);
    check('x3', (await server.read(instance)).response.code, '2.05');
    check('x4', (await server2.read(instance)).response.code, graded.E23);

    check('x5', (await server.delete(instance)).response.code, '2.02');
    check('x6', await rulersOf(server, number, INSTANCE), []);
  },
);

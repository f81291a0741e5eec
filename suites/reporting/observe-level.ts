import { each, present, testCase, type Exchange } from '../../harness/case/index.js';
import { instanceOf, objectOf, TEXTS } from './_observation.js';

const LEVELS: Readonly<Record<string, (path: string) => string>> = {
  object: objectOf,
  instance: instanceOf,
  resource: (path) => path,
};

const told = ({ content }: Pick<Exchange['response'], 'content'>) => Object.keys(content.values).sort();

export default testCase(
  {
    id: 'reporting.observe-level',
    title: 'Objects, instances and resources are observed, and each is notified whole',
    since: '1.0',
    configuration: 'C.1',
    requires: 'op.observe & op.write-attributes & stimulus.set & role.writable',
    variants: Object.keys(LEVELS),
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-1', says: 'observes the level' },
      x2: { by: 'client', level: 'must', req: 'I-18', says: 'notifies when a value of it changes' },
      x3: { by: 'client', level: 'must', req: 'I-2', says: 'tells the new value' },
      x4: { by: 'client', level: 'must', req: 'I-2', says: 'tells all that a Read of the level gives' },
      x5: { by: 'server', level: 'must', req: 'I-2', says: 'shows the new value' },
    },
  },
  async ({ server, client, variant, bind, check, sleep }) => {
    await server.registered();
    const changing = bind('writable');
    const path = (LEVELS[variant] ?? objectOf)(changing);
    await server.writeAttributes(changing, { pmin: 0 });
    await server.writeAttributes(objectOf(changing), { pmin: 0 });
    const read = await server.read(path);
    const observation = await server.observe(path);
    check('x1', [observation.response.code, observation.response.observe], ['2.05', present]);
    const before = observation.notifications.length;
    await client.set(changing, TEXTS[4] ?? '');
    await server.notifications(observation, before + 1, { within: 10, owed: 'x2' });
    // Another value of the level may have changed first: a clock does each second.
    await sleep(2);
    const { notifications } = observation;
    check('x3', notifications.at(-1)?.content.value(changing), TEXTS[4]);
    check('x4', notifications.map(told), each(told(read.response)));
    check('x5', await server.shown(changing), TEXTS[4]);
  },
);

import { each, matches, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'reporting.removed-target',
    title: 'The observation of an instance ends when the instance is deleted',
    since: '1.0',
    configuration: 'C.12',
    requires: 'op.observe & op.create & op.delete & op.write-attributes & object.16',
    times: { maximum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-7', says: 'notifies no content of what is gone' },
      x2: { by: 'client', level: 'must', req: 'I-3', says: 'tells of the object what is left' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    await server.registered();
    const made = `${bind('collection')}/7`;
    await server.create(bind('collection'), { '0/0': 'another' }, { instance: 7 });
    await server.writeAttributes(bind('collection'), { pmin: 0, pmax: times.maximum });
    const ofInstance = await server.observe(made);
    const ofObject = await server.observe(bind('collection'));
    await server.notifications(ofInstance, 1, { within: times.maximum });

    const gone = await server.delete(made);
    const before = ofObject.notifications.length;
    await server.notifications(ofObject, before + 1, { within: 2 * times.maximum, after: gone });
    await sleep(3 * times.maximum, gone);
    const after = ofInstance.notifications.filter(({ t }) => t > gone.response.t);
    check(
      'x1',
      after.map(({ code }) => code),
      each(matches(/^[45]\./), 0),
    );
    const left = Object.keys(ofObject.notifications.at(-1)?.content.values ?? {});
    check(
      'x2',
      left.filter((path) => path.startsWith(`${made}/`)),
      [],
    );
  },
);

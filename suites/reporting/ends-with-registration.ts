import { testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'reporting.ends-with-registration',
    title: 'An observation ends with its registration, and the server asks for it again',
    since: '1.0',
    configuration: 'C.3',
    requires:
      'op.observe & op.execute & op.write & op.write-attributes & resource./1/4 & resource./1/5 & role.readable.a',
    times: { maximum: { nominal: 5, quick: 2 } },
    checks: {
      x1: { by: 'client', level: 'must', req: 'I-7', says: 'notifies nobody once it has de-registered' },
      x2: { by: 'server', level: 'must', req: 'R-20', says: 'observes again after the Register' },
      x3: { by: 'client', level: 'must', req: 'I-19', says: 'notifies the new observation' },
      x4: { by: 'client', level: 'must', req: 'I-7', says: 'notifies the old one no more' },
    },
  },
  async ({ server, times, bind, check, sleep }) => {
    const registration = await server.registered();
    const path = bind('readable.a');
    await server.write(`${registration.serverObject}/5`, 3 * times.maximum);
    await server.writeAttributes(path, { pmin: 0, pmax: times.maximum });
    const observation = await server.observe(path);
    await server.notifications(observation, 1, { within: times.maximum });

    const disable = await server.execute(`${registration.serverObject}/4`);
    const deregister = await server.next('deregister', { within: 10, after: disable });
    const before = observation.notifications.length;
    const register = await server.next('register', { within: 3 * times.maximum + 10, after: deregister });
    check('x1', observation.notifications.length, before);

    await server.sent('observe', { within: 10, after: register, path, owed: 'x2' });
    await server.writeAttributes(path, { pmin: 0, pmax: times.maximum });
    // When attributes take effect on an observation that is there already is the client's choice (I-17).
    const renewed = await server.observe(path);
    await server.notifications(renewed, 1, { within: 2 * times.maximum, owed: 'x3' });
    await sleep(2 * times.maximum);
    check('x4', observation.notifications.length, before);
  },
);

import { absent, getQuery, matches, oneOf, testCase } from '../../harness/case/index.js';

/** Values that `b` can have; 1.0 has a list, later versions combine letters. */
const BINDINGS = {
  '1.0': /^(U|UQ|S|SQ|US|UQS)$/,
  '1.1': /^(?!.*(.).*\1)[UTSN]+$/,
  '1.2': /^(?!.*(.).*\1)[UTSNMH]+$/,
};

/** What stands for queue mode beside the letters: nothing in 1.0, a bare Q later. */
const QUEUE_FLAG = { '1.0': absent, '1.1': oneOf(undefined, 'Q'), '1.2': oneOf(undefined, 'Q') };

export default testCase(
  {
    id: 'registration.parameters',
    title: 'A client gives its registration parameters in the form of its version',
    since: '1.0',
    configuration: 'C.1',
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-4', says: 'gives every parameter once', continues: true },
      x2: { by: 'client', level: 'must', req: 'R-4', says: 'gives the lifetime in whole seconds', continues: true },
      x3: { by: 'client', level: 'must', req: 'R-33', says: 'names its transports in known letters', continues: true },
      x4: { by: 'client', level: 'must', req: 'R-6', says: 'announces queue mode as its version does' },
      x5: { by: 'client', level: 'must', req: 'R-4', says: 'gives its name, which nothing else tells' },
    },
  },
  async ({ server, enabler, check }) => {
    const { request } = await server.next('register', { within: 60, owed: 'x1' });
    const parameters = getQuery(request.message);
    const names = parameters.map((parameter) => parameter.split('=')[0]);
    check('x1', names, [...new Set(names)]);
    check('x2', request.query.get('lt'), matches(/^(0|[1-9]\d*)$/));
    check('x3', request.query.get('b') ?? 'U', matches(BINDINGS[enabler]));
    check(
      'x4',
      parameters.find((parameter) => /^Q(=|$)/.test(parameter)),
      QUEUE_FLAG[enabler],
    );
    check('x5', request.query.get('ep'), matches(/./));
  },
);

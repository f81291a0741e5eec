import { matches, not, OptionNumber, testCase } from '../../harness/case/index.js';
import { answerToUpdate, ofDevice, placeIn, registerLike } from './_device.js';

export default testCase(
  {
    id: 'registration.locations',
    title: 'Every registration has a location of its own, in segments',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    checks: {
      x1: { by: 'server', level: 'must', req: 'R-2', says: 'gives a location below /rd', continues: true },
      x2: {
        by: 'server',
        level: 'must',
        req: 'rfc7252#5.10.7',
        says: 'gives one option for each segment, none of them empty, with a slash, or a dot or two',
      },
      x3: { by: 'server', level: 'must', req: 'R-2', says: 'gives no two devices one location' },
      x4: { by: 'server', level: 'must', req: 'R-2', says: 'finds each of them at its own' },
    },
  },
  async ({ server, client, check }) => {
    const { exchange, endpoint } = await server.registered();
    const [one, other] = [await client.elsewhere(), await client.elsewhere()];
    const first = await one.request(registerLike(exchange, { query: ofDevice(`${endpoint}-one`) }));
    const second = await other.request(registerLike(exchange, { query: ofDevice(`${endpoint}-other`) }));
    check('x1', first.response.location, matches(/^\/rd\/.+/));
    const segments = (first.response.message?.options ?? [])
      .filter(({ number }) => number === OptionNumber.locationPath)
      .map(({ value }) => new TextDecoder().decode(value));
    check('x2', segments.join('|'), matches(/^(?!.*(^|\|)\.{0,2}($|\|))[^/]+$/));
    check('x3', placeIn(second), not(placeIn(first)));
    const answers = [await answerToUpdate(one, placeIn(first)), await answerToUpdate(other, placeIn(second))];
    check('x4', answers, ['2.04', '2.04']);
  },
);

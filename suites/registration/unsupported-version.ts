import { having, lacks, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { all, answerToUpdate, ofDevice, placeIn, registerLike, withParameter } from './_device.js';

const VERSIONS = ['9.0', '0.1', '3.14', '1.99', '9.0.1', '10.0'] as const;

export default testCase(
  {
    id: 'registration.unsupported-version',
    title: 'A server tells a client of a version that it does not speak to try another',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: VERSIONS.map((version) => version.replaceAll('.', '-')),
    checks: {
      x1: { by: 'server', level: 'must', req: 'E-3', says: 'answers 4.12 Precondition Failed' },
      x2: { by: 'server', level: 'must', req: 'V-2', says: 'holds no registration of that version' },
      x3: { by: 'server', level: 'must', req: 'V-3', says: 'takes the version that it speaks afterwards' },
      x4: { by: 'server', level: 'must', req: 'R-1', says: 'holds that registration' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-newer-${variant}`;
    const device = await client.elsewhere();
    const version = VERSIONS.find((one) => one.replaceAll('.', '-') === variant) ?? '9.0';
    const newer = all(ofDevice(name), withParameter(`lwm2m=${version}`));
    const refused = await device.request(registerLike(registration.exchange, { query: newer }));
    check('x1', refused.response.code, version === '9.0.1' ? graded.E3Patch : graded.E3);
    check('x2', await server.registrations(), lacks(having({ endpoint: name })));
    const known = await device.request(registerLike(registration.exchange, { query: ofDevice(name) }));
    check('x3', known.response.code, '2.01');
    check('x4', await answerToUpdate(device, placeIn(known)), '2.04');
  },
);

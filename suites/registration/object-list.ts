import { decodeLinks, lacks, matches, parseRegistration, testCase } from '../../harness/case/index.js';

export default testCase(
  {
    id: 'registration.object-list',
    title: 'A client lists its objects in well-formed links',
    since: '1.0',
    configuration: 'C.1',
    checks: {
      x1: { by: 'client', level: 'must', req: 'R-7', says: 'writes links in the published grammar' },
      x2: { by: 'client', level: 'must', req: 'R-8', says: 'links objects and instances, nothing below' },
      x3: { by: 'client', level: 'should', req: 'R-8', says: 'links nothing twice' },
      x4: { by: 'client', level: 'must', req: 'V-8', says: 'puts a version where its version of LwM2M has it' },
      x5: { by: 'client', level: 'should', req: 'V-8', says: 'quotes versions in 1.0 alone' },
      x6: { by: 'client', level: 'should', req: 'R-10', says: 'quotes the type of the root' },
      x7: {
        by: 'client',
        level: 'should',
        req: 'R-8',
        says: 'lists an object beside its instances for its version alone',
      },
    },
  },
  async ({ server, enabler, check }) => {
    const { request } = await server.next('register', { within: 60, owed: 'x1' });
    const { payload } = request;
    const links = decodeLinks(payload);
    check('x1', links.ok ? 'well-formed' : links.problem.message, 'well-formed');
    const list = parseRegistration(payload, enabler);
    check('x1', list.ok ? 'well-formed' : list.problem.message, 'well-formed');

    const remarks = list.ok ? list.value.remarks.map(({ code, place }) => `${code} ${place ?? ''}`) : [];
    check('x2', remarks, lacks(matches(/^(listed-resource|leading-zeros|trailing-slash) /)));
    check('x3', remarks, lacks(matches(/^duplicate /)));
    check('x4', remarks, lacks(matches(/^version-on-instance /)));
    check('x5', remarks, lacks(matches(/^quoted-version /)));
    check('x6', remarks, lacks(matches(/^unquoted-rt /)));
    check('x7', remarks, lacks(matches(/^bare-object /)));
  },
);

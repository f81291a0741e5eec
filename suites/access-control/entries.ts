import { each, testCase } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { rulerOf } from './_rights.js';

/** Bits of an entry. */
const READ = 1;
const WRITE = 2;
const ALL = 15;

/** Entries beside that of the owner, by Short Server ID (0: for every server without one), and what they give server 2. */
const ROWS: Readonly<Record<string, readonly [Readonly<Record<string, number>>, string]>> = {
  own: [{ '2': READ + WRITE }, 'read, write'],
  'own-to-write': [{ '2': WRITE }, 'write'],
  'own-before-default': [{ '0': READ + WRITE, '2': READ }, 'read'],
  'own-of-nothing': [{ '0': READ + WRITE, '2': 0 }, 'nothing'],
  default: [{ '0': READ + WRITE }, 'read, write'],
  'default-to-read': [{ '0': READ }, 'read'],
  none: [{}, 'nothing'],
};

export default testCase(
  {
    id: 'access-control.entries',
    title: 'A server has the rights of its own entry, else of the default entry, else none',
    since: '1.0',
    configuration: 'C.108',
    requires: 'servers.2 & object.2 & op.read & op.write & role.writable',
    variants: Object.keys(ROWS),
    servers: 2,
    checks: {
      x1: { by: 'client', level: 'must', req: 'A-9', says: 'takes the entries that the owner writes' },
      x2: { by: 'client', level: 'must', req: 'A-7', says: 'gives the other server what they say' },
      x3: { by: 'client', level: 'must', req: 'A-10', says: 'answers 4.01 where a right is missing' },
      x4: { by: 'client', level: 'must', req: 'A-7', says: 'gives the owner all that its entry says' },
    },
  },
  async ({ server, server2, variant, bind, check }) => {
    await server.registered();
    await server2.registered();
    const path = bind('writable');
    const [entries, granted] = ROWS[variant] ?? [{}, ''];
    const ruler = await rulerOf(server, path);
    check('x1', (await server.write(`${ruler}/2`, { '1': ALL, ...entries })).response.code, '2.04');

    const codes = {
      read: (await server2.read(path)).response.code,
      write: (await server2.write(path, '+06:30')).response.code,
    };
    const given = Object.entries(codes).flatMap(([right, code]) => (code.startsWith('2.') ? [right] : []));
    check('x2', given.join(', ') || 'nothing', granted);
    const refused = Object.values(codes).filter((code) => !code.startsWith('2.'));
    check('x3', refused, each(graded.E23, 0));
    check('x4', (await server.write(path, '+07:30')).response.code, '2.04');
  },
);

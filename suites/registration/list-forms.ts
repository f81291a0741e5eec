import { testCase, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, placeIn, registerLike } from './_device.js';

/** Lists that a client may send, all with instance 0 of Server and Device. */
const LISTS = {
  bare: { list: '</1/0>,</3/0>', answer: graded.X7 },
  'root-link': { list: '</>,</1/0>,</3/0>', answer: graded.X7 },
  'root-with-type': { list: '</>;rt="oma.lwm2m",</1/0>,</3/0>', answer: graded.X7 },
  'one-format': { list: '</>;rt="oma.lwm2m";ct=11543,</1/0>,</3/0>', answer: graded.X7 },
  'several-formats': { list: '</>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>', answer: graded.X7 },
  'attributes-in-other-order': { list: '</>;ct=11542;rt="oma.lwm2m",</3/0>,</1/0>', answer: graded.X7 },
  'version-bare': { list: '</1/0>,</3/0>,</3303>;ver=1.1,</3303/0>', answer: graded.X7 },
  'version-quoted': { list: '</1/0>,</3/0>,</3303>;ver="1.1",</3303/0>', answer: graded.X7 },
  'version-on-instance': { list: '</1/0>,</3/0>,</3303/0>;ver=1.1', answer: graded.X7Instance },
  'objects-without-instance': { list: '</1/0>,</3/0>,</5>,</3303>', answer: graded.X7 },
  'unknown-objects': { list: '</1/0>,</3/0>,</42769/0>,</31999/7>,</42770>;ver=77.8', answer: graded.X7 },
  'unknown-attributes': { list: '</1/0>;if="a b";x=1;flag,</3/0>;title="d";sz=12', answer: graded.X7 },
  'marks-in-quotes': { list: '</1/0>;title="a,b;c=<d>",</3/0>;title="say \\"x\\", <y>"', answer: graded.X7 },
  'letters-in-quotes': { list: '</1/0>;title="Größe 冷 🌡",</3/0>', answer: graded.X7 },
  'large-ids': { list: '</1/65534>,</3/0>,</3303/65534>', answer: graded.X7 },
  'twice-the-same': { list: '</1/0>,</3/0>,</3/0>', answer: graded.X7 },
  'alternate-path': {
    list: '</lwm2m>;rt="oma.lwm2m",</lwm2m/1/0>,</lwm2m/3/0>',
    answer: graded.X7,
  },
  'deep-alternate-path': {
    list: '</a/b-1>;rt="oma.lwm2m",</a/b-1/1/0>,</a/b-1/3/0>',
    answer: graded.X7,
  },
  'blanks-after-commas': { list: '</>;rt="oma.lwm2m", </1/0>, </3/0>', answer: graded.X8 },
  'type-unquoted': { list: '</>;rt=oma.lwm2m,</1/0>,</3/0>', answer: graded.X8 },
} as const;

export default testCase(
  {
    id: 'registration.list-forms',
    title: 'A server takes every form of the object list',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(LISTS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'X-7', says: 'takes the Register' },
      x2: { by: 'server', level: 'must', req: 'R-1', says: 'finds the registration again' },
      x3: { by: 'server', level: 'should', req: 'R-1', says: 'knows the instances that were listed' },
    },
  },
  async ({ server, client, variant, check }) => {
    const registration = await server.registered();
    const name = `${registration.endpoint}-listing-${variant}`;
    const { list, answer } =
      new Map<string, { readonly list: string; readonly answer: unknown }>(Object.entries(LISTS)).get(variant) ??
      LISTS.bare;
    const device = await client.elsewhere();
    const difference = { query: ofDevice(name), payload: utf8(list) };
    const register = await device.request(registerLike(registration.exchange, difference));
    const { code } = register.response;
    check('x1', code, answer);
    const isTaken = code === '2.01';
    check('x2', await answerToUpdate(device, placeIn(register)), isTaken ? '2.04' : graded.E8);
    const shown = (await server.registrations()).find(({ endpoint }) => endpoint === name);
    check('x3', shown?.objects?.some((path) => path.endsWith('/3/0')) ?? !isTaken, true);
  },
);

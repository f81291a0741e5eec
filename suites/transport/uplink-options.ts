import { oneOf, OptionNumber, stringOption, testCase, uintOption, utf8 } from '../../harness/case/index.js';
import { graded } from '../requirements/matchers.js';
import { answerToUpdate, ofDevice, registerLike } from '../registration/_device.js';
import { locationIn } from './_location.js';

/** One option beside those of a Register, and how it is answered. */
const OPTIONS = {
  'unknown-critical': { option: { number: 65_001, value: utf8('x') }, answer: graded.E54 },
  'unknown-critical-low': { option: { number: 41, value: utf8('x') }, answer: graded.E54 },
  'proxy-uri': {
    option: stringOption(OptionNumber.proxyUri, 'coap://server.example/rd'),
    answer: oneOf('5.05', '4.02'),
  },
  'proxy-scheme': { option: stringOption(OptionNumber.proxyScheme, 'coap'), answer: oneOf('5.05', '4.02') },
  'unknown-elective': { option: { number: 65_000, value: utf8('x') }, answer: '2.01' },
  'unknown-elective-low': { option: { number: 40, value: new Uint8Array(0) }, answer: '2.01' },
  host: { option: stringOption(OptionNumber.uriHost, 'server.example'), answer: '2.01' },
  port: { option: uintOption(OptionNumber.uriPort, 9), answer: '2.01' },
} as const;

export default testCase(
  {
    id: 'transport.uplink-options',
    title: 'A server takes options for what they are: known, to be passed over, or to be refused',
    since: '1.0',
    configuration: 'C.1',
    our: 'client',
    channel: 'none',
    variants: Object.keys(OPTIONS),
    checks: {
      x1: { by: 'server', level: 'must', req: 'P-18', says: 'answers as the option demands' },
      x2: { by: 'server', level: 'must', req: 'P-4', says: 'holds the registration exactly if it has taken it' },
      x3: { by: 'server', level: 'must', req: 'R-1', says: 'serves the next Update' },
    },
  },
  async ({ server, client, variant, check }) => {
    const { exchange, endpoint, location } = await server.registered();
    const device = await client.elsewhere();
    const { option, answer } =
      new Map<
        string,
        { readonly option: { readonly number: number; readonly value: Uint8Array }; readonly answer: unknown }
      >(Object.entries(OPTIONS)).get(variant) ?? OPTIONS['unknown-critical'];
    const message = device.message(registerLike(exchange, { query: ofDevice(`${endpoint}-optional-${variant}`) }));
    const options = [...message.options, option].sort((a, b) => a.number - b.number);
    const sent = await device.send({ ...message, options });
    check('x1', sent.code, answer);
    const isTaken = sent.code === '2.01';
    check('x2', await answerToUpdate(device, locationIn(sent.answer)), isTaken ? '2.04' : graded.E8);
    check('x3', await answerToUpdate(client, location), '2.04');
  },
);

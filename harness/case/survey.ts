import type { Exchange } from '../record/exchange.js';
import { ContentFormat } from '../wire/codec.js';
import { blockOption, getBlock, OptionNumber } from '../wire/coap/options.js';
import { parseRegistration } from '../wire/core-link.js';
import type { Enabler } from '../model/party.js';
import type { OwnMessages, Registration, ServerPort } from './context.js';
import { discovered } from './discovered.js';
import type { Statement } from './statement.js';
import { testCase, type TestCase } from './test-case.js';

/** What a survey found; empty until its case has run. */
export interface Survey {
  readonly testCase: TestCase;
  /** What the client shows of itself; undefined when it did not register. */
  statement(): Statement | undefined;
  /** The version of LwM2M of its first Register, whether or not it was accepted. */
  offered(): string | undefined;
}

/** A survey asks for no more instances than these. */
const INSTANCES = 32;

/** Formats that a client of each version may do without (F-1), as far as it can be asked for them. */
const OPTIONAL_FORMATS: Readonly<Record<Enabler, readonly number[]>> = {
  '1.0': [ContentFormat.json],
  '1.1': [ContentFormat.tlv, ContentFormat.senmlJson, ContentFormat.senmlCbor],
  '1.2': [ContentFormat.tlv, ContentFormat.senmlJson, ContentFormat.senmlCbor, ContentFormat.lwm2mCbor],
};

/** How a client says that it does not have a format, and that it does not know an option: no failure, where it may. */
const NO_SUCH_FORMAT: ReadonlySet<string> = new Set(['4.06', '4.15']);
const NO_SUCH_OPTION = '4.02';

/**
 * The case that runs before all others where no statement is given: it reads the registration, discovers each announced
 * instance, and asks for the formats and for the blocks that a client may do without. What a client shows is then known
 * before anything is judged; nothing is derived from a failure, nor from the refusal of what is mandatory.
 */
export function surveyOf(): Survey {
  let items: Record<string, boolean> | undefined;
  let offered: string | undefined;
  const surveyCase = testCase(
    {
      id: 'statement.survey',
      title: 'What the client shows of itself',
      since: '1.0',
      // What a client takes from a configuration is to be seen: this one has the most of Server and Device.
      configuration: 'C.6',
      our: 'server',
      checks: { x1: { by: 'client', level: 'may', req: 'M-12', says: 'answers Discover for what it announces' } },
    },
    async ({ server, enabler, allowances, check }) => {
      const first = await server.received('register', { within: allowances.boot + allowances.registration });
      offered = first.request.query.get('lwm2m');
      const registration = await server.registered();
      items = announcedItems(registration.exchange);
      const answers = await discoverAll(server, registration.objects);
      for (const answer of answers) Object.assign(items, discoveredItems(answer, registration));
      Object.assign(items, await formatItems(server, enabler, registration), await blockItems(server));
      check('x1', answers.filter(({ response }) => response.code === '2.05').length, answers.length);
    },
  );
  return {
    testCase: surveyCase,
    statement: () => items && { source: 'derived', items },
    offered: () => offered,
  };
}

/** Objects with their versions, the formats of `ct`, queue mode, the version of LwM2M. */
function announcedItems({ request }: Exchange): Record<string, boolean> {
  const items: Record<string, boolean> = {};
  const version = request.query.get('lwm2m');
  if (version !== undefined && /^1\.[012]$/.test(version)) items[`enabler.${version}`] = true;
  if (request.query.has('Q') || /Q/.test(request.query.get('b') ?? '')) items['queue'] = true;
  const list = parseRegistration(request.payload);
  if (!list.ok) return items;
  for (const { id, version } of list.value.objects) {
    items[`object.${id}`] = true;
    if (version !== undefined) items[`object.${id}@${version}`] = true;
  }
  for (const format of list.value.formats) items[`format.${format}`] = true;
  return items;
}

async function discoverAll(server: ServerPort<'x1'>, announced: readonly string[]): Promise<readonly Exchange[]> {
  const answers: Exchange[] = [];
  for (const path of announced.filter((candidate) => candidate.split('/').length === 3).slice(0, INSTANCES)) {
    answers.push(await server.discover(path));
    await server.read(path); // what it had before any case wrote to it
  }
  return answers;
}

/** `resource./o/r` for each link to a Resource. */
function discoveredItems(answer: Exchange, registration: Registration): Record<string, boolean> {
  if (answer.response.code !== '2.05') return {};
  const { paths } = discovered(answer, registration);
  const resources = paths.map((path) => path.split('/')).filter((path) => path.length > 3);
  return Object.fromEntries(resources.map(([, object, , resource]) => [`resource./${object}/${resource}`, true]));
}

/** `format.N` by what comes back for the Server instance in that format. */
async function formatItems(
  server: OwnMessages,
  enabler: Enabler,
  { serverObject }: Registration,
): Promise<Record<string, boolean>> {
  const items: Record<string, boolean> = {};
  for (const format of OPTIONAL_FORMATS[enabler]) {
    const { response } = await server.request({ method: 'GET', path: serverObject, accept: format });
    if (response.code === '2.05' && response.contentFormat === format) items[`format.${format}`] = true;
    if (NO_SUCH_FORMAT.has(response.code)) items[`format.${format}`] = false;
  }
  return items;
}

/** Whether the client answers in blocks when it is asked to: Block2 is critical, and unknown to one that does not. */
async function blockItems(server: OwnMessages): Promise<Record<string, boolean>> {
  const { options, ...discover } = server.message({ method: 'GET', path: '/3/0', accept: ContentFormat.link });
  const block = blockOption(OptionNumber.block2, { num: 0, more: false, szx: 2 });
  const { code, answer } = await server.send({ ...discover, options: [...options, block] });
  if (answer && getBlock(answer, OptionNumber.block2)) return { 'block-wise': true };
  return code === NO_SUCH_OPTION ? { 'block-wise': false } : {};
}

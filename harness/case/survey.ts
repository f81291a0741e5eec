import type { Exchange } from '../record/exchange.js';
import { parseDiscover } from '../wire/core-link.js';
import { parseRegistration } from '../wire/core-link.js';
import type { ServerPort } from './context.js';
import type { Statement } from './statement.js';
import { testCase, type TestCase } from './test-case.js';

/** What a survey found; empty until its case has run. */
export interface Survey {
  readonly testCase: TestCase;
  /** What the client shows of itself; undefined when it did not register. */
  statement(): Statement | undefined;
}

/** A survey asks for no more instances than these. */
const INSTANCES = 32;

/**
 * The case that runs before all others where no statement is given: it reads the registration, and discovers each
 * announced instance. What a client shows is then known before anything is asked of it; nothing is derived from a failure.
 */
export function surveyOf(): Survey {
  let items: Record<string, boolean> | undefined;
  const surveyCase = testCase(
    {
      id: 'statement.survey',
      title: 'What the client shows of itself',
      since: '1.0',
      configuration: 'C.1',
      checks: { x1: { by: 'client', level: 'may', req: 'M-12', says: 'answers Discover for what it announces' } },
    },
    async ({ server, check }) => {
      const registration = await server.registered();
      items = announcedItems(registration.exchange);
      const answers = await discovered(server, registration.objects);
      for (const { response } of answers) Object.assign(items, discoveredItems(response.payload, response.code));
      check('x1', answers.filter(({ response }) => response.code === '2.05').length, answers.length);
    },
  );
  return { testCase: surveyCase, statement: () => items && { source: 'derived', items } };
}

/** Objects with their versions, the formats of `ct`, queue mode. */
function announcedItems({ request }: Exchange): Record<string, boolean> {
  const items: Record<string, boolean> = {};
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

async function discovered(server: ServerPort<'x1'>, announced: readonly string[]): Promise<readonly Exchange[]> {
  const answers: Exchange[] = [];
  for (const path of announced.filter((candidate) => candidate.split('/').length === 3).slice(0, INSTANCES))
    answers.push(await server.discover(path));
  return answers;
}

/** `resource./o/r` for each link to a Resource. */
function discoveredItems(payload: Uint8Array, code: string): Record<string, boolean> {
  const answer = code === '2.05' ? parseDiscover(payload) : undefined;
  if (!answer?.ok) return {};
  const resources = answer.value.links.flatMap(({ path: [object, , resource] }) =>
    resource === undefined ? [] : [`resource./${object ?? ''}/${resource}`],
  );
  return Object.fromEntries(resources.map((item) => [item, true]));
}

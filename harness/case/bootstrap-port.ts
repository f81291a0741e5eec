import { equalBytes } from '../base/bytes.js';
import { formatPath, parsePath, type Path } from '../model/path.js';
import { unwrap } from '../base/error.js';
import type { Plain, PlainContent } from '../model/plain.js';
import type { Exchange } from '../record/exchange.js';
import { securityInstance, serverInstance, type ServerAccount } from '../roles/bootstrap-server/account.js';
import { withCredentials } from '../sut/account-security.js';
import type { BootstrapStep } from '../sut/contract.js';
import { getBlock } from '../wire/coap/block.js';
import { blockOption, OptionNumber } from '../wire/coap/options.js';
import { ContentFormat } from '../wire/codec.js';
import { entriesOf } from '../wire/coerce.js';
import { encode } from '../wire/formats.js';
import type { Bench, BenchParty } from './bench.js';
import type {
  Account,
  AccountValues,
  AnyRequest,
  BootstrapCommands,
  BootstrapServerPort,
  OwnMessages,
  Provisioning,
  Wait,
} from './context.js';
import { Interrupt } from './interrupt.js';
import { isFullBlock } from './request-check.js';
import type { WireServerPort } from './server-port.js';
import type { Stimulator } from './stimulate.js';
import { shortServerIdOf } from './registration.js';
import { wholeAnswer } from './whole-answer.js';

/** What a bootstrap-server alone is asked. */
export function provisioningPort(
  bench: Bench,
  party: BenchParty,
  stimulator: Stimulator,
  port: WireServerPort<string>,
): Pick<BootstrapServerPort<string>, 'provision' | 'sessions' | 'account' | 'commanded'> {
  const account = (given: Account): AccountValues => accountOf(bench, given);
  return {
    provision: async (provisioning) => {
      const stimulus = { do: 'provision', endpoint: bench.endpoint, ...provisioned(provisioning, account) } as const;
      await stimulator.outcome(stimulator.begin(party, stimulus));
    },
    sessions: () => stimulator.ask(party, { do: 'sessions' }),
    account,
    commanded: async (kind, wait: Wait<string> & { readonly path?: string }): Promise<Exchange> => {
      const exchange = await port.sent(kind, wait);
      await wholeAnswer(bench)(exchange);
      bench.view.claim(exchange);
      return exchange;
    },
  };
}

/** The operations of a bootstrap-server, sent past the role. */
export function commandsBy(bench: Pick<Bench, 'model' | 'enabler' | 'view'>, own: OwnMessages): BootstrapCommands {
  const accepting = (path: string, accept: number | undefined): Promise<Exchange> =>
    fetched(bench, own, { method: 'GET', path, ...(accept !== undefined && { accept }) });
  return {
    write: (path, value, { format = ContentFormat.tlv } = {}) =>
      own.request({
        method: 'PUT',
        path,
        contentFormat: format,
        payload: encoded(bench, unwrap(parsePath(path)), value, format),
      }),
    remove: (path) => own.request({ method: 'DELETE', path }),
    discover: (path) => accepting(path, ContentFormat.link),
    read: (path, { format } = {}) => accepting(path, format),
    finish: () => own.request({ method: 'POST', path: '/bs' }),
  };
}

/** A GET with all the blocks of its answer. */
async function fetched({ view }: Pick<Bench, 'view'>, own: OwnMessages, request: AnyRequest): Promise<Exchange> {
  const message = own.message(request);
  await own.send(message);
  const exchange = view.exchanges.findLast(({ request: seen }) => equalBytes(seen.message.token, message.token));
  if (!exchange) throw new Interrupt('error', `our own ${request.method} ${request.path} was not seen`);
  for (let num = 1; num < MOST_BLOCKS && isFullBlock(exchange.response); num++) {
    const { message: last } = exchange.response;
    const szx = (last && getBlock(last, OptionNumber.block2)?.szx) ?? 6;
    const block = blockOption(OptionNumber.block2, { num, more: false, szx });
    const next = own.message(request);
    const { code } = await own.send({ ...next, options: [...next.options, block] });
    if (!code.startsWith('2.')) break;
  }
  return exchange;
}

/** No answer to a Discover or Read is longer, whatever its blocks. */
const MOST_BLOCKS = 1000;

/** @throws ProblemError when the values do not fit their definitions */
function encoded(
  { model, enabler }: Pick<Bench, 'model' | 'enabler'>,
  path: Path,
  value: Plain | PlainContent,
  format: number,
): Uint8Array {
  const entries = unwrap(entriesOf(path, value, model));
  return unwrap(encode(format, entries, { path, model, enabler, pack: 'values' }));
}

/** A provisioning as a stimulus, its accounts spelt out. */
export function provisioned(
  { deletes = [], accounts = [{ security: 0, server: 0 }], writes = {}, format, steps }: Provisioning,
  account: (given: Account) => AccountValues,
): {
  readonly deletes: readonly string[];
  readonly writes: PlainContent;
  readonly format?: number;
  readonly steps?: readonly BootstrapStep[];
} {
  if (steps) return { deletes: [], writes: {}, steps };
  const written = accounts.reduce<PlainContent>((all, given) => ({ ...all, ...absolute(given, account(given)) }), {});
  return {
    deletes,
    writes: { ...written, ...writes },
    ...(format !== undefined && { format }),
  };
}

/** An account by absolute path. */
export const accountValues = (bench: Pick<Bench, 'uris' | 'credentials'>, given: Account): PlainContent =>
  absolute(given, accountOf(bench, given));

const absolute = ({ security, server }: Account, values: AccountValues): PlainContent => ({
  ...below([0, security], values.security),
  ...below([1, server], values.server),
});

const below = (instance: Path, values: PlainContent): PlainContent =>
  Object.fromEntries(Object.entries(values).map(([resource, value]) => [`${formatPath(instance)}/${resource}`, value]));

/** Security and Server Object Instances of a server (Core 1.1 Appendix E.1, E.2), with the credentials of a protected channel. */
function accountOf(
  { uris, credentials = {} }: Pick<Bench, 'uris' | 'credentials'>,
  { of = 'server', lifetime }: Account,
): AccountValues {
  const uri = uris.get(of) ?? '';
  const own = of === 'server2' ? ofSecond(credentials) : credentials;
  const keys = Object.entries(withCredentials({ '/0/0/0': uri }, own));
  const account: ServerAccount = {
    ...{ uri, shortServerId: shortServerIdOf(of), ...(lifetime !== undefined && { lifetime }) },
    securityValues: Object.fromEntries(keys.map(([path, value]) => [path.slice('/0/0/'.length), value])),
  };
  return { security: securityInstance(account), server: serverInstance(account) };
}

/** Those of the second server under the names of the first. */
const ofSecond = (credentials: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...credentials,
  ...Object.fromEntries(
    Object.entries(credentials).flatMap(([name, value]) => (name.endsWith('.2') ? [[name.slice(0, -2), value]] : [])),
  ),
});

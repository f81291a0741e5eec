import { VirtualClock } from '../../../base/clock.js';
import { fromUtf8 } from '../../../base/bytes.js';
import { unwrap } from '../../../base/error.js';
import { seeded } from '../../../base/random.js';
import { Endpoint } from '../../../coap/endpoint.js';
import type { Handler, IncomingResponse, Outgoing } from '../../../coap/types.js';
import { memoryNetwork } from '../../../link/memory.js';
import type { PlainContent } from '../../../model/plain.js';
import { modelFor } from '../../../model/registry.js';
import type { Code, CoapMessage } from '../../../wire/coap/message.js';
import { OptionNumber } from '../../../wire/coap/options.js';
import { getPath, getQuery, getUint } from '../../../wire/coap/read.js';
import { outgoing, type Parts } from '../../shared/outgoing.js';
import { accountsOf } from '../configured-accounts.js';
import { Outage } from '../outage.js';
import type { ClientOptions } from '../client-options.js';
import { ClientRole } from '../role.js';

/** A request of the client as the scripted server saw it. */
export interface Seen {
  /** Seconds. */
  readonly at: number;
  readonly code: Code;
  readonly path: string;
  readonly query: readonly string[];
  readonly payload: string;
  readonly contentFormat: number | undefined;
}

/** A server that does nothing of its own accord but answer registrations. */
export class ScriptedServer {
  readonly coap: Endpoint;
  readonly seen: Seen[] = [];
  /** Answers instead of the default, where it answers at all. */
  policy: (seen: Seen) => Outgoing | Promise<Outgoing> | 'silence' | undefined = () => undefined;
  #registrations = 0;

  constructor(
    readonly clock: VirtualClock,
    options: ConstructorParameters<typeof Endpoint>[0],
  ) {
    this.coap = new Endpoint(options);
    const handler: Handler = ({ message }) => {
      const seen = this.#note(message);
      const answer = this.policy(seen) ?? this.#answer(seen);
      return answer === 'silence' ? undefined : answer;
    };
    this.coap.onRequest(handler);
  }

  /** The registration-interface requests so far, as `POST /rd?…` with the time: short to compare. */
  get log(): string[] {
    return this.seen.map(
      ({ at, code, path, query }) => `${at.toFixed(0)} ${code} ${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    );
  }

  /** Sends a request to the client and waits for the answer. */
  async ask(
    code: Code,
    path: string,
    parts: Parts = {},
    onNotification?: (notification: IncomingResponse) => void,
  ): Promise<CoapMessage> {
    const response = await this.coap.request('client', outgoing(code, { path, ...parts }), {
      ...(onNotification && { onNotification }),
      within: 20,
    });
    return unwrap(response).message;
  }

  /** The code of the answer; `none` when there is no answer. */
  async codeOf(code: Code, path: string, parts: Parts = {}): Promise<Code> {
    const response = await this.coap.request('client', outgoing(code, { path, ...parts }), { within: 20 });
    return response.ok ? response.value.message.code : 'none';
  }

  #note(message: CoapMessage): Seen {
    const seen: Seen = {
      at: this.clock.now(),
      code: message.code,
      path: getPath(message),
      query: getQuery(message),
      payload: fromUtf8(message.payload) ?? '',
      contentFormat: getUint(message, OptionNumber.contentFormat),
    };
    this.seen.push(seen);
    return seen;
  }

  #answer({ code, path }: Seen): Outgoing {
    if (code === '0.02' && path === '/rd') return outgoing('2.01', { location: `/rd/${++this.#registrations}` });
    return outgoing(code === '0.04' ? '2.02' : '2.04');
  }
}

export interface TestBench {
  readonly clock: VirtualClock;
  readonly client: ClientRole;
  readonly server: ScriptedServer;
  /** Short Server ID 2, where the options ask for two. */
  readonly server2: ScriptedServer;
  /** Accepts every Bootstrap-Request, and leaves the rest to the test. */
  readonly bootstrapServer: ScriptedServer;
  readonly outage: Outage;
  /** Waits so many seconds. */
  readonly pass: (seconds: number) => Promise<void>;
}

export interface TestBenchOptions extends Partial<Omit<ClientOptions, 'values'>> {
  readonly values?: PlainContent;
  /** Whom the client knows to begin with; one where left out. */
  readonly servers?: 0 | 1 | 2;
  /** Whether the client knows the Bootstrap-Server. */
  readonly bootstrap?: boolean;
  readonly Role?: typeof ClientRole;
  /** Seconds of virtual time that the body may take. */
  readonly limit?: number;
}

/** The text of a payload. */
export const textOf = (message: CoapMessage): string => fromUtf8(message.payload) ?? '(not UTF-8)';

/** Runs `body` on a bench whose client has been started and is registered unless `body` finds otherwise. */
export async function onTestBench(options: TestBenchOptions, body: (bench: TestBench) => Promise<void>): Promise<void> {
  const {
    values = {},
    servers = 1,
    bootstrap = false,
    Role = ClientRole,
    limit = 1_000_000,
    ...clientOptions
  } = options;
  const clock = new VirtualClock();
  const random = seeded(1);
  const network = memoryNetwork(clock);
  const scripted = (name: string): ScriptedServer =>
    new ScriptedServer(clock, { link: network.link(name), clock, random: random.fork(name) });
  const [server, server2, bootstrapServer] = [scripted('server'), scripted('server2'), scripted('bootstrap')];
  const outage = new Outage(network.link('client'), clock);
  const coap = Role.createEndpoint({ link: outage, clock, random: random.fork('client') });
  const known = [{ uri: 'coap://server' }, { uri: 'coap://server2' }].slice(0, servers);
  const enabler = clientOptions.enabler ?? '1.1';
  const client = new Role(
    coap,
    modelFor(enabler),
    {
      endpoint: 'ep',
      enabler,
      ...clientOptions,
      values: accountsOf(values, { servers: known, ...(bootstrap && { bootstrapServer: 'coap://bootstrap' }) }),
    },
    clock,
  );
  const pass = (seconds: number): Promise<void> => new Promise((resolve) => void clock.after(seconds, resolve));
  await clock.run(async () => {
    client.start();
    await pass(0.1);
    await body({ clock, client, server, server2, bootstrapServer, outage, pass });
    client.stop();
    await Promise.all([coap, server.coap, server2.coap, bootstrapServer.coap].map((endpoint) => endpoint.close()));
  }, limit);
}

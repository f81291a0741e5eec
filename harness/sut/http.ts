import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Clock } from '../base/clock.js';
import { failed, ok, unwrap, type Problem, type Result } from '../base/error.js';
import { LineReader } from './bounded-log.js';
import type { Description, Outcome, Setup, Stimulus, Sut, SutEvent } from './contract.js';
import { ControlClient, Notes, type CallAllowances } from './control-client.js';
import { EventStream } from './event-stream.js';
import { excerpt, isRecord, parseJson } from './json.js';
import type { MethodName } from './schema/messages.js';
import { checkAnswer, checkEvent, type Welcome } from './validate.js';

export interface HttpOptions {
  /** Where calls are posted; events are read from `…/events` below it. */
  readonly url: string;
  readonly clock: Clock;
  /** Sent with every request: authorization, for one. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly allowances?: Partial<CallAllowances>;
}

/** A Sut behind an adapter that speaks the control protocol over HTTP. */
export interface HttpSut extends Sut {
  events(): AsyncIterable<SutEvent>;
  notes(): readonly Problem[];
}

/** Longest body taken from an adapter, in bytes. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** The messages of the control protocol by POST, one call a request. The adapter is a service that runs by itself. */
export function http(options: HttpOptions): HttpSut {
  return new Http(options);
}

class Http implements HttpSut {
  readonly #options: HttpOptions;
  readonly #client: ControlClient;
  readonly #notes = new Notes();
  readonly #events = new EventStream();
  #greeting: Promise<Result<Welcome>> | undefined;
  #listening: ClientRequest | undefined;
  #lastId = 0;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.#client = new ControlClient(
      (method, params, within) => this.#call(method, params, within),
      options.allowances,
    );
  }

  async describe(): Promise<Description> {
    await this.#greet();
    return this.#client.describe();
  }

  async start(setup: Setup): Promise<{ readonly address?: string }> {
    await this.#greet();
    return this.#client.start(setup);
  }

  stimulate(stimulus: Stimulus): Promise<Outcome> {
    return this.#client.stimulate(stimulus);
  }

  events(): AsyncIterable<SutEvent> {
    return this.#events.read();
  }

  notes(): readonly Problem[] {
    return this.#notes.list();
  }

  async stop(): Promise<void> {
    if (!this.#greeting) return;
    const stopped = await this.#client.stop();
    if (!stopped.ok) this.#notes.add(stopped.problem);
    this.#greeting = undefined;
    this.#listening?.destroy();
    this.#listening = undefined;
    this.#events.end();
  }

  /** @throws ProblemError */
  async #greet(): Promise<void> {
    this.#greeting ??= this.#client.hello();
    const welcome = await this.#greeting;
    // Nobody there now does not mean nobody later.
    if (!welcome.ok) this.#greeting = undefined;
    if (unwrap(welcome).capabilities?.includes('events')) this.#listen();
  }

  async #call(method: MethodName, params: unknown, within: number): Promise<Result<unknown>> {
    const id = ++this.#lastId;
    const body = JSON.stringify({ id, method, ...(params === undefined ? {} : { params }) });
    const response = await this.#post(body, within);
    if (!response.ok) return response;
    const { status, text } = response.value;
    const value = parseJson(text);
    const answer = value.ok ? checkAnswer(value.value) : value;
    if (!answer.ok && status !== 200)
      return failed({ code: 'http-status', message: `${method} was answered with HTTP ${status}: ${excerpt(text)}` });
    if (!answer.ok) return answer;
    if (answer.value.id !== id && answer.value.id !== null)
      return failed({ code: 'adapter-answer-foreign', message: `call ${id} was answered as call ${answer.value.id}` });
    return 'error' in answer.value ? failed(answer.value.error) : ok(answer.value.result);
  }

  #post(body: string, within: number): Promise<Result<{ readonly status: number; readonly text: string }>> {
    const { clock, url } = this.#options;
    return new Promise((resolve) => {
      const fail = (code: string, message: string): void => finish(failed({ code, message, place: url }));
      const request = this.#request('POST', url, (response) => {
        void collect(response).then((text) => {
          if (text === undefined) fail('http-body', `the answer is longer than ${BODY_LIMIT} bytes, or breaks off`);
          else finish(ok({ status: response.statusCode ?? 0, text }));
        });
      });
      const timer = clock.after(within, () => fail('adapter-silent', `no answer within ${within} s`));
      const finish = (result: Result<{ readonly status: number; readonly text: string }>): void => {
        timer.cancel();
        resolve(result);
        if (!result.ok) request.destroy();
      };
      request.on('error', (error) => fail('http-connection', error.message));
      request.end(body);
    });
  }

  #request(method: string, url: string, onResponse: (response: IncomingMessage) => void): ClientRequest {
    const headers = { 'content-type': 'application/json', ...this.#options.headers };
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    return send(url, { method, headers, agent: false }, onResponse);
  }

  #listen(): void {
    if (this.#listening) return;
    const lines = new LineReader((line) => {
      if (line.trim() !== '') this.#onEvent(line);
    });
    this.#listening = this.#request('GET', `${this.#options.url.replace(/\/$/, '')}/events`, (response) => {
      response.on('data', (bytes: Uint8Array) => lines.write(bytes));
      response.on('error', () => undefined); // a stream that breaks off brings no more events
    });
    this.#listening.on('error', () => undefined);
    this.#listening.end();
  }

  #onEvent(line: string): void {
    const value = parseJson(line);
    const event = value.ok ? checkEvent(isRecord(value.value) ? value.value['event'] : value.value) : value;
    if (event.ok) this.#events.push(event.value);
    else this.#notes.add(event.problem);
  }
}

/** The body as text; undefined when it is too long, or the connection breaks off. */
export function collect(message: IncomingMessage, limit = BODY_LIMIT): Promise<string | undefined> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    message.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length <= limit) pieces.push(piece);
      else resolve(undefined);
    });
    message.once('end', () => resolve(Buffer.concat(pieces).toString('utf8')));
    message.once('error', () => resolve(undefined));
    message.once('aborted', () => resolve(undefined));
  });
}

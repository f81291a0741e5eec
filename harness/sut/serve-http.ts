import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ProblemError } from '../base/error.js';
import type { Sut } from './contract.js';
import { answerControl } from './control-server.js';
import { collect } from './http.js';
import { problemOf } from './json.js';

export interface HttpService {
  /** `http://127.0.0.1:8081` */
  readonly url: string;
  /** Stops the Sut and listens no more. */
  close(): Promise<void>;
}

/**
 * Serves a Sut over HTTP: calls by POST with JSON, events from `GET /events`, one JSON value a line.
 *
 * Only `application/json` is taken, which no web page can send without being asked; it listens on the loopback interface unless told.
 *
 * @throws ProblemError `http-listen`
 */
export async function serveHttp(sut: Sut, { host = '127.0.0.1', port = 0 } = {}): Promise<HttpService> {
  const server = createServer((request, response) => {
    handle(sut, request, response).catch((error: unknown) => send(response, 500, problemOf(error)));
  });
  const bound = await listen(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
      await sut.stop();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new ProblemError({ code: 'http-listen', message: error.message, place: `${host}:${port}` })),
    );
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

async function handle(sut: Sut, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET' && request.url?.endsWith('/events') === true) await tellEvents(sut, response);
  else if (request.method !== 'POST')
    send(response, 405, { code: 'http-method', message: 'only POST, and GET of /events' });
  else if (request.headers['content-type']?.startsWith('application/json') !== true)
    send(response, 415, { code: 'http-type', message: 'only application/json' });
  else await answerCall(sut, request, response);
}

async function answerCall(sut: Sut, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await collect(request);
  if (text === undefined) send(response, 413, { code: 'http-body', message: 'the call is too long, or breaks off' });
  else send(response, 200, await answerControl(sut, text));
}

async function tellEvents(sut: Sut, response: ServerResponse): Promise<void> {
  if (!sut.events) {
    send(response, 404, { code: 'no-events', message: 'this party tells no events' });
    return;
  }
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  for await (const event of sut.events()) response.write(`${JSON.stringify({ event })}\n`);
  response.end();
}

function send(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

import { failed, ok, type Result } from '../../base/error.js';
import type { IncomingResponse, Outgoing } from '../../coap/types.js';
import { ENABLERS } from '../../model/party.js';
import { formatPath, type Path } from '../../model/path.js';
import { ContentFormat } from '../../wire/codec.js';
import { entriesOf } from '../../wire/coerce.js';
import type { CoapMessage } from '../../wire/coap/message.js';
import { parseDiscover, type DescribedLink } from '../../wire/core-link-discover.js';
import { encode } from '../../wire/formats.js';
import { entriesIn, TOLERATED, valueAnswer, type Answer } from '../shared/answer.js';
import { outgoing } from '../shared/outgoing.js';
import { accountInstances } from './account.js';
import type { Command, Write } from './provisioning.js';
import type { BootstrapSession } from './session.js';
import { SessionTable } from './session-table.js';

/** Formats for several values where the client names none: TLV is the one that 1.0 asks of every client. */
const STRUCTURED: readonly number[] = [ContentFormat.tlv, ContentFormat.senmlCbor, ContentFormat.senmlJson];

/**
 * The commands of a bootstrap-server (Core 1.1 §6.1.7): one method makes each request, one sends it. Its paths stand below
 * no alternate path (B-7), and every request is confirmable (P-1).
 */
export class BootstrapCommands extends SessionTable {
  /** Bootstrap-Discover (Core 1.1 §6.1.7.3): only its Accept tells it from a Bootstrap-Read (B-21). */
  discoverRequest(_session: BootstrapSession, path: Path): Outgoing {
    return outgoing('0.01', { path: formatPath(path), accept: ContentFormat.link });
  }

  /** Bootstrap-Read (Core 1.1 §6.1.7.4), in the format that the client prefers unless one is asked for. */
  readRequest(session: BootstrapSession, path: Path, format = session.preferredFormat): Outgoing {
    return outgoing('0.01', { path: formatPath(path), ...(format !== undefined && { accept: format }) });
  }

  /** Bootstrap-Delete (Core 1.1 §6.1.7.6); the root has no Uri-Path. */
  deleteRequest(_session: BootstrapSession, path: Path): Outgoing {
    return outgoing('0.04', { path: formatPath(path) });
  }

  /** Bootstrap-Write (Core 1.1 §6.1.7.5). */
  writeRequest(session: BootstrapSession, { path, value }: Write, contentFormat: number): Result<Outgoing> {
    const { enabler } = session;
    const model = this.modelOf(enabler);
    const entries = entriesOf(path, value, model);
    if (!entries.ok) return entries;
    const payload = encode(contentFormat, entries.value, { path, model, enabler, pack: 'values' });
    if (!payload.ok) return payload;
    return ok(outgoing('0.03', { path: formatPath(path), contentFormat, payload: payload.value }));
  }

  /** Bootstrap-Finish (Core 1.1 §6.1.7.2). */
  finishRequest(_session: BootstrapSession): Outgoing {
    return outgoing('0.02', { path: '/bs' });
  }

  requestOf(session: BootstrapSession, command: Command, format: number | undefined): Result<Outgoing> {
    switch (command.do) {
      case 'discover':
        return ok(this.discoverRequest(session, command.path));
      case 'read':
        return ok(this.readRequest(session, command.path, command.format));
      case 'delete':
        return ok(this.deleteRequest(session, command.path));
      case 'write':
        return this.writeRequest(session, command, format ?? ContentFormat.tlv);
      case 'finish':
        return ok(this.finishRequest(session));
    }
  }

  /**
   * Formats for a Write, the first to be tried first: what is provisioned, else what the client prefers (B-12). Of the others the
   * next one follows on a 4.15.
   */
  formatsFor(session: BootstrapSession, write: Write): readonly number[] {
    const chosen = write.format ?? session.provisioning.format ?? session.preferredFormat;
    if (chosen !== undefined) return [chosen];
    const candidates = [
      ...this.singleFormats(session, write),
      ...(session.enabler === '1.0' ? [ContentFormat.tlv] : STRUCTURED),
    ];
    const left = candidates.filter((format) => !session.refusedFormats.has(format));
    return left.length > 0 ? left : candidates;
  }

  /** Text or opaque for one value: every client has them from 1.1 (F-1). */
  singleFormats({ enabler }: BootstrapSession, { path, value }: Write): readonly number[] {
    const [object = 0, , resource = 0] = path;
    if (path.length !== 3 || typeof value === 'object' || enabler === '1.0') return [];
    const definition = this.modelOf(enabler).resource(object, resource);
    return [definition?.type === 'opaque' ? ContentFormat.opaque : ContentFormat.text];
  }

  /** Sends a command and reads what comes back: that nothing does is an answer too. */
  async perform(session: BootstrapSession, command: Command): Promise<Answer> {
    if (command.do !== 'write') return this.command(session, command);
    const formats = this.formatsFor(session, command);
    for (const format of formats.slice(0, -1)) {
      const answer = await this.command(session, command, format);
      if (answer.code !== '4.15') return answer;
      session.refusedFormats.add(format);
      if (session.state !== 'running') return answer;
    }
    return this.command(session, command, formats.at(-1));
  }

  async command(session: BootstrapSession, command: Command, format?: number): Promise<Answer> {
    const request = this.requestOf(session, command, format);
    const response = request.ok ? await this.send(session, request.value) : request;
    const answer = response.ok
      ? this.answerOf(session, command, response.value.message)
      : ({ code: 'none', problem: response.problem } as const);
    session.done.push({ command, answer, ...(format !== undefined && { format }) });
    return answer;
  }

  /** Commands go to where the request came from, as long as nobody else is there (B-15, S-9). */
  send(session: BootstrapSession, out: Outgoing): Promise<Result<IncomingResponse>> {
    const { address, endpoint } = session;
    const proven = this.identityOf(address);
    if (proven === undefined || proven === endpoint) return this.endpoint.request(address, out);
    const message = `at ${address} is now ${JSON.stringify(proven)}`;
    return Promise.resolve(failed({ code: 'another-identity', message, place: endpoint }));
  }

  answerOf(session: BootstrapSession, command: Command, message: CoapMessage): Answer {
    const { code } = message;
    if (code !== '2.05') {
      const text = new TextDecoder().decode(message.payload);
      return code.startsWith('2.') || text === '' ? { code } : { code, problem: { code: 'refused', message: text } };
    }
    if (command.do === 'discover') return this.discovered(session, command.path, message);
    const path = 'path' in command ? command.path : [];
    const { enabler } = session;
    const context = { path, model: this.modelOf(enabler), enabler, lenient: TOLERATED, pack: 'values' } as const;
    return valueAnswer(message, entriesIn(message, context), path);
  }

  /** Keeps what the answer to a Bootstrap-Discover tells; the form of 1.0 is understood as well (B-18). */
  discovered(session: BootstrapSession, path: Path, { code, payload }: CoapMessage): Answer {
    const links = new TextDecoder().decode(payload);
    const parsed = parseDiscover(payload);
    if (!parsed.ok) return { code, links, problem: parsed.problem };
    this.learn(session, path, parsed.value.links);
    return { code, links };
  }

  learn(session: BootstrapSession, path: Path, links: readonly DescribedLink[]): void {
    const version = links.find((link) => link.enabler !== undefined)?.enabler;
    session.enabler = ENABLERS.find((known) => known === version) ?? session.enabler;
    if (path.length > 0) return;
    session.instances = accountInstances(links);
    session.shown = links;
  }
}

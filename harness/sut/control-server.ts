import type { Readable, Writable } from 'node:stream';
import { ProblemError, unwrap, type Problem } from '../base/error.js';
import { LineReader } from './bounded-log.js';
import type { Sut, SutEvent } from './contract.js';
import { PROTOCOLS } from './control-client.js';
import { isRecord, parseJson, problemOf } from './json.js';
import { STIMULUS_KINDS } from './schema/definitions.js';
import {
  checkCall,
  checkGreeting,
  checkSetup,
  checkStimulus,
  type AnswerMessage,
  type CallMessage,
  type Welcome,
} from './validate.js';

/** Answers one message of the control protocol for a Sut. Never rejects: what goes wrong is in the answer. */
export async function answerControl(sut: Sut, text: string): Promise<AnswerMessage> {
  const value = parseJson(text);
  if (!value.ok) return errorAnswer(null, value.problem);
  const call = checkCall(value.value);
  const id = isRecord(value.value) && typeof value.value['id'] === 'number' ? value.value['id'] : null;
  if (!call.ok) return errorAnswer(id, { ...call.problem, code: 'bad-call' });
  try {
    return { id: call.value.id, result: await perform(sut, call.value) };
  } catch (error) {
    return errorAnswer(call.value.id, problemOf(error));
  }
}

async function perform(sut: Sut, { method, params }: CallMessage): Promise<unknown> {
  switch (method) {
    case 'hello':
      return welcome(sut, params);
    case 'describe':
      return sut.describe();
    case 'start':
      return sut.start(unwrap(checkSetup(params)));
    case 'stimulate':
      return stimulate(sut, params);
    case 'stop':
      await sut.stop();
      return null;
    default:
      throw new ProblemError({ code: 'unknown-method', message: `there is no call ${JSON.stringify(method)}` });
  }
}

function welcome(sut: Sut, params: unknown): Welcome {
  const greeting = unwrap(checkGreeting(params));
  const protocol = greeting.protocols.filter((version) => PROTOCOLS.includes(version)).sort((a, b) => b - a)[0];
  if (protocol === undefined)
    throw new ProblemError({
      code: 'control-protocol',
      message: `we speak ${PROTOCOLS.join(', ')} of the control protocol, the caller ${greeting.protocols.join(', ')}`,
    });
  return { protocol, capabilities: sut.events ? ['events'] : [] };
}

async function stimulate(sut: Sut, params: unknown): Promise<unknown> {
  // A kind that we have never heard of is unsupported; a known kind with wrong fields is the caller's mistake.
  if (isRecord(params) && typeof params['do'] === 'string' && !STIMULUS_KINDS.includes(params['do']))
    return 'unsupported';
  return sut.stimulate(unwrap(checkStimulus(params)));
}

const errorAnswer = (id: number | null, { code, message, hint, place }: Problem): AnswerMessage => ({
  id,
  error: {
    code,
    message: place === undefined ? message : `${place}: ${message}`,
    ...(hint === undefined ? {} : { hint }),
  },
});

/**
 * Serves a Sut over streams: a call a line in, an answer a line out, events as they come. Resolves when the input ends;
 * the Sut is stopped then.
 */
export function serveStdio(sut: Sut, input: Readable, output: Writable): Promise<void> {
  const say = (message: AnswerMessage | { readonly event: SutEvent }): void => {
    output.write(`${JSON.stringify(message)}\n`);
  };
  void tellEvents(sut, (event) => say({ event }));
  const lines = new LineReader((line) => {
    if (line.trim() !== '') void answerControl(sut, line).then(say);
  });
  return new Promise((resolve, reject) => {
    input.on('data', (bytes: Uint8Array) => lines.write(bytes));
    input.once('error', reject);
    input.once('end', () => {
      lines.end();
      sut.stop().then(resolve, reject);
    });
  });
}

async function tellEvents(sut: Sut, tell: (event: SutEvent) => void): Promise<void> {
  if (!sut.events) return;
  for await (const event of sut.events()) tell(event);
}

import { failed, ok, type Result } from '../../../base/error.js';
import type { Model } from '../../../model/definition.js';
import type { Answer, Introduction, Question, Testee, VectorContext, VectorModel } from '../contract.js';
import { dataFormats } from './data.js';
import { reactionTo } from './endpoint.js';
import { messages } from './message.js';
import { bytesOf, modelFrom, refused, type Subject } from './subject.js';
import { evaluateScript } from './timeline.js';
import { attributesQuery, bootstrapQuery, executeArguments, links, registrationQuery } from './texts.js';

const SUBJECTS: Readonly<Record<string, Subject>> = {
  tlv: dataFormats,
  'oma-json': dataFormats,
  'senml-json': dataFormats,
  'senml-cbor': dataFormats,
  'senml-etch-json': dataFormats,
  'senml-etch-cbor': dataFormats,
  'lwm2m-cbor': dataFormats,
  text: dataFormats,
  opaque: dataFormats,
  cbor: dataFormats,
  'link-format': links,
  coap: messages,
  'execute-args': executeArguments,
  'attributes-query': attributesQuery,
  'registration-query': registrationQuery,
  'bootstrap-query': bootstrapQuery,
};

/** The codecs of this project, as a testee like any other. */
export class OwnTestee implements Testee {
  readonly #version: string;
  readonly #models = new Map<string, Model>();

  constructor(version: string) {
    this.#version = version;
  }

  hello(): Promise<Result<Introduction>> {
    const codecs = Object.keys(SUBJECTS).map((format) => [format, ['decode', 'encode', 'recode']] as const);
    return Promise.resolve(
      ok({
        implementation: { name: 'lwm2m-conformance', version: this.#version, language: 'TypeScript' },
        capabilities: {
          ...Object.fromEntries(codecs),
          coap: ['decode', 'encode', 'process'],
          notification: ['evaluate'],
        },
      }),
    );
  }

  model(id: string, model: VectorModel): Promise<Result<void>> {
    this.#models.set(id, modelFrom(model));
    return Promise.resolve(ok(undefined));
  }

  async ask(question: Question): Promise<Result<Answer>> {
    const { model } = question.context;
    if (model !== undefined && !this.#models.has(model))
      return failed({ code: 'testee-model', message: `the model ${model} was never given` });
    return ok(await this.#answer(question));
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  log(): string {
    return '';
  }

  async #answer(question: Question): Promise<Answer> {
    switch (question.cmd) {
      case 'decode':
        return this.#read(question, question.context, question);
      case 'encode': {
        const subject = SUBJECTS[question.format];
        const { decoded, contentFormat } = question;
        return subject?.write({ decoded, contentFormat, ...this.#about(question.context) }) ?? unknown(question.format);
      }
      case 'recode': {
        const read = this.#read(question.from, question.context, question);
        if (!('decoded' in read)) return read;
        const { format, contentFormat } = question.to;
        const writing = { decoded: read.decoded, contentFormat, ...this.#about(question.context) };
        return SUBJECTS[format]?.write(writing) ?? unknown(format);
      }
      case 'process':
        if (question.context.transport === 'tcp') return { skip: 'CoAP over TCP is not spoken here' };
        return { reaction: await reactionTo(bytesOf(question.payload)) };
      case 'evaluate':
        return evaluateScript(question.script, question.context);
    }
  }

  #read(
    { format, contentFormat }: { readonly format: string; readonly contentFormat: number | null },
    context: VectorContext,
    { payload, options }: { readonly payload: string; readonly options?: readonly string[] },
  ): Answer {
    const reading = { payload: bytesOf(payload), contentFormat, ...this.#about(context), ...(options && { options }) };
    return SUBJECTS[format]?.read(reading) ?? unknown(format);
  }

  #about(context: VectorContext): { readonly context: VectorContext; readonly model?: Model } {
    const model = this.#models.get(context.model ?? '');
    return { context, ...(model && { model }) };
  }
}

const unknown = (format: string): Answer => refused({ code: 'unsupported', message: `${format} is not known here` });

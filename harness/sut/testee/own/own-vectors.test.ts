import { PassThrough } from 'node:stream';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asVectorFile, modelId, placedVectors, VECTOR_FORMATS, type VectorFile } from '../../../case/vectors/file.js';
import { planTasks, type VectorTask } from '../../../case/vectors/tasks.js';
import { readPackageJson } from '../../../base/package-files.js';
import { unwrap } from '../../../base/error.js';
import type { Testee } from '../contract.js';
import { serveTestee } from '../serve.js';
import { checkAnswer, checkDone, checkHello, checkRequest } from '../validate.js';
import { OwnTestee } from './index.js';

const files: readonly VectorFile[] = VECTOR_FORMATS.map((format) =>
  unwrap(asVectorFile(readPackageJson(`vectors/${format}.json`), format)),
);

async function tasksOf(testee: Testee, file: VectorFile): Promise<readonly VectorTask[]> {
  for (const [name, model] of Object.entries(file.models)) await testee.model(modelId(file.format, name), model);
  return planTasks(placedVectors(file), unwrap(await testee.hello())).filter((task) => 'questions' in task);
}

describe('The contract', () => {
  it.each(files.map((file) => [file.format, file] as const))(
    'has a schema that every question about %s and every answer of ours keeps to',
    async (_, file) => {
      const testee = new OwnTestee('1');
      for (const model of Object.values(file.models))
        expect(checkRequest({ seq: 1, cmd: 'model', id: 'x', model })).toMatchObject({ ok: true });
      for (const task of await tasksOf(testee, file))
        for (const question of task.questions) {
          const request = checkRequest({ seq: 7, ...question });
          expect(request, `${task.placed.id} ${JSON.stringify(request)}`).toMatchObject({ ok: true });
          const answer = unwrap(await testee.ask(question));
          const checked = checkAnswer({ seq: 7, ...answer }, question.cmd);
          expect(checked, `${task.placed.id} ${JSON.stringify(checked)} ${JSON.stringify(answer)}`).toMatchObject({
            ok: true,
          });
        }
    },
    120_000,
  );

  it('has the messages of its documentation', () => {
    const text = readFileSync(new URL('../../../../docs/vectors-testee.md', import.meta.url), 'utf8');
    const lines = text.split('\n').filter((line) => /^[<>] \{/.test(line));
    expect(lines.length).toBeGreaterThan(12);
    const commands = new Map<
      number,
      'decode' | 'encode' | 'recode' | 'process' | 'evaluate' | 'hello' | 'model' | 'stop'
    >();
    for (const line of lines) {
      const message = JSON.parse(line.slice(2));
      if (line.startsWith('>')) {
        commands.set(message.seq, message.cmd);
        expect(checkRequest(message), line).toMatchObject({ ok: true });
        continue;
      }
      const cmd = commands.get(message.seq);
      if (cmd === 'hello') expect(checkHello(message), line).toMatchObject({ ok: true });
      else if (cmd === 'model' || cmd === 'stop') expect(checkDone(message), line).toMatchObject({ ok: true });
      else expect(cmd && checkAnswer(message, cmd), line).toMatchObject({ ok: true });
    }
  });
});

describe('A request that breaks the contract', () => {
  it.each([
    [{ cmd: 'hello', protocol: 1 }],
    [{ seq: 1, cmd: 'hello', protocol: 2 }],
    [{ seq: 1, cmd: 'decode', format: 'tlv', contentFormat: 1, context: {}, payload: 'C1' }],
    [{ seq: 1, cmd: 'decode', format: 'tlv', context: {}, payload: 'c1' }],
    [{ seq: 1, cmd: 'decode', format: 'tlv', contentFormat: 1, context: { colour: 'red' }, payload: 'c1' }],
    [{ seq: 1, cmd: 'dance' }],
    ['text'],
  ])('is seen: %j', (request) => {
    expect(checkRequest(request)).toMatchObject({ ok: false, problem: { code: 'testee-shape' } });
  });
});

describe('Our codecs on standard input and output', () => {
  async function converse(...lines: readonly string[]): Promise<unknown[]> {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const said: string[] = [];
    output.on('data', (bytes: Buffer) => said.push(bytes.toString()));
    const served = serveTestee(new OwnTestee('1'), input, output);
    input.end(lines.join('\n'));
    await served;
    return said
      .join('')
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  }

  it('answer in order, and stop', async () => {
    const decode = { cmd: 'decode', format: 'text', contentFormat: 0, context: { path: '/3/0/9' }, payload: '35' };
    const answers = await converse(
      JSON.stringify({ seq: 1, cmd: 'hello', protocol: 1 }),
      JSON.stringify({ seq: 2, ...decode }),
      '',
      JSON.stringify({ seq: 3, cmd: 'stop' }),
      JSON.stringify({ seq: 4, ...decode }),
    );
    expect(answers).toMatchObject([
      { seq: 1, protocol: 1, implementation: { name: 'lwm2m-conformance' } },
      { seq: 2, decoded: { kind: 'nodes', nodes: [{ path: '/3/0/9', type: 'string', value: '5' }] } },
      { seq: 3 },
    ]);
  });

  it('say what is wrong with a request, and go on', async () => {
    const answers = await converse(
      'garbage',
      JSON.stringify({ seq: 5, cmd: 'dance' }),
      JSON.stringify({ seq: 6, cmd: 'decode', format: 'morse', contentFormat: null, context: {}, payload: '' }),
      JSON.stringify({
        seq: 7,
        cmd: 'decode',
        format: 'text',
        contentFormat: 0,
        context: { model: 'never' },
        payload: '',
      }),
    );
    expect(answers).toMatchObject([
      { seq: 0, error: { class: 'error' } },
      { seq: 5, error: { class: 'error' } },
      { seq: 6, error: { class: 'unsupported' } },
      { seq: 7, error: { class: 'uncaught', message: expect.stringMatching(/never given/) } },
    ]);
  });
});

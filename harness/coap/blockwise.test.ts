import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../base/bytes.js';
import { unwrap, type Result } from '../base/error.js';
import {
  blockOption,
  formatBlock,
  getBlock,
  getOpaque,
  getPath,
  getUint,
  hasOption,
  OptionNumber,
  uintOption,
  uriPath,
  type Block,
  type BlockSize,
} from '../wire/coap/options.js';
import type { CoapMessage, CoapOption } from '../wire/coap/message.js';
import type { Endpoint } from './endpoint.js';
import { HandPeer, Wire, type Seen } from './testing/wire.js';
import type { EndpointOptions } from './rules.js';
import type { IncomingRequest, IncomingResponse, Outgoing } from './types.js';

const { block1, block2, observe, etag, requestTag, size1 } = OptionNumber;
const body = (length: number, start = 0): Uint8Array => Uint8Array.from({ length }, (_, i) => (i + start) % 251);
const option1 = (num: number, more: boolean, szx: number): CoapOption => blockOption(block1, { num, more, szx });
const option2 = (num: number, more: boolean, szx: number): CoapOption => blockOption(block2, { num, more, szx });
const get = (path = '/3/0'): Outgoing => ({ code: '0.01', options: uriPath(path) });
const put = (payload: Uint8Array): Outgoing => ({ code: '0.03', options: uriPath('/5/0/0'), payload });
const shown = (block: Block | undefined): string | undefined => block && formatBlock(block);
const blocksOf = (seen: readonly Seen[], number: typeof block1 | typeof block2): (string | undefined)[] =>
  seen.map(({ message }) => shown(getBlock(message, number)));

/** A server by hand: answers request after request with what `answers` says, piggybacked. */
async function serve(peer: HandPeer, ...answers: Partial<CoapMessage>[]): Promise<void> {
  for (const answer of answers) {
    const { from, message } = await peer.next();
    peer.send(from, { type: 'ACK', id: message.id, token: message.token, ...answer });
  }
}

/** A client by hand: sends one request and gives its answer. */
async function ask(peer: HandPeer, id: number, message: Partial<CoapMessage>): Promise<CoapMessage> {
  peer.send('server', { type: 'CON', id, token: utf8(String(id)), ...message });
  return (await peer.next()).message;
}

function serving(
  answer: (request: IncomingRequest, count: number) => Outgoing,
  options: Partial<EndpointOptions> = {},
): { wire: Wire; server: Endpoint; peer: HandPeer; requests: IncomingRequest[] } {
  const wire = new Wire();
  const server = wire.endpoint('server', options);
  const requests: IncomingRequest[] = [];
  server.onRequest((request) => {
    requests.push(request);
    return answer(request, requests.length);
  });
  return { wire, server, peer: wire.peer('peer'), requests };
}

describe('two endpoints', () => {
  it('carry bodies of every size both ways whole, in one request to the handler', async () => {
    const sizes = fc.constantFrom<BlockSize>(16, 32, 64, 128, 256, 512, 1024);
    await fc.assert(
      fc.asyncProperty(
        sizes,
        sizes,
        fc.nat(3_000),
        fc.nat(3_000),
        fc.constantFrom('0.02', '0.03', '0.05'),
        async (ours, theirs, up, down, code) => {
          const wire = new Wire();
          const client = wire.endpoint('client', { blockSize: ours });
          const requests: IncomingRequest[] = [];
          wire.endpoint('server', { blockSize: theirs }).onRequest((request) => {
            requests.push(request);
            return { code: '2.04', payload: body(down, 9) };
          });
          const out = { code, options: uriPath('/5/0/0'), payload: body(up) };
          const response = unwrap(await wire.run(() => client.request('server', out)));
          expect(response.message).toMatchObject({ code: '2.04', payload: body(down, 9) });
          expect(requests.map(({ message }) => message.payload)).toEqual([body(up)]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('carry several bodies to one resource at the same time, one after the other', async () => {
    const { wire, requests } = serving(({ message }) => ({ code: '2.04', payload: message.payload.subarray(0, 1) }));
    const client = wire.endpoint('client', { blockSize: 64, transmission: { nstart: 4 } });
    const bodies = [body(500, 1), body(300, 2), body(400, 3)];
    const answers = await wire.run(() => Promise.all(bodies.map((payload) => client.request('server', put(payload)))));
    expect(requests.map(({ message }) => message.payload)).toEqual(bodies);
    expect(answers.map((answer) => unwrap(answer).message.payload[0])).toEqual([1, 2, 3]);
  });
});

describe('a client with a large request', () => {
  it('sends full blocks with its size in the first, and no empty one at the end', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client', { blockSize: 64 });
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', put(body(128)));
      await serve(
        peer,
        { code: '2.31', options: [option1(0, true, 2)] },
        { code: '2.04', options: [option1(1, false, 2)] },
      );
      expect(unwrap(await asked).message.code).toBe('2.04');
    });
    expect(blocksOf(peer.seen, block1)).toEqual(['0/1/64', '1/0/64']);
    expect(peer.seen.map(({ message }) => getUint(message, size1))).toEqual([128, undefined]);
    expect(concatBytes(...peer.seen.map(({ message }) => message.payload))).toEqual(body(128));
    expect(new Set(peer.seen.map(({ message }) => message.id)).size).toBe(2);
  });

  it('sends one block of what fits into one', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client', { blockSize: 64 });
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', put(body(64)));
      await serve(peer, { code: '2.04' });
      await asked;
    });
    expect(blocksOf(peer.seen, block1)).toEqual([undefined]);
  });

  it('goes on in smaller blocks when asked to', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', put(body(1200)));
      await serve(
        peer,
        { code: '2.31', options: [option1(0, true, 2)] },
        { code: '2.31', options: [option1(16, true, 2)] },
        { code: '2.31', options: [option1(17, true, 2)] },
        { code: '2.04', options: [option1(18, false, 2)] },
      );
      expect(unwrap(await asked).message.code).toBe('2.04');
    });
    expect(blocksOf(peer.seen, block1)).toEqual(['0/1/1024', '16/1/64', '17/1/64', '18/0/64']);
    expect(concatBytes(...peer.seen.map(({ message }) => message.payload))).toEqual(body(1200));
  });

  it('begins again in smaller blocks after a 4.13 that names a size', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', put(body(1100)));
      await serve(
        peer,
        { code: '4.13', options: [option1(0, true, 5)] },
        { code: '2.31', options: [option1(0, true, 5)] },
        { code: '2.31', options: [option1(1, true, 5)] },
        { code: '2.04', options: [option1(2, false, 5)] },
      );
      expect(unwrap(await asked).message.code).toBe('2.04');
    });
    expect(blocksOf(peer.seen, block1)).toEqual(['0/1/1024', '0/1/512', '1/1/512', '2/0/512']);
  });

  it.each(['4.08', '4.13', '4.00', '5.03'])('ends at %s in the middle, and gives it to its caller', async (code) => {
    const wire = new Wire();
    const client = wire.endpoint('client', { blockSize: 64 });
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', put(body(500)));
      await serve(peer, { code: '2.31', options: [option1(0, true, 2)] }, { code });
      expect(unwrap(await asked).message.code).toBe(code);
      await wire.sleep(100);
    });
    expect(peer.seen).toHaveLength(2);
  });

  it('ends at a success without Block1 in the middle, and goes on at one that echoes it', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client', { blockSize: 64 });
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', put(body(150)));
      await serve(peer, { code: '2.04', options: [option1(0, false, 2)] }, { code: '2.04' });
      expect(unwrap(await asked).message.code).toBe('2.04');
    });
    expect(blocksOf(peer.seen, block1)).toEqual(['0/1/64', '1/1/64']);
  });

  it.each([
    ['coap-block-number', { code: '2.31', options: [option1(5, true, 2)] }],
    ['coap-reset', { type: 'RST', token: new Uint8Array(0), code: '0.00' }],
  ] as const)('fails with %s', async (code, answer) => {
    const wire = new Wire();
    const client = wire.endpoint('client', { blockSize: 64 });
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', put(body(150)));
      await serve(peer, answer);
      expect(await asked).toMatchObject({ ok: false, problem: { code } });
    });
  });

  it('fails when its last block is answered with 2.31', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client', { blockSize: 64 });
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', put(body(100)));
      await serve(
        peer,
        { code: '2.31', options: [option1(0, true, 2)] },
        { code: '2.31', options: [option1(1, false, 2)] },
      );
      expect(await asked).toMatchObject({ ok: false, problem: { code: 'coap-block-continue' } });
    });
  });

  it('leaves a Block option of its caller alone', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client', { blockSize: 16 });
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', { code: '0.03', options: [option1(3, true, 2)], payload: body(64) });
      await serve(peer, { code: '2.31', options: [option1(3, true, 2)] });
      expect(unwrap(await asked).message.code).toBe('2.31');
      const read = client.request('peer', { code: '0.01', options: [option2(2, false, 2)] });
      await serve(peer, { code: '2.05', options: [option2(2, true, 2)], payload: body(64) });
      expect(unwrap(await read).message.payload).toHaveLength(64);
    });
    expect(peer.seen).toHaveLength(2);
  });
});

describe('a client with a large response', () => {
  const page = (num: number, more: boolean, szx: number, ...options: CoapOption[]): Partial<CoapMessage> => ({
    code: '2.05',
    options: [...options, option2(num, more, szx)],
    payload: body(2_000).subarray(num * 2 ** (szx + 4), more ? (num + 1) * 2 ** (szx + 4) : num * 2 ** (szx + 4) + 10),
  });

  const asking = async (
    options: Partial<EndpointOptions>,
    ...answers: Partial<CoapMessage>[]
  ): Promise<[Result<IncomingResponse>, Seen[]]> => {
    const wire = new Wire();
    const client = wire.endpoint('client', options);
    const peer = wire.peer('peer');
    const result = await wire.run(async () => {
      const asked = client.request('peer', get());
      await serve(peer, ...answers);
      return asked;
    });
    return [result, peer.seen];
  };

  it('asks block after block by the same path, with tokens of their own', async () => {
    const [result, seen] = await asking({}, page(0, true, 2), page(1, true, 2), page(2, false, 2));
    expect(unwrap(result).message.payload).toEqual(body(138));
    expect(blocksOf(seen, block2)).toEqual([undefined, '1/0/64', '2/0/64']);
    expect(seen.map(({ message }) => getPath(message))).toEqual(['/3/0', '/3/0', '/3/0']);
  });

  it('announces blocks smaller than the largest at once', async () => {
    const [result, seen] = await asking({ blockSize: 32 }, page(0, true, 1), page(1, false, 1));
    expect(unwrap(result).message.payload).toEqual(body(42));
    expect(blocksOf(seen, block2)).toEqual(['0/0/32', '1/0/32']);
  });

  it('asks for smaller blocks than came', async () => {
    const [result, seen] = await asking({ blockSize: 64 }, page(0, true, 3), page(2, true, 2), page(3, false, 2));
    expect(unwrap(result).message.payload).toEqual(body(202));
    expect(blocksOf(seen, block2)).toEqual(['0/0/64', '2/0/64', '3/0/64']);
  });

  it('follows a server that makes its blocks smaller on the way', async () => {
    const [result, seen] = await asking({}, page(0, true, 3), page(2, true, 2), page(3, false, 2));
    expect(unwrap(result).message.payload).toEqual(body(202));
    expect(blocksOf(seen, block2)).toEqual([undefined, '1/0/128', '3/0/64']);
  });

  it('gives its caller an error in the middle', async () => {
    const [result, seen] = await asking({}, page(0, true, 2), { code: '4.04' });
    expect(unwrap(result).message.code).toBe('4.04');
    expect(seen).toHaveLength(2);
  });

  it('begins again when the ETag changes', async () => {
    const [one, two] = [1, 2].map((n) => ({ number: etag, value: Uint8Array.of(n) }));
    if (!one || !two) throw new Error('two options');
    const [result, seen] = await asking(
      {},
      page(0, true, 2, one),
      page(1, true, 2, two),
      page(0, true, 2, two),
      page(1, false, 2, two),
    );
    expect(unwrap(result).message.payload).toEqual(body(74));
    expect(blocksOf(seen, block2)).toEqual([undefined, '1/0/64', '0/0/1024', '1/0/64']);
  });

  it('gives up when the ETag changes again and again', async () => {
    const changing = Array.from({ length: 12 }, (_, n) =>
      page(n % 2, true, 2, { number: etag, value: Uint8Array.of(n) }),
    );
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    await wire.run(async () => {
      const asked = client.request('peer', get());
      void serve(peer, ...changing);
      expect(await asked).toMatchObject({ ok: false, problem: { code: 'coap-block-changed' } });
    });
  });

  it.each<[string, string, Partial<CoapMessage>[]]>([
    ['block 0 again', 'coap-block-number', [page(0, true, 2), page(0, true, 2)]],
    ['a block too far', 'coap-block-number', [page(0, true, 2), page(2, true, 2)]],
    ['no block 0 at first', 'coap-block-number', [page(1, true, 2)]],
    ['a later block without Block2', 'coap-block-number', [page(0, true, 2), { code: '2.05', payload: body(64) }]],
    ['a short block that is not the last', 'coap-block-size', [{ ...page(0, true, 2), payload: body(63) }]],
    ['a block longer than its size', 'coap-block-size', [{ ...page(0, true, 2), payload: body(65) }]],
    ['a reserved block size', 'coap-block-size', [page(0, true, 7)]],
  ])('fails at %s with %s', async (_what, code, answers) => {
    const [result, seen] = await asking({}, ...answers);
    expect(result).toMatchObject({ ok: false, problem: { code, place: 'peer' } });
    expect(seen).toHaveLength(answers.length);
  });

  it('fails when the body is larger than it takes', async () => {
    const [result] = await asking({ maxBody: 100 }, page(0, true, 2), page(1, true, 2));
    expect(result).toMatchObject({ ok: false, problem: { code: 'coap-block-body' } });
  });

  it('asks for later blocks of a POST without body, of a FETCH with it', async () => {
    for (const [code, later] of [
      ['0.02', 0],
      ['0.05', 5],
    ] as const) {
      const wire = new Wire();
      const client = wire.endpoint('client');
      const peer = wire.peer('peer');
      await wire.run(async () => {
        const asked = client.request('peer', { code, payload: body(5) });
        await serve(peer, page(0, true, 2), page(1, false, 2));
        await asked;
      });
      expect(peer.seen.map(({ message }) => message.payload.length)).toEqual([5, later]);
    }
  });
});

describe('a server with a large request', () => {
  const first = { code: '0.03', options: [...uriPath('/5/0/0'), option1(0, true, 2)], payload: body(64) };
  const second = { code: '0.03', options: [...uriPath('/5/0/0'), option1(1, true, 2)], payload: body(64, 64) };
  const last = { code: '0.03', options: [...uriPath('/5/0/0'), option1(2, false, 2)], payload: body(22, 128) };

  it('asks for more with 2.31 until the body is whole, then the handler runs once', async () => {
    const { wire, peer, requests } = serving(() => ({ code: '2.04' }));
    await wire.run(async () => {
      expect(await ask(peer, 1, first)).toMatchObject({
        type: 'ACK',
        code: '2.31',
        token: utf8('1'),
        options: [option1(0, true, 2)],
      });
      expect(await ask(peer, 2, second)).toMatchObject({
        code: '2.31',
        token: utf8('2'),
        options: [option1(1, true, 2)],
      });
      expect(requests).toEqual([]);
      expect(await ask(peer, 3, last)).toMatchObject({
        code: '2.04',
        token: utf8('3'),
        options: [option1(2, false, 2)],
      });
    });
    expect(requests.map(({ message }) => message.payload)).toEqual([body(150)]);
  });

  it('writes the bytes of the example in the notes', async () => {
    const { wire, peer } = serving(() => ({ code: '2.04' }));
    await wire.run(async () => {
      const payload = 'ff'.repeat(64);
      const request = `41 03 00 0D 0C B1 35 01 30 01 30 11 2A D1 02 0A D1 14 96 FF ${payload}`;
      expect(await peer.probe('server', request)).toEqual(['615f000d0cd10e0a']);
    });
  });

  it('repeats its answer to a block that comes again, with the same Message ID or another', async () => {
    const { wire, peer, requests } = serving(() => ({ code: '2.04' }));
    await wire.run(async () => {
      await ask(peer, 1, first);
      expect((await ask(peer, 1, first)).code).toBe('2.31');
      expect((await ask(peer, 2, first)).code).toBe('2.31');
      expect((await ask(peer, 3, second)).code).toBe('2.31');
      expect((await ask(peer, 4, second)).code).toBe('2.31');
      expect((await ask(peer, 5, last)).code).toBe('2.04');
      expect((await ask(peer, 5, last)).code).toBe('2.04');
    });
    expect(requests.map(({ message }) => message.payload)).toEqual([body(150)]);
  });

  it('begins anew at block 0 in the middle', async () => {
    const { wire, peer, requests } = serving(() => ({ code: '2.04' }));
    await wire.run(async () => {
      await ask(peer, 1, first);
      await ask(peer, 2, second);
      await ask(peer, 3, { ...first, payload: body(64, 7) });
      await ask(peer, 4, { ...last, options: [...uriPath('/5/0/0'), option1(1, false, 2)], payload: body(3, 1) });
    });
    expect(requests.map(({ message }) => message.payload)).toEqual([concatBytes(body(64, 7), body(3, 1))]);
  });

  it('answers a gap with 4.08, and goes on when the missing block comes', async () => {
    const { wire, peer, requests } = serving(() => ({ code: '2.04' }));
    await wire.run(async () => {
      expect((await ask(peer, 1, second)).code).toBe('4.08');
      await ask(peer, 2, first);
      expect((await ask(peer, 3, last)).code).toBe('4.08');
      expect(requests).toEqual([]);
      expect((await ask(peer, 4, second)).code).toBe('2.31');
      expect((await ask(peer, 5, last)).code).toBe('2.04');
    });
    expect(requests).toHaveLength(1);
  });

  it('forgets an unfinished body after a lifetime', async () => {
    const { wire, peer } = serving(() => ({ code: '2.04' }));
    await wire.run(async () => {
      await ask(peer, 1, first);
      await wire.sleep(248);
      expect((await ask(peer, 2, second)).code).toBe('4.08');
    });
  });

  it('answers a body that is too large with 4.13 and what it takes, whether announced or found out', async () => {
    const { wire, peer, requests } = serving(() => ({ code: '2.04' }), { maxBody: 100 });
    const limit = [uintOption(size1, 100)];
    await wire.run(async () => {
      expect(await ask(peer, 1, { ...first, options: [...first.options, uintOption(size1, 101)] })).toMatchObject({
        code: '4.13',
        options: limit,
      });
      await ask(peer, 2, first);
      expect(await ask(peer, 3, second)).toMatchObject({ code: '4.13', options: limit });
      expect((await ask(peer, 4, second)).code).toBe('4.08');
    });
    expect(requests).toEqual([]);
  });

  it.each([
    ['size exponent 7', option1(0, true, 7), 64],
    ['a short block that is not the last', option1(0, true, 2), 63],
    ['a block longer than its size', option1(0, false, 2), 65],
    ['Block2 with size exponent 7', option2(0, false, 7), 0],
  ])('answers %s with 4.00', async (_what, block, length) => {
    const { wire, peer, requests } = serving(() => ({ code: '2.04' }));
    await wire.run(async () => {
      expect((await ask(peer, 1, { ...first, options: [block], payload: body(length) })).code).toBe('4.00');
    });
    expect(requests).toEqual([]);
  });

  it('asks for blocks of its own size', async () => {
    const { wire, peer, requests } = serving(() => ({ code: '2.04' }), { blockSize: 32 });
    await wire.run(async () => {
      expect((await ask(peer, 1, first)).options).toEqual([option1(0, true, 1)]);
      const rest = { ...last, options: [...uriPath('/5/0/0'), option1(2, false, 1)], payload: body(5, 64) };
      expect((await ask(peer, 2, rest)).code).toBe('2.04');
    });
    expect(requests.map(({ message }) => message.payload)).toEqual([body(69)]);
  });

  it('tells transfers apart by peer, path and Request-Tag', async () => {
    const { wire, peer, requests } = serving(() => ({ code: '2.04' }));
    const other = wire.peer('other');
    const tagged = (num: number, more: boolean, tag: number, payload: Uint8Array): Partial<CoapMessage> => ({
      code: '0.03',
      options: [...uriPath('/5/0/0'), option1(num, more, 2), { number: requestTag, value: Uint8Array.of(tag) }],
      payload,
    });
    await wire.run(async () => {
      await ask(peer, 1, tagged(0, true, 1, body(64, 1)));
      await ask(peer, 2, tagged(0, true, 2, body(64, 2)));
      await ask(peer, 3, { ...first, options: [...uriPath('/5/1/0'), option1(0, true, 2)] });
      expect((await ask(other, 4, second)).code).toBe('4.08');
      await ask(peer, 5, tagged(1, false, 1, body(1)));
      await ask(peer, 6, tagged(1, false, 2, body(2)));
    });
    expect(requests.map(({ message }) => message.payload)).toEqual([
      concatBytes(body(64, 1), body(1)),
      concatBytes(body(64, 2), body(2)),
    ]);
  });

  it('drops what was unfinished when the same request comes whole', async () => {
    const { wire, peer } = serving(() => ({ code: '2.04' }));
    await wire.run(async () => {
      await ask(peer, 1, first);
      expect((await ask(peer, 2, { code: '0.03', options: uriPath('/5/0/0'), payload: body(3) })).code).toBe('2.04');
      expect((await ask(peer, 3, second)).code).toBe('4.08');
    });
  });
});

describe('a server with a large answer', () => {
  const answer = (): Outgoing => ({ code: '2.05', options: [uintOption(12, 42)], payload: body(150) });
  const asking = (num: number, szx: number): Partial<CoapMessage> => ({
    code: '0.01',
    options: [...uriPath('/3/0'), option2(num, false, szx)],
  });

  it('gives every block from the one answer, whatever the token', async () => {
    const { wire, peer, requests } = serving((_request, count) => ({ ...answer(), payload: body(150, count) }));
    await wire.run(async () => {
      const blocks: CoapMessage[] = [];
      for (const num of [0, 1, 2, 1]) blocks.push(await ask(peer, 10 + blocks.length, asking(num, 2)));
      expect(blocks.map((block) => shown(getBlock(block, block2)))).toEqual(['0/1/64', '1/1/64', '2/0/64', '1/1/64']);
      expect(concatBytes(...blocks.slice(0, 3).map(({ payload }) => payload))).toEqual(body(150, 1));
      expect(new Set(blocks.map((block) => getOpaque(block, etag)?.toString())).size).toBe(1);
      expect(blocks.every((block) => getUint(block, 12) === 42)).toBe(true);
    });
    expect(requests).toHaveLength(1);
  });

  it('asks its handler anew at block 0', async () => {
    const { wire, peer, requests } = serving((_request, count) => ({ ...answer(), payload: body(150, count) }));
    await wire.run(async () => {
      await ask(peer, 1, asking(0, 2));
      expect((await ask(peer, 2, asking(0, 2))).payload).toEqual(body(64, 2));
      expect((await ask(peer, 3, asking(1, 2))).payload).toEqual(body(150, 2).subarray(64, 128));
    });
    expect(requests).toHaveLength(2);
  });

  it('asks its handler for a later block where there is no answer yet, or not any more', async () => {
    const { wire, peer, requests } = serving(answer);
    await wire.run(async () => {
      expect((await ask(peer, 1, asking(1, 2))).payload).toEqual(body(64, 64));
      await wire.sleep(248);
      expect((await ask(peer, 2, asking(2, 2))).payload).toEqual(body(22, 128));
    });
    expect(requests).toHaveLength(2);
  });

  it('answers a later block of a POST that is not there with 4.08, without effect', async () => {
    const { wire, peer, requests } = serving(answer);
    await wire.run(async () => {
      expect((await ask(peer, 1, { ...asking(1, 2), code: '0.02' })).code).toBe('4.08');
    });
    expect(requests).toEqual([]);
  });

  it('answers a block beyond the end with 4.02', async () => {
    const { wire, peer } = serving(answer);
    await wire.run(async () => {
      expect((await ask(peer, 1, asking(3, 2))).code).toBe('4.02');
      expect((await ask(peer, 2, asking(0xf_ffff, 6))).code).toBe('4.02');
      await ask(peer, 3, asking(0, 2));
      expect((await ask(peer, 4, asking(3, 2))).code).toBe('4.02');
    });
  });

  it('makes blocks smaller when the client asks on the way, and never larger than its own', async () => {
    const { wire, peer } = serving(answer, { blockSize: 64 });
    await wire.run(async () => {
      expect(shown(getBlock(await ask(peer, 1, { code: '0.01', options: uriPath('/3/0') }), block2))).toBe('0/1/64');
      const smaller = await ask(peer, 2, asking(4, 0));
      expect([shown(getBlock(smaller, block2)), smaller.payload]).toEqual(['4/1/16', body(16, 64)]);
      const larger = await ask(peer, 3, asking(1, 3));
      expect([shown(getBlock(larger, block2)), larger.payload]).toEqual(['2/0/64', body(22, 128)]);
    });
  });

  it('keeps an ETag of the handler, and a Block option', async () => {
    const own = { number: etag, value: utf8('own') };
    const { wire, peer } = serving((_request, count) =>
      count === 1
        ? { ...answer(), options: [own] }
        : { code: '2.05', options: [option2(7, true, 0)], payload: body(2000) },
    );
    await wire.run(async () => {
      expect((await ask(peer, 1, asking(0, 2))).options).toEqual([own, option2(0, true, 2)]);
      const raw = await ask(peer, 2, asking(0, 2));
      expect([raw.options, raw.payload.length]).toEqual([[option2(7, true, 0)], 2000]);
    });
  });

  it('says that a small answer to a request with Block2 is whole', async () => {
    const { wire, peer } = serving(({ message }) =>
      getPath(message) === '/3/0' ? { code: '2.05', payload: body(64) } : { code: '4.04' },
    );
    await wire.run(async () => {
      expect((await ask(peer, 1, asking(0, 2))).options).toEqual([option2(0, false, 2)]);
      expect((await ask(peer, 2, { code: '0.01', options: [...uriPath('/9'), option2(0, false, 2)] })).options).toEqual(
        [],
      );
    });
  });

  it('serves two peers and two paths without mixing them', async () => {
    const { wire, peer } = serving(({ from, message }) => ({
      code: '2.05',
      payload: utf8(`${from} ${getPath(message)} `.repeat(10)),
    }));
    const other = wire.peer('other');
    await wire.run(async () => {
      const at = (path: string, num: number): Partial<CoapMessage> => ({
        code: '0.01',
        options: [...uriPath(path), option2(num, false, 0)],
      });
      await ask(peer, 1, at('/3/0', 0));
      await ask(other, 1, at('/3/0', 0));
      await ask(peer, 2, at('/1/0', 0));
      expect((await ask(peer, 3, at('/3/0', 1))).payload).toEqual(utf8('peer /3/0 '.repeat(10)).subarray(16, 32));
      expect((await ask(other, 3, at('/3/0', 1))).payload).toEqual(utf8('other /3/0 '.repeat(10)).subarray(16, 32));
      expect((await ask(peer, 4, at('/1/0', 1))).payload).toEqual(utf8('peer /1/0 '.repeat(10)).subarray(16, 32));
    });
  });
});

describe('a large notification', () => {
  const token = utf8('obs');
  const register: Outgoing = { code: '0.01', token, options: [uintOption(observe, 0), ...uriPath('/3/0')] };

  it('comes whole, from its first block and GETs without Observe', async () => {
    let current = body(100, 1);
    const { wire, server, requests } = serving(({ message }) => ({
      code: '2.05',
      options: hasOption(message, observe) ? [uintOption(observe, 1)] : [],
      payload: current,
    }));
    const client = wire.endpoint('client', { blockSize: 32 });
    const notified: IncomingResponse[] = [];
    await wire.run(async () => {
      const registered = unwrap(await client.request('server', register, { onNotification: (n) => notified.push(n) }));
      expect(registered.message.payload).toEqual(body(100, 1));
      const sent = body(100, 2);
      current = body(100, 3); // the blocks of a notification are of one representation
      expect(await server.notify('client', token, 2, { code: '2.05', payload: sent })).toBe('acknowledged');
      await wire.sleep(1);
      expect(notified.map(({ message }) => [getUint(message, observe), message.payload])).toEqual([[2, sent]]);
    });
    expect(requests).toHaveLength(1);
  });

  it('is acknowledged at its first block, and the rest is asked for with other tokens', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    const notified: IncomingResponse[] = [];
    await wire.run(async () => {
      const asked = client.request('peer', register, { onNotification: (n) => notified.push(n) });
      await serve(peer, { code: '2.05', options: [uintOption(observe, 1)] });
      await asked;
      peer.send('client', {
        code: '2.05',
        id: 1,
        token,
        options: [uintOption(observe, 2), option2(0, true, 2)],
        payload: body(64),
      });
      expect((await peer.next()).hex).toBe('60000001');
      const { message } = await peer.next();
      expect(message).toMatchObject({ code: '0.01', options: [...uriPath('/3/0'), option2(1, false, 2)] });
      expect(message.token).not.toEqual(token);
      peer.send('client', {
        type: 'ACK',
        id: message.id,
        token: message.token,
        code: '2.05',
        options: [option2(1, false, 2)],
        payload: body(6, 64),
      });
      await wire.sleep(0.1);
      expect(notified.map(({ message: whole }) => whole.payload)).toEqual([body(70)]);
    });
  });

  it('is overtaken by a newer one, and lost when its rest cannot be had', async () => {
    const wire = new Wire();
    const client = wire.endpoint('client');
    const peer = wire.peer('peer');
    const notified: IncomingResponse[] = [];
    await wire.run(async () => {
      const asked = client.request('peer', register, { onNotification: (n) => notified.push(n) });
      await serve(peer, { code: '2.05', options: [uintOption(observe, 1)] });
      await asked;
      const large = { type: 'NON', code: '2.05', token, payload: body(64) } as const;
      peer.send('client', { ...large, id: 1, options: [uintOption(observe, 2), option2(0, true, 2)] });
      const { message } = await peer.next();
      peer.send('client', {
        type: 'NON',
        code: '2.05',
        id: 2,
        token,
        options: [uintOption(observe, 3)],
        payload: utf8('new'),
      });
      await wire.sleep(0.1);
      peer.send('client', {
        type: 'ACK',
        id: message.id,
        token: message.token,
        code: '2.05',
        options: [option2(1, false, 2)],
        payload: body(6),
      });
      await wire.sleep(0.1);
      peer.send('client', { ...large, id: 3, options: [uintOption(observe, 4), option2(0, true, 2)] });
      await serve(peer, { code: '5.00' });
      await wire.sleep(0.1);
      expect(notified.map(({ message: whole }) => getUint(whole, observe))).toEqual([3]);
    });
  });
});

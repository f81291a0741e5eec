import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../base/clock.js';
import { modelOf } from '../model/definition.js';
import { Journal } from '../record/journal.js';
import { WireView } from '../record/wire-view.js';
import type { Outcome, Stimulus } from '../sut/contract.js';
import { encodeMessage } from '../wire/coap/codec.js';
import type { CoapMessage } from '../wire/coap/message.js';
import { locationPath, uriPath, uriQuery } from '../wire/coap/options.js';
import { DEFAULT_ALLOWANCES } from './bench.js';
import { UndoList } from './undo.js';

/** A bench with a registered client, and what its server was asked to take back. */
function stage(answer: (stimulus: Stimulus) => Promise<Outcome> = () => Promise.resolve({ told: null })) {
  const clock = new VirtualClock();
  const view = new WireView(clock, modelOf([]));
  const message = (more: Partial<CoapMessage>): Uint8Array =>
    encodeMessage({
      ...{ type: 'CON', code: '0.02', id: 1, token: Uint8Array.of(1), options: [], payload: new Uint8Array(0) },
      ...more,
    });
  view.feed('client', 'server', message({ options: [...uriPath('/rd'), ...uriQuery(['ep=device'])] }), 0);
  view.feed('server', 'client', message({ type: 'ACK', code: '2.01', options: locationPath('/rd/5a') }), 0);
  const asked: string[] = [];
  const stimulate = (stimulus: Stimulus): Promise<Outcome> => {
    asked.push(`${stimulus.do} ${'path' in stimulus ? stimulus.path : ''}`);
    return answer(stimulus);
  };
  const sut = {
    describe: () => Promise.reject(new Error('not asked')),
    start: () => Promise.resolve({}),
    stop: () => Promise.resolve(),
    stimulate,
  };
  const journal = new Journal();
  const server = { peer: 'server', sut, ours: false } as const;
  const parties = new Map([['server', server] as const]);
  const bench = { clock, view, journal, endpoint: 'device', parties, allowances: DEFAULT_ALLOWANCES };
  return { bench, asked, clock };
}

/** An observation, an Execute, and attributes. */
function deeds(view: WireView): UndoList {
  const undo = new UndoList({});
  const [exchange] = view.exchanges;
  const endpoint = 'device';
  if (!exchange) throw new Error('there is an exchange');
  undo.note({ do: 'observe', endpoint, path: '/3/0/9' }, exchange);
  undo.note({ do: 'execute', endpoint, path: '/1/0/8' }, exchange);
  undo.note({ do: 'write-attributes', endpoint, path: '/3', attributes: { pmin: 1 } }, exchange);
  return undo;
}

describe('undoing', () => {
  it('says what lasts, and leaves the rest where the client is started anew', async () => {
    const { bench, asked, clock } = stage();
    expect(await clock.run(() => deeds(bench.view).run(bench))).toBe('execute /1/0/8');
    expect(asked).toEqual([]);
  });

  it('takes back what can be, last first, where the client stays', async () => {
    const { bench, asked, clock } = stage();
    expect(await clock.run(() => deeds(bench.view).run(bench, 'what can be'))).toBe('execute /1/0/8');
    expect(asked).toEqual(['write-attributes /3', 'cancel /3/0/9']);
  });

  it('goes on after what could not be undone, and waits for no adapter without end', async () => {
    const { bench, asked, clock } = stage(({ do: what }) =>
      what === 'cancel' ? Promise.resolve({ told: null }) : new Promise(() => undefined),
    );
    const undo = deeds(bench.view);
    expect(await clock.run(() => undo.run(bench, 'what can be'))).toBe('execute /1/0/8');
    expect(asked).toHaveLength(2);
    expect(clock.now()).toBeCloseTo(DEFAULT_ALLOWANCES.stimulus, 3);
  });
});

import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../base/clock.js';
import { modelFor } from '../model/registry.js';
import { Journal } from '../record/journal.js';
import { WireView } from '../record/wire-view.js';
import type { Outcome, Stimulus } from '../sut/contract.js';
import { encodeMessage } from '../wire/coap/codec.js';
import type { Code, CoapMessage } from '../wire/coap/message.js';
import { locationPath, OptionNumber, uintOption, uriPath, uriQuery } from '../wire/coap/options.js';
import { DEFAULT_ALLOWANCES } from './bench.js';
import type { Spoken } from './own-hands.js';
import { UndoList } from './undo.js';

const DEVICE = modelFor('1.1');

const message = (more: Partial<CoapMessage>): Uint8Array =>
  encodeMessage({
    ...{ type: 'CON', code: '0.02', id: 1, token: Uint8Array.of(1), options: [], payload: new Uint8Array(0) },
    ...more,
  });
const register = (id: number): Uint8Array => message({ id, options: [...uriPath('/rd'), ...uriQuery(['ep=device'])] });
const registered = (id: number): Uint8Array =>
  message({ type: 'ACK', id, code: '2.01', options: locationPath('/rd/5a') });

/** A bench with a registered client, and what its server was asked to take back. */
function stage(answer: (stimulus: Stimulus) => Promise<Outcome> = () => Promise.resolve({ told: null })) {
  const clock = new VirtualClock();
  const view = new WireView(clock, DEVICE);
  view.feed('client', 'server', register(1), 0);
  view.feed('server', 'client', registered(1), 0);
  const asked: string[] = [];
  const orders: Stimulus[] = [];
  const stimulate = (stimulus: Stimulus): Promise<Outcome> => {
    orders.push(stimulus);
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
  const byHand: Spoken[] = [];
  const none = (): never => {
    throw new Error('not asked');
  };
  const hands = { raw: none, answer: none, ask: (message: Spoken) => void byHand.push(message) };
  const server = { peer: 'server', sut, ours: true, hands } as const;
  const parties = new Map([['server', server] as const]);
  const bench = { clock, view, journal, endpoint: 'device', parties, allowances: DEFAULT_ALLOWANCES, model: DEVICE };
  let id = 0x100;
  /** A request of the server, and its answer. */
  const did = (
    code: Code,
    request: Partial<CoapMessage>,
    answered: Partial<CoapMessage> & Pick<CoapMessage, 'code'>,
  ) => {
    const token = Uint8Array.of(9, ++id & 0xff);
    view.feed('server', 'client', message({ id, code, token, ...request }), clock.now());
    view.feed('client', 'server', message({ type: 'ACK', id, token, ...answered }), clock.now());
  };
  return { bench, asked, orders, byHand, clock, did };
}

const text = (value: string): Pick<CoapMessage, 'payload'> => ({ payload: new TextEncoder().encode(value) });
const plain = uintOption(OptionNumber.contentFormat, 0);

/** An observation, a reboot, and attributes. */
function deeds({ did }: Pick<ReturnType<typeof stage>, 'did'>): UndoList {
  const observe = uintOption(OptionNumber.observe, 0);
  did('0.01', { options: [observe, ...uriPath('/3/0/9')] }, { code: '2.05', options: [observe, plain], ...text('80') });
  did('0.02', { options: uriPath('/3/0/4') }, { code: '2.04' });
  did('0.02', { options: uriPath('/1/0/8') }, { code: '2.04' });
  did('0.03', { options: [...uriPath('/3'), ...uriQuery(['pmin=1'])] }, { code: '2.04' });
  return new UndoList({});
}

describe('undoing', () => {
  it('says what lasts, and leaves the rest where the client is started anew', async () => {
    const { bench, asked, clock, did } = stage();
    expect(await clock.run(() => deeds({ did }).run(bench))).toBe('execute /3/0/4');
    expect(asked).toEqual([]);
  });

  it('takes back what can be, last first, where the client stays', async () => {
    const { bench, asked, clock, did } = stage();
    expect(await clock.run(() => deeds({ did }).run(bench, 'what can be'))).toBe('execute /3/0/4');
    expect(asked).toEqual(['write-attributes /3', 'cancel /3/0/9']);
  });

  it('goes on after what could not be undone, and waits for no adapter without end', async () => {
    const { bench, asked, clock, did } = stage(({ do: what }) =>
      what === 'cancel' ? Promise.resolve({ told: null }) : new Promise(() => undefined),
    );
    const undo = deeds({ did });
    expect(await clock.run(() => undo.run(bench, 'what can be'))).toBe('execute /3/0/4');
    expect(asked).toHaveLength(2);
    expect(clock.now()).toBeCloseTo(DEFAULT_ALLOWANCES.stimulus, 3);
  });

  it('waits for nothing when it is done: a command would not end before', async () => {
    const { bench, asked, clock, did } = stage();
    await clock.run(() => deeds({ did }).run(bench, 'what can be'));
    expect(asked).not.toEqual([]);
    const done = clock.now();
    await expect(clock.run(() => new Promise(() => undefined))).rejects.toThrow('nothing is pending');
    expect(clock.now()).toBe(done);
  });

  it('gives back what the device had, whatever the configuration says', async () => {
    const { bench, orders, clock, did } = stage();
    const read = new Map();
    const undo = new UndoList({ '/3/0/14': '+00:00', '/3/0/15': 'Europe/Paris' }, read);
    did('0.01', { options: uriPath('/3/0/14') }, { code: '2.05', options: [plain], ...text('+02:00') });
    did('0.03', { options: [...uriPath('/3/0/14'), plain], ...text('+05:00') }, { code: '2.04' });
    did('0.03', { options: [...uriPath('/3/0/14'), plain], ...text('+06:00') }, { code: '2.04' });
    did('0.01', { options: uriPath('/3/0/14') }, { code: '2.05', options: [plain], ...text('+06:00') });
    did('0.03', { options: [...uriPath('/3/0/15'), plain], ...text('Asia/Tokyo') }, { code: '2.04' });
    expect(await clock.run(() => undo.run(bench))).toBeUndefined();
    expect(orders).toMatchObject([
      { do: 'write', path: '/3/0/15', value: 'Europe/Paris' },
      { do: 'write', path: '/3/0/14', value: '+02:00' },
    ]);
    expect([...read]).toEqual([['/3/0/14', '+02:00']]);
  });

  it('says what was written where nothing is known of before', async () => {
    const { bench, asked, clock, did } = stage();
    did('0.03', { options: [...uriPath('/3/0/14'), plain], ...text('+05:00') }, { code: '2.04' });
    expect(await clock.run(() => new UndoList({}).run(bench))).toBe('write /3/0/14');
    expect(asked).toEqual([]);
  });

  it('leaves alone what was refused, what was deleted again, and observations of an earlier registration', async () => {
    const { bench, asked, clock, did } = stage();
    const observe = uintOption(OptionNumber.observe, 0);
    did('0.03', { options: [...uriPath('/3/0/14'), plain], ...text('+05:00') }, { code: '4.05' });
    did('0.02', { options: [...uriPath('/16'), plain] }, { code: '2.01', options: locationPath('/16/7') });
    did('0.04', { options: uriPath('/16/7') }, { code: '2.02' });
    did(
      '0.01',
      { options: [observe, ...uriPath('/3/0/9')] },
      { code: '2.05', options: [observe, plain], ...text('8') },
    );
    bench.view.feed('client', 'server', register(7), 0);
    bench.view.feed('server', 'client', registered(7), 0);
    expect(await clock.run(() => new UndoList({}).run(bench))).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('ends by hand an observation that the server does not know', async () => {
    const { bench, byHand, clock, did } = stage(() => Promise.resolve({ refused: 'no such observation' }));
    const observe = uintOption(OptionNumber.observe, 0);
    did(
      '0.01',
      { options: [observe, ...uriPath('/3/0/9')] },
      { code: '2.05', options: [observe, plain], ...text('8') },
    );
    expect(await clock.run(() => new UndoList({}).run(bench))).toBeUndefined();
    const [sent] = byHand;
    expect(sent?.options[0]).toEqual(uintOption(OptionNumber.observe, 1));
    expect(sent?.token).toEqual(bench.view.exchanges.at(-1)?.request.message.token);
  });
});

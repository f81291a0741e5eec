import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../base/clock.js';
import { modelOf } from '../model/definition.js';
import { WireView } from '../record/wire-view.js';
import { encodeMessage } from '../wire/coap/codec.js';
import { outgoing } from '../roles/shared/outgoing.js';
import { rightlyRefused } from './refused.js';

const LIST = new TextEncoder().encode('</1/0>,</3/0>');
let id = 0;

/** A view of Registers of a client, each with its answer. */
function viewOf(...said: readonly (readonly [code: string, query: string, contentFormat?: number])[]): WireView {
  const view = new WireView(new VirtualClock(), modelOf([]));
  for (const [code, query, contentFormat = 40] of said) {
    id += 1;
    const token = Uint8Array.of(id);
    const parts = { path: '/rd', query: query.split('&'), contentFormat, payload: LIST };
    const { options = [] } = outgoing('0.02', parts);
    view.feed('client', 'server', encodeMessage({ type: 'CON', code: '0.02', id, token, options, payload: LIST }), id);
    const payload = new Uint8Array(0);
    view.feed('server', 'client', encodeMessage({ type: 'ACK', code, id, token, options: [], payload }), id + 0.5);
  }
  return view;
}

const GOOD = 'ep=a&lt=60&lwm2m=1.1&b=U';

describe('a Register that is refused', () => {
  it('is refused rightly where it is malformed', () => {
    expect(rightlyRefused(viewOf(['4.00', 'ep=a&lt=60&lt=70&lwm2m=1.1']))).toContain('was refused, and is malformed');
    expect(rightlyRefused(viewOf(['4.00', 'lt=60&lwm2m=1.1']))).toContain('names no endpoint');
    expect(rightlyRefused(viewOf(['4.15', GOOD, 0]))).toContain('no link format (0)');
  });

  it('is not where nothing is wrong with it, where it is served, or a good one came after it', () => {
    expect(rightlyRefused(viewOf(['4.00', GOOD]))).toBeUndefined();
    expect(rightlyRefused(viewOf(['2.01', 'lt=60&lwm2m=1.1']))).toBeUndefined();
    expect(rightlyRefused(viewOf(['4.00', 'lt=60&lwm2m=1.1'], ['2.01', GOOD]))).toBeUndefined();
    expect(rightlyRefused(viewOf(['2.01', GOOD], ['4.00', 'lt=60&lwm2m=1.1']))).toBeDefined();
  });
});

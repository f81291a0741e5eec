import { beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.js';
import type { Peer } from '../model/party.js';
import { blockOption } from '../wire/coap/block.js';
import { decodeMessage, encodeMessage } from '../wire/coap/codec.js';
import type { CoapOption } from '../wire/coap/message.js';
import { OptionNumber, uriPath } from '../wire/coap/options.js';
import { RegistrationTraffic } from './registration-traffic.js';

let traffic: RegistrationTraffic;
let t: number;

beforeEach(() => {
  traffic = new RegistrationTraffic();
  t = 0;
});

function see(from: Peer, code: string, token: number, options: readonly CoapOption[] = []): void {
  const type = from === 'client' ? 'CON' : 'ACK';
  const payload = utf8(code === '0.02' ? '</1/0>' : '');
  const bytes = encodeMessage({ type, code, id: token, token: Uint8Array.of(token), options, payload });
  traffic.see({ from, to: from === 'client' ? 'server' : 'client', bytes, t: ++t });
}

const block = (num: number, more: boolean): CoapOption => blockOption(OptionNumber.block1, { num, more, szx: 0 });
const kept = (): readonly string[] =>
  traffic.before(10).map(({ bytes, t: at }) => {
    const decoded = decodeMessage(bytes);
    return decoded.ok ? `${decoded.message.code} ${decoded.message.id} at ${at}` : 'malformed';
  });

describe('the traffic of a registration', () => {
  it('is the last Register that was accepted, and what came later', () => {
    see('client', '0.02', 1, uriPath('/rd'));
    see('server', '2.01', 1);
    see('client', '0.02', 2, uriPath('/rd'));
    see('server', '2.01', 2);
    see('client', '0.02', 3, uriPath('/rd/5a'));
    see('server', '2.04', 3);
    expect(kept()).toEqual(['0.02 2 at -7', '2.01 2 at -6', '0.02 3 at -5', '2.04 3 at -4']);
  });

  it('outlasts a Register that was refused', () => {
    see('client', '0.02', 1, uriPath('/rd'));
    see('server', '2.01', 1);
    see('client', '0.02', 2, uriPath('/rd'));
    see('server', '4.00', 2);
    expect(kept()).toEqual(['0.02 1 at -9', '2.01 1 at -8', '0.02 2 at -7', '4.00 2 at -6']);
  });

  it('has every block of a Register', () => {
    see('client', '0.02', 1, [...uriPath('/rd'), block(0, true)]);
    see('server', '2.31', 1);
    see('client', '0.02', 2, [...uriPath('/rd'), block(1, false)]);
    see('server', '2.01', 2);
    expect(kept()).toEqual(['0.02 1 at -9', '2.31 1 at -8', '0.02 2 at -7', '2.01 2 at -6']);
  });

  it('has nothing of other requests', () => {
    see('client', '0.02', 1, uriPath('/dp'));
    see('server', '2.04', 1);
    see('server', '0.01', 9, uriPath('/3/0'));
    expect(kept()).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.js';
import { encodeMessage } from '../../wire/coap/codec.js';
import { uriPath } from '../../wire/coap/options.js';
import type { Code } from '../../wire/coap/message.js';
import { withoutKeys } from './serve-bootstrap-server.js';

const datagram = (code: Code, path: string): Uint8Array =>
  encodeMessage({
    ...{ type: 'CON', code, id: 1, token: Uint8Array.of(1) },
    ...{ options: uriPath(path), payload: utf8('key') },
  });

describe('withoutKeys', () => {
  it.each([
    ['a Security instance that is written', '0.03', '/0/1', true],
    ['an OSCORE instance that is written', '0.03', '/21/0', true],
    ['a pack', '2.05', '/', true],
    ['a Server instance that is written', '0.03', '/1/0', false],
    ['a request', '0.02', '/bs', false],
  ] as const)('shows of %s no more than is safe', (_what, code, path, isHidden) => {
    const line = withoutKeys('in')(datagram(code, path), 'in');
    expect(line.includes('(3 bytes that may hold keys)')).toBe(isHidden);
    expect(line.includes('key"')).toBe(!isHidden);
  });

  it('shows what a client answers to its servers', () => {
    expect(withoutKeys('in')(datagram('2.05', '/'), 'out')).toContain('"key"');
  });
});

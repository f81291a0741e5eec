import { describe, expect, it } from 'vitest';
import { unwrap } from '../base/error.js';
import { parseCommandLine } from './command-line.js';
import { setupSubstitutes, stimulusSubstitutes, substitute } from './placeholders.js';

const words = (line: string): readonly string[] => unwrap(parseCommandLine(line));

describe('parseCommandLine', () => {
  it('splits at blanks and keeps quoted blanks', () => {
    expect(words(`  ./client -n 'a b'\t--name="c d" e\\ f `)).toEqual(['./client', '-n', 'a b', '--name=c d', 'e f']);
  });

  it('takes single quotes literally, and knows two escapes in double quotes', () => {
    expect(words(String.raw`'a\"b' "a\"b\\c\n" ""`)).toEqual([String.raw`a\"b`, String.raw`a"b\c\n`, '']);
  });

  it.each([
    [`client "a`, 'command-quote', 7],
    [`client 'a`, 'command-quote', 7],
    ['client \\', 'command-backslash', 7],
    ['   ', 'command-empty', 0],
    ['client | tee log', 'command-shell', 7],
    ['client > log', 'command-shell', 7],
  ])('refuses %j as %s at offset %i', (line, code, at) => {
    expect(parseCommandLine(line)).toMatchObject({ ok: false, problem: { code, at } });
  });

  it('takes a quoted shell word for a word', () => {
    expect(words(`echo '|' ";"`)).toEqual(['echo', '|', ';']);
  });
});

describe('substitute', () => {
  it('leaves other braces alone and unescapes doubled ones', () => {
    expect(unwrap(substitute('{"a":{x}} {{x}} {}', { x: '1' }))).toBe('{"a":1} {x} {}');
  });

  it('does not look into the values it puts in', () => {
    expect(unwrap(substitute('{a}', { a: '{b}' }))).toBe('{b}');
  });

  it('does not find what every object inherits', () => {
    expect(substitute('{constructor}', {})).toMatchObject({
      ok: false,
      problem: { code: 'placeholder-unknown', at: 0 },
    });
  });
});

describe('setupSubstitutes', () => {
  const setup = {
    case: 'c',
    endpoint: 'e',
    enabler: '1.0',
    configuration: { id: 'C.1', values: {} },
    credentials: {},
  } as const;

  it('names two servers and a bootstrap-server apart', () => {
    const values = setupSubstitutes({
      ...setup,
      peers: [
        { party: 'bootstrap-server', uri: 'coaps://[::1]:5784' },
        { party: 'server', uri: 'coap://127.0.0.1:5683', shortServerId: 1 },
        { party: 'server', uri: 'coaps://example.org', shortServerId: 2 },
      ],
    });
    expect(values).toMatchObject({
      uri: 'coap://127.0.0.1:5683',
      ssid: '1',
      host2: 'example.org',
      port2: '5684',
      ssid2: '2',
    });
    expect(values).toMatchObject({ 'bootstrap-host': '::1', 'bootstrap-port': '5784', lifetime: '86400' });
  });

  it('gives {uri} the bootstrap-server when there is no other', () => {
    expect(setupSubstitutes({ ...setup, peers: [{ party: 'bootstrap-server', uri: 'coap://h:1' }] })).toMatchObject({
      uri: 'coap://h:1',
      port: '1',
    });
  });
});

describe('stimulusSubstitutes', () => {
  it('names the parts of a path, and spells lists and tables', () => {
    expect(
      stimulusSubstitutes({ do: 'write', endpoint: 'e', path: '/3/0/14', value: { '1': 2 }, mode: 'replace' }),
    ).toMatchObject({
      object: '3',
      instance: '0',
      resource: '14',
      value: '{"1":2}',
    });
    expect(stimulusSubstitutes({ do: 'send', paths: ['/3', '/1'] })).toEqual({ do: 'send', paths: '/3 /1' });
  });
});

import { describe, expect, it } from 'vitest';
import { parseSutFile } from './sut-file.js';

const FILE = `name: acme
party: client
control:
  - use: exec
    command: ./acme {uri}
`;

describe('a SUT file', () => {
  it('is YAML, or JSON', () => {
    const file = { name: 'acme', party: 'client', control: [{ use: 'exec', command: './acme {uri}' }] };
    expect(parseSutFile(FILE, 'acme.yaml')).toEqual({ ok: true, value: file });
    expect(parseSutFile(JSON.stringify(file), 'acme.json')).toEqual({ ok: true, value: file });
  });

  it.each([
    ['no YAML', 'name: [', 'acme.yaml:1', ''],
    ['nothing', '', 'acme.yaml:1', 'must be object'],
    ['no party', FILE.replace('party: client\n', ''), 'acme.yaml:1', '"party" is missing'],
    ['an unknown field', `${FILE}lifecycl: warm\n`, 'acme.yaml:1', '"lifecycl" is not known here'],
    ['an unknown value', `${FILE}lifecycle: hot\n`, 'acme.yaml:6 lifecycle', 'fresh, warm, external'],
    [
      'a control without what it needs',
      FILE.replace('command', 'comand'),
      'acme.yaml:4 control.0',
      /comand|command/.source,
    ],
  ])('with %s is refused with line and field', (_, text, place, message) => {
    expect(parseSutFile(text, 'acme.yaml')).toMatchObject({
      ok: false,
      problem: { place, message: expect.stringMatching(message) },
    });
  });
});

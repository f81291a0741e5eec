import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../base/package-files.js';
import { modelFor } from '../model/registry.js';
import { parseBootstrapConfig } from './bootstrap-config.js';

const parse = (text: unknown) =>
  parseBootstrapConfig(typeof text === 'string' ? text : JSON.stringify(text), 'bs.json', modelFor('1.2'));

const account = { uri: 'coap://host', shortServerId: 1 };
const client = (provisioning: unknown) => ({ clients: { 'urn:dev:os:1': provisioning } });

describe('the configuration of a bootstrap-server', () => {
  it('says what to do with which client', () => {
    expect(
      parse({
        $schema: 'x',
        clients: {
          device: { deletes: ['/'], accounts: [account], writes: { '/2/0': { '0': 1 } }, format: 'senml-cbor' },
        },
        anyone: {
          steps: [
            { do: 'write', path: '/1', value: { '0/1': 60 }, format: 'tlv', optional: true },
            { do: 'read', path: '/1', format: 110 },
            { do: 'finish' },
          ],
        },
      }),
    ).toEqual({
      ok: true,
      value: {
        clients: { device: { deletes: ['/'], accounts: [account], writes: { '/2/0': { '0': 1 } }, format: 112 } },
        anyone: {
          steps: [
            { do: 'write', path: '/1', value: { '0/1': 60 }, format: 11542, optional: true },
            { do: 'read', path: '/1', format: 110 },
            { do: 'finish' },
          ],
        },
      },
    });
  });

  it('is described by examples that hold', () => {
    const page = readFileSync(join(packageRoot(), 'docs', 'bootstrap.md'), 'utf8');
    const examples = [...page.matchAll(/```json\n([^`]*)```/g)].map(([, text = '']) => text);
    const configs = examples.filter((text) => text.includes('"clients"'));
    expect(configs).toHaveLength(2);
    for (const config of configs) expect(parse(config)).toMatchObject({ ok: true });
  });

  it('may be YAML', () => {
    expect(parse('anyone:\n  deletes: [/]\n')).toMatchObject({ ok: true, value: { anyone: { deletes: ['/'] } } });
  });

  it.each<[string, unknown, RegExp | string, string?]>([
    ['no JSON', '{ "clients": ', 'bs.json:1'],
    ['nothing', {}, 'bs.json:1', '"clients" is missing'],
    ['no clients', { clients: {} }, 'bs.json:1 clients'],
    ['a field that there is not', { anyone: { deletes: ['/'] }, port: 1 }, 'bs.json:1', '"port" is not known here'],
    ['an empty provisioning', client({}), 'bs.json:1 clients.urn:dev:os:1'],
    ['a path that is none', client({ deletes: ['1'] }), 'bs.json:1 clients.urn:dev:os:1.deletes.0'],
    [
      'an account without a short server id',
      client({ accounts: [{ uri: 'coap://host' }] }),
      /accounts\.0$/,
      '"shortServerId" is missing',
    ],
    ['a reserved short server id', client({ accounts: [{ ...account, shortServerId: 65_535 }] }), /shortServerId$/],
    ['an unknown format', client({ writes: {}, format: 'xml' }), /format$/, /tlv, senml-json/.source],
    [
      'an unknown step',
      client({ steps: [{ do: 'execute' }] }),
      /steps\.0\.do$/,
      'discover, read, delete, write, finish',
    ],
    ['a step without a path', client({ steps: [{ do: 'delete' }] }), /steps\.0$/, '"path" is missing'],
    ['a Finish with a path', client({ steps: [{ do: 'finish', path: '/bs' }] }), /steps\.0\.path$/],
    ['steps and deletes', client({ deletes: ['/'], steps: [{ do: 'finish' }] }), /deletes$/],
    [
      'a mode without its keys',
      client({ accounts: [{ ...account, security: { mode: 'psk', key: '00' } }] }),
      /security$/,
      '"identity" is missing',
    ],
    [
      'a key of another mode',
      client({ accounts: [{ ...account, security: { mode: 'nosec', key: '00' } }] }),
      /security\.key$/,
    ],
    [
      'a key that is not hexadecimal',
      client({ accounts: [{ ...account, security: { mode: 'psk', identity: 'i', key: 'abc' } }] }),
      /key$/,
    ],
    ['a Delete of a Resource', client({ deletes: ['/1/0/1'] }), 'bs.json urn:dev:os:1', 'no delete of a path of 3'],
    ['a value that does not fit', client({ writes: { '/1/0': { '1': 'long' } } }), 'bs.json urn:dev:os:1', '/1/0/1'],
    [
      'a value of an account that does not fit',
      { anyone: { accounts: [{ ...account, serverValues: { '1': 'long' } }] } },
      'bs.json anyone',
      '/1/0/1',
    ],
    [
      'coaps without keys',
      client({ accounts: [{ ...account, uri: 'coaps://host' }] }),
      'bs.json urn:dev:os:1',
      'coaps://host needs keys',
    ],
  ])('is refused with its place: %s', (_, config, place, message = '') => {
    const parsed = parse(config);
    expect(parsed).toMatchObject({
      ok: false,
      problem: {
        place: typeof place === 'string' ? place : expect.stringMatching(place),
        message: expect.stringContaining(message),
      },
    });
  });

  it('names the line', () => {
    expect(parse('{\n  "clients": {\n    "a/b": {\n      "deletes": [7]\n    }\n  }\n}')).toMatchObject({
      problem: { place: 'bs.json:4 clients.a/b.deletes.0', hint: expect.stringContaining('docs/bootstrap.md') },
    });
  });
});

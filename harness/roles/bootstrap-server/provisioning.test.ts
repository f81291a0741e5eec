import { describe, expect, it } from 'vitest';
import { writesOf } from './provisioning.js';

describe('values by absolute path', () => {
  it.each<[string, Parameters<typeof writesOf>[0], unknown]>([
    ['nothing', {}, []],
    ['a whole Object is one Write', { '/1': { '0/1': 60 } }, [{ do: 'write', path: [1], value: { '0/1': 60 } }]],
    [
      'each Object Instance is one',
      { '/1/0': { '1': 60 }, '/1/1': { '1': 70 } },
      [
        { do: 'write', path: [1, 0], value: { '1': 60 } },
        { do: 'write', path: [1, 1], value: { '1': 70 } },
      ],
    ],
    ['a lone Resource is one', { '/1/0/1': 60 }, [{ do: 'write', path: [1, 0, 1], value: 60 }]],
    [
      'several Resources of an instance are one of the instance',
      { '/1/0/1': 60, '/0/0/0': 'coap://host', '/1/0/7': 'U' },
      [
        { do: 'write', path: [1, 0], value: { '1': 60, '7': 'U' } },
        { do: 'write', path: [0, 0, 0], value: 'coap://host' },
      ],
    ],
    [
      'an instance and, after it, a Resource of it are two',
      { '/1/0': { '1': 60 }, '/1/0/1': 70 },
      [
        { do: 'write', path: [1, 0], value: { '1': 60 } },
        { do: 'write', path: [1, 0, 1], value: 70 },
      ],
    ],
    [
      'a lone Resource Instance is one of its Resource',
      { '/2/0/2/7': 15 },
      [{ do: 'write', path: [2, 0, 2], value: { '7': 15 } }],
    ],
    [
      'Resource Instances stand below their Resource',
      { '/2/0/0': 3, '/2/0/2/7': 15, '/2/0/2': { '8': 1 } },
      [{ do: 'write', path: [2, 0], value: { '0': 3, '2/7': 15, '2/8': 1 } }],
    ],
  ])('are Writes: %s', (_, values, writes) => {
    expect(writesOf(values)).toEqual({ ok: true, value: writes });
  });

  it('name the path that is none', () => {
    expect(writesOf({ '/1/0/1': 60, '1/0': {} })).toMatchObject({
      ok: false,
      problem: { code: 'path-start', place: '1/0' },
    });
  });
});

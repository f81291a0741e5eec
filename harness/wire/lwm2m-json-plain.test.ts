import { describe, expect, it } from 'vitest';
import { utf8 } from '../base/bytes.js';
import { unwrap } from '../base/error.js';
import { pathOf } from '../model/path.js';
import { modelFor } from '../model/registry.js';
import { attempt } from './cbor/attempt.js';
import { readEntries } from './lwm2m-json-decode.js';
import { readPlain } from './lwm2m-json-plain.js';
import { readJson } from './senml/json.js';

const contextOf = (path: string) => ({ path: pathOf(path), model: modelFor('1.1') });

describe('the pass over plain LwM2M JSON', () => {
  it.each([
    ['a base name', '/3/0', '{"bn":"/3/0/","e":[{"n":"0","sv":"Zürich"},{"n":"9","v":85},{"n":"7/1","v":3800}]}'],
    ['names from the request', '/3/0', '{"e":[{"n":"9","v":85},{"v":15,"n":"10"}]}'],
    ['names from the root', '/', '{"e":[{"n":"3/0/9","v":1}]}'],
    ['an empty base name', '/3/0', '{"bn":"","e":[{"n":"9","v":1}]}'],
    [
      'a name that goes on with the digits of the base',
      '/3/0',
      '{"bn":"/3/0/1","e":[{"n":"0","v":-0},{"n":"","sv":"a"}]}',
    ],
    ['a value without a name', '/3/0/9', ' { "bn" : "/3/0/9" , "e" : [ { "v" : 8.5e1 } ] } '],
    ['no values', '/3/0', '{"bn":"/3/0/","e":[]}'],
    ['times', '/3/0/9', '{"bn":"/3/0/9","bt":1e3,"e":[{"v":1,"t":-5},{"v":2},{"v":3,"t":0.5}]}'],
    ['names out of order', '/3/0', '{"bn":"/3/0/","e":[{"n":"10","v":1},{"n":"9","v":0}]}'],
    ['64 bits', '/3/0', '{"bn":"/3/0/","e":[{"n":"13","v":9223372036854775807},{"n":"10","v":-9007199254740993}]}'],
  ])('reads %s as the tree does', (_, path, json) => {
    const context = contextOf(path);
    const { entries, problem } = readEntries(unwrap(readJson(utf8(json))), context);
    expect(problem).toBeUndefined();
    expect(readPlain(utf8(json), context)).toEqual(entries);
  });

  it.each([
    ['an unknown member', '{"bn":"/3/0/","x":1,"e":[{"n":"9","v":1}]}'],
    ['an unknown member of a value', '{"bn":"/3/0/","e":[{"n":"9","v":1,"u":"%"}]}'],
    ['a member behind the values', '{"e":[{"n":"9","v":1}],"bn":"/3/0/"}'],
    ['an escape in a name', '{"bn":"\\/3\\/0\\/","e":[{"n":"9","v":1}]}'],
    ['an absolute name', '{"e":[{"n":"/3/0/9","v":1}]}'],
    ['a name that stands twice', '{"bn":"/3/0/","bn":"/3/0/","e":[{"n":"9","v":1}]}'],
    ['two values', '{"bn":"/3/0/","e":[{"n":"9","v":1,"sv":"1"}]}'],
    ['no value', '{"bn":"/3/0/","e":[{"n":"9"}]}'],
    ['a value that stands twice', '{"bn":"/3/0/","e":[{"n":"9","v":1},{"n":"10","v":1},{"n":"9","v":1}]}'],
    ['another type', '{"bn":"/3/0/","e":[{"n":"9","sv":"1"}]}'],
    ['a fraction rounded to 0', '{"bn":"/3/0/","e":[{"n":"9","v":1e-400}]}'],
    ['a single value of a multiple Resource', '{"bn":"/3/0/","e":[{"n":"7","v":1}]}'],
    ['a path outside', '{"bn":"/4/0/","e":[{"n":"9","v":1}]}'],
    ['something behind the end', '{"bn":"/3/0/","e":[{"n":"9","v":1}]} x'],
  ])('leaves %s to the tree', (_, json) => {
    expect(attempt(() => readPlain(utf8(json), contextOf('/3/0'))).ok).toBe(false);
  });
});

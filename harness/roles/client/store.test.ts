import { expect, it } from 'vitest';
import { formatPath } from '../../model/path.js';
import { integer, text } from '../../model/value.js';
import { EXECUTABLE, multiple, ObjectStore, single } from './store.js';

function filled(): ObjectStore {
  const store = new ObjectStore();
  store.put(
    [3, 0, 7],
    multiple([
      [1, integer(5)],
      [0, integer(4)],
    ]),
  );
  store.put([3, 0, 4], EXECUTABLE);
  store.put([3, 0, 0], single(text('a')));
  store.put([3, 0, 6], multiple([]));
  store.put([1, 2, 0], single(integer(1)));
  store.addObject(5);
  return store;
}

const paths = (store: ObjectStore, path: number[]): string[] =>
  store.entries(path).map((entry) => formatPath(entry.path));

it('lists what there is in ascending order', () => {
  const store = filled();
  expect([store.objects(), store.instances(3), store.resources(3, 0), store.instances(5)]).toEqual([
    [1, 3, 5],
    [0],
    [0, 4, 6, 7],
    [],
  ]);
});

it('tells what exists at every level', () => {
  const store = filled();
  const there = [[], [3], [5], [3, 0], [3, 0, 4], [3, 0, 6], [3, 0, 7, 1]];
  const absent = [[4], [3, 1], [5, 0], [3, 0, 1], [3, 0, 7, 2], [3, 0, 0, 0], [3, 0, 4, 0], [9, 0, 0]];
  expect(there.filter((path) => !store.has(path))).toEqual([]);
  expect(absent.filter((path) => store.has(path))).toEqual([]);
});

it('gives values at and below a path, an empty array as a path alone', () => {
  const store = filled();
  expect(paths(store, [3])).toEqual(['/3/0/0', '/3/0/6', '/3/0/7/0', '/3/0/7/1']);
  expect(paths(store, [3, 0, 7, 1])).toEqual(['/3/0/7/1']);
  expect(paths(store, [3, 0, 4])).toEqual([]);
  expect(paths(store, [3, 0, 0, 0])).toEqual([]);
  expect(store.entries([3, 0, 6])).toEqual([{ path: [3, 0, 6] }]);
});

it('removes at every level, once', () => {
  const store = filled();
  for (const path of [[3, 0, 7, 1], [3, 0, 7], [3, 0], [3]])
    expect([store.remove(path), store.remove(path), store.has(path)]).toEqual([true, false, false]);
  expect(store.remove([])).toBe(false);
});

it('keeps the siblings of a Resource Instance', () => {
  const store = filled();
  store.putValue([3, 0, 7, 2], integer(6));
  expect(paths(store, [3, 0, 7])).toEqual(['/3/0/7/0', '/3/0/7/1', '/3/0/7/2']);
});

it('tells of every change', () => {
  const store = filled();
  const told: string[] = [];
  store.onChange((path) => told.push(formatPath(path)));
  store.putValue([3, 0, 0], text('b'));
  store.putValue([9, 1, 0], text('c'));
  store.remove([3, 0, 7, 0]);
  store.remove([9, 1]);
  expect(told).toEqual(['/3/0/0', '/9', '/9/1', '/9/1/0', '/3/0/7', '/9/1']);
});

it('goes back to a snapshot', () => {
  const store = filled();
  const before = store.snapshot();
  store.remove([3, 0, 7]);
  store.putValue([9, 0, 0], text('c'));
  store.putValue([1, 3, 0], text('c'));
  store.remove([5]);
  store.restore(before);
  expect([store.objects(), store.instances(1), paths(store, [])]).toEqual([[1, 3, 5], [2], paths(filled(), [])]);
});

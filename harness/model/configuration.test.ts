import { expect, it } from 'vitest';
import { unwrap } from '../base/error.js';
import { resolveConfiguration, type Configuration } from './configuration.js';

const base: Configuration = {
  id: 'C.1',
  title: 'base',
  values: { '/3/0/1': 'a', '/3/0/11/0': 0, '/3/0/11/1': 5, '/3/0/12': 1 },
  ofDevice: ['/3/0/1', '/3/0/11'],
  executables: ['/3/0/4'],
  secrets: { '/21/0/0': 'oscore.secret' },
  roles: { multi: '/3/0/11' },
  errata: ['one'],
};

it('overrides values one by one and adds to lists', () => {
  const next: Configuration = {
    ...{ id: 'C.2', title: 'next', extends: 'C.1', values: { '/3/0/1': 'b', '/4/0/1': 2 } },
    ...{ executables: ['/3/0/4', '/1/0/8'], roles: { reboot: '/3/0/4' }, versions: { 3: '1.2' } },
  };
  expect(unwrap(resolveConfiguration('C.2', [base, next]))).toEqual({
    id: 'C.2',
    title: 'next',
    accounts: [],
    values: { '/3/0/1': 'b', '/3/0/11/0': 0, '/3/0/11/1': 5, '/3/0/12': 1, '/4/0/1': 2 },
    ofDevice: ['/3/0/1', '/3/0/11'],
    secrets: { '/21/0/0': 'oscore.secret' },
    executables: ['/3/0/4', '/1/0/8'],
    versions: { 3: '1.2' },
    roles: { multi: '/3/0/11', reboot: '/3/0/4' },
    errata: [],
  });
});

it('leaves out a path with all below it, and no other', () => {
  const next: Configuration = { id: 'C.2', title: 'next', extends: 'C.1', without: ['/3/0/11', '/21', '/3/0/1'] };
  const { values, ofDevice, secrets } = unwrap(resolveConfiguration('C.2', [base, next]));
  expect(values).toEqual({ '/3/0/12': 1 });
  expect([ofDevice, secrets]).toEqual([[], {}]);
});

it('follows several steps', () => {
  const steps: Configuration[] = [
    { id: 'C.3', title: 'c', extends: 'C.2', values: { '/3/0/1': 'c' } },
    { id: 'C.2', title: 'b', extends: 'C.1', values: { '/3/0/1': 'b', '/3/0/2': 'b' } },
  ];
  expect(unwrap(resolveConfiguration('C.3', [...steps, base])).values).toMatchObject({
    '/3/0/1': 'c',
    '/3/0/2': 'b',
    '/3/0/12': 1,
  });
});

it('names an unknown id and a circle', () => {
  const circle: Configuration[] = [
    { id: 'C.1', title: 'a', extends: 'C.2' },
    { id: 'C.2', title: 'b', extends: 'C.1' },
  ];
  expect(resolveConfiguration('C.9', circle)).toMatchObject({
    ok: false,
    problem: { message: 'there is no configuration C.9' },
  });
  expect(resolveConfiguration('C.1', circle)).toMatchObject({
    ok: false,
    problem: { message: 'C.1 extends C.2 extends C.1: a circle' },
  });
});

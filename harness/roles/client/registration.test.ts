import { expect, it } from 'vitest';
import { utf8 } from '../../base/bytes.js';
import { outgoing } from '../shared/outgoing.js';
import { onTestBench } from './test-bench.js';

const LIFETIME = { values: { '/1/0/1': 300 } };

it('registers with name, lifetime, version, binding and the object list', () =>
  onTestBench({ values: { '/1/0/1': 300 } }, async ({ server }) => {
    expect(server.log).toEqual(['0 0.02 /rd?ep=ep&lt=300&lwm2m=1.1&b=U']);
    expect(server.seen[0]).toMatchObject({ contentFormat: 40 });
    expect(server.seen[0]?.payload).toBe('</>;rt="oma.lwm2m";ct="60 110 112 11542",</1/0>,</3/0>,</3303/0>');
    await Promise.resolve();
  }));

it('announces a written lifetime and nothing else', () =>
  onTestBench(LIFETIME, async ({ server, pass }) => {
    expect(await server.codeOf('0.03', '/1/0/1', { contentFormat: 0, payload: utf8('20') })).toBe('2.04');
    await pass(1);
    expect(server.log.slice(1)).toEqual(['0 0.02 /rd/1?lt=20']);
    expect(server.seen[1]?.payload).toBe('');
  }));

it('renews before the lifetime ends', () =>
  onTestBench(LIFETIME, async ({ server, pass }) => {
    await pass(500);
    expect(server.log.slice(1)).toEqual(['207 0.02 /rd/1', '414 0.02 /rd/1']);
  }));

it('registers again when an Update is answered 4.04', () =>
  onTestBench(LIFETIME, async ({ server, client, pass }) => {
    server.policy = ({ path }) => (path === '/rd/1' ? outgoing('4.04') : undefined);
    await client.update();
    await pass(1);
    expect(server.log.slice(1)).toEqual(['0 0.02 /rd/1', '0 0.02 /rd?ep=ep&lt=300&lwm2m=1.1&b=U']);
  }));

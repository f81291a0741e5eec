import { describe, expect, it } from 'vitest';
import { modelFor } from '../../../model/registry.js';
import { encodeSmartCard } from './card-files.js';
import { readSmartCard } from './smart-card.js';

const model = modelFor('1.1');

const ACCOUNT = {
  '/0/7/0': 'coaps://server.example',
  '/0/7/1': false,
  '/0/7/2': 0,
  '/0/7/3': '6964',
  '/0/7/5': '00112233',
  '/0/7/10': 101,
  '/1/2/0': 101,
  '/1/2/1': 300,
  '/1/2/6': true,
  '/1/2/7': 'U',
};

describe('encodeSmartCard', () => {
  it('makes files that a client reads the same from, without a remark', () => {
    const files = encodeSmartCard(ACCOUNT, model);
    if (!files.ok) throw new Error(files.problem.message);
    const read = readSmartCard((id) => new Map<string, Uint8Array>(Object.entries(files.value)).get(id), model);
    expect(read).toEqual({ ok: true, value: { values: ACCOUNT, remarks: [] } });
  });

  it('makes a card without Objects', () => {
    const files = encodeSmartCard({}, model);
    expect(files.ok && [...files.value['6432']]).toEqual([0, 0, 0, 0]);
  });

  it('refuses what does not fit its definition', () => {
    expect(encodeSmartCard({ '/1/0/1': 'a day' }, model)).toMatchObject({ ok: false });
  });
});

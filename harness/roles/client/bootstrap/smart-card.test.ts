import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, utf8 } from '../../../base/bytes.js';
import { der, oid, TAG } from '../../../link/dtls/credentials/der.js';
import { modelFor } from '../../../model/registry.js';
import { decodeBootstrapFile } from './bootstrap-file.js';
import { readSmartCard } from './smart-card.js';

const hex = (digits: string): Uint8Array => fromHex(digits) ?? new Uint8Array(0);
const model = modelFor('1.1');

const path = (id: string): Uint8Array => der(TAG.sequence, der(TAG.octet_string, hex(id)));

/** EF(ODF) with the path to the data objects. */
const odf = (id: string): Uint8Array => der(0xa7, path(id));

/** EF(DODF-bootstrap) with one object. */
const dodf = (identifier: Uint8Array, id: string): Uint8Array =>
  der(
    0xa1,
    der(TAG.sequence),
    der(TAG.sequence, der(TAG.utf8_string, utf8('LwM2M Bootstrap'))),
    der(0xa1, der(TAG.sequence, identifier, path(id))),
  );

/** Server instance 1: Short Server ID 1, Lifetime 86400, no storing, U. */
const SERVER = '08010fc10001c40100015180c10600c10755';
const CONTENT = hex(`0001 0017 0001 000012 ${SERVER}`);
const VALUES = { '/1/1/0': 1, '/1/1/1': 86_400, '/1/1/6': false, '/1/1/7': 'U' };

const OURS = oid('2.23.43.9.1');

const card = (files: Readonly<Record<string, Uint8Array>>) => readSmartCard((id) => files[id], model);

describe('readSmartCard', () => {
  it('follows the directories to the bootstrap information', () => {
    const files = { '5031': odf('6430'), '6430': dodf(OURS, '6432'), '6432': CONTENT };
    expect(card(files)).toEqual({ ok: true, value: { values: VALUES, remarks: [] } });
  });

  it('takes absolute paths, files that are not full, and other objects beside', () => {
    const files = {
      '5031': concatBytes(der(0xa0, path('4401')), odf('3f007f506430'), hex('ffffff')),
      '6430': concatBytes(dodf(oid('1.2.3'), '6499'), dodf(OURS, '7F506432'), hex('0000ff')),
      '6432': concatBytes(CONTENT, hex('ffff')),
    };
    expect(card(files)).toEqual({ ok: true, value: { values: VALUES, remarks: [] } });
  });

  it('takes the identifier as an example of the specification had it, with a remark', () => {
    const doubled = der(TAG.oid, hex('0604672b0901'));
    expect(card({ '5031': odf('6430'), '6430': dodf(doubled, '6432'), '6432': CONTENT })).toMatchObject({
      ok: true,
      value: { values: VALUES, remarks: [{ code: 'card-doubled-oid', place: '6430' }] },
    });
  });

  it('looks through several directories', () => {
    const files = {
      '5031': concatBytes(odf('6430'), odf('6440')),
      '6430': dodf(oid('1.2.3'), '6432'),
      '6440': dodf(OURS, '6432'),
      '6432': CONTENT,
    };
    expect(card(files)).toMatchObject({ ok: true });
  });

  const refused: [string, string, string, Record<string, Uint8Array>][] = [
    ['an empty card', 'card-file-missing', '5031', {}],
    ['no data objects', 'card-no-bootstrap', '5031', { '5031': der(0xa0, path('6430')) }],
    ['a missing directory', 'card-file-missing', '6430', { '5031': odf('6430') }],
    [
      'no bootstrap information',
      'card-no-bootstrap',
      '5031',
      { '5031': odf('6430'), '6430': dodf(oid('1.2.3'), '6432') },
    ],
    ['a missing file', 'card-file-missing', '6432', { '5031': odf('6430'), '6430': dodf(OURS, '6432') }],
    ['something else than DER', 'card-directory', '5031', { '5031': hex('a70630') }],
    ['a directory without a path', 'card-directory', '5031', { '5031': der(0xa7, der(TAG.sequence)) }],
    ['an object without a path', 'card-directory', '6430', { '5031': odf('6430'), '6430': der(0xa1, OURS) }],
    ['damaged content', 'card-content', '6432', { '5031': odf('6430'), '6430': dodf(OURS, '6432'), '6432': hex('00') }],
  ];
  it.each(refused)('refuses %s', (_what, code, place, files) => {
    expect(card(files)).toMatchObject({ ok: false, problem: { code, place } });
  });
});

describe('decodeBootstrapFile', () => {
  it('reads the values of several Objects and instances', () => {
    const security = '080113c8000d636f61703a2f2f736572766572c10100';
    const objects = `0000 000016 ${security} 0001 000012 ${SERVER}`;
    expect(decodeBootstrapFile(hex(`0002 0032 ${objects}`), model)).toEqual({
      ok: true,
      value: { values: { '/0/1/0': 'coap://server', '/0/1/1': false, ...VALUES }, remarks: [] },
    });
  });

  it('takes a file without Objects', () => {
    expect(decodeBootstrapFile(hex('00000000'), model)).toEqual({ ok: true, value: { values: {}, remarks: [] } });
  });

  it('leaves an unknown Object aside, with a remark', () => {
    expect(decodeBootstrapFile(hex(`0001 000b fff0 000006 080003c1013c`), model)).toMatchObject({
      ok: true,
      value: { values: {}, remarks: [{ code: 'card-unknown-object', at: 4 }] },
    });
  });

  it.each([
    ['000100', 'card-content', 0],
    ['0001 0020 0001', 'card-content', 2],
    ['0001 0004 0001 0000', 'card-content', 4],
    ['0001 000b 0001 000007 080003c1013c', 'card-content', 6],
    ['0002 000b 0001 000006 080003c1013c', 'card-content', 15],
    ['0001 000c 0001 000006 080003c1013c ff', 'card-content', 15],
    ['0001 0008 0001 000003 c1013c', 'bad-structure', 0],
  ])('refuses %s', (digits, code, at) => {
    expect(decodeBootstrapFile(hex(digits), model)).toMatchObject({ ok: false, problem: { code, at } });
  });
});

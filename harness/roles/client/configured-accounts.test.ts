import { describe, expect, it } from 'vitest';
import { accountsOf, withSmartCard } from './configured-accounts.js';

const BOOTSTRAP = 'coap://192.0.2.9:5783';
const SERVER = { uri: 'coap://192.0.2.1', shortServerId: 101 };

describe('accountsOf', () => {
  it('gives a Bootstrap-Server the first Security instance, and no Server instance', () => {
    expect(accountsOf({}, { servers: [], bootstrapServer: BOOTSTRAP })).toEqual({
      '/0/0/0': BOOTSTRAP,
      '/0/0/1': true,
      '/0/0/2': 3,
    });
  });

  it('gives it the instance that is for it', () => {
    const values = { '/0/4/1': true, '/0/4/11': 30 };
    expect(accountsOf(values, { servers: [], bootstrapServer: BOOTSTRAP })).toEqual({
      ...values,
      '/0/4/0': BOOTSTRAP,
      '/0/4/2': 3,
    });
  });

  it('leaves nothing about servers where there are none', () => {
    const values = { '/0/1/10': 5, '/1/0/1': 60, '/2/0/3': 5, '/3/0/14': '+01', '/0/2/1': true, '/0/2/12': 9 };
    expect(accountsOf(values, { servers: [], bootstrapServer: BOOTSTRAP })).toEqual({
      '/0/2/0': BOOTSTRAP,
      '/0/2/1': true,
      '/0/2/2': 3,
      '/0/2/12': 9,
      '/3/0/14': '+01',
    });
  });

  it('gives servers instances of their own beside it', () => {
    const all = accountsOf({ '/1/0/1': 60 }, { servers: [SERVER], bootstrapServer: BOOTSTRAP });
    expect(all).toMatchObject({
      '/0/0/1': true,
      '/0/1/0': SERVER.uri,
      '/0/1/1': false,
      '/0/1/10': 101,
      '/1/0/0': 101,
      '/1/0/1': 60,
    });
  });

  it('has no mode for a Bootstrap-Server that is to be reached securely: its credentials tell', () => {
    const secured = accountsOf({}, { servers: [], bootstrapServer: 'coaps://192.0.2.9' });
    expect(secured).toEqual({ '/0/0/0': 'coaps://192.0.2.9', '/0/0/1': true });
  });

  it('is that of servers alone without a Bootstrap-Server', () => {
    expect(accountsOf({}, { servers: [SERVER], lifetime: 9 })).toMatchObject({ '/0/0/0': SERVER.uri, '/1/0/1': 9 });
  });
});

describe('withSmartCard', () => {
  const factory = { '/0/0/0': 'coap://x', '/0/0/10': 1, '/1/0/0': 1, '/1/0/1': 86_400, '/3/0/14': '+01' };

  it('leaves what the card does not have', () => {
    const card = { '/0/7/0': 'coap://y', '/0/7/10': 2, '/1/7/0': 2 };
    expect(withSmartCard(factory, card)).toEqual({ ...factory, ...card });
    expect(withSmartCard(factory, {})).toEqual(factory);
  });

  it('gives an instance to the card alone', () => {
    expect(withSmartCard(factory, { '/1/0/0': 5, '/3/0/15': 'Z' })).toEqual({
      '/0/0/0': 'coap://x',
      '/0/0/10': 1,
      '/1/0/0': 5,
      '/3/0/15': 'Z',
    });
  });

  it('gives a server to the card alone', () => {
    const card = { '/0/7/0': 'coap://y', '/0/7/10': 1, '/1/7/0': 1 };
    expect(withSmartCard(factory, card)).toEqual({ ...card, '/3/0/14': '+01' });
  });

  it('has one Bootstrap-Server at most', () => {
    const card = { '/0/7/0': 'coap://y', '/0/7/1': true };
    expect(withSmartCard({ '/0/3/0': 'coap://x', '/0/3/1': true }, card)).toEqual(card);
  });
});

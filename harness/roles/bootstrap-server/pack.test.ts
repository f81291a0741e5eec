import { describe, expect, it } from 'vitest';
import { unwrap } from '../../base/error.js';
import { modelFor } from '../../model/registry.js';
import type { CoapMessage } from '../../wire/coap/message.js';
import { OptionNumber } from '../../wire/coap/options.js';
import { getUint } from '../../wire/coap/read.js';
import { contentOf } from '../../wire/coerce.js';
import { decode } from '../../wire/formats.js';
import type { Step } from './provisioning.js';
import { onStage, settle, type Device } from './testing/stage.js';

const ACCOUNT: Step = { do: 'account', uri: 'coap://server', shortServerId: 7, lifetime: 300 };
const FINISH: Step = { do: 'finish' };

const fetch = (device: Device, accept?: number, ...query: readonly string[]): Promise<CoapMessage> =>
  device.send('0.01', { path: '/bspack', query: ['ep=device', ...query], ...(accept !== undefined && { accept }) });

function content({ message }: { message: CoapMessage }): unknown {
  const format = getUint(message, OptionNumber.contentFormat) ?? 0;
  const context = { path: [], model: modelFor('1.2'), enabler: '1.2', pack: 'values' } as const;
  return contentOf(unwrap(decode(format, message.payload, context)), []);
}

const accountAt = (id: number): object => ({
  ...{ [`0/${id}/0`]: 'coap://server', [`0/${id}/1`]: false, [`0/${id}/2`]: 3, [`0/${id}/10`]: 7 },
  ...{ [`0/${id}/3`]: '', [`0/${id}/4`]: '', [`0/${id}/5`]: '' },
  ...{ [`1/${id}/0`]: 7, [`1/${id}/1`]: 300, [`1/${id}/6`]: false, [`1/${id}/7`]: 'U' },
});

describe('a Bootstrap-Pack-Request', () => {
  it.each([
    [110, 110],
    [112, 112],
    [11544, 11544],
    [undefined, 112],
  ])('with Accept %s gets the whole provisioning in format %i, and no command follows', (accept, format) =>
    onStage(
      async (stage) => {
        const device = stage.client();
        const message = await fetch(device, accept);
        expect(message.code).toBe('2.05');
        expect(getUint(message, OptionNumber.contentFormat)).toBe(format);
        expect(content({ message })).toEqual(accountAt(1));
        await settle(stage);
        expect(device.requests).toEqual([]);
        expect(stage.session()).toMatchObject({ way: 'pack', state: 'finished' });
        expect(stage.events).toContainEqual({ event: 'bootstrapped', endpoint: 'device' });
      },
      { steps: [{ do: 'delete', path: [1] }, ACCOUNT, FINISH] },
    ),
  );

  it('keeps clear of the account that the client names', () =>
    onStage(
      async ({ client }) => {
        expect(content({ message: await fetch(client(), 110, 'acc=</0/1>,</21/0>') })).toEqual(accountAt(0));
      },
      { steps: [ACCOUNT, FINISH] },
    ));

  it('gets two accounts, and whole instances beside them', () =>
    onStage(
      async ({ client }) => {
        const steps = content({ message: await fetch(client(), 112) });
        expect(steps).toMatchObject({ ...accountAt(1), ...accountAt(2), '2/0/0': 3, '2/0/2/7': 15 });
      },
      { steps: [ACCOUNT, ACCOUNT, { do: 'write', path: [2], value: { '0/0': 3, '0/2/7': 15 } }, FINISH] },
    ));

  it.each<[string, Step[], RegExp]>([
    ['deletes all', [{ do: 'delete', path: [] }, ACCOUNT, FINISH], /a pack cannot delete \//],
    ['deletes what it does not write', [{ do: 'delete', path: [2] }, ACCOUNT, FINISH], /a pack cannot delete \/2/],
    ['writes a Resource', [{ do: 'write', path: [1, 0, 1], value: 60 }, FINISH], /less than an Object Instance/],
    ['has no Finish', [ACCOUNT], /does not end with a Finish/],
    [
      'would overwrite the account of the bootstrap-server',
      [{ ...ACCOUNT, securityInstance: 0 }, FINISH],
      /\/0\/0 is the account/,
    ],
  ])('is refused with 4.05 where the provisioning %s', (_, steps, why) =>
    onStage(
      async (stage) => {
        const message = await fetch(stage.client(), 110);
        expect(message.code).toBe('4.05');
        expect(new TextDecoder().decode(message.payload)).toMatch(why);
        expect(stage.role.sessions()).toEqual([]);
      },
      { steps },
    ),
  );

  it.each([
    ['an Accept that is none of a pack', 11542, [], '4.06'],
    ['pct', 110, ['pct=110'], '4.00'],
    ['an account that is none', 110, ['acc=</0>'], '4.00'],
  ] as const)('with %s is refused', (_, accept, query, code) =>
    onStage(
      async ({ client }) => {
        expect((await fetch(client(), accept, ...query)).code).toBe(code);
      },
      { steps: [ACCOUNT, FINISH] },
    ),
  );

  it('of an unknown endpoint is refused', () =>
    onStage(
      async ({ client }) => {
        expect((await client().send('0.01', { path: '/bspack', query: ['ep=stranger'] })).code).toBe('4.00');
      },
      { steps: [ACCOUNT, FINISH] },
    ));

  it.each(['1.0', '1.1'] as const)('is not implemented in %s', (enabler) =>
    onStage(
      async ({ client }) => {
        expect((await fetch(client())).code).toBe('5.01');
      },
      { steps: [ACCOUNT, FINISH] },
      { enabler },
    ),
  );
});

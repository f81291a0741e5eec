import { describe, expect, it } from 'vitest';
import { BootstrapServerRole } from './bootstrap-server-role.js';
import type { Provisioning } from './provisioning.js';
import { onStage, settle } from './testing/stage.js';

const PLAIN: Provisioning = {
  steps: [{ do: 'delete', path: [] }, { do: 'write', path: [1, 1], value: { '0': 1, '1': 300 } }, { do: 'finish' }],
};

const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);

describe('a Bootstrap-Request', () => {
  it('is answered with 2.04, without content, before any command leaves', () =>
    onStage(async (stage) => {
      const device = stage.client();
      const response = await device.ask('ep=device');
      expect(response).toMatchObject({ code: '2.04', options: [], payload: new Uint8Array() });
      expect(device.commands()).toEqual([]);
      await settle(stage);
      expect(device.commands()).toEqual(['DELETE /', 'PUT /1/1 [11542]', 'POST /bs']);
      expect(device.requests.every(({ message }) => message.type === 'CON')).toBe(true);
      expect(stage.session()).toMatchObject({ endpoint: 'device', address: 'client', state: 'finished', errors: [] });
      expect(stage.events.at(-1)).toEqual({ event: 'bootstrapped', endpoint: 'device' });
    }, PLAIN));

  it.each([
    ['without a name', [], '4.00', /ep is missing/],
    ['with an empty name', ['ep='], '4.00', /ep/],
    ['of an unknown endpoint', ['ep=stranger'], '4.00', /nothing is provisioned for "stranger"/],
    ['with two names', ['ep=device', 'ep=other'], '4.00', /stands twice/],
    ['with two formats', ['ep=device', 'pct=110', 'pct=112'], '4.00', /stands twice/],
    ['with a format that is no number', ['ep=device', 'pct=tlv'], '4.00', /no value of pct/],
    ['with a parameter that there is not', ['ep=device', 'lt=60'], '4.00', /no parameter/],
    ['with a format that is none of a bootstrap', ['ep=device', 'pct=41'], '4.15', /expected 11542, 110, 112, 11544/],
  ])('%s is refused, and nothing is sent', (_, query, code, why) =>
    onStage(async (stage) => {
      const device = stage.client();
      const response = await device.ask(...query);
      expect(response.code).toBe(code);
      expect(text(response.payload)).toMatch(why);
      await settle(stage);
      expect(device.requests).toEqual([]);
      expect(stage.role.sessions()).toEqual([]);
      expect(stage.events).toEqual([{ event: 'log', text: expect.stringContaining(`client is refused: ${code}`) }]);
    }, PLAIN),
  );

  it.each([
    ['1.2', 11544, '2.04'],
    ['1.1', 11544, '4.15'],
    ['1.1', 112, '2.04'],
    ['1.0', 110, '4.00'],
  ] as const)('of version %s with pct=%i is answered with %s', (enabler, pct, code) =>
    onStage(
      async ({ client }) => {
        expect((await client().ask('ep=device', `pct=${pct}`)).code).toBe(code);
      },
      PLAIN,
      { enabler },
    ),
  );

  it.each([
    ['its name alone proven', [], 'device', '2.04'],
    ['the name that is proven', ['ep=device'], 'device', '2.04'],
    ['another name than is proven', ['ep=device'], 'other', '4.00'],
  ])('with %s', (_, query, proven, code) =>
    onStage(
      async (stage) => {
        const device = stage.client();
        expect((await device.ask(...query)).code).toBe(code);
        await settle(stage);
        expect(device.requests).toHaveLength(code === '2.04' ? 3 : 0);
      },
      PLAIN,
      { identityOf: () => proven },
    ),
  );

  it.each([
    ['0.01', '/bs', '4.05'],
    ['0.04', '/bs', '4.05'],
    ['0.02', '/bspack', '4.05'],
    ['0.02', '/rd', '4.04'],
    ['0.02', '/bs/1', '4.04'],
    ['0.01', '/', '4.04'],
  ] as const)('%s %s is none: %s', (method, path, code) =>
    onStage(async ({ client }) => {
      expect((await client().send(method, { path, query: ['ep=device'] })).code).toBe(code);
    }, PLAIN),
  );

  it('of a client that asks anew ends the session before, whose commands are not continued', () =>
    onStage(async (stage) => {
      const device = stage.client();
      device.answers = { 'PUT /1/1': 'silence' };
      await device.ask('ep=device');
      await settle(stage, 1);
      const again = stage.client('restarted');
      expect((await again.ask('ep=device')).code).toBe('2.04');
      await settle(stage, 200);
      expect(stage.role.sessions().map(({ state }) => state)).toEqual(['replaced', 'finished']);
      expect(device.commands()).not.toContain('POST /bs');
      expect(again.commands()).toEqual(['DELETE /', 'PUT /1/1 [11542]', 'POST /bs']);
    }, PLAIN));

  it('of two clients makes two sessions side by side', () =>
    onStage(
      async (stage) => {
        const [first, second] = [stage.client('a'), stage.client('b')];
        await Promise.all([first.ask('ep=one'), second.ask('ep=two')]);
        await settle(stage);
        expect(stage.role.sessions().map(({ endpoint, state }) => [endpoint, state])).toEqual([
          ['one', 'finished'],
          ['two', 'finished'],
        ]);
        expect(first.commands()).toEqual(second.commands());
      },
      PLAIN,
      { provisioningOf: () => PLAIN },
    ));

  it('gets what was provisioned last', () =>
    onStage(async (stage) => {
      expect(stage.role.provision('device', { steps: [{ do: 'finish' }] })).toBeUndefined();
      const device = stage.client();
      await device.ask('ep=device');
      await settle(stage);
      expect(device.commands()).toEqual(['POST /bs']);
    }, PLAIN));

  it('is no longer served by a role that was closed', () =>
    onStage(async (stage) => {
      const device = stage.client();
      device.answers = { 'DELETE /': 'silence' };
      await device.ask('ep=device');
      stage.role.close();
      await settle(stage, 200);
      expect(stage.session().state).toBe('unfinished');
      // What is not answered is repeated.
      expect(new Set(device.commands())).toEqual(new Set(['DELETE /']));
    }, PLAIN));

  it('can be decided otherwise by a subclass', () => {
    class Forbids extends BootstrapServerRole {
      override refusalOfUnknown() {
        return { code: '4.03', why: 'no' } as const;
      }
    }
    return onStage(
      async ({ client }) => {
        expect((await client().ask('ep=stranger')).code).toBe('4.03');
      },
      PLAIN,
      {},
      Forbids,
    );
  });
});

describe('a provisioning', () => {
  it.each([
    ['a Write of the root', { do: 'write', path: [], value: {} }, 'bad-path'],
    ['a Write of a Resource Instance', { do: 'write', path: [0, 1, 27, 0], value: '23:0' }, 'bad-path'],
    ['a Delete of a Resource', { do: 'delete', path: [1, 0, 1] }, 'bad-path'],
    ['a Read of the root', { do: 'read', path: [] }, 'bad-path'],
    ['a Discover of an Object Instance', { do: 'discover', path: [1, 0] }, 'bad-path'],
    ['a text as lifetime', { do: 'write', path: [1, 0, 1], value: 'long' }, 'bad-value'],
    ['a value of a whole instance', { do: 'write', path: [1, 0], value: 5 }, 'bad-path'],
  ] as const)('with %s is refused', (_, step, code) =>
    onStage(({ role }) => {
      expect(role.provision('device', { steps: [step] })).toMatchObject({ code });
      return Promise.resolve();
    }, PLAIN),
  );
});

describe('an address that is another client by now', () => {
  it('gets no more commands', () => {
    let proven = 'device';
    return onStage(
      async (stage) => {
        const device = stage.client();
        await device.ask('ep=device');
        proven = 'other';
        await settle(stage);
        expect(device.commands()).toEqual(['DELETE /']);
        expect(stage.session()).toMatchObject({ state: 'failed', errors: [expect.stringMatching(/is now "other"/)] });
      },
      PLAIN,
      { identityOf: () => proven },
    );
  });
});

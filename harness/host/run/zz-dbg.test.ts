import { it } from 'vitest';
import { catalogue } from '../catalogue.generated.js';
import { runOnReference } from './mutants.js';
import { deviations } from '../../../fixtures/deviations.js';
import { decodeMessage } from '../../wire/coap/codec.js';
import { getPath, getUint } from '../../wire/coap/read.js';
it('dbg', async () => {
  const c = catalogue.find(({ testCase }) => testCase.meta.id === process.env['CASE'])!.testCase;
  const d = deviations.find(({ name }) => name === process.env['DEVN']);
  console.log(d?.name, deviations.length);
  const v = process.env['VAR'] ?? c.meta.variants?.[0];
  const { result, journal } = await runOnReference(c, d, {
    ...(v ? { variant: v } : {}),
    ...(process.env['EN'] ? { enabler: process.env['EN'] as '1.0' } : {}),
  });
  for (const e of journal.entries) {
    if (e.kind === 'datagram') {
      const m = decodeMessage(e.bytes);
      console.log(
        e.t.toFixed(2),
        e.from,
        m.ok
          ? `${m.message.type} ${m.message.code} ${m.message.id} ${Buffer.from(m.message.token).toString('hex')} ${getPath(m.message)} obs=${getUint(m.message, 6)} ${Buffer.from(
              m.message.payload,
            )
              .toString('latin1')
              .slice(0, 80)
              .replace(/[^ -~]/g, '.')}`
          : 'bad',
      );
    } else if (e.kind !== 'head') console.log(JSON.stringify(e).slice(0, 300));
  }
  console.log(JSON.stringify(result, null, 1));
});

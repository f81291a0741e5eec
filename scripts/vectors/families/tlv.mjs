import { family } from '../lib/family.mjs';
import { integer } from '../lib/values.mjs';
import { resource, signed } from '../emit/tlv.mjs';

export default family(
  {
    format: 'tlv',
    contentFormat: 11542,
    header: ['LwM2M TLV (Core 1.0.2 §6.4.3, Core 1.1.1 §7.4.4, Core 1.2.2 §7.5.5).'],
    flags: { Basic: { kind: 'basic', description: 'an everyday payload' } },
    models: ['device'],
  },
  ({ group }) => {
    const context = { model: 'device', path: '/3/0', operation: 'read', role: 'any' };
    group('integer', 'Integer resource', { context, flags: ['Basic'], spec: ['core-1.2.2 7.5.5 MUST'] }, (v) => {
      v.valid('integer-100', 'a hundred', { payload: resource(9, signed(100)), nodes: [integer('/3/0/9', 100)], encode: 'bytes' });
    });
  },
);

/** How SenML CBOR writes what it has alike with SenML JSON. */
import * as c from '../../emit/cbor.mjs';
import { pack } from '../../emit/senml-cbor.mjs';
import { SPEC } from './values.mjs';

/** @type {import('../senml/form.mjs').Form} */
export const FORM = {
  section: '7.5.7',
  older: '7.4.6',
  spec: SPEC,
  identifiers: 'core-1.2.2 7.4',
  body: (...records) => ({ payload: pack(...records) }),
  text: (text) => ({ raw: c.text(text) }),
  data: (hex) => ({ raw: c.bytes(hex) }),
  yes: { raw: c.TRUE },
  float: (number) => ({ raw: c.floatForms(number)[0] ?? '' }),
  double: (number) => ({ raw: c.double(number) }),
};

/** How SenML JSON writes what it has alike with SenML CBOR. */
import { pack } from '../../emit/senml-json.mjs';
import { base64url } from '../../emit/text-value.mjs';
import { SPEC } from './values.mjs';

/** @type {import('../senml/form.mjs').Form} */
export const FORM = {
  section: '7.5.6',
  older: '7.4.5',
  spec: SPEC,
  identifiers: 'core-1.2.2 7.5.6',
  body: (...records) => ({ text: pack(...records) }),
  text: (text) => ({ raw: JSON.stringify(text) }),
  data: (hex) => ({ raw: JSON.stringify(base64url(hex)) }),
  yes: { raw: 'true' },
  float: (number) => number,
  double: (number) => number,
};

import { ContentFormat, octets, utf8, type AnyRequest } from '../../harness/case/index.js';

/** A value as plain text, written to a resource by PUT. */
export const putText = (path: string, text: string): AnyRequest => ({
  method: 'PUT',
  path,
  contentFormat: ContentFormat.text,
  payload: utf8(text),
});

/** TLV in hexadecimal, written to an instance by POST: a Partial Update. */
export const postTlv = (path: string, hexadecimal: string): AnyRequest => ({
  method: 'POST',
  path,
  contentFormat: ContentFormat.tlv,
  payload: octets(hexadecimal),
});

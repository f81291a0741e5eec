import type { Exchange } from '../../harness/case/index.js';

/** Where a request of the server went, after the address of the client had changed. */
export const wentTo = ({ request }: Exchange): 'where the client is' | 'where the client was' =>
  request.astray ? 'where the client was' : 'where the client is';

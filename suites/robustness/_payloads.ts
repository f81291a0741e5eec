import type { AnyRequest, Context } from '../../harness/case/index.js';

/**
 * Writes each payload to a resource, and asks after each whether the client is still there.
 *
 * @returns the codes of the Writes, and of the Reads between them
 */
export async function writeAll(
  server: Context<string, unknown, 'server'>['server'],
  path: string,
  contentFormat: number,
  payloads: readonly Uint8Array[],
): Promise<{ readonly writes: readonly string[]; readonly reads: readonly string[] }> {
  const writes: string[] = [];
  const reads: string[] = [];
  for (const payload of payloads) {
    const request: AnyRequest = { method: 'PUT', path, contentFormat, payload };
    writes.push((await server.request(request)).response.code);
    reads.push((await server.read(path)).response.code);
  }
  return { writes, reads };
}

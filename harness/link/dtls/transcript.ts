import { createHash } from 'node:crypto';
import { concatBytes } from '../../base/bytes.js';
import { encodeWhole, type HandshakeMessage } from './handshake.js';

/**
 * The handshake messages so far, each as if it had come in one fragment (RFC 6347 §4.2.6). Messages of the cookie exchange
 * are left out: a HelloVerifyRequest is never added, and `restart` forgets the ClientHello before it.
 */
export class Transcript {
  #messages: Uint8Array[] = [];

  add(message: HandshakeMessage): void {
    this.#messages.push(encodeWhole(message));
  }

  restart(): void {
    this.#messages = [];
  }

  /** What a CertificateVerify signs. */
  bytes(): Uint8Array {
    return concatBytes(...this.#messages);
  }

  hash(): Uint8Array {
    const hash = createHash('sha256');
    for (const message of this.#messages) hash.update(message);
    return Uint8Array.from(hash.digest());
  }
}

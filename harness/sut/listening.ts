import type { Endpoint } from '../coap/index.js';
import type { SutEvent } from './contract.js';
import { EventStream } from './event-stream.js';

/** A role of ours that listens, with its endpoint and its events, from start to stop. */
export class Listening<R extends { close(): void }> {
  readonly #events = new EventStream();
  #running: { readonly role: R; readonly endpoint: Endpoint } | undefined;

  /** Undefined before it was started. */
  protected get role(): R | undefined {
    return this.#running?.role;
  }

  protected began(role: R, endpoint: Endpoint): void {
    this.#running = { role, endpoint };
  }

  protected tell(event: SutEvent): void {
    this.#events.push(event);
  }

  events(): AsyncIterable<SutEvent> {
    return this.#events.read();
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    running?.role.close();
    await running?.endpoint.close();
    this.#events.end();
  }
}

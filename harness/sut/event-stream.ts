import type { SutEvent } from './contract.js';

/** Events as they come, to any number of readers; each reader gets those since it began to read. */
export class EventStream {
  readonly #readers = new Set<(event: SutEvent | undefined) => void>();

  push(event: SutEvent): void {
    for (const reader of this.#readers) reader(event);
  }

  /** Ends every reader's iteration. */
  end(): void {
    for (const reader of this.#readers) reader(undefined);
    this.#readers.clear();
  }

  read(): AsyncIterable<SutEvent> {
    const queue: (SutEvent | undefined)[] = [];
    let wake: (() => void) | undefined;
    const reader = (event: SutEvent | undefined): void => {
      queue.push(event);
      wake?.();
    };
    this.#readers.add(reader);
    const readers = this.#readers;
    async function* iterate(): AsyncGenerator<SutEvent> {
      try {
        for (;;) {
          while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
          const event = queue.shift();
          if (event === undefined) return;
          yield event;
        }
      } finally {
        readers.delete(reader);
      }
    }
    return iterate();
  }
}

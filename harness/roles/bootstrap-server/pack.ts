import { failed, ok, type Result } from '../../base/error.js';
import { formatPath, isWithin, type Path } from '../../model/path.js';
import type { Entry } from '../../model/value.js';
import { ContentFormat } from '../../wire/codec.js';
import { entriesOf } from '../../wire/coerce.js';
import { encode } from '../../wire/formats.js';
import type { Command, Provisioning, Step, Write } from './provisioning.js';
import { BootstrapSequence } from './sequence.js';

/** Formats of a pack (B-42), the one first that is taken where the client names none. */
const PACK_FORMATS: readonly number[] = [ContentFormat.senmlCbor, ContentFormat.senmlJson, ContentFormat.lwm2mCbor];

/** The whole provisioning in one answer (Core 1.2 §6.1.7.7). */
export class BootstrapPack extends BootstrapSequence {
  /** Bootstrap-Pack came with 1.2. */
  offersPack(): boolean {
    return this.enabler() === '1.2';
  }

  /** The format for an Accept; undefined: there is no such pack (B-42). */
  packFormat(accept: number | undefined): number | undefined {
    return PACK_FORMATS.find((format) => accept === undefined || format === accept);
  }

  /**
   * The values of a pack. It replaces all instances of each Object that it holds and leaves the others alone (B-39), so a
   * provisioning that deletes more, or writes less than whole instances, cannot be one.
   *
   * Problem codes: `no-pack`, and those of `entriesOf`.
   *
   * @param account instances of the Bootstrap-Server account, which a pack keeps clear of (B-40)
   */
  packEntries(provisioning: Provisioning, account: readonly Path[] = [[0, 0]]): Result<readonly Entry[]> {
    const writes = this.packWrites(provisioning, account);
    const unfit = this.unfitForPack(provisioning.steps, writes, account);
    if (unfit) return failed({ code: 'no-pack', message: unfit });
    const model = this.modelOf(this.enabler());
    const entries: Entry[] = [];
    for (const { path, value } of writes) {
      const part = entriesOf(path, value, model);
      if (!part.ok) return part;
      entries.push(...part.value);
    }
    return ok(entries);
  }

  packWrites({ steps }: Provisioning, account: readonly Path[]): readonly Write[] {
    let taken = account;
    const writes: Write[] = [];
    for (const step of steps) {
      if (step.do === 'write') writes.push(step);
      if (step.do !== 'account') continue;
      const place = this.placeOf(step, taken);
      taken = [...taken, [0, place.security], [1, place.server]];
      writes.push(...this.accountWrites(step, place).filter(isWrite));
    }
    return writes;
  }

  /** Why a pack cannot stand for the steps; undefined when it can. */
  unfitForPack(steps: readonly Step[], writes: readonly Write[], account: readonly Path[]): string | undefined {
    if (steps.at(-1)?.do !== 'finish') return 'the session does not end with a Finish';
    const partial = writes.find(({ path }) => path.length > 2);
    if (partial) return `${formatPath(partial.path)} is less than an Object Instance`;
    const own = writes.find(({ path }) => account.some((instance) => path.length === 2 && isWithin(path, instance)));
    if (own) return `${formatPath(own.path)} is the account of the bootstrap-server`;
    const objects = new Set(writes.map(({ path }) => path[0]));
    const beyond = steps.find((step) => step.do === 'delete' && !(step.path.length === 1 && objects.has(step.path[0])));
    return beyond?.do === 'delete' ? `a pack cannot delete ${formatPath(beyond.path)}` : undefined;
  }

  /** The pack for a provisioning, in a format. */
  packOf(provisioning: Provisioning, format: number, account?: readonly Path[]): Result<Uint8Array> {
    const entries = this.packEntries(provisioning, account);
    if (!entries.ok) return entries;
    const enabler = this.enabler();
    return encode(format, entries.value, { path: [], model: this.modelOf(enabler), enabler, pack: 'values' });
  }
}

const isWrite = (command: Command): command is Write => command.do === 'write';

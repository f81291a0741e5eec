import type { Clock } from '../../base/clock.js';
import type { Path } from '../../model/path.js';
import type { ExecuteArgument } from '../../wire/execute-arguments.js';
import { integer, time, type Value } from '../../model/value.js';
import { reply, type Reply } from './reply.js';
import type { DeviceRequest } from './request.js';
import type { ClientRole } from './role.js';
import { multiple, single, type Resource } from './store.js';

/** A value of Object 3 that runs on with the clock. */
class RunningTime {
  readonly kind = 'single';
  readonly #clock: Clock;
  readonly #offset: bigint;

  constructor(clock: Clock, now: bigint) {
    this.#clock = clock;
    this.#offset = now - BigInt(Math.floor(clock.now()));
  }

  get value(): Value {
    return time(this.#offset + BigInt(Math.floor(this.#clock.now())));
  }
}

/** What the Resources do beyond holding values: Executes have effects, the clock runs, a reboot takes time. */
export class Device {
  constructor(readonly client: ClientRole) {}

  /** The Resource as the device keeps what is put there: Current Time runs on from the value it is given. */
  held(path: Path, resource: Resource): Resource {
    const isCurrentTime = path[0] === 3 && path[2] === 13;
    if (!isCurrentTime || resource.kind !== 'single' || resource.value.type !== 'time') return resource;
    return new RunningTime(this.client.clock, resource.value.value);
  }

  /** Carries out an Execute that is allowed and well-formed. The answer goes out before anything that takes the client away. */
  onExecute(request: DeviceRequest, args: readonly ExecuteArgument[]): Reply {
    const [object = 0, , resource = 0] = request.path;
    switch (`${object}/${resource}`) {
      case '1/4':
        return reply('2.04', {}, () => this.onDisable(request));
      case '1/8':
        return this.onUpdateTrigger(request, args);
      case '1/9':
        return this.client.startsBootstrap() ? reply('2.04', {}, () => this.client.bootstrap()) : reply('4.05');
      case '3/4':
        return reply('2.04', {}, () => this.onReboot());
      case '3/5':
        return reply('2.04', {}, () => this.onFactoryReset());
      case '3/12':
        this.onResetErrorCode();
        return reply('2.04');
      default:
        return reply('2.04');
    }
  }

  onDisable({ path }: DeviceRequest): void {
    void this.client.registrationOfInstance(path)?.disable();
  }

  /** The argument `0='U'` asks for a transport, which must be one of `/1/x/7` (Core 1.1 §6.2.2). */
  onUpdateTrigger({ path, enabler }: DeviceRequest, args: readonly ExecuteArgument[]): Reply {
    const registration = this.client.registrationOfInstance(path);
    const transport = args.find(({ digit }) => digit === 0)?.value;
    if (transport !== undefined && enabler !== '1.0' && registration?.binding('1.0').includes(transport) === false)
      return reply('4.00');
    return reply('2.04', {}, () => registration?.onUpdateTriggered());
  }

  onReboot(): void {
    void this.client.restart();
  }

  /** Back to the values of the factory, as after a reboot. */
  onFactoryReset(): void {
    this.client.resetToFactory();
    void this.client.restart();
  }

  /** One instance with the code 0: no error (Object 3, resource 12). */
  onResetErrorCode(): void {
    this.client.store.put([3, 0, 11], multiple([[0, integer(0)]]));
  }

  /** Seconds between the Execute of Reboot and the Register after it. */
  rebootTime(): number {
    return 1;
  }

  /** Puts the running clock in place where the device has none yet. */
  startClock(): void {
    const path: Path = [3, 0, 13];
    const value = this.client.store.value(path);
    if (value) this.client.store.put(path, this.held(path, single(value)));
  }
}

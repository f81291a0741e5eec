import { describe, expect, it } from 'vitest';
import { sleep, VirtualClock } from './clock.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('virtual time', () => {
  it('jumps from timer to timer, in order, and waits for work that is held', async () => {
    const clock = new VirtualClock();
    const fired: string[] = [];
    const note = (name: string) => (): void => void fired.push(`${name} ${clock.now()}`);
    clock.after(2, note('c'));
    clock.after(1, note('a'));
    clock.after(1, note('b'));
    clock.after(1.5, note('none')).cancel();
    const work = new Promise((resolve) => setTimeout(resolve, 5));
    await clock.run(async () => {
      await clock.hold(work);
      note('held')();
      await sleep(clock, 3);
    });
    expect(fired).toEqual(['held 0', 'a 1', 'b 1', 'c 2']);
    expect(clock.now()).toBe(3);
  });

  it('is stuck where nothing is pending, or the limit has passed', async () => {
    await expect(new VirtualClock().run(never)).rejects.toThrow('nothing is pending');
    const clock = new VirtualClock();
    clock.after(61, () => undefined, 'an answer');
    await expect(clock.run(never, 60)).rejects.toThrow('virtual time passed 60 s');
  });

  it('is stuck where timers set each other off and no time passes, and none of them is left', async () => {
    const clock = new VirtualClock();
    const circle = (): void => void clock.after(0, circle);
    circle();
    await expect(clock.run(never)).rejects.toThrow('something goes in circles');
    expect(clock.now()).toBe(0);
    await expect(clock.run(never)).rejects.toThrow('nothing is pending');
  });
});

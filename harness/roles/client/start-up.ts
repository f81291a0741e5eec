import type { Registration } from './registration.js';
import type { ClientRole } from './role.js';

/** What a client does first: it registers, and where no server takes it, it asks the Bootstrap-Server (Core 1.1 §6.1.4). */
export async function startUp(client: ClientRole): Promise<void> {
  const { life, bootstrapping } = client;
  bootstrapping.accountTerm.resume();
  bootstrapping.isStartingUp = true;
  await registerInOrder([...client.registrations.values()]);
  if (client.life !== life) return;
  bootstrapping.isStartingUp = false;
  bootstrapping.decide();
}

/**
 * Registers at every server (Core 1.1 §6.2.1.1): those with a priority one after the other in ascending order, each after its
 * initial delay, those without at once. A failure ends the order where the server says so.
 */
export async function registerInOrder(registrations: readonly Registration[]): Promise<void> {
  const ordered = registrations
    .filter((each) => each.priority() !== undefined)
    .sort((a, b) => (a.priority() ?? 0) - (b.priority() ?? 0));
  const independent = registrations.filter((each) => each.priority() === undefined);
  const inOrder = async (): Promise<void> => {
    for (const registration of ordered)
      if (!(await registerAfterDelay(registration)) && registration.blocksOthers()) return;
  };
  await Promise.all([inOrder(), ...independent.map(registerAfterDelay)]);
}

/** The initial delay counts until the first success there (Core 1.1 §6.2.1.1). */
async function registerAfterDelay(registration: Registration): Promise<boolean> {
  const delay = registration.client.known.has(registration.account.shortServerId) ? 0 : registration.initialDelay();
  if (delay > 0 && !(await registration.waits.wait(delay))) return false;
  return registration.register();
}

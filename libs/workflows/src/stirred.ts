import { type ServiceName, serviceNames } from '@tollkeeper/contracts';

/**
 * Services that may hold work which will wake someone: outbox rows, messages, orders. All of them where nobody knows
 * better; after a wake-up those alone whose activities were called.
 */
export class Stirred {
  private readonly services = new Set<ServiceName>(serviceNames);

  add(services: readonly ServiceName[] = serviceNames): void {
    for (const service of services) this.services.add(service);
  }

  /** Whoever is stirred again while it answers is asked again. */
  take(): ServiceName[] {
    const taken = serviceNames.filter((service) => this.services.has(service));
    this.services.clear();
    return taken;
  }
}

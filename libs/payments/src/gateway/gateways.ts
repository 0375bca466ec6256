import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { Log, Settings } from '@tollkeeper/platform';
import type { PaymentGateway } from './payment-gateway';
import { SandboxGateway } from './sandbox-gateway';
import { StripeClients } from './stripe/stripe-client';
import { StripeGateway } from './stripe/stripe-gateway';

export const gatewayNames = ['sandbox', 'sandboxStandby', 'stripe'] as const;
type GatewayName = (typeof gatewayNames)[number];

/** All gateways by name: an attempt is charged, asked about and refunded at the one that its row names. */
@Injectable()
export class Gateways {
  /** Where methods are kept that name no gateway. */
  readonly standard: GatewayName = 'sandbox';
  private readonly byName: ReadonlyMap<string, PaymentGateway>;

  constructor(
    settings: Settings,
    private readonly stripe: StripeClients,
    private readonly log: Log,
  ) {
    const all: readonly PaymentGateway[] = [
      new SandboxGateway(settings),
      new SandboxGateway(settings, 'sandboxStandby'),
      new StripeGateway(stripe),
    ];
    this.byName = new Map(all.map((gateway) => [gateway.name, gateway]));
  }

  of(name: string): PaymentGateway {
    const gateway = this.byName.get(name);
    if (!gateway) throw new Error(`There is no gateway ${name}`);
    return gateway;
  }

  /** A gateway without keys can be named, not used. */
  isConfigured(tenantId: string, name: string): boolean {
    return this.byName.has(name) && (name !== 'stripe' || this.stripe.isConfigured(tenantId));
  }

  /** The first thing that a simulator owes; one that is away does not hide the others. */
  async nextDueAt(tenantId: string): Promise<Instant | null> {
    const due = await this.each((gateway) => gateway.nextDueAt(tenantId), tenantId, 'say what is due');
    return due.flatMap((at) => at ?? []).sort()[0] ?? null;
  }

  /** What simulators owe by now reaches us by their webhooks. */
  async runDue(tenantId: string, at: Instant): Promise<void> {
    await this.each((gateway) => gateway.runDue(tenantId, at), tenantId, 'run what is due');
  }

  private each<Result>(
    call: (gateway: PaymentGateway) => Promise<Result>,
    tenantId: string,
    what: string,
  ): Promise<(Result | null)[]> {
    const calls = [...this.byName.values()].map(async (gateway) => {
      try {
        return await call(gateway);
      } catch (error) {
        this.log.logger.warn(
          { err: error, tenantId, gateway: gateway.name },
          `the gateway could not ${what}; it is asked again next time`,
        );
        return null;
      }
    });
    return Promise.all(calls);
  }
}

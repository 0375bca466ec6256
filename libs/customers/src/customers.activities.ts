import { Injectable } from '@nestjs/common';
import type {
  CustomersActivities as CustomersContract,
  DueRenewal,
  FactBatch,
  ReceivePublicationInput,
  RestrictAccountInput,
} from '@tollkeeper/contracts';
import { pendingOutbox, ServiceDatabase } from '@tollkeeper/platform';
import { CycleRepository } from './copies/cycle.repository';
import { InvoiceNumberRepository } from './copies/invoice-number.repository';
import { OfferingRepository } from './copies/offering.repository';
import { LapseService } from './renewals/lapse.service';
import { RenewalService } from './renewals/renewal.service';
import { NetworkOrderRepository } from './network/network-order.repository';
import { RestrictionService } from './network/restriction.service';
import { AccountEnding } from './orders/account-ending.service';
import { TenantService } from './copies/tenant.service';

type InputOf<Name extends keyof CustomersContract> = Parameters<CustomersContract[Name]>[0];

@Injectable()
export class CustomersActivities implements CustomersContract {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly tenants: TenantService,
    private readonly cycles: CycleRepository,
    private readonly offerings: OfferingRepository,
    private readonly invoiceNumbers: InvoiceNumberRepository,
    private readonly restrictions: RestrictionService,
    private readonly renewals: RenewalService,
    private readonly networkOrders: NetworkOrderRepository,
    private readonly lapses: LapseService,
    private readonly ending: AccountEnding,
  ) {}

  receiveTenantChanged(batch: FactBatch<'tenantChanged'>): Promise<void> {
    return this.tenants.receive(batch);
  }

  receiveCycleChanged({ tenantId, facts }: FactBatch<'cycleChanged'>): Promise<void> {
    return this.cycles.keep(tenantId, facts);
  }

  receivePayableChanged({ tenantId, facts }: FactBatch<'payableChanged'>): Promise<void> {
    return this.invoiceNumbers.keep(tenantId, facts);
  }

  receiveOfferingSalesChanged({ tenantId, facts }: FactBatch<'offeringSalesChanged'>): Promise<void> {
    return this.offerings.keepSales(tenantId, facts);
  }

  receiveVersionWithdrawn({ tenantId, facts }: FactBatch<'versionWithdrawn'>): Promise<void> {
    return this.offerings.remove(tenantId, facts);
  }

  /** Decks are for those who rate. */
  async receivePublication({ tenantId, publication }: ReceivePublicationInput): Promise<void> {
    if (publication.kind === 'offering') await this.offerings.keep(tenantId, publication.offering);
  }

  restrictAccount(input: RestrictAccountInput): Promise<{ subscriptions: number }> {
    return this.restrictions.restrictAccount(input);
  }

  terminateAccount(input: InputOf<'terminateAccount'>): Promise<{ subscriptions: number }> {
    return this.ending.terminate(input);
  }

  listDueRenewals(input: InputOf<'listDueRenewals'>): Promise<{ due: DueRenewal[]; next: string | null }> {
    return this.renewals.listDue(input);
  }

  nextRenewalAt(input: InputOf<'nextRenewalAt'>): Promise<{ at: string | null }> {
    return this.renewals.nextAt(input);
  }

  extendPaidPeriods(input: InputOf<'extendPaidPeriods'>): Promise<void> {
    return this.renewals.extend(input);
  }

  markRenewalFailing(input: InputOf<'markRenewalFailing'>): Promise<void> {
    return this.renewals.markFailing(input);
  }

  lapseSubscription(input: InputOf<'lapseSubscription'>): Promise<void> {
    return this.lapses.lapse(input);
  }

  /** Orders that were tried once are not pending work: the sweeper holds their next instant. */
  async pendingWork({ tenantId }: { tenantId: string }): Promise<{ pending: number; oldestError?: string }> {
    const fresh = await this.networkOrders.countFresh(tenantId);
    const outbox = await pendingOutbox(this.db, tenantId);
    return { ...outbox, pending: outbox.pending + fresh };
  }
}

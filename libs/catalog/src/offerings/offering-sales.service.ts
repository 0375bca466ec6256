import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import {
  AuditLog,
  badInput,
  BusinessClock,
  conflict,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { OfferingSalesRepository } from './offering-sales.repository';
import type { OfferingSalesRow } from './offering-sales.schema';
import { OfferingRepository } from './offering.repository';

/** Retired: nobody new gets it, who has it keeps it. */
@Injectable()
export class OfferingSalesService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly offerings: OfferingRepository,
    private readonly sales: OfferingSalesRepository,
  ) {}

  async retire(
    principal: Principal,
    offeringId: string,
    { salesEndAt, reason }: { salesEndAt?: Instant; reason: string },
  ): Promise<OfferingSalesRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const end = salesEndAt ?? at;
    if (end < at) throw badInput('salesEndAt', `must not lie before now (${at}): it was sold until now.`);
    const published = await this.offerings.newest(tenantId, offeringId, 'published');
    if (!published) throw notFound('published offering', offeringId);
    return this.change(principal, offeringId, { at, salesEndAt: end, what: 'retireOffering', reason });
  }

  async sellAgain(principal: Principal, offeringId: string, reason: string): Promise<OfferingSalesRow> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    if (!(await this.offerings.newest(tenantId, offeringId, 'published')))
      throw notFound('published offering', offeringId);
    const row = await this.sales.find(tenantId, offeringId);
    if (!row || row.salesEndAt === null)
      throw conflict('notRetired', `Offering ${offeringId} is not retired.`);
    return this.change(principal, offeringId, { at, salesEndAt: null, what: 'sellOfferingAgain', reason });
  }

  private change(
    principal: Principal,
    offeringId: string,
    {
      at,
      salesEndAt,
      what,
      reason,
    }: { at: Instant; salesEndAt: Instant | null; what: string; reason: string },
  ): Promise<OfferingSalesRow> {
    const { tenantId } = principal;
    return this.db.transaction(async () => {
      const before = await this.sales.find(tenantId, offeringId);
      const row = await this.sales.put(tenantId, offeringId, salesEndAt);
      const { revision } = row;
      await this.outbox.tell(tenantId, at, 'offeringSalesChanged', [{ offeringId, revision, salesEndAt }]);
      await this.audit.record(principal, {
        ...{ at, what, entity: `offering/${offeringId}`, reason },
        before: { salesEndAt: before?.salesEndAt ?? null },
        after: { salesEndAt },
      });
      return row;
    });
  }
}

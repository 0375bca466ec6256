import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import type { TenantProfile } from '@tollkeeper/contracts';
import {
  BusinessClock,
  conflict,
  newId,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { BillRunService } from '../runs/bill-run.service';
import { BillingService } from '../runs/billing.service';
import { CopyRepository } from '../copies/copy.repository';
import type { Bill } from '../domain/bill';
import { faultText, lawFaults } from '../domain/law-faults';
import { FinalizationService } from '../invoices/finalization.service';
import { InvoiceRepository } from '../invoices/invoice.repository';
import type { BilledCustomer, InvoiceRow } from '../invoices/invoice.schema';
import { billedCustomer, newDraft } from '../runs/new-draft';
import { SellerRepository } from '../sellers/seller.repository';
import { type BillableAccount, SnapshotService } from '../runs/snapshot.service';
import { CreditNoteService } from './credit-note.service';
import type { CreditNoteRow } from './credit-note.schema';
import { billedUsage } from './domain/billed-usage';

/** What was wrong when the bill was frozen, and is taken as it is known today. */
export const correctable = ['customer', 'taxCertificates', 'taxPlace', 'prices', 'discounts'] as const;
type Correctable = (typeof correctable)[number];

export interface Reissued {
  creditNote: CreditNoteRow;
  invoice: InvoiceRow;
}

interface Recomputed {
  bill: Bill;
  customer: BilledCustomer;
}

/**
 * A corrected bill: recomputed by the function and the day of the first one, from its frozen snapshot with what is put
 * right; the first one is credited in full, so that the customer sees both and owes the difference.
 */
@Injectable()
export class ReissueService {
  constructor(
    private readonly db: ServiceDatabase,
    private readonly runs: BillRunService,
    private readonly snapshots: SnapshotService,
    private readonly billing: BillingService,
    private readonly copies: CopyRepository,
    private readonly invoices: InvoiceRepository,
    private readonly sellers: SellerRepository,
    private readonly notes: CreditNoteService,
    private readonly finalization: FinalizationService,
    private readonly outbox: Outbox,
    private readonly clock: BusinessClock,
  ) {}

  async preview(tenantId: string, invoiceId: string, use: readonly Correctable[]) {
    const invoice = await this.notes.creditable(tenantId, invoiceId);
    return { invoice, ...(await this.recompute(tenantId, invoice, use)) };
  }

  async reissue(
    principal: Principal,
    invoiceId: string,
    { use, reason }: { use: readonly Correctable[]; reason: string },
  ): Promise<Reissued> {
    const { tenantId } = principal;
    const at = await this.clock.now(tenantId);
    const tenant = await this.notes.seller(tenantId);
    return this.db.transaction(async () => {
      const invoice = await this.notes.creditable(tenantId, invoiceId);
      const { bill, customer } = await this.recompute(tenantId, invoice, use);
      await this.refuseUnlawful(tenantId, bill, customer, tenant);
      const request = { kind: 'full' as const, lines: [], amountMinor: null, payOut: false, reason };
      const plan = await this.notes.plan(tenantId, invoice, request, true);
      const { cycleId, runId, batchNo, kind, follows, sequence } = invoice;
      const about = {
        kind,
        cycleId,
        runId,
        batchNo,
        customer,
        sequence: sequence + 1,
        ...(follows ? { follows } : {}),
      };
      const draft = newDraft({ ...about, _id: newId('inv'), replaces: invoice._id }, bill, at);
      const creditNote = await this.notes.write(principal, {
        invoice,
        plan,
        request,
        at,
        tenant,
        reissuedAs: draft._id,
      });
      await this.invoices.handOver(tenantId, invoice._id, draft._id);
      await this.invoices.putDrafts(tenantId, [draft]);
      await this.finalization.issue(tenantId, draft, localDateOf(at, tenant.zone), at);
      await this.outbox.tell(tenantId, at, 'documentIssued', [{ document: 'invoice', id: draft._id }]);
      const [issued] = await this.invoices.findMany(tenantId, [draft._id]);
      if (!issued) throw new Error(`Invoice ${draft._id} was not written`);
      return { creditNote, invoice: issued };
    });
  }

  private async recompute(
    tenantId: string,
    invoice: InvoiceRow,
    use: readonly Correctable[],
  ): Promise<Recomputed> {
    const { runId, batchNo, accountId, periodTo, kind } = invoice;
    if (kind !== 'cycle')
      throw conflict(
        'notReissuable',
        `Invoice ${invoice._id} is no bill of a cycle but of kind ${kind}.`,
        'Credit it; what is to be charged instead is placed as a one-off charge and billed on demand.',
      );
    const run = await this.runs.requireRun(tenantId, runId);
    const cycle = await this.runs.requireCycle(tenantId, run.cycleId);
    const { snapshot } = await this.runs.requireBatch(tenantId, runId, batchNo);
    const frozen = (await this.snapshots.load(tenantId, snapshot)).find(
      ({ profile }) => profile.accountId === accountId,
    );
    if (!frozen)
      throw conflict('noSnapshot', `What invoice ${invoice._id} was made from is not kept any more.`);
    const account = await this.corrected(tenantId, frozen, run.cutOffAt, use);
    const totals = new Map([[accountId, billedUsage(invoice)]]);
    // Late usage that is on the bill stays on it, whatever the policy is today.
    const occasion = { late: 'nextBill' as const };
    const [outcome] = await this.billing.billEach(tenantId, cycle, periodTo, [account], totals, occasion);
    if (!outcome?.bill)
      throw conflict(
        'nothingToBill',
        outcome?.cause ?? 'Nothing is left to bill.',
        'Issue a full credit note instead.',
      );
    return { bill: outcome.bill, customer: billedCustomer(account.profile) };
  }

  private async corrected(
    tenantId: string,
    frozen: BillableAccount,
    cutOffAt: Instant,
    use: readonly Correctable[],
  ): Promise<BillableAccount> {
    const copies = await this.copies.accountsByIds(tenantId, [frozen.profile.accountId]);
    const [now] = await this.snapshots.thaw(
      tenantId,
      await this.snapshots.freeze(tenantId, copies, cutOffAt),
    );
    if (!now) return frozen;
    const { customerName, email, language, address, taxCertificates = [] } = now.profile;
    const takes = (what: Correctable) => use.includes(what);
    return {
      ...frozen,
      profile: {
        ...frozen.profile,
        ...(takes('customer') ? { customerName, email, language, address } : {}),
        ...(takes('taxCertificates') ? { taxCertificates } : {}),
      },
      ...(takes('taxPlace') ? { place: now.place } : {}),
      ...(takes('prices') ? { overrides: now.overrides } : {}),
      ...(takes('discounts') ? { discounts: now.discounts } : {}),
    };
  }

  private async refuseUnlawful(
    tenantId: string,
    bill: Bill,
    customer: BilledCustomer,
    tenant: TenantProfile,
  ) {
    const terms = await this.sellers.find(tenantId);
    const why = faultText(lawFaults(bill, tenant, terms, customer, tenant.country));
    if (why) throw conflict('unlawfulBill', why);
  }
}

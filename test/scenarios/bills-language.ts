import { clockStartsAt, monthlyCycle } from '../../tools/sample/operator';
import type { Operator, Subscriber } from './operator';

interface Amount {
  minor: number;
}

interface ShownBill {
  id: string;
  kind: string;
  number: string;
  periodFrom: string;
  periodTo: string;
  draftedAt: string;
  net: Amount;
  total: Amount;
  lines: { description: string; from: string; to: string; amount: Amount }[];
}

const line = (amountMinor: number, timing: 'inAdvance' | 'inArrears') => ({
  chargeId: 'line',
  name: 'Line',
  amountMinor,
  timing,
  per: 'subscription',
  prorate: true,
  taxCode: 'telecom',
  revenueCategory: 'recurring',
  proration: { refundUnused: true },
});

/** 7.00 in advance, 1.40 in arrears, nothing at all: each by the account's own cycle. Calls cost 0.05 a minute. */
const offerings = [
  { offeringId: 'week-line', name: 'Week', recurringCharges: [line(700, 'inAdvance')] },
  { offeringId: 'tiny-line', name: 'Tiny', recurringCharges: [line(140, 'inArrears')] },
  { offeringId: 'free-line', name: 'Free', recurringCharges: [line(0, 'inArrears')] },
].map((offering) => ({
  ...{ currency: 'USD', validFrom: clockStartsAt, deckId: 'pinewood-retail', allowances: [] },
  ...{ usageTaxCode: 'telecom', paidInAdvance: null },
  ...offering,
}));

const short = (date: string): string => date.slice(5);

/** Bills by other rules than the usual ones: what billing sets, asks for and reads. */
export class BillingDesk {
  constructor(private readonly operator: Operator) {}

  async offer(): Promise<void> {
    await this.operator.api.post('/v1/catalog/import', { offerings });
    await this.operator.settle();
  }

  /** A cycle without days for late usage; bills are made an hour after the cut-off. */
  async cycle(cycle: Record<string, unknown>): Promise<string> {
    const { id } = await this.operator.api.post<{ id: string }>('/v1/invoicing/cycles', {
      ...{ zone: monthlyCycle.zone, startsOn: '2026-01-01', approval: 'automatic' },
      ...{ lateUsageDays: 0, collectHours: 1, anomalyGate: { medianChangePercent: null } },
      ...cycle,
    });
    await this.operator.settle();
    return id;
  }

  async subscriber(cycleId: string, offeringId: string): Promise<Subscriber> {
    this.operator.cycleId = cycleId;
    return this.operator.subscriber(offeringId, { activeFrom: '2026-01-01T05:00:00.000Z' });
  }

  latePolicy(policy: string, finalBillWaitDays = 0): Promise<unknown> {
    const reason = 'as agreed with finance';
    return this.operator.api.put('/v1/invoicing/late-usage-policy', { policy, finalBillWaitDays, reason });
  }

  limits(limits: { leastMinor: number; zeroBills: 'issue' | 'carry' }): Promise<unknown> {
    return this.operator.api.put('/v1/invoicing/bill-limits', {
      minimumBills: [{ currency: 'USD', amountMinor: limits.leastMinor }],
      carryAtMost: 3,
      zeroBills: limits.zeroBills,
      reason: 'small bills cost more than they bring',
    });
  }

  place({ accountId, subscriptionId }: Subscriber, minor: number): Promise<unknown> {
    return this.operator.api.post('/v1/invoicing/one-off-charges', {
      ...{ accountId, subscriptionId, taxCode: 'telecom', description: 'New SIM' },
      amount: { minor, currency: 'USD' },
      reason: 'asked for by the subscriber',
    });
  }

  /** The run's id; the same words again are the same request. */
  async billNow({ accountId }: Subscriber, charges: string, reason = 'moves abroad'): Promise<string> {
    const request = { accountId, charges, reason };
    const { id } = await this.operator.api.post<{ id: string }>('/v1/invoicing/on-demand-bills', request);
    await this.operator.settle();
    return id;
  }

  async previewNow({ accountId }: Subscriber, charges: string): Promise<number> {
    const { id } = await this.operator.api.post<{ id: string }>('/v1/invoicing/on-demand-bills/preview', {
      accountId,
      charges,
    });
    await this.operator.settle();
    const shown = await this.operator.api.get<{ total: Amount }>(`/v1/invoicing/previews/${id}`);
    return shown.total.minor;
  }

  /** `kind from..to: line from..to cents; ...` of each bill in the order in which they were made. */
  async bills({ accountId }: Subscriber): Promise<string[]> {
    const listed = await this.operator.api.all<{ id: string }>(
      `/v1/invoicing/invoices?accountId=${accountId}&state=finalized`,
      ({ id }) => id,
    );
    const bills = await Promise.all(
      listed.map(({ id }) => this.operator.api.get<ShownBill>(`/v1/invoicing/invoices/${id}`)),
    );
    return bills
      .sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
      .map(
        ({ kind, periodFrom, periodTo, lines }) =>
          `${kind} ${short(periodFrom)}..${short(periodTo)}: ${lines.map(textOf).join('; ')}`,
      );
  }

  /** `usedFrom state micro` of all that came late. */
  async lateUsage({ accountId }: Subscriber): Promise<string[]> {
    const { data } = await this.operator.api.get<{
      data: { usedFrom: string; state: string; amountMicro: number; invoiceId: string | null }[];
    }>(`/v1/rating/late-usage?accountId=${accountId}`);
    return data.map(({ usedFrom, state, amountMicro }) => `${usedFrom} ${state} ${amountMicro}`).sort();
  }

  async accountsOf(runId: string): Promise<string[]> {
    const { data } = await this.operator.api.get<{ data: { state: string }[] }>(
      `/v1/invoicing/runs/${runId}/accounts`,
    );
    return data.map(({ state }) => state);
  }

  async refused(request: () => Promise<unknown>): Promise<string> {
    try {
      await request();
    } catch (error) {
      const { status, problem } = error as { status: number; problem: { code?: string; field?: string } };
      return `${status} ${problem.code ?? ''} ${problem.field ?? ''}`.trim();
    }
    return 'accepted';
  }
}

const keyOf = ({ draftedAt, kind }: ShownBill): string => `${draftedAt} ${kind}`;

const textOf = ({ description, from, to, amount }: ShownBill['lines'][number]): string =>
  `${description} ${short(from)}..${short(to)} ${amount.minor}`;

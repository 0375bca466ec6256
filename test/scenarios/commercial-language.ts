import { clockStartsAt, taxRates } from '../../tools/sample/operator';
import type { Operator, Subscriber } from './operator';

interface Amount {
  minor: number;
}

export interface CommercialBill {
  id: string;
  total: Amount;
  lines: {
    lineNo: number;
    description: string;
    from: string;
    to: string;
    amount: Amount;
    net: Amount;
    allocation?: {
      revenue: { name: string; amountMinor: number }[];
      tax: { name: string; taxCode: string; amountMinor: number }[];
    };
  }[];
  discounts: { name: string; code: string | null; amount: Amount; use: number | null; of: number | null }[];
  taxes: { name: string; base: Amount; amount: Amount }[];
}

const plain = { currency: 'USD', validFrom: clockStartsAt, deckId: 'pinewood-retail', allowances: [] };
const perSubscription = { per: 'subscription', prorate: true };

/** 90.00 a quarter in advance, 5.00 a month of assistance (a tax category of its own), 30.00 setup, 20 % off for 3 bills. */
const quarterly = {
  ...plain,
  offeringId: 'quarter-line',
  name: 'Quarter line',
  usageTaxCode: 'telecom',
  paidInAdvance: null,
  recurringCharges: [
    {
      chargeId: 'line',
      name: 'Line',
      amountMinor: 9000,
      timing: 'inAdvance',
      ...perSubscription,
      every: { unit: 'quarter', count: 1 },
      taxCode: 'telecom',
      revenueCategory: 'recurring',
    },
    {
      chargeId: 'assistance',
      name: 'Assistance',
      amountMinor: 500,
      timing: 'inArrears',
      ...perSubscription,
      taxCode: 'assistance',
      revenueCategory: 'service',
    },
  ],
  oneOffCharges: [
    {
      chargeId: 'setup',
      name: 'Setup',
      amountMinor: 3000,
      when: 'setup',
      taxCode: 'telecom',
      revenueCategory: 'fee',
    },
  ],
  discounts: [
    {
      discountId: 'welcome',
      name: 'Welcome',
      value: { off: 'percentage', percent: '20' },
      level: 'plan',
      periods: 3,
    },
  ],
};

/** 30.00 a month in advance for service and phone: 60 % and 40 % of revenue, one half each for tax; 10 % off. */
const bundle = {
  ...plain,
  offeringId: 'phone-bundle',
  name: 'Phone bundle',
  kind: 'bundle',
  usageTaxCode: 'telecom',
  paidInAdvance: null,
  recurringCharges: [
    {
      chargeId: 'price',
      name: 'Phone and service',
      amountMinor: 3000,
      timing: 'inAdvance',
      ...perSubscription,
      taxCode: 'telecom',
      revenueCategory: 'service',
    },
  ],
  bundle: {
    components: [
      {
        componentId: 'service',
        name: 'Service',
        taxCode: 'telecom',
        taxCategory: 'voice',
        revenueCategory: 'service',
      },
      {
        componentId: 'phone',
        name: 'Phone',
        taxCode: 'device',
        taxCategory: 'device',
        revenueCategory: 'device',
      },
    ],
    revenue: {
      in: 'millionths',
      shares: [
        { componentId: 'service', millionths: 600_000 },
        { componentId: 'phone', millionths: 400_000 },
      ],
    },
    tax: {
      in: 'amounts',
      shares: [
        { componentId: 'service', amountMinor: 1500 },
        { componentId: 'phone', amountMinor: 1500 },
      ],
    },
  },
  discounts: [
    {
      discountId: 'always',
      name: 'Bundle saving',
      value: { off: 'percentage', percent: '10' },
      level: 'plan',
    },
  ],
};

const salesTax = (taxCode: string) => ({
  ...taxRates[0],
  taxId: `ny-sales-${taxCode}`,
  name: `Sales tax on ${taxCode}`,
  taxCodes: [taxCode],
  percent: '8',
});

/** What sales and care do with prices, and what is on the bills then. */
export class CommerceOf {
  constructor(private readonly operator: Operator) {}

  async offer(): Promise<void> {
    await this.operator.api.post('/v1/catalog/import', { offerings: [quarterly, bundle] });
    await this.operator.api.put('/v1/invoicing/tax-rates', {
      rates: [salesTax('assistance'), salesTax('device')],
      reason: 'sample rates',
    });
    await this.operator.settle();
  }

  /** 3.00 off of assistance alone, on two bills. */
  async redeem({ accountId }: Subscriber, code: string): Promise<void> {
    await this.operator.api.post('/v1/catalog/coupons', {
      code,
      discount: {
        discountId: 'spring',
        name: 'Spring',
        value: { off: 'fixed', amountMinor: 300 },
        level: 'bill',
        appliesTo: { taxCodes: ['assistance'] },
        periods: 2,
      },
    });
    await this.operator.api.post(`/v1/catalog/accounts/${accountId}/redemptions`, { code });
    await this.operator.settle();
  }

  /** A price of the customer's own. */
  async agree({ accountId }: Subscriber, price: object, dates: { from: string; to?: string }): Promise<void> {
    const reason = 'agreed at the renewal of the contract';
    await this.operator.api.post('/v1/catalog/price-overrides', { accountId, price, ...dates, reason });
    await this.operator.settle();
  }

  place(
    { accountId, subscriptionId }: Subscriber,
    minor: number,
    description: string,
  ): Promise<{ id: string }> {
    return this.operator.api.post('/v1/invoicing/one-off-charges', {
      accountId,
      subscriptionId,
      amount: { minor, currency: 'USD' },
      taxCode: 'telecom',
      description,
      reason: 'asked for by the subscriber',
    });
  }

  cancel(placedChargeId: string): Promise<{ state: string }> {
    return this.operator.api.post(`/v1/invoicing/one-off-charges/${placedChargeId}/cancel`, {
      reason: 'changed her mind',
    });
  }

  async bills(
    { accountId }: Subscriber,
    state: 'draft' | 'finalized' = 'finalized',
  ): Promise<CommercialBill[]> {
    const listed = await this.operator.api.all<{ id: string; periodFrom: string }>(
      `/v1/invoicing/invoices?accountId=${accountId}&state=${state}`,
      ({ id }) => id,
    );
    const inOrder = listed.sort((left, right) => (left.periodFrom < right.periodFrom ? -1 : 1));
    return Promise.all(
      inOrder.map(({ id }) => this.operator.api.get<CommercialBill>(`/v1/invoicing/invoices/${id}`)),
    );
  }

  /** Lines, promotions, taxes and total, as a person reads them. */
  async bill(
    subscriber: Subscriber,
    billNo: number,
    state: 'draft' | 'finalized' = 'finalized',
  ): Promise<string[]> {
    const bill = (await this.bills(subscriber, state))[billNo];
    if (!bill) throw new Error(`there is no bill ${billNo}`);
    return [
      ...bill.lines.map(
        ({ description, from, to, amount }) => `${description} ${from}..${to} ${amount.minor}`,
      ),
      ...bill.discounts.map(
        ({ name, code, amount, use, of }) =>
          `${name}${code ? ` (${code})` : ''} ${amount.minor}${of === null ? '' : `, ${use} of ${of}`}`,
      ),
      ...bill.taxes.map(({ name, base, amount }) => `${name} on ${base.minor} ${amount.minor}`),
      `total ${bill.total.minor}`,
    ];
  }

  async explained(bill: CommercialBill, lineNo: number): Promise<string[]> {
    const { steps } = await this.operator.api.get<{ steps: { text: string }[] }>(
      `/v1/invoicing/invoices/${bill.id}/lines/${lineNo}/explanation`,
    );
    return steps.map(({ text }) => text);
  }

  /** What the next bill would be, with nothing written. */
  async preview({ accountId }: Subscriber): Promise<number> {
    const { id } = await this.operator.api.post<{ id: string }>(
      `/v1/invoicing/cycles/${this.operator.cycleId}/preview`,
      { accountId },
    );
    await this.operator.settle();
    const preview = await this.operator.api.get<{ done: boolean; total: Amount }>(
      `/v1/invoicing/previews/${id}`,
    );
    if (!preview.done) throw new Error('the preview is not done');
    return preview.total.minor;
  }
}

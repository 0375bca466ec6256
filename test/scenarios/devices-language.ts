import { clockStartsAt, taxRates } from '../../tools/sample/operator';
import type { Operator } from './operator';

interface Amount {
  minor: number;
}

export interface PlanShown {
  id: string;
  state: string;
  billed: Amount;
  paidOff: Amount;
  accelerated: Amount;
  reduced: Amount;
  open: Amount;
  remaining: Amount;
  instalmentsLeft: number;
}

interface DeviceBill {
  periodFrom: string;
  total: Amount;
  creditApplied: Amount;
  lines: { description: string; amount: Amount }[];
  taxes: { name: string; base: Amount; amount: Amount }[];
}

const plain = { currency: 'USD', validFrom: clockStartsAt, deckId: 'pinewood-retail', allowances: [] };
const line = (amountMinor: number, more: object) => ({
  ...{ chargeId: 'line', name: 'Line', amountMinor, per: 'subscription', prorate: true },
  ...{ taxCode: 'plain', revenueCategory: 'recurring', ...more },
});
const plan = (offeringId: string, name: string, charge: object, more: object = {}) => ({
  ...{ ...plain, offeringId, name, usageTaxCode: 'plain', paidInAdvance: null },
  ...{ recurringCharges: [charge], ...more },
});

/** 300.00 for leaving within 24 months, capped as the law of the European Union wants it. */
const commitment = {
  termMonths: 24,
  earlyTermination: {
    ...{ name: 'Early termination', taxCode: 'plain', revenueCategory: 'fee' },
    charge: { fee: 'fixed', amountMinor: 30000 },
    cap: { rule: 'eu2018-1972', deviceValueMinor: 0 },
  },
};

const barredLine = (whileBarred: string) =>
  line(3100, { timing: 'inAdvance', whileRestricted: { barred: whileBarred, suspended: whileBarred } });

/** A phone of 480.00 in 24 instalments. */
const phone = {
  ...{ ...plain, offeringId: 'phone', name: 'Phone', kind: 'device', usageTaxCode: 'plain' },
  ...{ paidInAdvance: null, recurringCharges: [] },
  device: { priceMinor: 48000, taxCode: 'device', instalments: 24 },
};

const offerings = [
  phone,
  plan('line-10', 'Ten', line(1000, { timing: 'inArrears' })),
  plan('term-10', 'Term', line(1000, { timing: 'inArrears' }), { commitment }),
  ...['charge', 'stop', 'credit'].map((policy) => plan(`barred-${policy}`, 'Barred', barredLine(policy))),
];

const rate = (taxCode: string, name: string, percent: string) => ({
  ...{ ...taxRates[0], taxId: `ny-${taxCode}`, name, taxCodes: [taxCode], percent },
});

export interface Owner {
  accountId: string;
  subscriptionId: string;
}

/** A shop that sells devices on instalments, and what its customers find on their bills. */
export class DeviceShop {
  private readonly owners = new Map<string, Owner>();
  private readonly plans = new Map<string, string>();

  constructor(private readonly operator: Operator) {}

  /** Everybody at once; who pays late has 14 days, all others half a year. */
  async open(people: Record<string, string>, late: readonly string[]): Promise<void> {
    await this.operator.api.post('/v1/catalog/import', { offerings });
    await this.operator.api.put('/v1/invoicing/tax-rates', {
      rates: [rate('device', 'Sales tax', '8'), rate('plain', 'None', '0')],
      reason: 'sample rates',
    });
    await this.operator.settle();
    const accounts = Object.entries(people).map(([name, offeringId], at) => {
      const no = String(at).padStart(4, '0');
      const identifiers = [
        { kind: 'msisdn', value: `1518557${no}` },
        { kind: 'imsi', value: `31099077777${no}` },
        { kind: 'iccid', value: `890199077777777${no}` },
      ];
      return {
        ...{ externalId: name, customerName: name, email: `${name}.${this.operator.tenantId}@s.example` },
        ...{ language: 'en', cycleId: this.operator.cycleId, termsDays: late.includes(name) ? 14 : 180 },
        address: {
          lines: ['1 Maple Avenue'],
          ...{ city: 'Albany', region: 'NY', postalCode: '12207', country: 'US' },
        },
        subscriptions: [{ offeringId, activeFrom: clockStartsAt, identifiers }],
      };
    });
    const imported = await this.operator.api.post<{
      accounts: { accountId: string; subscriptions: { subscriptionId: string }[] }[];
    }>('/v1/customers/import', { accounts });
    Object.keys(people).forEach((name, at) => {
      const { accountId = '', subscriptions = [] } = imported.accounts[at] ?? {};
      this.owners.set(name, { accountId, subscriptionId: subscriptions[0]?.subscriptionId ?? '' });
    });
    await this.operator.settle();
  }

  owner(name: string): Owner {
    const owner = this.owners.get(name);
    if (!owner) throw new Error(`nobody is called ${name}`);
    return owner;
  }

  /** The phone of the catalog, unless the terms say otherwise. */
  async sell(name: string, terms: object = {}): Promise<void> {
    const { id } = await this.operator.api.post<PlanShown>('/v1/invoicing/instalment-plans', {
      ...this.owner(name),
      ...{ offeringId: 'phone', reason: 'sold in the shop', ...terms },
    });
    this.plans.set(name, id);
  }

  plan(name: string): Promise<PlanShown> {
    return this.operator.api.get<PlanShown>(`/v1/invoicing/instalment-plans/${this.plans.get(name)}`);
  }

  ask<Answer = PlanShown>(name: string, wish: string, body: object = {}): Promise<Answer> {
    const path = `/v1/invoicing/instalment-plans/${this.plans.get(name)}/${wish}`;
    return this.operator.api.post<Answer>(path, { reason: 'as agreed', ...body });
  }

  /** Lines, taxes and total of a bill as a person reads them; bills are counted from 0. */
  async bill(name: string, billNo: number): Promise<string[]> {
    const listed = await this.operator.api.all<{ id: string; periodFrom: string }>(
      `/v1/invoicing/invoices?accountId=${this.owner(name).accountId}&state=finalized`,
      ({ id }) => id,
    );
    const inOrder = listed.sort((left, right) => (left.periodFrom < right.periodFrom ? -1 : 1));
    const id = inOrder[billNo]?.id ?? 'none';
    const { lines, taxes, total, creditApplied } = await this.operator.api.get<DeviceBill>(
      `/v1/invoicing/invoices/${id}`,
    );
    return [
      ...lines.map(({ description, amount }) => `${description} ${amount.minor}`),
      ...taxes.map(({ base, amount, name: tax }) => `${tax} on ${base.minor} ${amount.minor}`),
      `total ${total.minor}${creditApplied.minor > 0 ? `, ${creditApplied.minor} from credit` : ''}`,
    ];
  }

  /** What a customer's postings have on an account of the chart. */
  async owes(name: string, account: string): Promise<number> {
    const { accountId } = this.owner(name);
    const { movements } = await this.operator.api.get<{
      movements: { lines: { account: string; amountMinor: number }[] }[];
    }>(`/v1/invoicing/statements/${accountId}`);
    return movements
      .flatMap(({ lines }) => lines)
      .filter((each) => each.account === account)
      .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  }
}

import { CommerceOf } from './commercial-language';
import { Corrections } from './corrections-language';
import { Operator, type Subscriber } from './operator';
import { OrderCounter } from './orders-language';
import { albany, idOf, workedOfferings, workedRates } from './worked-offers';

/** One operator, many customers, each of them one case. */
export class WorkedBills {
  readonly shop: CommerceOf;
  readonly counter: OrderCounter;
  readonly desk: Corrections;
  private readonly people = new Map<string, Subscriber>();

  private constructor(readonly operator: Operator) {
    this.shop = new CommerceOf(operator);
    this.counter = new OrderCounter(operator);
    this.desk = new Corrections(operator);
  }

  static async open(): Promise<WorkedBills> {
    const operator = await Operator.open();
    await operator.api.post('/v1/catalog/import', { offerings: workedOfferings });
    await operator.api.put('/v1/invoicing/tax-rates', {
      rates: workedRates,
      reason: 'round rates',
    });
    await operator.settle();
    return new WorkedBills(operator);
  }

  /** `name, plan, first day`; nobody's bill falls due before the diary ends. */
  async join(...joining: [name: string, planName: string, on: string][]): Promise<void> {
    const accounts = joining.map(([name, planName, on], at) => {
      const no = String(at + 1).padStart(4, '0');
      const identifiers = [
        { kind: 'msisdn', value: `1518557${no}` },
        { kind: 'imsi', value: `31099055555${no}` },
        { kind: 'iccid', value: `890199055555555${no}` },
      ];
      return {
        ...{
          externalId: name,
          customerName: name,
          email: `${name}.${this.operator.tenantId}@subscribers.example`,
        },
        ...{
          language: 'en',
          address: albany,
          cycleId: this.operator.cycleId,
          termsDays: 60,
        },
        subscriptions: [
          {
            offeringId: idOf(planName),
            activeFrom: `${on}T15:00:00.000Z`,
            identifiers,
          },
        ],
      };
    });
    const joined = await this.operator.api.post<{
      accounts: {
        accountId: string;
        subscriptions: { subscriptionId: string }[];
      }[];
    }>('/v1/customers/import', { accounts });
    await this.operator.settle();
    joined.accounts.forEach(({ accountId, subscriptions: [first] }, at) => {
      const { externalId, subscriptions } = accounts[at] as (typeof accounts)[number];
      const [msisdn, , iccid] = (subscriptions[0]?.identifiers ?? []).map(({ value }) => value);
      const subscriptionId = first?.subscriptionId ?? '';
      this.people.set(externalId, {
        accountId,
        subscriptionId,
        msisdn: msisdn ?? '',
        iccid: iccid ?? '',
      });
    });
  }

  who(name: string): Subscriber {
    const found = this.people.get(name);
    if (!found) throw new Error(`${name} did not join`);
    return found;
  }

  async orders(name: string, kind: string, more: object = {}): Promise<void> {
    const { subscriptionId } = this.who(name);
    await this.counter.place({
      kind,
      subscriptionId,
      reason: 'asked by phone',
      ...more,
    });
  }

  /** The exact price of a change of plan, and what the next bill gains and loses by it. */
  async priceOfChange(name: string, planName: string): Promise<string[]> {
    const { accountId, subscriptionId } = this.who(name);
    const { prorated, nextBill } = await this.operator.api.post<PlanChangePrice>(
      '/v1/invoicing/plan-changes/preview',
      { accountId, subscriptionId, offeringId: idOf(planName) },
    );
    return [
      `prorated ${prorated.net.minor} + ${prorated.tax.minor}`,
      ...nextBill.added.map(({ sentence }) => `+ ${sentence}`),
      ...nextBill.removed.map(({ sentence }) => `- ${sentence}`),
      `bill ${nextBill.without.total.minor}, then ${nextBill.with.total.minor}`,
    ];
  }

  changes(name: string, planName: string, more: object = {}): Promise<void> {
    return this.orders(name, 'planChange', {
      offeringId: idOf(planName),
      ...more,
    });
  }

  /** `what from..to amount`, promotions, own fees, tax and total of a bill, as a person reads them. */
  async bill(name: string, billNo: number): Promise<string[]> {
    const { lines, discounts, taxes, recoveryFees, total } = await this.whole(name, billNo);
    return [
      ...lines.map(
        ({ description, from, to, amount }) => `${description} ${day(from)}..${day(to)} ${amount.minor}`,
      ),
      ...discounts.map((each) => `${each.name} ${each.amount.minor}`),
      ...[...recoveryFees, ...taxes].map(
        ({ taxId, base, amount }) => `${taxId} ${base.minor} ${amount.minor}`,
      ),
      `total ${total.minor}`,
    ];
  }

  async whole(name: string, billNo: number): Promise<WorkedBill> {
    const { accountId } = this.who(name);
    const listed = await this.operator.api.all<{
      id: string;
      periodTo: string;
      state: string;
    }>(`/v1/invoicing/invoices?accountId=${accountId}`, ({ id }) => id);
    const ids = listed
      .filter(({ state }) => state === 'finalized' || state === 'cancelled')
      .sort((left, right) => (left.periodTo < right.periodTo ? -1 : 1));
    return this.operator.api.get<WorkedBill>(`/v1/invoicing/invoices/${ids[billNo]?.id ?? 'none'}`);
  }
}

const day = (date: string): string => date.slice('2026-'.length);

interface Money {
  minor: number;
}

interface PlanChangePrice {
  prorated: { net: Money; tax: Money };
  nextBill: {
    added: { sentence: string }[];
    removed: { sentence: string }[];
    without: { total: Money };
    with: { total: Money };
  };
}

interface Levied {
  taxId: string;
  base: Money;
  amount: Money;
}

interface WorkedBill {
  id: string;
  open: Money;
  total: Money;
  lines: {
    lineNo: number;
    description: string;
    from: string;
    to: string;
    amount: Money;
  }[];
  discounts: { name: string; amount: Money }[];
  taxes: Levied[];
  recoveryFees: Levied[];
}

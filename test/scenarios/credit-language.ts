import { clockStartsAt } from '../../tools/sample/operator';
import type { Operator, Subscriber } from './operator';

export interface Standing {
  exposure: { minor: number };
  usageBar: string | null;
  thresholds: { cause: string; percent: number }[];
  deposit: {
    demanded: { minor: number };
    held: { minor: number };
    since: string | null;
    topUp: { state: string; amount: { minor: number } } | null;
  };
}

const usd = (minor: number) => ({ minor, currency: 'USD' });

/** What finance sets and sees of an account's credit. */
export class CreditOffice {
  constructor(private readonly operator: Operator) {}

  async class(
    code: string,
    { limit = null, deposit = 0, cap = null, ...more }: Record<string, unknown>,
  ): Promise<void> {
    const amount = (minor: unknown) => (minor === null ? null : usd(Number(minor)));
    await this.operator.api.put(`/v1/customers/credit-classes/${code}`, {
      ...{ name: code, creditLimit: amount(limit), deposit: amount(deposit), usageCap: amount(cap) },
      ...{ ...more, reason: 'terms of the house' },
    });
    await this.operator.settle();
  }

  /** A plan with a phone lent: 20.00 a month in arrears, 100.00 held. */
  async phonePlan(offeringId: string, deposit: { refundAfterMonths?: number }): Promise<void> {
    const charge = {
      ...{ chargeId: 'monthly', name: 'Phone plan', amountMinor: 2000, timing: 'inArrears', prorate: true },
      ...{ per: 'subscription', taxCode: 'telecom', revenueCategory: 'recurring' },
    };
    const plan = {
      ...{ offeringId, name: 'Phone plan', currency: 'USD', validFrom: clockStartsAt },
      ...{ deckId: 'pinewood-retail', allowances: [], usageTaxCode: 'telecom', paidInAdvance: null },
      recurringCharges: [charge],
      deposit: { amountMinor: 10_000, ...deposit },
    };
    await this.operator.api.post('/v1/catalog/import', { offerings: [plan] });
    await this.operator.settle();
  }

  async join(accountId: string, creditClass: string): Promise<void> {
    const path = `/v1/customers/accounts/${accountId}/credit-class`;
    await this.operator.api.post(path, { creditClass, reason: 'as scored' });
    await this.operator.settle();
  }

  standing(accountId: string): Promise<Standing> {
    return this.operator.api.get<Standing>(`/v1/customers/accounts/${accountId}/credit`);
  }

  async deposit(accountId: string): Promise<string> {
    const { held, demanded } = (await this.standing(accountId)).deposit;
    return `${held.minor} of ${demanded.minor}`;
  }

  async waive(accountId: string): Promise<void> {
    const path = `/v1/customers/accounts/${accountId}/deposit-waiver`;
    await this.operator.api.put(path, { waived: true, reason: 'known for years' });
    await this.operator.settle();
  }

  async roamingCap(minor: number): Promise<void> {
    await this.operator.api.put('/v1/customers/credit-settings', {
      roamingDataCap: usd(minor),
      reason: 'what 50 EUR come to',
    });
  }

  async choosesRoamingCap({ accountId }: Subscriber, cap: 'none' | 'usual'): Promise<void> {
    const path = `/v1/customers/accounts/${accountId}/roaming-data-cap`;
    await this.operator.api.put(path, { cap, reason: 'the customer called' });
    await this.operator.settle();
  }
}

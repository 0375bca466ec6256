import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clockStartsAt } from '../../tools/sample/operator';
import type { Operator } from './operator';

interface Amount {
  minor: number;
}

interface Tax {
  taxId: string;
  base: Amount;
  amount: Amount;
}

export interface TaxedBill {
  id: string;
  total: Amount;
  taxes: Tax[];
  recoveryFees: Tax[];
  untaxed: { taxId: string; reason: string; base: Amount }[];
  exemptions: { taxId: string; certificateNumber: string; base: Amount }[];
  supply: { jurisdictions: string[]; note: string | null; rule: string; evidence: { kind: string }[] } | null;
}

export interface Place {
  lines: string[];
  city: string;
  region: string;
  postalCode: string;
  country: string;
}

export const place = (city: string, region: string, postalCode: string, country: string): Place => ({
  lines: ['1 First Street'],
  city,
  region,
  postalCode,
  country,
});

const plan = (offeringId: string, name: string, amountMinor: number, taxCode: string) => ({
  ...{ offeringId, name, currency: 'USD', validFrom: clockStartsAt, deckId: 'pinewood-retail' },
  ...{ allowances: [], usageTaxCode: taxCode, paidInAdvance: null },
  recurringCharges: [
    {
      ...{ chargeId: 'monthly', name, amountMinor, timing: 'inArrears', per: 'subscription', prorate: true },
      ...{ taxCode, revenueCategory: 'recurring' },
    },
  ],
});

/** 20.00 of voice and 10.00 of internet access a month; 10.00 of telecommunications in Europe. */
const offerings = [
  plan('family-line', 'Family line', 2000, 'voice'),
  plan('hotspot', 'Hotspot', 1000, 'internet'),
  plan('euro-line', 'Euro line', 1000, 'telecom'),
];

const reason = 'as the law says';

/** What tax people load, record and decide, and what the bills say of it. */
export class TaxDesk {
  private accounts = 0;
  private lines = 0;

  constructor(private readonly operator: Operator) {}

  async open(): Promise<void> {
    await this.operator.api.post('/v1/catalog/import', { offerings });
    await this.operator.settle();
  }

  load(table: string): Promise<{ stored: number }> {
    const text = readFileSync(join(__dirname, '../../libs/tax/tables', `${table}.csv`), 'utf8');
    return this.operator.api.postCsv(
      `/v1/invoicing/tax-rates/import?reason=${encodeURIComponent(reason)}`,
      text,
    );
  }

  put(...rates: object[]): Promise<{ stored: number }> {
    return this.operator.api.put('/v1/invoicing/tax-rates', { rates, reason });
  }

  settings(settings: object): Promise<unknown> {
    return this.operator.api.put('/v1/invoicing/tax-settings', { ...settings, reason });
  }

  zipTable(...rows: string[]): Promise<{ rows: number }> {
    const header = 'zip,plus4From,plus4To,jurisdictionCode,jurisdictions,validFrom';
    return this.operator.api.putCsv(
      `/v1/invoicing/zip-table?reason=${encodeURIComponent(reason)}`,
      [header, ...rows, ''].join('\n'),
    );
  }

  /** An account with a line for each plan; the SIMs are of the network's country. */
  async account(
    address: Place,
    plans: string[],
    { activeFrom = clockStartsAt, mcc = '310' }: { activeFrom?: string; mcc?: string } = {},
  ): Promise<string> {
    this.accounts += 1;
    const account = {
      externalId: `taxed-${this.accounts}`,
      customerName: `Taxed ${this.accounts}`,
      email: `taxed.${this.accounts}.${this.operator.tenantId}@subscribers.example`,
      ...{ language: 'en', address, cycleId: this.operator.cycleId, termsDays: 14 },
      subscriptions: plans.map((offeringId) => {
        this.lines += 1;
        const no = String(this.lines).padStart(4, '0');
        const identifiers = [
          { kind: 'msisdn', value: `1512555${no}` },
          { kind: 'imsi', value: `${mcc}99000000${no}` },
          { kind: 'iccid', value: `890199000000000${no}` },
        ];
        return { offeringId, activeFrom, identifiers };
      }),
    };
    const { accounts } = await this.operator.api.post<{ accounts: { accountId: string }[] }>(
      '/v1/customers/import',
      { accounts: [account] },
    );
    await this.operator.settle();
    return accounts[0]?.accountId ?? '';
  }

  async certificate(accountId: string, jurisdiction: string): Promise<void> {
    await this.operator.api.post(`/v1/customers/accounts/${accountId}/tax-certificates`, {
      ...{ number: 'EX-7', jurisdiction, reason: 'public school', validFromOn: '2026-01-01' },
      validToOn: null,
    });
    await this.operator.settle();
  }

  record(accountId: string, facts: object): Promise<{ review: string | null }> {
    return this.operator.api.put(`/v1/invoicing/tax-places/${accountId}`, { ...facts, reason });
  }

  decide(accountId: string, jurisdictions: string[]): Promise<unknown> {
    return this.operator.api.post(`/v1/invoicing/tax-places/${accountId}/decision`, {
      jurisdictions,
      reason: 'the customer showed the deed',
    });
  }

  async review(): Promise<[string, string][]> {
    const { data } = await this.operator.api.get<{ data: { accountId: string; review: string }[] }>(
      '/v1/invoicing/tax-places/review',
    );
    return data.map(({ accountId, review }) => [accountId, review]);
  }

  async bill(accountId: string, billNo = 0): Promise<TaxedBill> {
    const listed = await this.operator.api.all<{ id: string; periodFrom: string }>(
      `/v1/invoicing/invoices?accountId=${accountId}&state=finalized`,
      ({ id }) => id,
    );
    const inOrder = listed.sort((left, right) => (left.periodFrom < right.periodFrom ? -1 : 1));
    return this.operator.api.get<TaxedBill>(`/v1/invoicing/invoices/${inOrder[billNo]?.id ?? 'none'}`);
  }

  /** `tax base amount` of taxes and government fees, the carrier's own fees, and the total. */
  async shown(accountId: string, billNo = 0): Promise<{ taxes: string[]; own: string[]; total: number }> {
    const { taxes, recoveryFees, total } = await this.bill(accountId, billNo);
    const text = ({ taxId, base, amount }: Tax) => `${taxId} ${base.minor} ${amount.minor}`;
    return { taxes: taxes.map(text), own: recoveryFees.map(text), total: total.minor };
  }
}

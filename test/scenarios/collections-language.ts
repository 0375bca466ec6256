import { catalog } from '../../tools/sample/catalog';
import { clockStartsAt } from '../../tools/sample/operator';
import type { Operator, Subscriber } from './operator';

interface Amount {
  minor: number;
}

export interface Case {
  id: string;
  state: string;
  outcome: string | null;
  policyId: string;
  policyVersion: number;
  restricted: boolean;
  steps: { levelId: string; what: string; at: string }[];
  plan: { state: string } | null;
  promises: { state: string }[];
  disputes: { disputeId: string }[];
  fees: { what: string; amount: Amount; posted: boolean }[];
  progress: {
    status: string;
    next: { levelId: string; at: string | null; why: string } | null;
    putOff?: { levelId: string; why: string }[];
  } | null;
}

interface Wanted {
  /** Billed on January 4 and due on the 18th; 6,000 where it is left out. */
  owes?: 150 | 6_000 | 15_000 | 200_000;
  /** From the bill's day; 14 where it is left out. */
  termsDays?: number;
  /** Billed every month, not for the year. */
  monthly?: boolean;
  country?: string;
  zone?: string;
  language?: string;
  /** Whose dunning policy it is chased by; left out: the tenant's own. */
  segment?: string;
  kind?: 'person' | 'organisation';
  card?: string;
}

const eur = (minor: number) => ({ minor, currency: 'EUR' });
const reason = 'the diary says so';
const pad = (value: number, length: number): string => String(value).padStart(length, '0');

const untaxed = (country: string) => ({
  ...{ taxId: 'none', name: 'No tax', jurisdiction: country, taxCodes: ['none'], percent: '0' },
  ...{ validFrom: '2026-01-01', law: 'left out of these diaries' },
});

const line = (amountMinor: number, every: 'year' | 'month') => ({
  ...{ offeringId: `line-${amountMinor}-${every}`, name: 'Line', currency: 'EUR', deckId: 'euro' },
  ...{ validFrom: clockStartsAt, allowances: [], usageTaxCode: 'none', paidInAdvance: null },
  recurringCharges: [
    {
      ...{ chargeId: 'line', name: 'Line', amountMinor, per: 'subscription', prorate: false },
      ...{ timing: 'inAdvance', every: { unit: every, count: 1 } },
      ...{ taxCode: 'none', revenueCategory: 'recurring' },
    },
  ],
});

/** What people in collections do, in the words of the trade; all amounts are cents of EUR. */
export class CollectionDesk {
  private readonly debtors = new Map<string, Subscriber>();

  constructor(private readonly operator: Operator) {}

  async open(debtors: Record<string, Wanted>): Promise<void> {
    const { api } = this.operator;
    const offerings = [150, 6_000, 15_000, 200_000].map((amount) => line(amount, 'year'));
    const deck = { ...catalog.deck, deckId: 'euro', currency: 'EUR' };
    await api.post('/v1/catalog/import', { deck, offerings: [...offerings, line(6_000, 'month')] });
    const rates = ['CH', 'DE', 'FR', 'US'].map(untaxed);
    await api.put('/v1/invoicing/tax-rates', { rates, reason });
    await this.operator.settle();
    const accounts = [];
    for (const [name, wanted] of Object.entries(debtors))
      accounts.push(await this.accountOf(name, accounts.length + 1, wanted));
    const { accounts: created } = await api.post<{
      accounts: { accountId: string; subscriptions: { subscriptionId: string }[] }[];
    }>('/v1/customers/import', { accounts });
    for (const [no, name] of Object.keys(debtors).entries()) {
      const [msisdn = '', , iccid = ''] = identifiersOf(no + 1);
      const { accountId = '', subscriptions = [] } = created[no] ?? {};
      const { subscriptionId = '' } = subscriptions[0] ?? {};
      this.debtors.set(name, { accountId, subscriptionId, msisdn, iccid });
    }
    await this.operator.settle();
    for (const [name, { card }] of Object.entries(debtors))
      if (card) await this.operator.card(this.of(name).accountId, `tok_${card}.${name}`);
  }

  of(name: string): Subscriber {
    const found = this.debtors.get(name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  }

  policy(policyId: string, levels: object[], more: object = {}): Promise<{ version: number }> {
    const segments = policyId === 'default' ? {} : { segments: [policyId] };
    const whole = { minimumMinor: 100, stepHour: 9, levels, ...segments, ...more, reason };
    return this.operator.api.put(`/v1/payments/dunning-policies/${policyId}`, whole);
  }

  /** The case that was opened last. */
  async caseOf(name: string): Promise<Case> {
    const last = (await this.casesOf(name)).at(-1);
    if (!last) throw new Error(`there is no case of ${name}`);
    return this.operator.api.get<Case>(`/v1/payments/collections/${last.id}`);
  }

  async casesOf(name: string): Promise<{ id: string; outcome: string | null }[]> {
    const path = `/v1/payments/collections?accountId=${this.of(name).accountId}`;
    type Listed = { id: string; outcome: string | null; openedAt: string };
    const { data } = await this.operator.api.get<{ data: Listed[] }>(path);
    return data.sort((left, right) => (left.openedAt < right.openedAt ? -1 : 1));
  }

  /** `month-day what` of its steps; charges and messages without their kind. */
  async steps(name: string): Promise<string[]> {
    const { steps } = await this.caseOf(name);
    return steps.map(({ what, at }) => `${at.slice(5, 10)} ${what.replace(/^(sendMessage|restrict): /, '')}`);
  }

  /** What is put off, and why. */
  async putOff(name: string): Promise<string[]> {
    const { progress } = await this.caseOf(name);
    return (progress?.putOff ?? []).map(({ levelId, why }) => `${levelId}: ${why}`);
  }

  /** What comes next, when, and why then. */
  async next(name: string): Promise<string> {
    const { progress } = await this.caseOf(name);
    const { levelId = 'nothing', at = null, why = '' } = progress?.next ?? {};
    return `${levelId} ${at?.slice(5, 16)}Z: ${why}`;
  }

  async tells(name: string, what: string, body: object = {}): Promise<Case> {
    const { id } = await this.caseOf(name);
    return this.operator.api.post<Case>(`/v1/payments/collections/${id}/${what}`, { ...body, reason });
  }

  promises(name: string, minor: number, until: string): Promise<Case> {
    return this.tells(name, 'promise', { amount: eur(minor), until });
  }

  plans(name: string, instalments: [dueOn: string, minor: number][]): Promise<Case> {
    const asked = instalments.map(([dueOn, minor]) => ({ dueOn, amount: eur(minor) }));
    return this.tells(name, 'plan', { instalments: asked });
  }

  async disputes(name: string, minor: number): Promise<Case> {
    const [bill] = await this.operator.bills(this.of(name));
    return this.tells(name, 'disputes', { invoiceId: bill?.id, amount: eur(minor) });
  }

  /** At the bank; `named`: the payer writes the number of the first bill on it. */
  async pays(name: string, minor: number, named?: 'named'): Promise<void> {
    const { accountId } = this.of(name);
    const [bill] = named ? await this.operator.bills(this.of(name)) : [];
    const { now } = await this.operator.api.get<{ now: string }>('/v1/test-clock');
    const transfer = { method: 'bank', reference: `transfer of ${name}`, receivedAt: now };
    await this.operator.api.post('/v1/payments/payments', {
      ...{ accountId, amount: eur(minor), ...transfer, ...(bill ? { invoiceId: bill.id } : {}) },
    });
  }

  /** Writes a file; `<action> <name> <total> open <open> disputed <disputed>` of each line. */
  async agencyFile(why: string): Promise<string[]> {
    const { id } = await this.operator.api.post<{ id: string }>('/v1/payments/hand-overs', {
      reason: `the file of ${why}`,
    });
    const csv = (await this.operator.api.download(`/v1/payments/hand-overs/${id}/file`)).toString();
    const [header = '', ...lines] = csv.trim().split('\n');
    const names = header.split(',');
    return lines.map((line) => {
      const cells = line.split(',');
      const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
      const amounts =
        cell('total') === '' ? '' : ` ${cell('total')} open ${cell('open')} disputed ${cell('disputed')}`;
      return `${cell('action')} ${cell('customerName')}${amounts}`;
    });
  }

  /** What the network itself says; `none`: it never heard of the SIM. */
  sim(name: string): Promise<string> {
    return this.operator.inNetwork(this.of(name));
  }

  /** Of what was written to them about their debt, oldest first. */
  async subjects(name: string): Promise<string[]> {
    const path = `/v1/notifications/messages?accountId=${this.of(name).accountId}`;
    const all = await this.operator.api.all<{ key: string; subject: string; sentAt: string }>(
      path,
      ({ key }) => key,
    );
    const ofCases = all.filter(({ key }) => key.startsWith('col_'));
    return ofCases.sort((left, right) => (left.sentAt < right.sentAt ? -1 : 1)).map(({ subject }) => subject);
  }

  /** Cents that are open on each bill, oldest first. */
  async owed(name: string): Promise<number[]> {
    return (await this.operator.bills(this.of(name))).map(({ open }) => open.minor);
  }

  private async accountOf(name: string, no: number, wanted: Wanted): Promise<object> {
    const { owes = 6_000, monthly = false, country = 'CH', zone, language = 'en' } = wanted;
    const { segment = null, kind = 'person', termsDays = 14 } = wanted;
    const { customerId } = await this.operator.api.post<{ customerId: string }>('/v1/customers/customers', {
      ...{ name, kind, segment },
    });
    const [msisdn, imsi, iccid] = identifiersOf(no);
    const identifiers = [
      { kind: 'msisdn', value: msisdn },
      { kind: 'imsi', value: imsi },
      { kind: 'iccid', value: iccid },
    ];
    const offeringId = `line-${owes}-${monthly ? 'month' : 'year'}`;
    const address = { lines: ['1 High Street'], city: 'Town', postalCode: '1000', country };
    return {
      ...{ externalId: name, customerId, customerName: name, language, address, ...(zone ? { zone } : {}) },
      ...{ email: `${name}.${this.operator.tenantId}@subscribers.example`, termsDays },
      ...{ cycleId: this.operator.cycleId, currency: 'EUR' },
      subscriptions: [{ offeringId, activeFrom: clockStartsAt, identifiers }],
    };
  }
}

const identifiersOf = (no: number): [msisdn: string, imsi: string, iccid: string] => [
  `4915550${pad(no, 6)}`,
  `262990${pad(no, 9)}`,
  `8949990${pad(no, 12)}`,
];

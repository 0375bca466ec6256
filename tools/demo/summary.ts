import { formatMoney, money } from '@tollkeeper/money';
import type { ApiClient } from '../sample/api-client';
import type { CollectionView } from '../sample/sample-story';

export interface DemoSummary {
  usage: Record<string, number>;
  invoices: number;
  invoicedMinor: number;
  paidMinor: number;
  openMinor: number;
  renewals: { succeeded: number; lapsed: number };
  collections: { opened: number; cured: number; handedOver: number; open: number };
  emails: number;
}

interface InvoiceView {
  id: string;
  total: { minor: number; currency: string };
  open: { minor: number; currency: string };
}

interface PaymentView {
  id: string;
  purpose: string;
  amount: { minor: number };
}

/** Counts and totals as an operator reads them from the API. */
export async function summarise(api: ApiClient): Promise<DemoSummary> {
  const byId = ({ id }: { id: string }): string => id;
  const imports = await api.all<{ importId: string; counts: Record<string, number> }>(
    '/v1/rating/usage-imports',
    ({ importId }) => importId,
  );
  const invoices = await api.all<InvoiceView>('/v1/invoicing/invoices', byId);
  const payments = await api.all<PaymentView>('/v1/payments/payments', byId);
  const cases = await api.all<CollectionView>('/v1/payments/collections', byId);
  const messages = await api.get<{ counts: { template: string; state: string; count: number }[] }>(
    '/v1/notifications/summary',
  );
  const sent = messages.counts.filter(({ state }) => state === 'sent');
  const total = (amounts: number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);
  const usage: Record<string, number> = {};
  for (const { counts } of imports)
    for (const [name, count] of Object.entries(counts)) usage[name] = (usage[name] ?? 0) + count;
  return {
    usage,
    invoices: invoices.length,
    invoicedMinor: total(invoices.map((invoice) => invoice.total.minor)),
    paidMinor: total(
      payments.filter(({ purpose }) => purpose === 'invoice').map(({ amount }) => amount.minor),
    ),
    openMinor: total(invoices.map(({ open }) => open.minor)),
    renewals: {
      succeeded: payments.filter(({ purpose }) => purpose === 'renewal').length,
      lapsed: total(sent.filter(({ template }) => template === 'renewalLapsed').map(({ count }) => count)),
    },
    collections: {
      opened: cases.length,
      cured: cases.filter(({ outcome }) => outcome === 'cured').length,
      handedOver: cases.filter(({ outcome }) => outcome === 'handedOver').length,
      open: cases.filter(({ state }) => state === 'open').length,
    },
    emails: total(sent.map(({ count }) => count)),
  };
}

export function printSummary(summary: DemoSummary, say: (line: string) => void): void {
  const amount = (minor: number): string => formatMoney(money(minor, 'USD'));
  const rows: [string, string][] = [
    ...Object.entries(summary.usage).map(([name, count]): [string, string] => [
      `usage ${name}`,
      count.toLocaleString('en'),
    ]),
    ['invoices', `${summary.invoices} for ${amount(summary.invoicedMinor)}`],
    ['paid', amount(summary.paidMinor)],
    ['open', amount(summary.openMinor)],
    ['renewals', `${summary.renewals.succeeded} paid in advance, ${summary.renewals.lapsed} lapsed`],
    [
      'collections',
      Object.entries(summary.collections)
        .map(([name, count]) => `${count} ${name}`)
        .join(', '),
    ],
    ['e-mails', String(summary.emails)],
  ];
  say('');
  for (const [name, value] of rows) say(`  ${name.padEnd(24)}${value}`);
  say('');
}

import type { Document } from 'mongodb';
import type { FaultStack } from './fault-stack';
import type { Month } from './month';

type Row = Record<string, unknown>;

/** What a month came to, in terms that two tenants with the same file share: external ids instead of ids. */
export interface Books {
  usage: object;
  invoices: Row[];
  payments: Row[];
  attempts: Row[];
  collections: Row[];
  messages: Row[];
}

export async function booksOf(faults: FaultStack, { tenantId, importId, story }: Month): Promise<Books> {
  const names = new Map(story.accounts.map(({ externalId }) => [story.accountIdOf(externalId), externalId]));
  const nameOf = ({ accountId }: Document): string => names.get(String(accountId)) ?? String(accountId);
  const read = async (service: string, collection: string, view: (row: Document) => Row): Promise<Row[]> => {
    const rows = await faults.rows(service, collection).find({ tenantId }).toArray();
    return sorted(rows.map((row) => ({ account: nameOf(row), ...view(row) })));
  };
  const imported = await faults.rows('rating', 'usageImports').findOne({ tenantId, _id: importId as never });
  return {
    usage: imported?.counts as object,
    invoices: await read('invoicing', 'invoices', (row) => ({
      ...pick(row, [
        'number',
        'state',
        'paymentState',
        'netMinor',
        'taxMinor',
        'totalMinor',
        'openMinor',
        'issuedOn',
        'dueOn',
        'draftedAt',
        'finalizedAt',
      ]),
      lines: (row.lines as Document[]).map((line) =>
        pick(line, ['kind', 'description', 'quantity', 'records', 'amountMicro', 'amountMinor']),
      ),
    })),
    payments: await read('payments', 'payments', (row) =>
      pick(row, ['amountMinor', 'currency', 'purpose', 'gateway', 'state', 'receivedAt', 'recordedAt']),
    ),
    attempts: await read('payments', 'attempts', (row) =>
      pick(row, ['amountMinor', 'purpose', 'state', 'declineCode', 'createdAt', 'decidedAt']),
    ),
    collections: await read('payments', 'collections', (row) => ({
      ...pick(row, ['state', 'outcome', 'restricted', 'openedOn', 'openedAt', 'closedAt']),
      steps: (row.steps as Document[]).map((step) => pick(step, ['levelId', 'what', 'at'])),
    })),
    messages: await read('notifications', 'messages', (row) =>
      pick(row, ['template', 'state', 'to', 'subject', 'requestedAt', 'sentAt']),
    ),
  };
}

/**
 * A gateway that failed or stayed silent is asked again with the same key after a crash, and may answer otherwise the
 * second time: their payments are compared by the audit alone.
 */
export function withoutFickleGateways(books: Books, { story }: Month): Books {
  const fickle = new Set(
    story.accounts
      .filter(({ payment }) => /timeout|error/.test(payment?.script ?? ''))
      .map(({ externalId }) => externalId),
  );
  const isFickle = ({ account }: Row): boolean => fickle.has(String(account));
  const firm = (rows: Row[]): Row[] => rows.filter((row) => !isFickle(row));
  return {
    ...books,
    invoices: books.invoices.map((row) =>
      fickle.has((row as { account: string }).account)
        ? { ...row, openMinor: null, paymentState: null }
        : row,
    ),
    payments: firm(books.payments),
    attempts: firm(books.attempts),
    collections: firm(books.collections),
    messages: firm(books.messages),
  };
}

const pick = (row: Document, fields: string[]): Row =>
  Object.fromEntries(fields.map((field) => [field, (row[field] as unknown) ?? null]));

const sorted = (rows: Row[]): Row[] =>
  rows
    .map((row) => ({ row, text: JSON.stringify(row) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);

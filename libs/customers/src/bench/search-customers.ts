import type { Document, MongoClient } from 'mongodb';
import type { CustomersService } from './customers-service';
import { benchTenant, digits } from './bench-operator';

export const searchRows = 1_000_000;
const rowsPerInsert = 10_000;
const asked = 400;

const firstNames = Array.from(
  { length: 100 },
  (_, no) => `${'abcdefghijklmnopqrst'[no % 20]}n${digits(no, 2)}a`,
);
const lastNames = Array.from({ length: 2_000 }, (_, no) => `${'bcdfghjklm'[no % 10]}o${digits(no, 4)}`);

const nameOf = (no: number) => ({
  first: firstNames[no % firstNames.length] ?? '',
  last: lastNames[(no * 7) % lastNames.length] ?? '',
});

const rowOf: { [collection: string]: (no: number) => Document } = {
  accounts: (no) => {
    const { first, last } = nameOf(no);
    return {
      _id: `acc_${digits(no, 16)}`,
      externalId: `crm-${digits(no, 7)}`,
      customerName: `${first} ${last}`,
      nameWords: [`${first} ${last}`, `${last} ${first}`],
      email: `${first}.${no}@subscribers.example`,
      restriction: 'active',
    };
  },
  subscriptions: (no) => ({
    _id: `sub_${digits(no, 16)}`,
    accountId: `acc_${digits(no, 16)}`,
    externalId: `line-${digits(no, 7)}`,
  }),
  assignments: (no) => ({
    _id: `asg_${digits(no, 16)}`,
    kind: 'msisdn',
    value: `1518${digits(no, 7)}`,
    subscriptionId: `sub_${digits(no, 16)}`,
    accountId: `acc_${digits(no, 16)}`,
    from: '2026-01-01T00:00:00.000Z',
    to: null,
  }),
  invoiceNumbers: (no) => ({
    _id: `inv_${digits(no, 16)}`,
    number: `INV-${digits(no, 8)}`,
    accountId: `acc_${digits(no, 16)}`,
  }),
};

/** A million rows of each, before the service starts and makes its indexes. */
export async function fillForSearch(client: MongoClient): Promise<void> {
  for (const [name, row] of Object.entries(rowOf)) {
    const collection = client.db('customers').collection(name, { writeConcern: { w: 1 } });
    for (let first = 0; first < searchRows; first += rowsPerInsert) {
      const rows = Array.from({ length: rowsPerInsert }, (_, index) => ({
        ...row(first + index),
        tenantId: benchTenant,
      }));
      await collection.insertMany(rows, { ordered: false });
    }
  }
}

/** Each kind of question with whole and with few letters; the last ones find nothing, or very many. */
const questions: ((no: number) => string)[] = [
  (no) => nameOf(no).last,
  (no) => `${nameOf(no).first} ${nameOf(no).last}`,
  (no) => `${nameOf(no).last}, ${nameOf(no).first}`,
  (no) => nameOf(no).first.slice(0, 2),
  (no) => `+1 (518) ${digits(no, 7).slice(0, 3)}-${digits(no, 7).slice(3)}`,
  (no) => `1518${digits(no, 7).slice(0, 4)}`,
  (no) => `${nameOf(no).first}.${no}@`,
  (no) => `crm-${digits(no, 7)}`,
  (no) => `line-${digits(no, 7)}`,
  (no) => `inv-${digits(no, 8)}`,
  (no) => `nobody ${no}`,
  () => '151',
];

/** Milliseconds of which 95 of 100 questions need less; in the service, without HTTP. */
export async function measureSearch({ search }: CustomersService): Promise<{ p95Ms: number }> {
  const took: number[] = [];
  for (let turn = 0; turn < asked; turn++) {
    const no = (turn * 7_919_777) % searchRows;
    const q = questions[turn % questions.length]?.(no) ?? '';
    const startedMs = performance.now();
    await search.find(benchTenant, q, 20);
    took.push(performance.now() - startedMs);
  }
  took.sort((left, right) => left - right);
  return { p95Ms: took[Math.ceil(took.length * 0.95) - 1] ?? 0 };
}

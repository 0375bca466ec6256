import { describe, expect, it } from '@jest/globals';
import { percentRate } from '@tollkeeper/tax';
import { customerAccounts } from '@tollkeeper/contracts';
import fc from 'fast-check';
import { type EntryRuleName, entryRules } from './entry-rules';
import { lostMinor, type OpenItem, paidStateOf } from './open-item';
import { isRefusal, postEntry } from './post-entry';
import { promise, promisedMinor, type PromisedOf, release } from './promise-refund';
import { draftPosting, type PostingDraft } from './posting-draft';
import { giveBackTopUp, sellRenewal, sellTopUp } from './prepaid-sale';
import { receivePayment } from './receive-payment';
import type { TopUpLot } from './top-up-lots';
import { type PlacedAllocation, undoAllocation } from './undo-allocation';

/** One account's books in memory, kept by the same decisions that the services save. */
class Books {
  readonly items = new Map<string, OpenItem>();
  readonly postings: PostingDraft[] = [];
  readonly cached = new Map<string, number>();
  readonly lots = new Map<string, TopUpLot>();
  allocations: PlacedAllocation[] = [];
  private count = 0;

  id(kind: string): string {
    this.count += 1;
    return `${kind}_${this.count}`;
  }

  post(postings: PostingDraft[]): void {
    this.postings.push(...postings);
    for (const { lines } of postings)
      for (const { account, amountMinor } of lines)
        if (account in customerAccounts)
          this.cached.set(account, (this.cached.get(account) ?? 0) + amountMinor);
  }

  owed(account: string): number {
    return Math.max(0, -(this.cached.get(account) ?? 0));
  }

  keep(items: readonly (OpenItem | null)[]): void {
    for (const item of items) if (item) this.items.set(item.invoiceId, item);
  }

  pick<Value>(values: readonly Value[], choice: number): Value | null {
    return values.length === 0 ? null : (values[choice % values.length] as Value);
  }
}

const [accountId, currency] = ['acc', 'EUR'];
const at = '2026-03-01T12:00:00.000Z';
const on = '2026-03-01';
const rates = [{ jurisdiction: 'DE', rate: percentRate({ percent: '19' }), rounding: 'halfUp' as const }];

type Operation = (books: Books, minor: number, choice: number) => void;

const invoice: Operation = (books, netMinor, choice) => {
  const invoiceId = books.id('inv');
  const tax = (netMinor * 19 - ((netMinor * 19) % 100)) / 100;
  const totalMinor = netMinor + tax;
  const amounts = { total: totalMinor, deferred: netMinor, tax: { DE: tax } };
  books.keep([
    {
      ...{ invoiceId, accountId, currency, netMinor, totalMinor },
      taxes: tax === 0 ? [] : [{ jurisdiction: 'DE', amountMinor: tax }],
      openMinor: totalMinor,
      feesOpenMinor: 0,
      adjustedMinor: 0,
      creditAppliedMinor: 0,
      dueOn: choice % 2 === 0 ? '2026-02-15' : '2026-03-15',
      writeOff: null,
    },
  ]);
  books.post([
    draftPosting(`${invoiceId}/final`, 'invoiceFinalized', amounts, { accountId, invoiceId, currency }),
  ]);
};

const pay: Operation = (books, amountMinor, choice) => {
  const named = choice % 3 === 0 ? books.pick([...books.items.keys()], choice) : null;
  const paymentId = books.id('pay');
  const payment = { paymentId, accountId, invoiceId: named, amountMinor, currency, gateway: 'sandbox' };
  const receipt = receivePayment(payment, [...books.items.values()], on);
  books.keep(receipt.items);
  books.post(receipt.postings);
  const allocated = receipt.allocations.reduce((sum, part) => sum + part.amountMinor, 0);
  expect(allocated + receipt.creditMinor + receipt.recoveredMinor).toBe(amountMinor);
  books.allocations.push(
    ...receipt.allocations.map((part) => ({
      ...{ allocationId: books.id('alc'), source: 'payment' as const, paymentId, accountId, currency },
      ...part,
    })),
  );
};

const undo: Operation = (books, _, choice) => {
  const allocation = books.pick(books.allocations, choice);
  const from = allocation && books.items.get(allocation.invoiceId);
  if (!allocation || !from || from.writeOff) return;
  const others = [...books.items.values()].filter(
    (item) => item.openMinor > 0 && item.invoiceId !== allocation.invoiceId,
  );
  const item = choice % 2 === 0 ? books.pick(others, choice) : null;
  const undone = undoAllocation(allocation, from, item && { item, allocationId: books.id('alc') });
  books.keep(undone.items);
  books.post(undone.postings);
  books.allocations = books.allocations.filter((each) => each !== allocation);
  if (undone.moved) books.allocations.push(undone.moved);
};

const entry: Operation = (books, minor, choice) =>
  post(books.pick(Object.keys(entryRules) as EntryRuleName[], choice) as EntryRuleName, books, minor);

/** Most entries need something to be there first: the likeliest are tried more often. */
const lateFee: Operation = (books, minor) => post('lateFee', books, minor);
const writeOff: Operation = (books, minor, choice) =>
  choice % 4 === 0 ? post('writeOff', books, minor) : post('badDebtRelief', books, minor);

function post(rule: EntryRuleName, books: Books, minor: number): void {
  const { about, gateway, amount } = entryRules[rule];
  const item = about === 'invoice' ? books.pick([...books.items.values()], minor) : null;
  if (about === 'invoice' && !item) return;
  const owedMinor = {
    credit: books.owed('customerCredit'),
    deposit: books.owed('depositLiability'),
    promotional: books.owed('contractLiability:promotional'),
  };
  const outcome = postEntry(rule, amount === 'whole' ? null : (minor % 300) + 1, { at, on, item, owedMinor });
  if (isRefusal(outcome)) return;
  const invoiceId = item?.invoiceId ?? null;
  const dimensions = { accountId, invoiceId, currency, ...(gateway ? { gateway: 'bank' } : {}) };
  books.keep([outcome.item]);
  books.post([draftPosting(`${books.id('ent')}/${rule}`, rule, outcome.amounts, dimensions)]);
  if (outcome.allocation && invoiceId !== null)
    books.allocations.push({
      ...{ allocationId: books.id('alc'), paymentId: null, accountId, invoiceId, currency },
      ...outcome.allocation,
    });
}

const topUp: Operation = (books, amountMinor, choice) => {
  const paymentId = books.id('pay');
  const taxAt = choice % 2 === 0 ? 'sale' : 'use';
  const fact = { id: paymentId, paymentId, accountId, amountMinor, currency, gateway: 'sandbox' };
  const { posting, sold } = sellTopUp(fact, { taxAt, rates });
  books.post([posting]);
  books.lots.set(paymentId, { paymentId, amountMinor, takenMinor: 0, ...sold });
};

const spend: Operation = (books, minor, choice) => {
  const left = [...books.lots.values()].reduce((sum, lot) => sum + lot.amountMinor - lot.takenMinor, 0);
  if (left === 0) return;
  const id = books.id('pay');
  const fact = { id, paymentId: id, accountId, amountMinor: (minor % left) + 1, currency, gateway: 'topUp' };
  const taxAt = choice % 2 === 0 ? 'sale' : 'use';
  const { posting, lots } =
    choice % 3 === 0
      ? giveBackTopUp({ ...fact, gateway: 'sandbox' }, [...books.lots.values()])
      : sellRenewal(fact, { taxAt, rates }, [...books.lots.values()]);
  books.post([posting]);
  for (const lot of lots) books.lots.set(lot.paymentId, lot);
};

const deposit: Operation = (books, amount) => {
  const about = { accountId, currency, gateway: 'sandbox' };
  books.post([draftPosting(books.id('pay'), 'depositReceived', { amount }, about)]);
};

/** What is promised waits, is paid, or is at hand again; meanwhile the entries above may not touch it. */
const promiseRefund: Operation = (books, minor, choice) => {
  const of: PromisedOf = choice % 2 === 0 ? 'credit' : 'deposit';
  const owed = books.owed(of === 'credit' ? 'customerCredit' : 'depositLiability');
  const amount = promisedMinor(choice % 3 === 0 ? null : minor, owed);
  if (amount === 0) return;
  const about = { key: books.id('rfr'), accountId, of, currency };
  books.post([promise(about, amount)]);
  if (choice % 5 === 0) books.post([release(about, amount)]);
  else if (choice % 5 < 4)
    books.post([
      draftPosting(books.id('ref'), 'promisePaid', { amount }, { accountId, currency, gateway: 'sandbox' }),
    ]);
};

const operations: Record<string, Operation> = {
  invoice,
  pay,
  undo,
  entry,
  lateFee,
  writeOff,
  topUp,
  spend,
  deposit,
  promiseRefund,
};

const sumOf = (books: Books, wanted: string): number =>
  books.postings
    .flatMap(({ lines }) => lines)
    .filter(({ account }) => account === wanted)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

function holds(books: Books): void {
  const lines = books.postings.flatMap((posting) => posting.lines);
  expect(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
  const items = [...books.items.values()];
  expect(sumOf(books, 'receivable')).toBe(items.reduce((sum, { openMinor }) => sum + openMinor, 0));
  expect(sumOf(books, 'unappliedCash')).toBe(0);
  for (const account of Object.keys(customerAccounts))
    expect(books.cached.get(account) ?? 0).toBe(sumOf(books, account));
  for (const account of [
    'customerCredit',
    'depositLiability',
    'refundsPayable',
    'contractLiability:promotional',
    'contractLiability:topUp',
  ])
    expect(sumOf(books, account)).toBeLessThanOrEqual(0);
  expect(sumOf(books, 'badDebt')).toBe(
    items.reduce((sum, item) => sum + lostMinor(item) - reliefLeft(item), 0),
  );
  for (const item of items) itemHolds(item, books.allocations);
}

const reliefLeft = (item: OpenItem): number => {
  const { reliefs = [], relievedFromMinor = 0, recoveredMinor = 0, amountMinor = 0 } = item.writeOff ?? {};
  const relief = reliefs.reduce((sum, part) => sum + part.amountMinor, 0);
  const of = amountMinor - relievedFromMinor;
  if (of === 0) return 0;
  const product = relief * (recoveredMinor - relievedFromMinor);
  return relief - (product - (product % of)) / of;
};

function itemHolds(item: OpenItem, allocations: readonly PlacedAllocation[]): void {
  const settled = allocations
    .filter(({ invoiceId }) => invoiceId === item.invoiceId)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const { totalMinor, adjustedMinor, openMinor, feesOpenMinor, writeOff } = item;
  expect(openMinor).toBe(totalMinor + adjustedMinor - settled - (writeOff?.amountMinor ?? 0));
  expect(feesOpenMinor).toBeGreaterThanOrEqual(0);
  expect(openMinor).toBeGreaterThanOrEqual(feesOpenMinor);
  expect(paidStateOf(item) === 'paid').toBe(openMinor + lostMinor(item) === 0);
}

describe('the laws of the ledger', () => {
  it('hold after any sequence of operations', () => {
    const step = fc.tuple(
      fc.constantFrom(...Object.keys(operations)),
      fc.integer({ min: 1, max: 3_000 }),
      fc.nat(1_000),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const books = new Books();
        for (const [name, minor, choice] of steps) {
          operations[name]?.(books, minor, choice);
          holds(books);
        }
      }),
      { numRuns: 200 },
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { Findings } from '../findings';
import { comparePayable, type PayableAmounts } from './documents';
import { type AttemptRow, chargeVerdict, type PaymentRow } from './gateway';
import { carries, rangeFault } from './invoice-numbers';
import { type MessageRow, messageFaults } from './messages';
import { appliedFault } from './paid-once';
import { importFaults, type StoredRows } from './usage';

describe('usage', () => {
  const counts = {
    received: 10,
    rated: 6,
    rejected: 1,
    inSuspense: 2,
    duplicate: 1,
    filtered: 0,
    aggregatedInto: 0,
  };
  const row = {
    state: 'completed',
    file: { key: 'f', sha256: '', count: 400, schemaVersion: 1 },
    offsetBytes: 400,
    linesRead: 11,
    counts,
  };
  const stored: StoredRows = { rated: 6, rejected: 1, inSuspense: 2, duplicate: 1 };

  it.each<[string, Partial<typeof row>, StoredRows, RegExp | null]>([
    ['all in order', {}, stored, null],
    ['one under way', { state: 'importing', offsetBytes: 100 }, stored, null],
    ['a record lost', {}, { ...stored, rated: 5 }, /counts 6 rated, 5 are stored/],
    [
      'a line in no state',
      { counts: { ...counts, received: 11 }, linesRead: 12 },
      stored,
      /11 lines, 10 of them/,
    ],
    ['more than was read', { linesRead: 10 }, stored, /10 lines of 10/],
    ['not read to the end', { offsetBytes: 399 }, stored, /byte 399 of 400/],
  ])('%s', (_, change, rows, fault) => {
    const faults = importFaults({ ...row, ...change }, rows).join();
    if (fault) expect(faults).toMatch(fault);
    else expect(faults).toBe('');
  });
});

describe('invoice numbers', () => {
  it.each<[number, string[], number, RegExp | null]>([
    [1, ['a', 'b'], 1, null],
    [4, ['a'], 3, /3 to 3 are missing/],
    [3, ['a'], 4, /up to 3 were given/],
    [1, [], 1, /empty/],
    [1, ['a', 'a'], 1, /twice/],
  ])('range from %i of %j where %i is next', (first, invoiceIds, expected, fault) => {
    const found = rangeFault({ first, invoiceIds }, expected);
    if (fault) expect(found).toMatch(fault);
    else expect(found).toBeNull();
  });

  it.each([
    ['INV-0000012', 12, true],
    ['2026/12', 12, true],
    ['INV-0000013', 12, false],
    ['INV-', 12, false],
    [null, 12, false],
  ])('%s carries %i: %s', (number, sequence, expected) => {
    expect(carries(number, sequence)).toBe(expected);
  });
});

describe("payments' copy of an invoice", () => {
  const invoice = { _id: 'inv_1', revision: 2, totalMinor: 500, openMinor: 100 };
  const same: PayableAmounts = { _id: 'inv_1', revision: 2, totalMinor: 500, openMinor: 100 };

  it.each<[string, PayableAmounts | null, number, number]>([
    ['the same', same, 0, 0],
    ['behind', { ...same, revision: 1, openMinor: 500 }, 0, 1],
    ['not there yet', null, 0, 1],
    ['another amount', { ...same, openMinor: 0 }, 1, 0],
    ['ahead', { ...same, revision: 3 }, 1, 0],
  ])('%s', (_, payable, breaches, pending) => {
    const findings = new Findings();
    comparePayable(invoice, payable, findings);
    expect([findings.breaches, findings.pending]).toEqual([breaches, pending]);
  });
});

describe('payments in the books', () => {
  const applied = {
    amountMinor: 500,
    currency: 'USD',
    purpose: 'invoice',
    creditMinor: 100,
    recoveredMinor: 0,
    allocatedMinor: 400,
  };
  const payment = { amountMinor: 500, currency: 'USD', purpose: 'invoice' };

  it.each<[string, Partial<typeof applied>, typeof payment | null, RegExp | null]>([
    ['allocated and credit', {}, payment, null],
    ['a renewal', { purpose: 'renewal', creditMinor: 0, allocatedMinor: 0 }, payment, null],
    [
      'a renewal that also paid an invoice',
      { purpose: 'renewal', creditMinor: 0, allocatedMinor: 1 },
      payment,
      /1 allocated/,
    ],
    ['a debt written off, paid after all', { creditMinor: 60, recoveredMinor: 40 }, payment, null],
    ['a top-up', { purpose: 'topUp', creditMinor: 0, allocatedMinor: 0 }, payment, null],
    ['a part lost', { creditMinor: 0 }, payment, /400 allocated, 0 recovered, 0 taken back and 0 credit/],
    ['another amount', {}, { ...payment, amountMinor: 400 }, /is 400 USD; the books say 500 USD/],
    ['no payment', {}, null, /no such payment/],
  ])('%s', (_, change, paid, fault) => {
    const found = appliedFault({ ...applied, ...change }, paid);
    if (fault) expect(found).toMatch(fault);
    else expect(found).toBeNull();
  });
});

describe('gateway', () => {
  const figures = { amountMinor: 500, currency: 'USD' };
  const charge = {
    ...figures,
    id: 'ch_1',
    status: 'succeeded' as const,
    refundedMinor: 0,
    reference: 'inv_1/due/1',
  };
  const attempt: AttemptRow = {
    ...figures,
    _id: 'att_1',
    key: 'inv_1/due/1',
    state: 'succeeded',
    gatewayId: 'ch_1',
  };
  const payment: PaymentRow = { ...figures, _id: 'pay_1', gatewayId: 'ch_1', attemptId: 'att_1' };

  it.each<[string, Partial<typeof charge> | { status: 'pending' | 'failed' }, AttemptRow, PaymentRow | null]>(
    [
      ['paid', {}, attempt, payment],
      ['succeeded, attempt still open', {}, { ...attempt, state: 'unknown', gatewayId: null }, null],
      ['pending, attempt still open', { status: 'pending' }, { ...attempt, state: 'pending' }, null],
      ['failed', { status: 'failed' }, { ...attempt, state: 'declined' }, null],
    ],
  )('%s', (state, change, ours, paid) => {
    expect(chargeVerdict({ ...charge, ...change }, ours, paid)).toEqual({ fault: null, state });
  });

  it.each<
    [
      string,
      Partial<typeof charge> | { status: 'pending' | 'failed' },
      AttemptRow | null,
      PaymentRow | null,
      RegExp,
    ]
  >([
    ['that nobody attempted', {}, null, null, /nobody attempted/],
    ['of another amount', { amountMinor: 501 }, attempt, payment, /is 501 USD; att_1 asked for 500 USD/],
    ['of another currency', { currency: 'EUR' }, attempt, payment, /500 EUR/],
    [
      'of a declined attempt',
      {},
      { ...attempt, state: 'declined' },
      null,
      /declined and there is no payment/,
    ],
    ['without a payment', {}, attempt, null, /there is no payment/],
    ['with a smaller payment', {}, attempt, { ...payment, amountMinor: 400 }, /pay_1 is 400 USD/],
    ['that failed and was paid', { status: 'failed' }, attempt, payment, /says it succeeded/],
    ['that was refunded', { refundedMinor: 5 }, attempt, payment, /refunded 5/],
    ['of another attempt', {}, attempt, { ...payment, attemptId: 'att_2' }, /belongs to att_1/],
  ])('a charge %s', (_, change, ours, paid, fault) => {
    const verdict = chargeVerdict({ ...charge, ...change }, ours, paid);
    expect(verdict.fault).toMatch(fault);
  });
});

describe('messages', () => {
  const sent: Omit<MessageRow, '_id' | 'key' | 'messageId'> = {
    state: 'sent',
    attempts: 1,
    repeats: 0,
    sentAt: '2026-02-01T12:06:00.000Z',
    smtpResponse: '250 queued',
  };

  it.each<[string, Partial<MessageRow>, number | null, RegExp | null]>([
    ['sent once', {}, 1, null],
    ['sent, inbox not known', {}, null, null],
    ['a counted repeat', { attempts: 2, repeats: 1 }, 2, null],
    ['deferred, then sent', { attempts: 3 }, 1, null],
    ['twice in the inbox', {}, 2, /arrived 2 times; 0 repeats/],
    ['a repeat that nobody attempted', { repeats: 1 }, 1, /1 repeats in 1 attempts/],
    ['no 250', { smtpResponse: '451 later' }, 1, /without a 250/],
    ['queued again', { state: 'queued' }, null, /is queued again/],
  ])('%s', (_, change, copies, fault) => {
    const faults = messageFaults({ ...sent, ...change }, copies).join();
    if (fault) expect(faults).toMatch(fault);
    else expect(faults).toBe('');
  });
});

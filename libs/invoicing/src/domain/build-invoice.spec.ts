import { describe, expect, it } from '@jest/globals';
import type { RatedTotal, RecurringCharge } from '@tollkeeper/contracts';
import fc from 'fast-check';
import { type BillingInput, buildInvoice } from './build-invoice';
import { invoicePosting } from './invoice-posting';
import { chargedThroughOf } from './charged-through';
import {
  sampleAccount as account,
  sampleCharge,
  sampleInput,
  sampleOffering as offering,
  sampleSubscription as subscription,
  sampleTax,
  sampleUsage,
} from './sample-billing';

const charge = (
  chargeId: string,
  amountMinor: number,
  more: Partial<RecurringCharge> = {},
): RecurringCharge => sampleCharge(chargeId, amountMinor, { timing: 'inAdvance', ...more });

const used = (subscriptionId: string, amountMicro: number, more: Partial<RatedTotal> = {}): RatedTotal =>
  sampleUsage(subscriptionId, 'flex', amountMicro, {
    ...{ usageType: 'data', revenueCategory: 'data', taxCode: 'telecom', description: 'Data at home' },
    ...{ records: 2, quantity: 1_000_000 },
    ...more,
  });

const vat = sampleTax('telecom', '19', { taxId: 'de-vat', name: 'VAT', law: 'UStG 12(1)' });

const input = (more: Partial<BillingInput>): BillingInput =>
  sampleInput({
    account: account(subscription('1', 'flex')),
    offerings: [offering('flex', [charge('fee', 1000)])],
    lastBilled: { periodTo: '2026-01-01', chargedThrough: { '1/flex/fee': '2026-02-01' } },
    taxRules: [vat],
    ...more,
  });

/** `description from..to amount`: what a person reads on the bill. */
const shown = (given: BillingInput): string[] | null =>
  buildInvoice(given)?.lines.map(
    ({ description, from, to, amountMinor }) => `${description} ${from}..${to} ${amountMinor}`,
  ) ?? null;

const family = account(
  subscription('1', 'family', { poolId: 'pool' }),
  subscription('2', 'family', { poolId: 'pool' }),
  subscription('3', 'family', { poolId: 'pool' }),
);

describe('a bill, line by line', () => {
  it.each<[string, Partial<BillingInput>, string[] | null]>([
    [
      'allowance plan, charged in advance before: the next month only',
      {},
      ['flex: fee 2026-02-01..2026-03-01 1000'],
    ],
    [
      'first month of an allowance plan from its first day: the month that ended and the next',
      { lastBilled: null },
      ['flex: fee 2026-01-01..2026-02-01 1000', 'flex: fee 2026-02-01..2026-03-01 1000'],
    ],
    [
      'activated on the 22nd: 10 of 31 days and the next month',
      {
        account: account(subscription('1', 'flex', { activeFrom: '2026-01-22T15:30:00.000Z' })),
        lastBilled: null,
      },
      ['flex: fee 2026-01-22..2026-02-01 323', 'flex: fee 2026-02-01..2026-03-01 1000'],
    ],
    [
      'activated before the cycle began: billed from the day it began',
      {
        startsOn: '2026-01-22',
        account: account(subscription('1', 'flex', { activeFrom: '2025-06-01T00:00:00.000Z' })),
        lastBilled: null,
      },
      ['flex: fee 2026-01-22..2026-02-01 323', 'flex: fee 2026-02-01..2026-03-01 1000'],
    ],
    [
      'ends on the 15th of next month: 14 of 28 days',
      { account: account(subscription('1', 'flex', { activeTo: '2026-02-15T08:00:00.000Z' })) },
      ['flex: fee 2026-02-01..2026-02-15 500'],
    ],
    [
      'in arrears: the month that ended',
      { offerings: [offering('flex', [charge('fee', 1000, { timing: 'inArrears' })])], lastBilled: null },
      ['flex: fee 2026-01-01..2026-02-01 1000'],
    ],
    [
      'in arrears, terminated on the 11th: 10 of 31 days',
      {
        offerings: [offering('flex', [charge('fee', 1000, { timing: 'inArrears' })])],
        account: account(
          subscription('1', 'flex', { activeTo: '2026-01-11T12:00:00.000Z', status: 'terminated' }),
        ),
        lastBilled: null,
      },
      ['flex: fee 2026-01-01..2026-01-11 323'],
    ],
    [
      'whole charge whatever the days',
      {
        offerings: [offering('flex', [charge('fee', 1000, { timing: 'inArrears', prorate: false })])],
        account: account(subscription('1', 'flex', { activeFrom: '2026-01-22T00:00:00.000Z' })),
        lastBilled: null,
      },
      ['flex: fee 2026-01-22..2026-02-01 1000'],
    ],
    [
      'pay as you go: usage only, rounded once per line',
      {
        offerings: [offering('payg', [])],
        account: account(subscription('1', 'payg')),
        totals: [
          used('1', 14_900),
          used('1', 14_900),
          used('1', 90_000, { usageType: 'voice', description: 'Calls', revenueCategory: 'voice' }),
        ],
      },
      ['Calls 2026-01-01..2026-02-01 9', 'Data at home 2026-01-01..2026-02-01 3'],
    ],
    [
      'pay as you go without usage: nothing to bill',
      { offerings: [offering('payg', [])], account: account(subscription('1', 'payg')) },
      null,
    ],
    [
      'family: the pool once, each member its own line charge',
      {
        account: family,
        offerings: [offering('family', [charge('pool', 3000, { per: 'pool' }), charge('sim', 500)])],
        lastBilled: {
          periodTo: '2026-01-01',
          chargedThrough: {
            'pool/family/pool': '2026-02-01',
            '1/family/sim': '2026-02-01',
            '2/family/sim': '2026-02-01',
            '3/family/sim': '2026-02-01',
          },
        },
      },
      [
        'family: pool 2026-02-01..2026-03-01 3000',
        'family: sim 2026-02-01..2026-03-01 500',
        'family: sim 2026-02-01..2026-03-01 500',
        'family: sim 2026-02-01..2026-03-01 500',
      ],
    ],
    [
      'IoT: a zero line for what the allowance covered',
      {
        account: account(subscription('1', 'iot')),
        offerings: [offering('iot', [charge('iot', 99, { timing: 'inArrears' })], { name: 'iot' })],
        totals: [used('1', 0, { includedQuantity: 1_000_000 })],
        lastBilled: null,
      },
      ['iot 2026-01-01..2026-02-01 99', 'Data at home 2026-01-01..2026-02-01 0'],
    ],
    [
      'a plan paid in advance is not billed again',
      {
        offerings: [
          offering('flex', [charge('fee', 1000)], { paidInAdvance: { days: 30, amountMinor: 999 } }),
        ],
        lastBilled: null,
      },
      null,
    ],
    [
      'skipped a month: the next bill catches up',
      {
        cutOffOn: '2026-03-01',
        lastBilled: { periodTo: '2026-01-01', chargedThrough: { '1/flex/fee': '2026-02-01' } },
      },
      ['flex: fee 2026-02-01..2026-03-01 1000', 'flex: fee 2026-03-01..2026-04-01 1000'],
    ],
    [
      'new plan on the 22nd: its part and its next month; the old one was paid',
      {
        account: account(
          subscription('1', 'flex', {
            plans: [
              { offeringId: 'flex', from: '2026-01-01T00:00:00.000Z', to: '2026-01-22T00:00:00.000Z' },
              { offeringId: 'max', from: '2026-01-22T00:00:00.000Z', to: null },
            ],
          }),
        ),
        offerings: [offering('flex', [charge('fee', 1000)]), offering('max', [charge('fee', 3100)])],
      },
      ['max: fee 2026-01-22..2026-02-01 1000', 'max: fee 2026-02-01..2026-03-01 3100'],
    ],
    [
      'a dearer version from 1 February',
      {
        offerings: [
          offering('flex', [charge('fee', 1000)]),
          offering('flex', [charge('fee', 1100)], { version: 2, validFrom: '2026-02-01T00:00:00.000Z' }),
        ],
      },
      ['flex: fee 2026-02-01..2026-03-01 1100'],
    ],
  ])('%s', (_, more, expected) => {
    expect(shown(input(more))).toEqual(expected);
  });

  it('adds tax once on the sum', () => {
    const bill = buildInvoice(
      input({ totals: [used('1', 30_000), used('1', 30_000, { description: 'Data abroad' })] }),
    );
    expect(bill).toMatchObject({
      netMinor: 1006,
      taxMinor: 191,
      totalMinor: 1197,
      periodFrom: '2026-01-01',
      periodTo: '2026-02-01',
    });
    expect(bill?.taxes).toMatchObject([
      { baseMinor: 1006, amountMinor: 191, percent: '19', law: 'UStG 12(1)' },
    ]);
  });

  it('refuses an account whose plan has no version in force', () => {
    expect(() => buildInvoice(input({ offerings: [] }))).toThrow(
      'No version of offering flex is in force on 2026-01-01',
    );
  });

  it('remembers how far each charge is paid', () => {
    expect(chargedThroughOf(buildInvoice(input({ lastBilled: null }))?.lines ?? [])).toEqual({
      '1/flex/fee': '2026-03-01',
    });
  });

  it('adds up, posts in balance and is the same again, whatever was used', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 10_000_000_000 }), { maxLength: 8 });
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 5_000_000 }), (micros, fee) => {
        const given = input({
          totals: micros.map((amount, index) => used('1', amount, { description: `Zone ${index}` })),
          offerings: [offering('flex', [charge('fee', fee)])],
        });
        const bill = buildInvoice(given)!;
        const lines = bill.lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        const taxes = bill.taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
        expect(bill.totalMinor).toBe(lines + taxes);
        expect(invoicePosting(bill).reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
        expect(buildInvoice(given)).toEqual(bill);
      }),
    );
  });
});

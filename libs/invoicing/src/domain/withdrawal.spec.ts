import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate } from '@tollkeeper/calendar';
import type { OfferingVersion, RecurringCharge } from '@tollkeeper/contracts';
import { givenBackByLine } from '../corrections/domain/given-back-lines';
import type { BillLine, LastBilled } from './bill';
import { chargedAfter, lastBilledOf } from './charged-through';
import { terminationFees } from './early-termination';
import { minimumLines } from './minimum-spend';
import { oneOffCharges, onceKeysOf } from './one-off-charges';
import { recurringCharges } from './recurring-charges';
import { sampleAccount, sampleCharge, sampleFee, sampleOffering, sampleSubscription } from './sample-billing';
import type { BilledFee } from './withdrawal';

const cycle = { frequency: 'monthly' as const, anchorDay: 1, zone: 'UTC' };
const at = (day: LocalDate) => `${day}T00:00:00.000Z`;
const charged = { taxCode: 'telecom', revenueCategory: 'recurring' as const };

/** 31.00 a month in advance, 10.00 at the activation, twelve months at 10.00 each, at least 50.00 a month. */
const planOf = (charge: Partial<RecurringCharge>): OfferingVersion =>
  sampleOffering('p', [sampleCharge('fee', 3100, { timing: 'inAdvance', ...charge })], {
    oneOffCharges: [sampleFee('start', 1000, 'activation'), sampleFee('setup', 500, 'setup')],
    commitment: {
      termMonths: 12,
      earlyTermination: {
        name: 'Leaving',
        ...charged,
        charge: { fee: 'perRemainingMonth', amountMinor: 1000 },
      },
      minimums: [{ minimumId: 'least', name: 'Least', ...charged, amountMinor: 5000, of: 'all' }],
    },
  });

interface Story {
  from: LocalDate;
  ends: LocalDate;
  cutOffs: LocalDate[];
  withdrawn?: boolean;
  creditedMinor?: number;
  discountMinor?: number;
}

type Draft = Omit<BillLine, 'lineNo'>;

/** Bill by bill, as a run has them; the end is known from its day on. */
function billsOf(charge: Partial<RecurringCharge>, story: Story): Draft[][] {
  const { from, ends, cutOffs, withdrawn = true, creditedMinor = 0, discountMinor = 0 } = story;
  const offerings = [planOf(charge)];
  const fees = new Map<string, BilledFee>();
  const keys = new Set<string>();
  let lastBilled: LastBilled | null = null;
  return cutOffs.map((cutOffOn) => {
    const ended = ends < cutOffOn;
    const account = sampleAccount({
      ...sampleSubscription('1', 'p', { activeFrom: at(from), activeTo: ended ? at(ends) : null }),
      ...(ended && withdrawn ? { withdrawn: true as const } : {}),
    });
    const input = {
      cycle,
      startsOn: '2020-01-01',
      cutOffOn,
      account,
      offerings,
      lastBilled,
      billedOnce: keys,
      billedFees: fees,
    };
    const once = oneOffCharges(input);
    const lines = [...once, ...terminationFees(input), ...recurringCharges(input)];
    const served = { from: addDays(cutOffOn, -28), to: cutOffOn };
    const minimums = minimumLines(input, served, lines);
    for (const [at0, line] of once.entries()) {
      keys.add(line.onceKey ?? '');
      const discounts =
        discountMinor === 0
          ? {}
          : {
              discounts: [
                { discountKey: 'd', name: 'd', level: 'line' as const, amountMinor: -discountMinor },
              ],
            };
      fees.set(line.onceKey ?? '', { line: { ...line, ...discounts, lineNo: at0 + 1 }, creditedMinor });
    }
    lastBilled = lastBilledOf(
      cutOffOn,
      chargedAfter(lastBilled, lines, () => true, cutOffOn),
    );
    return [...lines, ...minimums];
  });
}

const said = (bills: Draft[][]) =>
  bills.map((lines) =>
    lines.map(({ description, amountMinor }) => `${description} ${amountMinor}`).join('; '),
  );
const sum = (bills: Draft[][]) =>
  bills
    .flat()
    .reduce(
      (all, { amountMinor, discounts = [] }) =>
        all + amountMinor + discounts.reduce((off, each) => off + each.amountMinor, 0),
      0,
    );

const january = { from: '2026-01-22' as LocalDate, ends: '2026-01-27' as LocalDate };
const two: LocalDate[] = ['2026-02-01', '2026-03-01'];

describe('a contract that was withdrawn from', () => {
  it.each<[string, Partial<RecurringCharge>, Story, string[]]>([
    [
      'before its first bill: 5 of 31 days, no fee for beginning or end, no minimum',
      {},
      { ...january, cutOffs: two },
      ['p: fee 500', ''],
    ],
    ['in arrears as well', { timing: 'inArrears' }, { ...january, cutOffs: two }, ['p: fee 500', '']],
    ['a charge that is never prorated', { prorate: false }, { ...january, cutOffs: two }, ['p: fee 500', '']],
    [
      'one whose end is charged whole',
      { prorateEnd: false },
      { ...january, cutOffs: two },
      ['p: fee 500', ''],
    ],
    ['on its first day: nothing', {}, { from: '2026-01-22', ends: '2026-01-22', cutOffs: two }, ['', '']],
    [
      'after its first bill: the rest of February, and what was billed for the beginning',
      {},
      { from: '2026-01-29', ends: '2026-02-05', cutOffs: two },
      [
        'p: start 1000; p: setup 500; p: fee 300; p: fee 3100; Least 4516',
        'p: start, given back -1000; p: setup, given back -500; p: fee, given back -2657',
      ],
    ],
    [
      'after a bill for whole months: of the one under way 4 days are kept, the one that is over stays',
      { prorate: false },
      { from: '2026-01-29', ends: '2026-02-05', cutOffs: two },
      [
        'p: start 1000; p: setup 500; p: fee 3100; p: fee 3100; Least 1900',
        'p: start, given back -1000; p: setup, given back -500; p: fee, given back -2657',
      ],
    ],
  ])('%s', (_, charge, story, expected) => {
    const bills = said(billsOf(charge, story)).map((text) => text.replace(/; Least \d+/, ''));
    expect(bills).toEqual(expected.map((text) => text.replace(/; Least \d+/, '')));
  });

  it('an ordinary end owes the fees for the beginning and for leaving early', () => {
    const bills = billsOf({}, { from: '2026-01-29', ends: '2026-02-05', cutOffs: two, withdrawn: false });
    expect(said(bills)[1]).toMatch(/^p: Leaving 12000/);
  });

  it('fees go back as they were billed: after discounts, and what was credited of them is not given twice', () => {
    const story = { from: '2026-01-29' as LocalDate, ends: '2026-02-05' as LocalDate, cutOffs: two };
    const fee = (more: Partial<Story>) =>
      billsOf({}, { ...story, ...more })[1]?.find(({ onceKey = '' }) => onceKey.includes('activation'));
    expect(sum([[fee({ discountMinor: 200 }) as Draft]])).toBe(-800);
    expect(sum([[fee({ creditedMinor: 400 }) as Draft]])).toBe(-600);
    expect(fee({ creditedMinor: 1000 })).toBeUndefined();
  });

  it('a credit note of the first bill knows that its fees went back', () => {
    const [first = [], second = []] = billsOf({}, { from: '2026-01-29', ends: '2026-02-05', cutOffs: two });
    const billed = (id: number, lines: Draft[]) => ({
      ...{
        invoiceId: `inv_${id}`,
        number: `N-${id}`,
        accountId: 'acc_1',
        draftedAt: at(two[id] ?? '2026-02-01'),
        replaced: false,
      },
      ...{ lines: lines.map((line, no) => ({ ...line, lineNo: no + 1 })), taxes: [], credited: [] },
    });
    const found = givenBackByLine([billed(0, first), billed(1, second)]);
    expect([found.get('inv_0/1')?.netMinor, found.get('inv_0/2')?.netMinor]).toEqual([1000, 500]);
  });

  it('asks for all keys under which its fees are or go back', () => {
    const account = sampleAccount({
      ...sampleSubscription('1', 'p', { activeFrom: at('2026-01-22'), activeTo: at('2026-01-27') }),
      withdrawn: true,
    });
    const keys = onceKeysOf({
      cycle,
      startsOn: '2020-01-01',
      cutOffOn: '2026-02-01',
      account,
      offerings: [planOf({})],
    });
    expect(keys).toHaveLength(4);
    expect(keys.filter((key) => key.startsWith('withdrawn/'))).toHaveLength(2);
  });

  it('law: whenever bills are made, what stays is the days served in proportion, to a cent a period', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 58 }),
        fc.integer({ min: 0, max: 14 }),
        fc.constantFrom<Partial<RecurringCharge>>(
          {},
          { prorate: false },
          { prorateStart: false },
          { prorateEnd: false },
          { timing: 'inArrears' },
          { timing: 'inArrears', prorate: false },
        ),
        (start, length, charge) => {
          const from = addDays('2026-01-01', start);
          // What was billed whole for a period that is over stays.
          const within = charge.prorate !== false && charge.prorateStart !== false;
          const monthEnd: LocalDate = from < '2026-02-01' ? '2026-01-31' : '2026-02-28';
          const asked = addDays(from, length);
          const ends = within || asked <= monthEnd ? asked : monthEnd;
          const bills = billsOf(charge, {
            from,
            ends,
            cutOffs: ['2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'],
          });
          const kept = sum(bills.map((lines) => lines.filter(({ kind }) => kind === 'recurring')));
          const owed = Array.from({ length }, (_, day) => addDays(from, day))
            .filter((day) => day < ends)
            .reduce((all, day) => all + 3100 / (day < '2026-02-01' || day >= '2026-03-01' ? 31 : 28), 0);
          expect(Math.abs(kept - owed)).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 80 },
    );
  });
});

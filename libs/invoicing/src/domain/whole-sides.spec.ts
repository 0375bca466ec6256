import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays, type LocalDate } from '@tollkeeper/calendar';
import type { PlanAssignment, RecurringCharge } from '@tollkeeper/contracts';
import type { LastBilled } from './bill';
import { chargedAfter, lastBilledOf } from './charged-through';
import { recurringCharges } from './recurring-charges';
import { sampleAccount, sampleCharge, sampleOffering, sampleSubscription } from './sample-billing';

type Held = [from: LocalDate, to: LocalDate | null];

const cycle = { frequency: 'monthly' as const, anchorDay: 1, zone: 'UTC' };
const at = (day: LocalDate): string => `${day}T00:00:00.000Z`;

/** 31.00 a month; what each cut-off bills. `knownOn`: the day on which an end becomes known, else its own day. */
function billsOf(
  charge: Partial<RecurringCharge>,
  held: Held[],
  cutOffs: LocalDate[],
  {
    ends,
    endKnownOn = ends,
    amountMinor = 3100,
  }: { ends?: LocalDate; endKnownOn?: LocalDate; amountMinor?: number } = {},
): string[] {
  const offerings = [
    sampleOffering('p', [sampleCharge('fee', amountMinor, { timing: 'inAdvance', ...charge })], {
      validFrom: '2000-01-01T00:00:00.000Z',
    }),
    sampleOffering('q', [], { validFrom: '2000-01-01T00:00:00.000Z' }),
  ];
  let lastBilled: LastBilled | null = null;
  return cutOffs.map((cutOffOn) => {
    const ended = ends !== undefined && endKnownOn !== undefined && endKnownOn <= cutOffOn;
    const plans = held.flatMap(([from, to], no): PlanAssignment[] => {
      const next = held[no + 1]?.[0] ?? null;
      const until = to ?? (ended ? (ends ?? null) : null);
      const gap =
        to !== null && next !== to ? [{ offeringId: 'q', from: at(to), to: next ? at(next) : null }] : [];
      return [{ offeringId: 'p', from: at(from), to: until === null ? null : at(until) }, ...gap];
    });
    const account = sampleAccount(
      sampleSubscription('1', '', {
        activeFrom: at(held[0]?.[0] ?? cutOffOn),
        activeTo: ended && ends ? at(ends) : null,
        plans,
      }),
    );
    const input = { cycle, startsOn: '2000-01-01', cutOffOn, account, offerings, lastBilled };
    const lines = recurringCharges(input);
    lastBilled = lastBilledOf(
      cutOffOn,
      chargedAfter(lastBilled, lines, () => true, cutOffOn),
    );
    return lines
      .map(({ from, to, proration, amountMinor: minor }) => {
        const part = proration ? `${proration.numerator}/${proration.denominator} ` : '';
        return `${from.slice(5)}..${to.slice(5)} ${part}${minor}`;
      })
      .join('; ');
  });
}

const startWhole = { prorateStart: false };
const endWhole = { prorateEnd: false };
const arrears = { timing: 'inArrears' as const };
const refund = { proration: { refundUnused: true } };

describe('one side of a charge is prorated', () => {
  it.each<[string, Partial<RecurringCharge>, Held[], LocalDate[], object, string[]]>([
    ['both: 10 of 31 days', {}, [['2026-01-22', null]], ['2026-01-22'], {}, ['01-22..02-01 10/31 1000']],
    ['the start is whole', startWhole, [['2026-01-22', null]], ['2026-01-22'], {}, ['01-22..02-01 3100']],
    [
      'the end is not prorated: the start is',
      endWhole,
      [['2026-01-22', null]],
      ['2026-01-22'],
      {},
      ['01-22..02-01 10/31 1000'],
    ],
    [
      'an end that is known: 10 of 31 days',
      {},
      [['2026-01-01', null]],
      ['2026-01-01'],
      { ends: '2026-01-11', endKnownOn: '2026-01-01' },
      ['01-01..01-11 10/31 1000'],
    ],
    [
      'the end is whole',
      endWhole,
      [['2026-01-01', null]],
      ['2026-01-01'],
      { ends: '2026-01-11', endKnownOn: '2026-01-01' },
      ['01-01..02-01 3100'],
    ],
    [
      'the start is whole: the end is prorated',
      startWhole,
      [['2026-01-01', null]],
      ['2026-01-01'],
      { ends: '2026-01-11', endKnownOn: '2026-01-01' },
      ['01-01..01-11 10/31 1000'],
    ],
    [
      'both within a month, start whole: 1 to 20 January',
      startWhole,
      [['2026-01-11', null]],
      ['2026-02-01'],
      { ends: '2026-01-21' },
      ['01-11..01-21 20/31 2000'],
    ],
    [
      'both within a month, end whole: 11 to 31 January',
      endWhole,
      [['2026-01-11', null]],
      ['2026-02-01'],
      { ends: '2026-01-21' },
      ['01-11..02-01 21/31 2100'],
    ],
    [
      'in arrears, start whole',
      { ...startWhole, ...arrears },
      [['2026-01-22', null]],
      ['2026-02-01', '2026-03-01'],
      { ends: '2026-02-15' },
      ['01-22..02-01 3100', '02-01..02-15 14/28 1550'],
    ],
    [
      'in arrears, end whole',
      { ...endWhole, ...arrears },
      [['2026-01-22', null]],
      ['2026-02-01', '2026-03-01'],
      { ends: '2026-02-15' },
      ['01-22..02-01 10/31 1000', '02-01..03-01 3100'],
    ],
    [
      'a quarter in arrears, end whole: on the bill after the end',
      { ...endWhole, ...arrears, every: { unit: 'month', count: 3 }, anchor: 'cycle' },
      [['2026-01-01', null]],
      ['2026-03-01', '2026-04-01'],
      { ends: '2026-02-15' },
      ['01-01..04-01 3100', ''],
    ],
    [
      'given back at the end: of the days charged, 26 of 31 kept',
      { ...startWhole, ...refund },
      [['2026-01-22', null]],
      ['2026-01-22', '2026-02-01'],
      { ends: '2026-01-27' },
      ['01-22..02-01 3100', '01-27..02-01 5/31 -500'],
    ],
    [
      'an end called off: nothing is charged twice',
      endWhole,
      [
        ['2026-01-01', '2026-01-11'],
        ['2026-01-11', null],
      ],
      ['2026-01-01', '2026-02-01'],
      {},
      ['01-01..02-01 3100', '02-01..03-01 3100'],
    ],
    [
      'back within the month: the days before are billed once',
      { ...startWhole, ...arrears },
      [
        ['2026-01-11', '2026-01-21'],
        ['2026-01-26', null],
      ],
      ['2026-02-01'],
      {},
      ['01-11..01-21 20/31 2000; 01-26..02-01 11/31 1100'],
    ],
    [
      'a trial stays free',
      { ...startWhole, trialDays: 10 },
      [['2026-01-12', null]],
      ['2026-01-12'],
      {},
      ['01-22..02-01 10/31 1000'],
    ],
    [
      'by the second, start whole',
      { ...startWhole, proration: { unit: 'second' } },
      [['2026-01-22', null]],
      ['2026-01-22'],
      {},
      ['01-22..02-01 3100'],
    ],
  ])('%s', (_, charge, held, cutOffs, more, expected) => {
    expect(billsOf(charge, held, cutOffs, more)).toEqual(expected);
  });

  it('is never less than both and never more than none', () => {
    const cutOffs: LocalDate[] = ['2026-02-01', '2026-03-01', '2026-04-01'];
    const sum = (bills: string[]) =>
      bills
        .flatMap((bill) => bill.split('; '))
        .reduce((all, line) => all + Number(line.split(' ').at(-1) || 0), 0);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 58 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.constantFrom('inAdvance' as const, 'inArrears' as const),
        (start, length, amountMinor, timing) => {
          const from = addDays('2026-01-01', start);
          const ends = addDays(from, length);
          const of = (charge: Partial<RecurringCharge>) =>
            sum(
              billsOf({ timing, ...charge }, [[from, null]], cutOffs, {
                ends,
                endKnownOn: '2026-01-01',
                amountMinor,
              }),
            );
          const [both, one, other, none] = [of({}), of(startWhole), of(endWhole), of({ prorate: false })];
          expect(both).toBeLessThanOrEqual(one);
          expect(both).toBeLessThanOrEqual(other);
          expect(Math.max(one, other)).toBeLessThanOrEqual(none);
          // In one month the two sides are what the whole lacks.
          if (from.slice(0, 7) === addDays(ends, -1).slice(0, 7))
            expect(Math.abs(one + other - both - none)).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 80 },
    );
  });
});

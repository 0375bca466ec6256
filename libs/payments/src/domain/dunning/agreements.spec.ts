import { addDays } from '@tollkeeper/calendar';
import fc from 'fast-check';
import { instalmentFault, nextInstalment, type PaymentPlan, planDebtOf, planStateAt } from './instalments';
import { promiseFault, type PromiseMade, promiseStateAt } from './promises';

const plan: PaymentPlan = {
  planId: 'pln_1',
  invoiceIds: ['a'],
  totalMinor: 9_000,
  instalments: [
    { no: 1, dueOn: '2026-03-01', amountMinor: 3_000 },
    { no: 2, dueOn: '2026-04-01', amountMinor: 3_000 },
    { no: 3, dueOn: '2026-05-01', amountMinor: 3_000 },
  ],
  autoCharge: false,
  graceDays: 2,
  restoreService: true,
  state: 'active',
  agreedAt: '2026-02-20T10:00:00.000Z',
  endedAt: null,
};

describe('a plan', () => {
  it.each([
    ['before the first', 9_000, '2026-02-28', 1, 3_000, 'active'],
    ['paid early and in part', 5_500, '2026-03-02', 2, 2_500, 'active'],
    ['in the grace of the first', 9_000, '2026-03-03', 1, 3_000, 'active'],
    ['after it', 9_000, '2026-03-04', 1, 3_000, 'defaulted'],
    ['a cent short', 6_001, '2026-03-04', 1, 1, 'defaulted'],
    ['two paid', 3_000, '2026-04-20', 3, 3_000, 'active'],
  ])('%s: of 90.00 %i is owed', (_, owedMinor, on, no, missingMinor, state) => {
    expect(nextInstalment(plan, { owedMinor })).toMatchObject({ instalment: { no }, missingMinor });
    expect(planStateAt(plan, { owedMinor }, `${on}T12:00:00.000Z`, 'UTC')).toBe(state);
  });
  it('all paid', () =>
    expect(planStateAt(plan, { owedMinor: 0 }, '2026-04-20T12:00:00.000Z', 'UTC')).toBe('kept'));

  it.each([
    ['adds up', plan.instalments, null],
    ['too little', plan.instalments.slice(1), 'instalments'],
    ['out of order', [...plan.instalments].reverse(), 'instalments.1.dueOn'],
    ['in the past', [{ no: 1, dueOn: '2026-01-01', amountMinor: 9_000 }], 'instalments.0.dueOn'],
  ])('%s', (_, instalments, field) =>
    expect(instalmentFault(instalments, { totalMinor: 9_000, today: '2026-02-20' })?.field ?? null).toBe(
      field,
    ),
  );

  it('law: paying each instalment when asked for it keeps any plan', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 24 }),
        (amounts) => {
          const instalments = amounts.map((amountMinor, no) => ({
            no: no + 1,
            dueOn: addDays('2026-01-01', no),
            amountMinor,
          }));
          const totalMinor = amounts.reduce((sum, each) => sum + each, 0);
          let owed = totalMinor;
          for (const { amountMinor } of instalments) {
            expect(nextInstalment({ instalments, totalMinor }, { owedMinor: owed })?.missingMinor).toBe(
              amountMinor,
            );
            owed -= amountMinor;
          }
          expect(nextInstalment({ instalments, totalMinor }, { owedMinor: owed })).toBeNull();
        },
      ),
    ));
});

describe('a plan over 90.00, and a dispute of 30.00 on its invoice', () => {
  const [before, after] = ['2026-02-19T10:00:00.000Z', '2026-02-25T10:00:00.000Z'];
  const dispute = (openedAt: string, outcome: 'upheld' | 'rejected' | null) => ({
    ...{ invoiceId: 'a', amountMinor: 3_000, openedAt, outcome },
    closedAt: outcome && '2026-03-10T10:00:00.000Z',
  });
  const openUntil = (minor: number, outcome: 'upheld' | 'rejected' | null) => ({
    payable: { _id: 'a' },
    disputedMinor: outcome === null ? Math.min(3_000, minor) : 0,
    plannedMinor: outcome === null ? Math.max(0, minor - 3_000) : minor,
    chasedMinor: 0,
  });
  // The invoice is over 120.00 where the dispute came first: the plan is for the rest.
  it.each<[string, string, 'upheld' | 'rejected' | null, number, number | null, string, string]>([
    ['disputed before, nothing paid', before, null, 12_000, 3_000, '2026-02-28', 'active'],
    ['the first instalment paid', before, null, 9_000, 3_000, '2026-03-04', 'active'],
    ['a cent of it missing', before, null, 9_001, 1, '2026-03-04', 'defaulted'],
    ['all paid but what is disputed', before, null, 3_000, null, '2026-06-01', 'kept'],
    ['turned down, first instalment paid', before, 'rejected', 9_000, 3_000, '2026-03-20', 'active'],
    ['turned down, all paid: the ladder goes on', before, 'rejected', 3_000, null, '2026-06-01', 'kept'],
    ['upheld and credited', before, 'upheld', 6_000, 3_000, '2026-03-20', 'active'],
    ['disputed after, the first paid', after, null, 6_000, 3_000, '2026-03-20', 'active'],
    ['disputed after, the rest is disputed', after, null, 3_000, null, '2026-06-01', 'active'],
    ['disputed after, turned down, not paid', after, 'rejected', 3_000, 3_000, '2026-06-01', 'defaulted'],
    ['disputed after, upheld and credited', after, 'upheld', 0, null, '2026-06-01', 'kept'],
  ])('%s', (_, openedAt, outcome, openMinor, missingMinor, on, state) => {
    const debt = planDebtOf(plan, [openUntil(openMinor, outcome)], [dispute(openedAt, outcome)]);
    expect(nextInstalment(plan, debt)?.missingMinor ?? null).toBe(missingMinor);
    expect(planStateAt(plan, debt, `${on}T12:00:00.000Z`, 'UTC')).toBe(state);
  });
});

describe('a promise to pay 20.00 of 50.00 by March 10', () => {
  const promise: PromiseMade = {
    amountMinor: 2_000,
    until: '2026-03-10T00:00:00.000Z',
    madeAt: '2026-03-01T00:00:00.000Z',
    owedMinor: 5_000,
    state: 'open',
  };
  const rules = { maxDays: 14, maxPerCase: 2, graceDays: 1 };
  it.each([
    ['nothing paid yet', 5_000, '2026-03-09', 'open'],
    ['paid', 3_000, '2026-03-09', 'kept'],
    ['19.99', 3_001, '2026-03-09', 'open'],
    ['a day of grace', 5_000, '2026-03-10', 'open'],
    ['too late', 5_000, '2026-03-11', 'broken'],
  ])('%s: %i is owed on %s', (_, owedMinor, on, state) =>
    expect(promiseStateAt(promise, rules, { owedMinor, at: `${on}T00:00:00.000Z` })).toBe(state),
  );
  it.each([
    ['a third one', 2, '2026-03-05', /2 promises/],
    ['too far', 0, '2026-03-16', /14 days/],
    ['another', 1, '2026-03-15', null],
  ])('%s', (_, made, until, fault) => {
    const found = promiseFault(rules, {
      made,
      until: `${until}T00:00:00.000Z`,
      at: '2026-03-01T00:00:00.000Z',
    });
    if (fault) expect(found).toMatch(fault);
    else expect(found).toBeNull();
  });
});

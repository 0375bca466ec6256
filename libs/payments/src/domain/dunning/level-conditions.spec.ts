import type { DunningLevel, DunningPolicy, LevelCondition } from '@tollkeeper/contracts';
import { conditionUnmet, waitsForMoreDebt } from './level-conditions';
import type { CaseState } from './case-state';
import { ladderFault } from './dunning-ladder';
import { nextMove } from './next-move';
import { previewLadder } from './preview-ladder';

const debt = { invoices: 2, owedMinor: 10_000, currency: 'USD', lastDecline: 'insufficient_funds' };

/** Kill Bill's conditions of an overdue state: each limit is itself enough, all that are named must hold. */
it.each<[string, LevelCondition, Partial<typeof debt> | { lastDecline: null }, string | null]>([
  ['DN74', { invoices: 2 }, {}, null],
  ['DN75', { invoices: 3 }, {}, '2 of 3 overdue invoices'],
  ['DN76', { invoices: 1 }, { invoices: 0 }, '0 of 1 overdue invoices'],
  ['DN77', { owedMinor: 10_000 }, {}, null],
  ['DN78', { owedMinor: 10_001 }, {}, '$100.00 of $100.01 overdue'],
  ['DN79', { lastDeclineIn: ['insufficient_funds', 'do_not_honor'] }, {}, null],
  ['DN80', { lastDeclineIn: ['insufficient_funds', 'do_not_honor'] }, { lastDecline: 'do_not_honor' }, null],
  [
    'DN81',
    { lastDeclineIn: ['insufficient_funds'] },
    { lastDecline: 'lost_or_stolen_card' },
    'only after insufficient_funds; the last decline was lost_or_stolen_card',
  ],
  ['DN82', { lastDeclineIn: ['AM04'] }, { lastDecline: null }, 'only after AM04; nothing was declined'],
  ['DN83', { invoices: 2, owedMinor: 20_000 }, {}, '$100.00 of $200.00 overdue'],
])('%s %j', (_, condition, change, expected) =>
  expect(conditionUnmet(condition, { ...debt, ...change })).toBe(expected),
);

const level = (levelId: string, daysOverdue: number, onlyIf?: LevelCondition): DunningLevel => ({
  levelId,
  daysOverdue,
  actions: [{ kind: 'sendMessage', template: 'reminder1' }],
  ...(onlyIf ? { onlyIf } : {}),
});
const policy = (levels: DunningLevel[]): DunningPolicy => ({
  policyId: 'p',
  version: 1,
  minimumMinor: 1,
  stepHour: 9,
  levels,
});
const caseAt = (on: string, levels: DunningLevel[], change: Partial<CaseState> = {}): CaseState => ({
  ...{ zone: 'UTC', country: 'US', openedAt: '2012-06-01T09:00:00.000Z', openedOn: '2012-06-01' },
  ...{ at: `${on}T09:00:00.000Z`, policy: policy(levels), steps: [] },
  facts: {
    ...{ openMinor: 24_995, currency: 'USD', oldestDueOn: '2012-05-31', zone: 'UTC' },
    ...{ hold: null, promise: null, writtenOff: false, attemptOpen: false, restricted: false },
  },
  ...{ chasedMinor: 24_995, chasedInvoices: 1, chasedDueOn: '2012-05-31', minimumMinor: 1 },
  ...{ promise: null, plan: null, rounds: [], notices: [], nextDueOn: null, nextOverdueAt: null },
  ...change,
});
const levelAt = (state: CaseState): string => {
  const move = nextMove(state);
  return move.kind === 'take' ? move.level.levelId : move.kind;
};
const takenOf = (...levelIds: string[]) =>
  levelIds.map((levelId) => ({ levelId, what: 'sendMessage: reminder1', at: '2012-06-01T09:00:00.000Z' }));

describe('states by what is owed, month by month (Kill Bill: 249.95 a month, nothing paid)', () => {
  const byCount = [1, 2, 3].map((day) => level(`OD${day}`, day, { invoices: [2, 3, 5][day - 1] ?? 0 }));
  const byBalance = [1, 2, 3].map((day) =>
    level(`OD${day}`, day, { owedMinor: [26_000, 60_000, 120_000][day - 1] ?? 0 }),
  );
  const months: [on: string, invoices: number, expected: string, taken: string[]][] = [
    ['2012-06-02', 1, 'wait', []],
    ['2012-07-02', 2, 'OD1', []],
    ['2012-08-02', 3, 'OD2', ['OD1']],
    ['2012-09-02', 4, 'wait', ['OD1', 'OD2']],
    ['2012-10-02', 5, 'OD3', ['OD1', 'OD2']],
  ];
  it.each(months)('DN84 %s: %i unpaid invoices', (on, invoices, expected, taken) => {
    const change = { chasedInvoices: invoices, chasedMinor: invoices * 24_995, steps: takenOf(...taken) };
    expect(levelAt(caseAt(on, byCount, change))).toBe(expected);
    expect(levelAt(caseAt(on, byBalance, change))).toBe(expected);
  });

  it('DN85: it is looked at again when the next invoice is overdue', () => {
    const nextOverdueAt = '2012-07-01T09:00:00.000Z';
    expect(nextMove(caseAt('2012-06-02', byCount, { nextOverdueAt }))).toMatchObject({
      ...{ kind: 'wait', until: nextOverdueAt, levelId: 'OD1', why: '1 of 2 overdue invoices' },
      besides: [{ levelId: 'OD2' }, { levelId: 'OD3' }],
    });
  });
});

describe('a level that waits for more', () => {
  const bars: DunningLevel[] = [
    level('d1', 1),
    {
      levelId: 'd5',
      daysOverdue: 5,
      actions: [{ kind: 'restrict', state: 'barOutgoing' }],
      onlyIf: { invoices: 2 },
    },
    { levelId: 'd9', daysOverdue: 9, actions: [{ kind: 'restrict', state: 'suspended' }] },
    level('d12', 12),
  ];
  it('DN86: holds up harder bars, no message behind it', () =>
    expect(levelAt(caseAt('2012-07-20', bars, { steps: takenOf('d1') }))).toBe('d12'));
  it('DN87: is taken once it holds, the one behind it at its distance', () => {
    const steps = takenOf('d1', 'd12');
    const second = caseAt('2012-07-20', bars, { chasedInvoices: 2, steps });
    expect(levelAt(second)).toBe('d5');
    const barred = [...steps, { levelId: 'd5', what: 'restrict: barOutgoing', at: second.at }];
    expect(nextMove({ ...second, steps: barred })).toMatchObject({
      ...{ kind: 'wait', levelId: 'd9', until: '2012-07-24T09:00:00.000Z' },
    });
  });
  it('DN88: was taken and stays so when older debt is paid', () => {
    const steps = takenOf('d1', 'd5', 'd12');
    expect(nextMove(caseAt('2012-07-20', bars, { steps }))).toMatchObject({ level: { levelId: 'd9' } });
  });
  it('DN89: gives no notice: a bar needs one that always goes', () => {
    const [first = level('d1', 1), ...rest] = bars;
    expect(ladderFault([{ ...first, onlyIf: { invoices: 2 } }, ...rest])).toMatchObject({
      field: 'levels.1',
    });
    expect(ladderFault(bars)).toBeNull();
  });
  it('DN90: by the last decline alone', () => {
    const levels = [level('ask', 1, { lastDeclineIn: ['expired_card'] }), level('d3', 3)];
    const round = { at: '2012-06-01T06:00:00.000Z', ofCase: true, state: 'declined', category: 'hard' };
    const after = (declineCode: string) =>
      levelAt(caseAt('2012-06-03', levels, { rounds: [{ ...round, declineCode }] }));
    expect([after('expired_card'), after('insufficient_funds')]).toEqual(['ask', 'd3']);
  });
  it('DN91: the preview says so', () => {
    const account = { zone: 'UTC', country: 'US', kind: 'person' as const, currency: 'USD' };
    const invoices = [{ invoiceId: 'a', dueOn: '2012-05-31', totalMinor: 24_995, owedMinor: 24_995 }];
    const at = '2012-06-01T00:00:00.000Z';
    const steps = previewLadder(policy(bars), { ...account, at, invoices, openedOn: null });
    expect(steps.map(({ levelId, waits }) => [levelId, waits])).toEqual([
      ['d1', null],
      ['d5', '1 of 2 overdue invoices'],
      ['d9', null],
      ['d12', null],
    ]);
  });
  it('more debt is news for such a case, and where the law asks for a minimum', () => {
    expect(waitsForMoreDebt(bars, false)).toBe(true);
    expect(waitsForMoreDebt([level('d1', 1)], true)).toBe(false);
    expect(waitsForMoreDebt(bars.slice(2), true)).toBe(true);
    expect(waitsForMoreDebt(bars.slice(2), false)).toBe(false);
  });
});

describe('the oldest invoice is paid, a younger one stays (Kill Bill: the days count from what is left)', () => {
  const levels = [level('WARNING', 5), level('BLOCKED', 7), level('CANCELLATION', 11)];
  const shifted = { chasedDueOn: '2012-06-02' };
  it.each([
    ['DN92', '2012-06-05', 'wait', []],
    ['DN93', '2012-06-07', 'WARNING', []],
    ['DN94', '2012-06-08', 'wait', ['WARNING']],
    ['DN95', '2012-06-09', 'BLOCKED', ['WARNING']],
    ['DN96', '2012-06-13', 'CANCELLATION', ['WARNING', 'BLOCKED']],
  ])('%s on %s: %s', (_, on, expected, taken) => {
    const days: Record<string, string> = { WARNING: '2012-06-07', BLOCKED: '2012-06-09' };
    const steps = takenOf(...taken).map((step) => ({ ...step, at: `${days[step.levelId]}T09:00:00.000Z` }));
    expect(levelAt(caseAt(on, levels, { ...shifted, steps }))).toBe(expected);
  });

  it('DN97: a look that comes late takes the first level, not the hardest (policy: nobody is skipped to a bar)', () =>
    expect(levelAt(caseAt('2012-06-08', levels))).toBe('WARNING'));
});

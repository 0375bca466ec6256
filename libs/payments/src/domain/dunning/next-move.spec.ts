import type { CollectionFacts, DunningLevel } from '@tollkeeper/contracts';
import type { PaymentPlan } from './instalments';
import type { CaseState } from './case-state';
import { nextMove } from './next-move';
import { barsOf } from './standing-bars';

const levels: DunningLevel[] = [
  { levelId: 'd1', daysOverdue: 1, actions: [{ kind: 'sendMessage', template: 'finalNotice' }] },
  { levelId: 'd5', daysOverdue: 5, actions: [{ kind: 'restrict', state: 'barOutgoing' }] },
  { levelId: 'd9', daysOverdue: 9, actions: [{ kind: 'restrict', state: 'suspended' }] },
  { levelId: 'd30', daysOverdue: 30, actions: [{ kind: 'handOver' }] },
];
const ended: DunningLevel[] = [
  levels[0] as DunningLevel,
  { levelId: 'd30', daysOverdue: 30, actions: [{ kind: 'terminate' }] },
  { levelId: 'd40', daysOverdue: 40, actions: [{ kind: 'writeOff' }] },
];
const facts: CollectionFacts = {
  openMinor: 9_000,
  currency: 'EUR',
  oldestDueOn: '2026-06-01',
  zone: 'UTC',
  hold: null,
  promise: null,
  writtenOff: false,
  attemptOpen: false,
  restricted: false,
};
const debt: CaseState = {
  zone: 'UTC',
  country: 'US',
  openedAt: '2026-06-02T06:00:00.000Z',
  openedOn: '2026-06-02',
  at: '2026-06-02T09:00:00.000Z',
  policy: { policyId: 'p', version: 1, minimumMinor: 100, stepHour: 9, levels },
  steps: [],
  facts,
  chasedMinor: 9_000,
  chasedDueOn: '2026-06-01',
  chasedInvoices: 1,
  minimumMinor: 100,
  promise: null,
  plan: null,
  rounds: [],
  notices: [],
  nextDueOn: null,
  nextOverdueAt: null,
};
const plan: PaymentPlan = {
  planId: 'pln_1',
  invoiceIds: ['a'],
  totalMinor: 9_000,
  instalments: [{ no: 1, dueOn: '2026-06-20', amountMinor: 9_000 }],
  autoCharge: true,
  graceDays: 0,
  restoreService: true,
  state: 'active',
  agreedAt: '2026-06-10T00:00:00.000Z',
  endedAt: null,
};
const step = (levelId: string, what: string, on: string) => ({ levelId, what, at: `${on}T09:00:00.000Z` });
const noticed = step('d1', 'sendMessage: finalNotice', '2026-06-02');
const barred = [noticed, step('d5', 'restrict: barOutgoing', '2026-06-06')];
const planned = { ...facts, plannedMinor: 9_000 };

describe('what a case does now', () => {
  it.each<[string, Partial<CaseState>, object]>([
    ['the first level is due', {}, { kind: 'take', level: { levelId: 'd1' } }],
    [
      'the next is not yet',
      { steps: [noticed] },
      { kind: 'wait', levelId: 'd5', until: '2026-06-06T09:00:00.000Z' },
    ],
    [
      'paid',
      { chasedMinor: 0, facts: { ...facts, restricted: true } },
      { kind: 'close', outcome: 'cured', restore: true },
    ],
    ['what is left is below the minimum', { chasedMinor: 99 }, { kind: 'close', outcome: 'cured' }],
    ['a case by hand has none', { chasedMinor: 99, minimumMinor: 0 }, { kind: 'take' }],
    [
      'a charge is under way',
      { facts: { ...facts, attemptOpen: true } },
      { kind: 'wait', why: 'a payment is under way' },
    ],
    [
      'legal hold',
      { facts: { ...facts, hold: { reason: 'court', until: null } } },
      { kind: 'wait', until: null, why: 'on hold: court' },
    ],
    [
      'all that is left is disputed: the bar is lifted',
      { chasedMinor: 0, steps: barred, facts: { ...facts, disputedMinor: 2_000, restricted: true } },
      { kind: 'lift', levelId: 'lift-1' },
    ],
    [
      'a plan is kept: the bar is lifted',
      {
        chasedMinor: 0,
        steps: barred,
        facts: { ...planned, restricted: true },
        plan: { terms: plan, owedMinor: 9_000 },
      },
      { kind: 'lift', why: 'a payment plan is kept' },
    ],
    [
      'its instalment is charged on its day',
      {
        chasedMinor: 0,
        facts: planned,
        plan: { terms: plan, owedMinor: 9_000 },
        at: '2026-06-20T09:00:00.000Z',
      },
      { kind: 'chargeInstalment', no: 1 },
    ],
    [
      'it defaulted: barred again',
      {
        steps: [...barred, step('lift-1', 'lift: a payment plan is kept', '2026-06-10')],
        plan: { terms: { ...plan, state: 'defaulted' }, owedMinor: 9_000 },
        at: '2026-06-21T09:00:00.000Z',
      },
      { kind: 'take', level: { levelId: 'again-1', actions: [{ state: 'barOutgoing' }] } },
    ],
    [
      'Germany, 90.00: no bar; looked at when another invoice is overdue',
      {
        country: 'DE',
        steps: [noticed],
        at: '2026-06-08T09:00:00.000Z',
        nextOverdueAt: '2026-06-11T09:00:00.000Z',
      },
      { kind: 'wait', levelId: 'd5', until: '2026-06-11T09:00:00.000Z' },
    ],
    [
      'Germany, 90.00: no end of the service either, but the write-off behind it',
      {
        country: 'DE',
        policy: { ...debt.policy, levels: ended },
        steps: [noticed],
        at: '2026-07-20T09:00:00.000Z',
      },
      { kind: 'take', level: { levelId: 'd40' } },
    ],
    [
      'Germany: a bar that was lifted comes back only for 100.00',
      {
        country: 'DE',
        steps: [...barred, step('lift-1', 'lift: the rest is disputed', '2026-06-10')],
        notices: [{ key: 'n', deliveredAt: '2026-05-02T09:00:00.000Z', askedAt: null }],
        at: '2026-06-12T09:00:00.000Z',
      },
      { kind: 'wait', levelId: 'd30' },
    ],
    [
      'opened in the morning of Berlin, while the due date goes on in Honolulu',
      {
        chasedMinor: 0,
        openedOn: '2026-06-01',
        nextDueOn: '2026-06-01',
        nextOverdueAt: '2026-06-02T19:00:00.000Z',
      },
      { kind: 'wait', until: '2026-06-02T19:00:00.000Z', why: '2026-06-01 is not over in UTC' },
    ],
    [
      'the hand-over behind a bar that never came',
      { country: 'DE', steps: [noticed], at: '2026-07-20T09:00:00.000Z' },
      { kind: 'take', level: { levelId: 'd30' } },
    ],
    [
      'Germany, 100.00: the notice is to be proven first',
      {
        country: 'DE',
        chasedMinor: 10_000,
        steps: [noticed],
        at: '2026-06-08T09:00:00.000Z',
        notices: [{ key: 'n', deliveredAt: null, askedAt: null }],
      },
      { kind: 'prove', keys: ['n'] },
    ],
  ])('%s', (_, change, move) => expect(nextMove({ ...debt, ...change })).toMatchObject(move));

  it('a retry that found nothing to charge is not repeated', () => {
    const retries = { maxAttempts: 3, start: 'opening' as const, daysBetween: 2 };
    const policy = { ...debt.policy, retries };
    expect(nextMove({ ...debt, policy })).toMatchObject({ level: { levelId: 'retry-1' } });
    const steps = [step('retry-1', 'retryPayment: notAllowed', '2026-06-02')];
    expect(nextMove({ ...debt, policy, steps })).toMatchObject({ level: { levelId: 'd1' } });
  });

  it('D005, D013: the minimum itself is reached', () => {
    expect(nextMove({ ...debt, minimumMinor: 5_099, chasedMinor: 5_100 }).kind).toBe('take');
    expect(nextMove({ ...debt, minimumMinor: 10_000, chasedMinor: 10_000 }).kind).toBe('take');
    expect(nextMove({ ...debt, minimumMinor: 10_000, chasedMinor: 9_999 }).kind).toBe('close');
  });
});

it('a bar that was lifted is remembered', () =>
  expect(barsOf([...barred, step('lift-1', 'lift: x', '2026-06-10')])).toEqual({
    now: null,
    lifted: 'barOutgoing',
    liftings: 1,
  }));

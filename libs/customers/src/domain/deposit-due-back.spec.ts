import { describe, expect, it } from '@jest/globals';
import type { CreditTerms } from '@tollkeeper/contracts';
import {
  type GiveBack,
  goodAt,
  type HeldDeposit,
  nextGoodAt,
  type Services,
  withGiveBack,
} from './deposit-due-back';
import type { OfferingDeposit } from './offering-deposits';

const at = '2026-07-10T12:00:00.000Z';
const since = '2026-01-01T00:00:00.000Z';
/** 50.00 an account, back after six months. */
const terms = (change: Partial<CreditTerms> = {}): CreditTerms => ({
  ...{ creditClass: 'new', depositMinor: 5000, depositPer: 'account', depositReturnMonths: 6 },
  ...{ creditLimitMinor: null, usageCapMinor: null, dunningPolicyId: null },
  ...change,
});
const router: OfferingDeposit = {
  ...{ subscriptionId: 'sub_1', offeringId: 'router', amountMinor: 2000 },
  ...{ refundAfterMonths: 3, agreedAt: since },
};
const held = (change: Partial<HeldDeposit> = {}, depositMinor = 5000): HeldDeposit => ({
  balance: { depositMinor, depositSince: since },
  ...{ managed: true, undoneMinor: 0, waiver: null, proven: null, giveBack: null, lateAt: null },
  ...change,
});
const services = (live: string[], ends: Record<string, string> = {}, coming = live): Services => ({
  ...{ live: new Set(live), coming: new Set(coming), ends: new Map(Object.entries(ends)) },
});
const endedAt = '2026-05-31T22:00:00.000Z';
const due: GiveBack = {
  ...{ key: 'dep_0', cause: 'ended', amountMinor: 5000, leavesMinor: 0, since, endedAt, at },
  state: 'due',
};

const back = (row: HeldDeposit, of: Services, credit: CreditTerms | null = terms()) =>
  withGiveBack(row, { creditTerms: credit, zone: 'UTC' }, of, { at, newKey: () => 'dep_1' });

/** `<cause> <amount>, <rest>` of what goes back. */
const said = ({ giveBack }: HeldDeposit): string | null =>
  giveBack && `${giveBack.cause} ${giveBack.amountMinor}, ${giveBack.leavesMinor} stay`;

describe('of a deposit of 50.00 goes back', () => {
  const late = '2026-03-15T00:00:00.000Z';
  it.each<[string, HeldDeposit, Services, CreditTerms | null, string | null]>([
    ['all, six months after it was taken', held(), services(['sub_1']), terms(), 'goodPayment 5000, 0 stay'],
    ['nothing before', held(), services(['sub_1']), terms({ depositReturnMonths: 7 }), null],
    [
      'nothing by itself where the class has no term',
      held(),
      services(['sub_1']),
      terms({ depositReturnMonths: null }),
      null,
    ],
    [
      'nothing six months after, paid late in March',
      held({ lateAt: late }),
      services(['sub_1']),
      terms(),
      null,
    ],
    [
      'all, when the last service has ended',
      held(),
      services([], { sub_1: endedAt }),
      terms(),
      'ended 5000, 0 stay',
    ],
    ['all, when none ever began', held(), services([]), terms(), 'orderUndone 5000, 0 stay'],
    [
      'nothing while a new one is about to begin',
      held(),
      services([], {}, ['sub_2']),
      terms({ depositReturnMonths: null }),
      null,
    ],
    ['nothing that was deposited by hand', held({ managed: false }), services([]), terms(), null],
    [
      'nothing twice',
      held({ giveBack: { ...due, state: 'given' } }),
      services([]),
      terms(),
      'ended 5000, 0 stay',
    ],
    ['nothing of nothing', held({}, 0), services([]), terms(), null],
    [
      '30.00 of an order undone, 20.00 are demanded',
      held({ undoneMinor: 4000 }),
      services(['sub_1']),
      terms({ depositMinor: 2000 }),
      'orderUndone 3000, 2000 stay',
    ],
    [
      'nothing of an order undone where all is demanded',
      held({ undoneMinor: 4000 }),
      services(['sub_1']),
      terms({ depositReturnMonths: null }),
      null,
    ],
  ])('%s', (_case, row, of, credit, expected) => {
    expect(said(back(row, of, credit))).toBe(expected);
  });
});

describe('of 70.00, of which 20.00 for a router', () => {
  const row = (change: Partial<HeldDeposit> = {}) => held({ offeringDeposits: [router], ...change }, 7000);
  const long = terms({ depositReturnMonths: 12 });
  it.each<[string, HeldDeposit, Services, CreditTerms | null, string | null, number]>([
    [
      'the router’s, after its own three months',
      row(),
      services(['sub_1']),
      long,
      'goodPayment 2000, 5000 stay',
      1,
    ],
    [
      'first the class’s, when both are good',
      row(),
      services(['sub_1']),
      terms(),
      'goodPayment 5000, 2000 stay',
      1,
    ],
    [
      'the router’s, when its service ended',
      row(),
      services(['sub_2'], { sub_1: endedAt }),
      long,
      'ended 2000, 5000 stay',
      0,
    ],
    [
      'nothing of the router’s that stays for good',
      row({ offeringDeposits: [{ ...router, refundAfterMonths: null }] }),
      services(['sub_1']),
      long,
      null,
      1,
    ],
    [
      'all, when a waiver asks for none and the class is good',
      row({ waiver: { creditClass: 'new' } }),
      services(['sub_1']),
      terms(),
      'goodPayment 7000, 0 stay',
      1,
    ],
  ])('%s', (_case, before, of, credit, expected, agreed) => {
    const after = back(before, of, credit);
    expect(said(after)).toBe(expected);
    expect(after.offeringDeposits).toHaveLength(agreed);
  });

  it('it says whose it is, and since when it was good', () => {
    expect(back(row({ lateAt: '2026-02-01T00:00:00.000Z' }), services(['sub_1']), long).giveBack).toEqual({
      ...{ key: 'dep_1', cause: 'goodPayment', amountMinor: 2000, leavesMinor: 5000, at, endedAt: null },
      ...{ since: '2026-02-01T00:00:00.000Z', agreedKeys: ['sub_1/router'], state: 'due' },
    });
  });
});

describe('what is about to go back at the end', () => {
  it.each<[string, HeldDeposit['giveBack'], Services, string | null]>([
    ['stays when a service begins again', due, services([], {}, ['sub_2']), null],
    ['goes when none does', due, services([]), 'ended 5000, 0 stay'],
    [
      'goes where it was of an offering',
      { ...due, agreedKeys: ['sub_1/router'] },
      services(['sub_2']),
      'ended 5000, 0 stay',
    ],
    ['goes when it is on its way', { ...due, state: 'given' }, services(['sub_2']), 'ended 5000, 0 stay'],
  ])('%s', (_case, giveBack, of, expected) => {
    expect(said(back(held({ giveBack }), of, terms({ depositReturnMonths: null })))).toBe(expected);
  });
});

it('the next date is the first of the class’s and the offerings’', () => {
  const payer = { creditTerms: terms(), zone: 'UTC' };
  const row = held({ offeringDeposits: [router] }, 7000);
  expect(goodAt(payer, row, services(['sub_1']))).toBe('2026-07-01T00:00:00.000Z');
  expect(nextGoodAt(payer, row, services(['sub_1']))).toBe('2026-04-01T00:00:00.000Z');
  expect(nextGoodAt(payer, row, services(['sub_2']))).toBe('2026-07-01T00:00:00.000Z');
  expect(nextGoodAt(payer, held({ giveBack: due }), services(['sub_1']))).toBeNull();
});

import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';

interface CreditRow {
  accountId: string;
  balance: { depositMinor: number } | null;
  told: { cause: string; periodKey: string; percent: number }[];
  bars: { cause: string; periodKey: string; state: string }[];
  offeringDeposits?: { subscriptionId: string; amountMinor: number }[];
  claims: object[];
  topUp: object | null;
  giveBack: object | null;
  waiver: object | null;
}

export const credit: Invariant = {
  name: 'credit',
  statement:
    'the deposits in the books are those that were paid less what was used or went back; nothing is barred for usage without its cause; each threshold is told once a period; what a live service was sold with as a deposit is held',
  async check(ground, findings) {
    const held = await checkDeposits(ground, findings);
    await checkBars(ground, findings, held);
    await checkAgreed(ground, findings, held);
  },
};

async function sumsBy(
  { rows }: Ground,
  [service, collection]: ['payments' | 'invoicing', string],
  match: object,
  amount: string,
): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  const stages = [{ $match: match }, { $group: { _id: '$accountId', minor: { $sum: amount } } }];
  for await (const { _id, minor } of rows.aggregate<{ _id: string; minor: number }>(
    service,
    collection,
    stages,
  ))
    sums.set(_id, Number(minor));
  return sums;
}

/** What came in by payments, as far as the books have heard of it, and what they hold now. */
async function checkDeposits(ground: Ground, findings: Findings): Promise<Map<string, number>> {
  const paid = await sumsBy(ground, ['payments', 'payments'], { purpose: 'deposit' }, '$amountMinor');
  const balances = await sumsBy(ground, ['invoicing', 'customerBalances'], {}, '$depositMinor');
  const moved = new Map<string, { received: number; left: number }>();
  const lines = ground.rows.aggregate<{ _id: { accountId: string; rule: string }; minor: number }>(
    'invoicing',
    'postings',
    [
      { $match: { 'lines.account': 'depositLiability' } },
      { $unwind: '$lines' },
      { $match: { 'lines.account': 'depositLiability' } },
      {
        $group: {
          _id: { accountId: '$accountId', rule: '$rule' },
          minor: { $sum: { $multiply: ['$lines.amountMinor', -1] } },
        },
      },
    ],
  );
  for await (const { _id, minor } of lines) {
    const sum = moved.get(_id.accountId) ?? { received: 0, left: 0 };
    const received = _id.rule === 'depositReceived' ? Number(minor) : 0;
    moved.set(_id.accountId, { received: sum.received + received, left: sum.left + Number(minor) });
  }
  for (const accountId of new Set([...paid.keys(), ...moved.keys()])) {
    const { received, left } = moved.get(accountId) ?? { received: 0, left: 0 };
    const came = paid.get(accountId) ?? 0;
    const held = -(balances.get(accountId) ?? 0);
    findings.look();
    findings.count('accounts with deposits');
    if (came > received)
      findings.wait(accountId, `deposits of ${came} were paid, the books have ${received}`);
    findings.breachIf(came < received, accountId, `the books have deposits of ${received}, ${came} was paid`);
    findings.breachIf(
      left !== held || left < 0,
      accountId,
      `its postings leave ${left}, its balance ${held}`,
    );
  }
  return new Map([...moved].map(([accountId, { left }]) => [accountId, left]));
}

async function checkBars(
  { rows }: Ground,
  findings: Findings,
  held: ReadonlyMap<string, number>,
): Promise<void> {
  const known = new Map<string, CreditRow>();
  for await (const row of rows.find<CreditRow>('customers', 'creditAccounts')) {
    const { accountId, balance, told, bars } = row;
    known.set(accountId, row);
    findings.look();
    const keys = told.map(({ cause, periodKey, percent }) => `${cause} ${periodKey} ${percent}`);
    findings.count('thresholds told', keys.length);
    findings.breachIf(new Set(keys).size !== keys.length, accountId, 'a threshold was told twice');
    for (const { cause, periodKey } of bars)
      findings.breachIf(
        !keys.includes(`${cause} ${periodKey} 100`),
        accountId,
        `barred for ${cause} of ${periodKey} without a word`,
      );
    const books = held.get(accountId) ?? 0;
    const copy = Number(balance?.depositMinor ?? 0);
    if (balance && copy !== books) findings.wait(accountId, `shows a deposit of ${copy}, held is ${books}`);
  }
  for await (const { _id, usageBar } of rows.find<{ _id: string; usageBar: string }>(
    'customers',
    'accounts',
    { usageBar: { $type: 'string' } },
    ['usageBar'],
  )) {
    findings.look();
    findings.count('accounts barred for usage');
    const caused = known.get(_id)?.bars.some(({ state }) => state === usageBar) ?? false;
    findings.breachIf(!caused, _id, `${usageBar} without a cause`);
  }
}

/** Nothing is on its way or waived: then the books hold what live services were sold with. */
async function checkAgreed(
  { rows }: Ground,
  findings: Findings,
  held: ReadonlyMap<string, number>,
): Promise<void> {
  const settled = { claims: { $size: 0 }, topUp: null, giveBack: null, waiver: null };
  const live = new Set<string>();
  const status = { status: { $ne: 'terminated' } };
  const agreed: CreditRow[] = [];
  const some = { 'offeringDeposits.0': { $exists: true }, ...settled };
  for await (const row of rows.find<CreditRow>('customers', 'creditAccounts', some)) agreed.push(row);
  if (agreed.length === 0) return;
  for await (const { _id } of rows.find<{ _id: string }>('customers', 'subscriptions', status, ['_id']))
    live.add(_id);
  for (const { accountId, offeringDeposits = [] } of agreed) {
    findings.look();
    const asked = offeringDeposits
      .filter(({ subscriptionId }) => live.has(subscriptionId))
      .reduce((sum, { amountMinor }) => sum + Number(amountMinor), 0);
    const books = held.get(accountId) ?? 0;
    findings.breachIf(asked > books, accountId, `was sold with deposits of ${asked}, held is ${books}`);
  }
}

import {
  addDays,
  compareDates,
  dayOfWeek,
  daysBetween,
  type LocalDate,
  localDateOf,
} from '@tollkeeper/calendar';
import type { DunningPolicy } from '@tollkeeper/contracts';
import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { collect } from '../tenant-rows';

interface CaseRow {
  _id: string;
  accountId: string;
  policyId: string;
  policyVersion: number;
  openedOn: LocalDate;
  /** Cases from before payments decided each move have none: their late steps came one a day. */
  minimumMinor?: number;
  steps: { levelId: string; what: string; at: string }[];
  notices?: { deliveredAt: string | null }[];
  endedAtAgency?: { how: string };
  fees?: { key: string; minor: number; posted: boolean }[];
  plan?: { totalMinor: number; instalments: { amountMinor: number }[] } | null;
}

interface AccountRow {
  _id: string;
  zone: string;
  country?: string;
}

/** TKG § 61; TKG 2021 § 142: days between a delivered notice and a bar. */
const noticeDays: Record<string, number> = { DE: 14, AT: 14 };

export const collections: Invariant = {
  name: 'collections',
  statement:
    'no step comes before its day or on a forbidden one; no bar without a proven notice where the law asks for it; fees are postings; instalments add up to the debt; what an agency no longer has is not given up',
  async check(ground, findings) {
    const { rows } = ground;
    const policies = await collect(rows.find<DunningPolicy & { _id: string }>('payments', 'dunningPolicies'));
    const byVersion = new Map(policies.map((row) => [`${row.policyId}/${row.version}`, row]));
    const accounts = new Map<string, AccountRow>();
    for await (const row of rows.find<AccountRow>('payments', 'accountCopies', {}, ['zone', 'country']))
      accounts.set(row._id, row);
    const cases = await collect(rows.find<CaseRow>('payments', 'collections'));
    for (const row of cases) {
      const policy = byVersion.get(`${row.policyId}/${row.policyVersion}`);
      findings.look();
      findings.count('cases');
      const account = accounts.get(row.accountId);
      if (policy && account) checkSteps(row, policy, account, findings);
      const planned = row.plan?.instalments.reduce((sum, each) => sum + Number(each.amountMinor), 0) ?? 0;
      findings.breachIf(planned !== Number(row.plan?.totalMinor ?? 0), row._id, `its plan is of ${planned}`);
    }
    await checkFees(ground, cases, findings);
    await checkAgency(ground, cases, findings);
  },
};

export function checkSteps(
  row: CaseRow,
  policy: DunningPolicy,
  account: AccountRow,
  findings: Findings,
): void {
  const dayOf = (at: string): LocalDate => localDateOf(at, account.zone);
  const days = new Map<string, LocalDate>();
  for (const { levelId, at } of row.steps) if (!days.has(levelId)) days.set(levelId, dayOf(at));
  let before: { on: LocalDate; daysOverdue: number } | null = null;
  for (const { levelId, daysOverdue } of policy.levels) {
    const on = days.get(levelId);
    if (on === undefined) continue;
    findings.count('steps');
    const early = compareDates(on, row.openedOn) < 0;
    // A bar that the law put off may come behind a level that follows it.
    const distance = before === null || before.on > on ? null : daysBetween(before.on, on);
    const near = distance !== null && before !== null && distance < daysOverdue - before.daysOverdue;
    findings.breachIf(early, row._id, `${levelId} was taken before the case was opened`);
    findings.breachIf(
      near && row.minimumMinor !== undefined,
      row._id,
      `${levelId} came too soon after the level before`,
    );
    const { weekdays = [], dates = [] } = policy.forbidden ?? {};
    findings.breachIf(
      weekdays.includes(dayOfWeek(on)) || dates.includes(on),
      row._id,
      `${levelId} on ${on}, a forbidden day`,
    );
    before = { on, daysOverdue };
  }
  const asked = noticeDays[account.country ?? ''];
  if (asked === undefined) return;
  for (const { what, at, levelId } of row.steps) {
    if (!/^restrict: (barOutgoing|suspended)$/.test(what)) continue;
    const proven = (row.notices ?? []).some(
      ({ deliveredAt }) =>
        deliveredAt !== null && compareDates(addDays(dayOf(deliveredAt), asked), dayOf(at)) <= 0,
    );
    findings.breachIf(!proven, row._id, `${levelId} barred without a notice delivered ${asked} days before`);
  }
}

async function checkAgency({ rows }: Ground, cases: CaseRow[], findings: Findings): Promise<void> {
  const ended = cases.filter(({ endedAtAgency }) => endedAtAgency).map(({ _id }) => _id);
  const given = rows.find<{ _id: string; givenUpBy: string }>(
    'payments',
    'payables',
    { givenUpBy: { $in: ended } },
    ['givenUpBy'],
  );
  for await (const { _id, givenUpBy } of given)
    findings.breachIf(true, givenUpBy, `the agency no longer has it, and ${_id} is still given up`);
}

async function checkFees({ rows, tenantId }: Ground, cases: CaseRow[], findings: Findings): Promise<void> {
  const fees = cases.flatMap((row) => (row.fees ?? []).map((fee) => ({ ...fee, caseId: row._id })));
  const ids = fees.map(({ key }) => `${tenantId}/${key}`);
  const posted = new Map<string, number>();
  const postings = rows.find<{ _id: string; lines: { account: string; amountMinor: number }[] }>(
    'invoicing',
    'postings',
    { _id: { $in: ids } },
    ['lines'],
  );
  for await (const { _id, lines } of postings)
    posted.set(_id, Number(lines.find(({ account }) => account === 'receivable')?.amountMinor ?? 0));
  for (const { key, minor, posted: isPosted, caseId } of fees) {
    findings.count('late fees');
    const booked = posted.get(`${tenantId}/${key}`) ?? null;
    if (!isPosted) findings.wait(caseId, `the fee ${key} is on its way to the books`);
    else
      findings.breachIf(booked !== Number(minor), caseId, `fee ${key} of ${minor}, the books have ${booked}`);
  }
}

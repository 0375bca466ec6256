import { serviceNames, type StorageRef } from '@tollkeeper/contracts';
import type { Ground, Invariant } from '../invariant';
import type { Findings } from '../findings';
import { collect } from '../tenant-rows';

export const processes: Invariant = {
  name: 'processes',
  statement:
    'one open collection per account, each with debt; outboxes empty; no handed-over object missing or changed',
  async check(ground, findings) {
    await checkCollections(ground, findings);
    await checkOutboxes(ground, findings);
    await checkObjects(ground, findings);
  },
};

async function checkCollections({ rows }: Ground, findings: Findings): Promise<void> {
  const open = rows.aggregate<{ _id: string; cases: string[] }>('payments', 'collections', [
    { $match: { state: 'open' } },
    { $group: { _id: '$accountId', cases: { $push: '$_id' } } },
  ]);
  const unseen = await rows.count('payments', 'collections', {
    state: 'open',
    minimumMinor: { $exists: true },
    begunAt: { $exists: false },
  });
  if (unseen > 0) findings.wait('collections', `${unseen} open cases were not looked at by a process yet`);
  const overdue = await accountsInDebt(rows);
  for await (const { _id: accountId, cases } of open) {
    findings.look();
    findings.count('open collections', cases.length);
    findings.breachIf(
      cases.length > 1,
      accountId,
      `has ${cases.length} open collections: ${cases.join(' ')}`,
    );
    if (!overdue.has(accountId))
      findings.wait(
        cases.join(' '),
        `is open, and ${accountId} owes nothing that fell due before it was opened`,
      );
  }
}

/** Accounts that still owe something which fell due before their case was opened, or are paying it just now. */
async function accountsInDebt(rows: Ground['rows']): Promise<Set<string>> {
  const found = rows.aggregate<{ _id: string }>('payments', 'collections', [
    { $match: { state: 'open' } },
    {
      $lookup: {
        from: 'payables',
        let: { account: '$accountId', opened: '$openedOn' },
        pipeline: [
          { $match: { tenantId: rows.tenantId, openMinor: { $gt: 0 }, givenUpBy: null } },
          {
            $match: {
              $expr: { $and: [{ $eq: ['$accountId', '$$account'] }, { $lt: ['$dueOn', '$$opened'] }] },
            },
          },
          { $limit: 1 },
        ],
        as: 'overdue',
      },
    },
    { $match: { 'overdue.0': { $exists: true } } },
    { $group: { _id: '$accountId' } },
  ]);
  return new Set((await collect(found)).map(({ _id }) => _id));
}

async function checkOutboxes({ rows }: Ground, findings: Findings): Promise<void> {
  for (const service of serviceNames) {
    const waiting = await rows.count(service, 'outbox');
    findings.look();
    if (waiting > 0) findings.wait(`${service} outbox`, `${waiting} rows wait for the relay`);
  }
}

async function checkObjects({ rows, objects }: Ground, findings: Findings): Promise<void> {
  const sources = [
    ['invoicing', 'billRunBatches', 'snapshot'],
    ['rating', 'closings', 'totals'],
  ] as const;
  for (const [service, collection, field] of sources) {
    const refs = rows.aggregate<{ _id: string; ref: StorageRef }>(service, collection, [
      { $project: { ref: `$${field}` } },
    ]);
    for await (const { _id, ref } of refs) {
      findings.look();
      findings.count('objects');
      const fault = await objects.faultOf(ref);
      if (fault) findings.breach(_id, fault);
    }
  }
}

import type { Ground, Invariant } from '../invariant';
import type { Findings } from '../findings';
import { byId, collect, inChunks } from '../tenant-rows';

const ROWS_AT_ONCE = 1_000;

export interface MessageRow {
  _id: string;
  key: string;
  state: string;
  messageId: string;
  attempts: number;
  repeats: number;
  sentAt?: string | null;
  smtpResponse?: string | null;
}

export const messages: Invariant = {
  name: 'messages',
  statement:
    'each key and Message-ID once; no mail again after its 250; repeats counted; every invoice has its message',
  async check(ground, findings) {
    const { rows, copies } = ground;
    const columns = ['key', 'state', 'messageId', 'attempts', 'repeats', 'sentAt', 'smtpResponse'];
    for await (const row of rows.find<MessageRow>('notifications', 'messages', {}, columns)) {
      findings.look();
      findings.count(row.state);
      if (row.repeats > 0) findings.count('repeats', row.repeats);
      const inInbox = copies?.get(row.messageId) ?? null;
      for (const fault of messageFaults(row, inInbox)) findings.breach(row._id, fault);
      if (copies && row.state === 'sent' && inInbox === null)
        findings.count('sent, not in the inbox any more');
      if (['queued', 'sending'].includes(row.state)) findings.wait(row._id, `is ${row.state}`);
    }
    await findDoubles(ground, findings, 'key');
    await findDoubles(ground, findings, 'messageId');
    await checkInvoicesTold(ground, findings);
  },
};

/** `copies`: how often the inbox has it, null when that is not known. */
export function messageFaults(
  row: Omit<MessageRow, '_id' | 'key' | 'messageId'>,
  copies: number | null,
): string[] {
  const { state, attempts, repeats, sentAt, smtpResponse } = row;
  const faults: string[] = [];
  if (copies !== null && copies > 1 + repeats)
    faults.push(`arrived ${copies} times; ${repeats} repeats are counted`);
  if (repeats > Math.max(0, attempts - 1)) faults.push(`counts ${repeats} repeats in ${attempts} attempts`);
  if (state === 'sent' && (attempts < 1 || !sentAt || !smtpResponse?.startsWith('250')))
    faults.push(`is sent without a 250 on record (${smtpResponse ?? 'no response'}, ${attempts} attempts)`);
  if (state !== 'sent' && sentAt) faults.push(`was sent at ${sentAt} and is ${state} again`);
  return faults;
}

async function findDoubles({ rows }: Ground, findings: Findings, field: 'key' | 'messageId'): Promise<void> {
  const doubles = rows.aggregate<{ _id: string; messages: string[] }>('notifications', 'messages', [
    { $group: { _id: `$${field}`, messages: { $push: '$_id' } } },
    { $match: { 'messages.1': { $exists: true } } },
  ]);
  for await (const { _id, messages: rowIds } of doubles)
    findings.breach(_id, `is the ${field} of ${rowIds.join(' and ')}`);
}

/** The message as such; whether its address could be reached is another matter. */
async function checkInvoicesTold({ rows }: Ground, findings: Findings): Promise<void> {
  const delivered = { state: { $in: ['lateUsage', 'completed'] } };
  const runs = byId(
    await collect(rows.find<{ _id: string; state: string }>('invoicing', 'billRuns', delivered, ['state'])),
  );
  const filter = { runId: { $in: [...runs.keys()] }, state: { $in: ['finalized', 'cancelled'] } };
  const invoices = rows.find<{ _id: string; runId: string; number: string }>(
    'invoicing',
    'invoices',
    filter,
    ['runId', 'number'],
  );
  for await (const chunk of inChunks(invoices, ROWS_AT_ONCE)) {
    findings.count('invoices told', chunk.length);
    const keys = { key: { $in: chunk.map(({ _id }) => keyOf(_id)) } };
    const told = new Set(
      (await collect(rows.find<{ key: string }>('notifications', 'messages', keys, ['key']))).map(
        ({ key }) => key,
      ),
    );
    for (const { _id, runId, number } of chunk) {
      if (told.has(keyOf(_id))) continue;
      // An account that is tried again late goes through the stages alone, while its run waits for late usage.
      if (runs.get(runId)?.state === 'lateUsage') findings.wait(_id, `${number} has no message yet`);
      else findings.breach(_id, `${number} was never told: there is no message ${keyOf(_id)}`);
    }
  }
}

const keyOf = (invoiceId: string): string => `inv/${invoiceId}/email`;

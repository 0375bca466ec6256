import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { expectAuditToHold } from './audit';
import { eventually } from './eventually';
import { FaultStack } from './fault-stack';
import { mailsOf } from './mails';
import { Month } from './month';
import { patiently } from './patiently';

jest.setTimeout(420_000);

const frozenMs = 20_000;

/** One month, with one engine after the other away for a while. */
describe('a month in which engines fail', () => {
  let faults: FaultStack;
  let month: Month;

  beforeAll(async () => {
    faults = await FaultStack.start();
    const operatorKey = faults.stack.environment['OPERATOR_KEY'] ?? '';
    month = await Month.open({ apiUrl: faults.apiUrl, operatorKey, seed: 12, records: 1_000 });
    await month.importUsage();
  });
  afterAll(() => faults.stop());

  const rows = (service: string, collection: string, filter: object = {}) =>
    faults
      .rows(service, collection)
      .find({ tenantId: month.tenantId, ...filter })
      .toArray();

  /** Refused until the cut-off has been reached. */
  const runNow = (reason: string) =>
    eventually('run-now is taken', async () => {
      await month.api.post(`/v1/invoicing/cycles/${month.story.cycleId}/run-now`, {
        cutOffOn: '2026-02-01',
        reason,
      });
      return true;
    });

  it('bills a cycle once that is started three times at once, while mongod stands still for 20 s', async () => {
    const freeze = async () => {
      const { tenantId } = month;
      await faults.onceSeen('the run drafts', ['invoicing', 'billRuns'], { tenantId, state: 'drafting' });
      await faults.freezeMongod(frozenMs);
    };
    await Promise.all([month.draft(), runNow('the first to ask'), runNow('the second to ask'), freeze()]);

    const runs = await rows('invoicing', 'billRuns');
    expect(runs.map(({ state, cutOffOn }) => ({ state: String(state), cutOffOn: String(cutOffOn) }))).toEqual(
      [{ state: 'pendingApproval', cutOffOn: '2026-02-01' }],
    );
    const billed = month.story.accounts.filter(({ offeringId }) => offeringId !== 'prepaid-30').length;
    expect((await month.run()).review).toMatchObject({ accounts: billed, failed: 0 });
    const invoices = await rows('invoicing', 'invoices', { live: true });
    expect(new Set(invoices.map(({ accountId }) => String(accountId))).size).toBe(invoices.length);
  });

  it('mails what it could not mail while SMTP was down, once each', async () => {
    const { maildev } = faults.stack.engines;
    await maildev?.stop();
    await month.approve();
    await month.advance('2026-02-01T12:10:00.000Z');
    const waiting = await mailsOf(faults, month.tenantId);
    const invoices = await rows('invoicing', 'invoices', { state: 'finalized' });
    expect(
      waiting.filter(({ template, state }) => template === 'invoice' && state === 'deferred'),
    ).toHaveLength(invoices.length);

    await maildev?.start();
    await month.deliver();
    const mails = await mailsOf(faults, month.tenantId);
    expect(mails.filter(({ template }) => template === 'invoice')).toHaveLength(invoices.length);
    expect(mails.filter(({ state, copies }) => state !== 'sent' || copies !== 1)).toEqual([]);
  });

  it('collects as ever, and the audit holds', async () => {
    await month.collect();
    expect(await patiently('collections are listed', () => month.story.collections())).not.toEqual([]);
    await expectAuditToHold(faults.stack);
  });
});

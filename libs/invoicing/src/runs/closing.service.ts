import { Injectable } from '@nestjs/common';
import type { Instant } from '@tollkeeper/calendar';
import { type AccountTally, BillRunRepository } from './bill-run.repository';
import type { Reconciliation } from './bill-run.schema';
import { BillRunService } from './bill-run.service';
import { InvoiceRepository } from '../invoices/invoice.repository';

type Verdict = { reconciled: boolean; difference: string | null };

const setAsideLimit = 2_000;

@Injectable()
export class ClosingService {
  constructor(
    private readonly runService: BillRunService,
    private readonly runs: BillRunRepository,
    private readonly invoices: InvoiceRepository,
  ) {}

  /** All that rating handed over is on a final bill, or lies with an account that was not billed. */
  async closeRun(input: {
    tenantId: string;
    runId: string;
    at: Instant;
  }): Promise<Verdict & { setAside: string[] }> {
    const { tenantId, runId } = input;
    const { reconciliation } = await this.runService.requireRun(tenantId, runId);
    const found = reconciliation ?? (await this.reconcile(tenantId, runId));
    await this.runService.move({ ...input, to: 'completed' });
    const unbilled = [
      ...(await this.runs.accountsInState(tenantId, runId, 'failed', setAsideLimit)),
      ...(await this.runs.accountsInState(tenantId, runId, 'carriedForward', setAsideLimit)),
    ];
    const setAside = unbilled.slice(0, setAsideLimit).map(({ accountId }) => accountId);
    return { ...verdictOf(found), setAside };
  }

  private async reconcile(tenantId: string, runId: string): Promise<Reconciliation> {
    const tally = await this.runs.tally(tenantId, runId);
    const all = sumOf(tally);
    const unbilled = sumOf(tally.filter(({ state }) => state !== 'finalized'));
    const reported = tally.filter(({ state }) => state === 'finalized');
    const [reportedMicro, reportedRecords] = [
      reported.reduce((sum, each) => sum + each.reportedMicro, 0),
      reported.reduce((sum, each) => sum + each.reportedRecords, 0),
    ];
    const billed = await this.invoices.billedUsage(tenantId, runId);
    const reconciliation: Reconciliation = {
      handedOverMicro: all.micro,
      handedOverRecords: all.records,
      unbilledMicro: unbilled.micro,
      unbilledRecords: unbilled.records,
      ...billed,
      ...(reportedRecords === 0 ? {} : { reportedMicro, reportedRecords }),
      reconciled:
        all.micro === unbilled.micro + reportedMicro + billed.billedMicro &&
        all.records === unbilled.records + reportedRecords + billed.billedRecords,
    };
    await this.runs.change(tenantId, runId, { reconciliation });
    return reconciliation;
  }
}

const sumOf = (tally: AccountTally[]): { micro: number; records: number } => ({
  micro: tally.reduce((sum, { handedOverMicro }) => sum + handedOverMicro, 0),
  records: tally.reduce((sum, { handedOverRecords }) => sum + handedOverRecords, 0),
});

function verdictOf({ reconciled, ...sums }: Reconciliation): Verdict {
  if (reconciled) return { reconciled, difference: null };
  const { reportedMicro = 0, reportedRecords = 0 } = sums;
  const micro = sums.handedOverMicro - sums.unbilledMicro - sums.billedMicro - reportedMicro;
  const records = sums.handedOverRecords - sums.unbilledRecords - sums.billedRecords - reportedRecords;
  return {
    reconciled,
    difference: `${micro} micro units and ${records} records were handed over and not billed`,
  };
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorageRef, TenantProfile } from '@tollkeeper/contracts';
import {
  sampleAccount,
  sampleCharge,
  sampleOffering,
  sampleSubscription,
  sampleTax,
} from '../domain/sample-billing';
import { type InvoicingService, invoicingService } from './invoicing-service';

/**
 * A program of `npm run bench -- invoicing`, on a scratch mongod: 20,000 accounts of one cycle, each with a plan of two
 * charges, are drafted, numbered, finalised and posted, batches of 200 with as many at work as in a run.
 */
const accountsCount = 20_000;
const accountsAtOnce = 1_000;
const batchesAtOnce = 8;
const rateFloor = 300;
const secondHalfFloor = 0.9;

const tenantId = 'ten_bench';
const cycleId = 'cyc_bench';
const cutOffOn = '2026-02-01';
const at = '2026-02-01T06:00:00.000Z';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

const seller: TenantProfile = {
  tenantId,
  revision: 1,
  name: 'Bench Mobile',
  legalName: 'Bench Mobile GmbH',
  addressLines: ['1 Bench Street'],
  country: 'DE',
  currency: 'EUR',
  zone: 'UTC',
  supportEmail: 'care@bench.example',
  supportPhone: '+493055501',
  openedAt: '2026-01-01T00:00:00.000Z',
};

async function prepare(service: InvoicingService): Promise<void> {
  await service.profiles.putTenant(tenantId, seller);
  await service.cycles.insert(tenantId, {
    _id: cycleId,
    name: 'Bench',
    frequency: 'monthly',
    anchorDay: 1,
    anchorMonth: null,
    zone: 'UTC',
    approval: 'automatic',
    startsOn: '2026-01-01',
    lateUsageDays: 0,
    collectHours: 0,
    anomalyGate: {
      medianChangePercent: null,
      zeroBillsPercent: null,
      failedAccountsPercent: null,
      totalAboveMinor: null,
    },
    paused: false,
    createdAt: at,
  });
  await service.taxes.put(tenantId, [sampleTax('telecom', '19')]);
  const charges = [sampleCharge('line', 1000, { timing: 'inAdvance' }), sampleCharge('option', 500)];
  await service.profiles.putOffering(tenantId, sampleOffering('plan', charges));
  for (let first = 0; first < accountsCount; first += accountsAtOnce) {
    const facts = Array.from({ length: accountsAtOnce }, (_, index) => {
      const accountId = `acc_${String(first + index).padStart(8, '0')}`;
      const subscription = sampleSubscription(`sub_${accountId}`, 'plan');
      return { ...sampleAccount(subscription), accountId, cycleId };
    });
    await service.copies.receiveAccounts({ tenantId, at, facts });
  }
}

/** Batches in order, as many at a time as a run has. */
async function overBatches(from: number, to: number, work: (batchNo: number) => Promise<unknown>) {
  const begun = process.hrtime.bigint();
  let next = from;
  const worker = async () => {
    while (next < to) await work(next++);
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, worker));
  return Number(process.hrtime.bigint() - begun) / 1e9;
}

async function measure(service: InvoicingService): Promise<[number, number]> {
  const { runId, batches } = await service.opening.open({ tenantId, cycleId, cutOffOn, at });
  const move = async (to: 'drafting' | 'checking' | 'finalizing') =>
    service.runs.move({ tenantId, runId, to, at });
  const nothing: StorageRef = await service.storage.putLines(tenantId, 'bench/no-usage', []);
  const half = Math.floor(batches / 2);
  const draft = (batchNo: number) =>
    service.drafts.draftBatch({ tenantId, runId, batchNo, at, totals: nothing });
  const finalize = (batchNo: number) => service.finalization.finalizeBatch({ tenantId, runId, batchNo, at });
  await move('drafting');
  const drafted = [await overBatches(0, half, draft), await overBatches(half, batches, draft)] as const;
  await move('checking');
  const { invoices } = await service.runs.review({ tenantId, runId });
  if (invoices !== accountsCount) throw new Error(`${invoices} drafts, not ${accountsCount}`);
  await move('finalizing');
  const final = [await overBatches(0, half, finalize), await overBatches(half, batches, finalize)] as const;
  return [drafted[0] + final[0], drafted[1] + final[1]];
}

async function main(): Promise<void> {
  const storageFolder = await mkdtemp(join(tmpdir(), 'tollkeeper-bench-files-'));
  try {
    const service = await invoicingService(process.env['MONGODB_URI'] ?? '', storageFolder);
    await prepare(service);
    const [first, second] = await measure(service);
    const rate = accountsCount / (first + second);
    say(`${accountsCount} accounts: first half ${round(first, 1)} s, second half ${round(second, 1)} s`);
    const figures = [
      { name: 'accountsBilled', value: round(rate, 0), unit: 'accounts/s', atLeast: rateFloor },
      {
        name: 'secondHalf',
        value: round(first / second, 2),
        unit: 'speed of the first half',
        atLeast: secondHalfFloor,
      },
    ];
    say(`FIGURES ${JSON.stringify(figures)}`);
  } finally {
    await rm(storageFolder, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);

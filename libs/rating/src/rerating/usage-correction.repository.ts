import { Injectable } from '@nestjs/common';
import { ServiceDatabase } from '@tollkeeper/platform';
import type { RatedLine } from '@tollkeeper/tariff';
import type { UsedPeriod } from '../usage/usage.repository';
import { UsageCorrections, type UsageCorrectionRow } from './usage-correction.schema';

/** What is on a bill: a correction that changes nothing that is billed is history only. */
const onBill = (chargingPeriodIds: string[]): object => ({
  chargingPeriodId: { $in: chargingPeriodIds },
  posted: 'laterPeriod',
});

type LineKey = Omit<RatedLine, keyof LineSums>;
type LineSums = Pick<
  RatedLine,
  'firstDescription' | 'lastDescription' | 'records' | 'quantity' | 'includedQuantity' | 'amountMicro'
>;

@Injectable()
export class UsageCorrectionRepository {
  constructor(private readonly db: ServiceDatabase) {}

  /** The key itself is the guarantee: a version is posted once. */
  async insert(tenantId: string, rows: UsageCorrectionRow[]): Promise<void> {
    await this.rows(tenantId).insertMany(rows);
  }

  async ofRecord(tenantId: string, recordId: string): Promise<UsageCorrectionRow[]> {
    return this.rows(tenantId).find({ recordId }, { sort: { ratingVersion: 1 } });
  }

  async correctedPeriods(tenantId: string, chargingPeriodIds: string[]): Promise<UsedPeriod[]> {
    const groups = await this.rows(tenantId).aggregate<{ _id: UsedPeriod }>([
      { $match: onBill(chargingPeriodIds) },
      {
        $group: {
          _id: {
            accountId: '$accountId',
            subscriptionId: '$subscriptionId',
            billingPeriodId: '$billingPeriodId',
          },
        },
      },
    ]);
    return groups.map(({ _id }) => _id);
  }

  /** What is posted so far: on another bill. */
  async moveToPeriod(
    tenantId: string,
    chargingPeriodIds: string[],
    { from, to }: { from: string; to: string },
  ): Promise<void> {
    await this.rows(tenantId).updateMany(
      { ...onBill(chargingPeriodIds), billingPeriodId: from },
      { $set: { billingPeriodId: to } },
    );
  }

  async linesOf(tenantId: string, chargingPeriodIds: string[]): Promise<RatedLine[]> {
    const groups = await this.rows(tenantId).aggregate<LineSums & { _id: LineKey }>([
      { $match: onBill(chargingPeriodIds) },
      {
        $group: {
          _id: {
            accountId: '$accountId',
            subscriptionId: '$subscriptionId',
            periodId: '$billingPeriodId',
            offeringId: '$offeringId',
            offeringVersion: '$debit.offeringVersion',
            usageType: '$usageType',
            zone: '$debit.zone',
            corrects: '$servicePeriod',
          },
          firstDescription: { $min: '$description' },
          lastDescription: { $max: '$description' },
          records: { $sum: 1 },
          quantity: { $sum: '$billedQuantity' },
          includedQuantity: { $sum: '$includedQuantity' },
          amountMicro: { $sum: '$differenceMicro' },
        },
      },
    ]);
    return groups.map(({ _id, ...sums }) => ({ ..._id, ...sums }));
  }

  private rows(tenantId: string) {
    return this.db.tenant(tenantId).collection(UsageCorrections);
  }
}

import type { Allowance } from '@tollkeeper/contracts';
import { fits, type UsageFacts } from '../deck/match-usage';
import type { GuidedUsage } from '../guiding/guide-usage';

export interface Drawn {
  used: { bucket: string; units: number }[];
  includedQuantity: number;
}

/** Allowances of a plan that cover where the usage happened or went. */
export const covers = (allowance: Allowance, usage: UsageFacts): boolean =>
  allowance.usageType === usage.usageType &&
  (allowance.zones.includes(usage.zone) || allowance.zones.includes(usage.servingZone)) &&
  (allowance.when === undefined || fits(allowance.when, usage));

/** A pool's members draw on one bucket; any other bucket is the subscription's own. */
export const bucketOf = (
  { allowanceId, shared }: Pick<Allowance, 'allowanceId' | 'shared'>,
  { subscriptionId, poolId }: Pick<GuidedUsage, 'subscriptionId' | 'poolId'>,
): string => (shared && poolId ? allowanceId : `${subscriptionId}/${allowanceId}`);

/** What the usable allowances give of the wanted units, in their order; the state is not changed yet. */
export function drawAllowances(
  usable: readonly Allowance[],
  guided: GuidedUsage,
  units: number,
  buckets: ReadonlyMap<string, number>,
): Drawn {
  const used: Drawn['used'] = [];
  let wanted = units;
  for (const allowance of usable) {
    const bucket = bucketOf(allowance, guided);
    const left = allowance.units - (buckets.get(bucket) ?? 0);
    const drawn = Math.min(wanted, Math.max(0, left));
    if (drawn > 0) used.push({ bucket, units: drawn });
    wanted -= drawn;
  }
  return { used, includedQuantity: units - wanted };
}

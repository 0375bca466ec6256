import type { OfferingVersion } from '@tollkeeper/contracts';
import { refuseFindings } from '@tollkeeper/platform';
import type { InstalmentPlan } from '../domain/devices/instalment-plan';
import type { WantedSale } from './device-sale.service';

export type DeviceOnSale = Pick<
  InstalmentPlan,
  | 'name'
  | 'offeringId'
  | 'offeringVersion'
  | 'taxCode'
  | 'priceMinor'
  | 'downPaymentMinor'
  | 'valueMinor'
  | 'onTermination'
> & { count: number };

/** The sale's own terms go before those of the catalog; what neither says is asked for. */
export function deviceOnSale(
  wanted: WantedSale,
  offering: Pick<OfferingVersion, 'offeringId' | 'version' | 'name' | 'device'> | undefined,
): DeviceOnSale {
  const { device } = offering ?? {};
  const name = wanted.name ?? offering?.name;
  const priceMinor = wanted.price?.minor ?? device?.priceMinor;
  const count = wanted.count ?? device?.instalments;
  refuseFindings(
    Object.entries({ name, price: priceMinor, instalments: count }).flatMap(([field, value]) =>
      value === undefined ? [{ field, reason: 'is said neither here nor by the catalog' }] : [],
    ),
    'Give it, or an offering of the kind `device` that says it.',
  );
  return {
    name: name ?? '',
    offeringId: offering?.offeringId ?? null,
    offeringVersion: offering?.version ?? null,
    taxCode: wanted.taxCode ?? device?.taxCode ?? 'device',
    priceMinor: priceMinor ?? 0,
    downPaymentMinor: wanted.downPaymentMinor ?? device?.downPaymentMinor ?? 0,
    valueMinor: wanted.valueMinor ?? device?.valueMinor ?? priceMinor ?? 0,
    onTermination: wanted.onTermination ?? device?.onTermination ?? 'goOn',
    count: count ?? 0,
  };
}

import type { MongoClient } from 'mongodb';

export const benchTenant = 'ten_bench';
export const benchAt = '2026-01-05T00:00:00.000Z';

export const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** What customers has heard of the operator from other services. */
export async function hearOfOperator(client: MongoClient): Promise<void> {
  const db = client.db('customers');
  const own = { tenantId: benchTenant };
  const profile = {
    ...own,
    revision: 1,
    name: 'Bench Mobile',
    legalName: 'Bench Mobile LLC',
    addressLines: ['1 Bench Street'],
    country: 'US',
    currency: 'USD',
    zone: 'America/New_York',
    supportEmail: 'care@bench.example',
    supportPhone: '+18005550142',
    openedAt: '2026-01-01T00:00:00.000Z',
  };
  const id = { _id: benchTenant as never };
  await db.collection('tenantProfiles').insertOne({ ...id, ...own, revision: 1, profile });
  await db.collection('offeringCopies').insertOne({
    _id: `${benchTenant}/smart/1` as never,
    ...own,
    offeringId: 'smart',
    version: 1,
    name: 'Smart',
    currency: 'USD',
    validFrom: '2025-01-01T00:00:00.000Z',
    paidInAdvance: null,
  });
  await db.collection('cycleDefinitions').insertOne({
    _id: `${benchTenant}/cyc_1` as never,
    ...own,
    cycleId: 'cyc_1',
    cycle: { frequency: 'monthly', anchorDay: 1, zone: 'America/New_York' },
  });
}

const columns =
  'accountExternalId,customerName,email,language,addressLine1,city,region,postalCode,country,cycleId,termsDays,subscriptionExternalId,offeringId,activeFrom,pool,msisdn,imsi,iccid';

/** Half of the lines are accounts of one line, half are families of four. */
export function subscriberFile(from: number, count: number): Buffer {
  const lines = Array.from({ length: count }, (_, index) => lineOf(from + index));
  return Buffer.from(`${[columns, ...lines].join('\n')}\n`);
}

function lineOf(no: number): string {
  const place = no % 8;
  const isFamily = place < 4;
  const account = isFamily ? `family-${digits(no - place, 7)}` : `single-${digits(no, 7)}`;
  const described = place === 0 || !isFamily;
  const profile = described
    ? `Ada Lovelace ${no},ada.${no}@subscribers.example,en,${no} Maple Avenue,Albany,NY,12207,US,cyc_1,14`
    : ',,,,,,,,,';
  const identifiers = `1555${digits(no, 7)},310990${digits(no, 9)},8901990${digits(no, 12)}`;
  return `${account},${profile},line-${digits(no, 7)},smart,2026-01-01T00:00:00.000Z,${isFamily ? 'home' : ''},${identifiers}`;
}

import { collect, type TenantRows } from './tenant-rows';

/** Of usage, by `<plan>/<version>`. */
export async function taxCodesOf(rows: TenantRows): Promise<Map<string, string>> {
  type Row = { offering: { offeringId: string; version: number; usageTaxCode: string } };
  const found = await collect(rows.find<Row>('rating', 'offerings', {}, ['offering']));
  return new Map(
    found.map(({ offering }) => [`${offering.offeringId}/${offering.version}`, offering.usageTaxCode]),
  );
}

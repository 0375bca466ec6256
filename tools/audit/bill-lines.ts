import { addDays } from '@tollkeeper/calendar';
import type { RatedTotal } from '@tollkeeper/contracts';
import { microToMinor } from '@tollkeeper/money';
import type { Findings } from './findings';
import type { Ground } from './invariant';
import { checkSharedPeriods } from './billed-twice';
import { taxCodesOf } from './tax-codes';
import { collect, inChunks, type TenantRows } from './tenant-rows';
import { usageKinds } from './usage-kinds';

const INVOICES_AT_ONCE = 200;

export interface UsageLine {
  lineNo: number;
  kind: string;
  subscriptionId: string | null;
  description: string;
  quantity: number;
  includedQuantity: number;
  records: number;
  amountMicro: number | null;
  amountMinor: number;
  taxCode: string;
  revenueCategory: string;
  offeringId: string;
  periodIds: string[];
}

interface LiveInvoice {
  _id: string;
  currency: string;
  lines: UsageLine[];
}

/** The records behind a line, summed by the auditor. */
export type RecordSum = Pick<
  RatedTotal,
  | 'subscriptionId'
  | 'periodId'
  | 'offeringId'
  | 'usageType'
  | 'zone'
  | 'taxCode'
  | 'description'
  | 'records'
  | 'quantity'
  | 'includedQuantity'
  | 'amountMicro'
  | 'corrects'
  | 'late'
>;

export async function checkBillLines({ rows }: Ground, findings: Findings): Promise<void> {
  const taxCodes = await taxCodesOf(rows);
  const live = rows.aggregate<LiveInvoice>('invoicing', 'invoices', [
    { $match: { live: true } },
    {
      $project: {
        currency: 1,
        lines: { $filter: { input: '$lines', cond: { $eq: ['$$this.kind', 'usage'] } } },
      },
    },
  ]);
  for await (const invoices of inChunks(live, INVOICES_AT_ONCE)) {
    const sums = await recordSums(rows, invoices, taxCodes);
    for (const { _id, currency, lines } of invoices) {
      findings.count('usage lines', lines.length);
      const periods = new Set(lines.flatMap(({ periodIds }) => periodIds));
      const own = [...periods].flatMap((periodId) => sums.get(periodId) ?? []);
      for (const fault of lineFaults(currency, lines, own)) findings.breach(_id, fault);
    }
  }
  await checkSharedPeriods(rows, findings);
}

/** A line sums records of one subscription, plan, kind, zone and tax code; what has one name is compared together. */
export function lineFaults(
  currency: string,
  lines: readonly UsageLine[],
  sums: readonly RecordSum[],
): string[] {
  const wanted = new Map<string, string[]>();
  for (const sum of byZone(sums)) push(wanted, nameOfSum(sum), figuresOf(sum));
  const faults: string[] = [];
  for (const line of lines) {
    const { lineNo, amountMinor, amountMicro } = line;
    if (amountMicro === null || microToMinor(amountMicro, currency, 'halfUp') !== amountMinor)
      faults.push(`line ${lineNo}: ${amountMinor} minor units are not ${amountMicro} micro rounded once`);
    const figures = wanted.get(nameOf(line)) ?? [];
    const match = figures.indexOf(figuresOf({ ...line, amountMicro: amountMicro ?? 0 }));
    if (match === -1)
      faults.push(
        `line ${lineNo} (${line.description}) bills ${readable(line)}; its records are ${figures.join(' and ') || 'none'}`,
      );
    else figures.splice(match, 1);
  }
  for (const [name, figures] of wanted) {
    for (const each of figures) if (faults.length === 0) faults.push(`no line bills ${name}: ${each}`);
  }
  return faults;
}

/** Periods of one subscription meet on one line. */
function byZone(sums: readonly RecordSum[]): RecordSum[] {
  const lines = new Map<string, RecordSum>();
  for (const sum of sums) {
    const key = `${nameOfSum(sum)}|${sum.usageType}|${sum.zone}`;
    const line = lines.get(key);
    lines.set(key, line ? added(line, sum) : sum);
  }
  return [...lines.values()];
}

const added = (left: RecordSum, right: RecordSum): RecordSum => ({
  ...left,
  records: left.records + right.records,
  quantity: left.quantity + right.quantity,
  includedQuantity: left.includedQuantity + right.includedQuantity,
  amountMicro: left.amountMicro + right.amountMicro,
});

type Figures = Pick<RecordSum, 'records' | 'quantity' | 'includedQuantity' | 'amountMicro'>;
type Name = Pick<UsageLine, 'subscriptionId' | 'offeringId' | 'revenueCategory' | 'taxCode' | 'description'>;

const nameOf = ({ subscriptionId, offeringId, revenueCategory, taxCode, description }: Name): string =>
  [subscriptionId, offeringId, revenueCategory, taxCode, description].join('|');

const nameOfSum = (sum: RecordSum): string =>
  nameOf({ ...sum, revenueCategory: usageKinds[sum.usageType].revenueCategory });

const figuresOf = ({ records, quantity, includedQuantity, amountMicro }: Figures): string =>
  `${records} records, quantity ${quantity} (${includedQuantity} included), ${amountMicro} micro`;

const readable = (line: UsageLine): string => figuresOf({ ...line, amountMicro: line.amountMicro ?? 0 });

const push = (map: Map<string, string[]>, key: string, value: string): void =>
  void map.set(key, [...(map.get(key) ?? []), value]);

type LineKey = Pick<
  RecordSum,
  'subscriptionId' | 'offeringId' | 'usageType' | 'zone' | 'periodId' | 'corrects' | 'late'
> & {
  offeringVersion: number;
};
type LineGroup = Figures & { _id: LineKey; firstDescription: string; lastDescription: string };

async function recordSums(
  rows: TenantRows,
  invoices: LiveInvoice[],
  taxCodes: Map<string, string>,
): Promise<Map<string, RecordSum[]>> {
  const lines = invoices.flatMap((invoice) => invoice.lines);
  const columns = ['subscriptionId', 'offeringId', 'offeringVersion', 'usageType', 'zone'];
  const groups = await collect(
    rows.aggregate<LineGroup>('rating', 'usage', [
      {
        $match: {
          subscriptionId: { $in: [...new Set(lines.map(({ subscriptionId }) => subscriptionId))] },
          billingPeriodId: { $in: [...new Set(lines.flatMap(({ periodIds }) => periodIds))] },
          status: 'rated',
        },
      },
      {
        $group: {
          _id: {
            periodId: '$billingPeriodId',
            late: '$late',
            ...Object.fromEntries(columns.map((column) => [column, `$${column}`])),
          },
          firstDescription: { $min: '$description' },
          lastDescription: { $max: '$description' },
          records: { $sum: 1 },
          quantity: { $sum: '$billedQuantity' },
          includedQuantity: { $sum: '$includedQuantity' },
          amountMicro: { $sum: '$amountMicro' },
        },
      },
    ]),
  );
  const corrections = await correctionSums(rows, lines);
  return sumsByPeriod(
    [...groups, ...corrections].map(({ _id: { offeringVersion, ...key }, ...sum }) => ({
      ...sum,
      ...key,
      taxCode: taxCodes.get(`${key.offeringId}/${offeringVersion}`) ?? '',
    })),
  );
}

/** What rating again left to be billed with these periods. */
const correctionSums = (rows: TenantRows, lines: readonly UsageLine[]): Promise<LineGroup[]> =>
  collect(
    rows.aggregate<LineGroup>('rating', 'usageCorrections', [
      {
        $match: {
          posted: 'laterPeriod',
          billingPeriodId: { $in: [...new Set(lines.flatMap(({ periodIds }) => periodIds))] },
        },
      },
      {
        $group: {
          _id: {
            periodId: '$billingPeriodId',
            subscriptionId: '$subscriptionId',
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
    ]),
  );

type Described = Omit<RecordSum, 'description'> & { firstDescription: string; lastDescription: string };

/** Versions of a plan with one tax code meet on one line; a line of several destinations is named by its zone. */
export function sumsByPeriod(groups: readonly Described[]): Map<string, RecordSum[]> {
  const merged = new Map<string, Described>();
  for (const group of groups) {
    const { periodId, subscriptionId, offeringId, usageType, zone, taxCode, corrects } = group;
    const corrected = corrects ? [corrects.from, corrects.to] : [];
    const usedIn = group.late ? ['late', group.late.from, group.late.to] : [];
    const key = [
      periodId,
      subscriptionId,
      offeringId,
      usageType,
      zone,
      taxCode,
      ...corrected,
      ...usedIn,
    ].join('|');
    const before = merged.get(key);
    merged.set(
      key,
      before ? { ...group, ...widened(before, group), ...added(asSum(before), asSum(group)) } : group,
    );
  }
  const periods = new Map<string, RecordSum[]>();
  for (const each of merged.values())
    periods.set(each.periodId, [...(periods.get(each.periodId) ?? []), asSum(each)]);
  return periods;
}

const widened = (left: Described, right: Described) => ({
  firstDescription:
    left.firstDescription < right.firstDescription ? left.firstDescription : right.firstDescription,
  lastDescription:
    left.lastDescription < right.lastDescription ? right.lastDescription : left.lastDescription,
});

const asSum = (each: Described): RecordSum => ({ ...each, description: nameOfLine(each) });

function nameOfLine({
  corrects,
  late,
  firstDescription,
  lastDescription,
  usageType,
  zone,
}: Described): string {
  const name =
    firstDescription === lastDescription ? firstDescription : `${usageKinds[usageType].name}, ${zone}`;
  if (corrects) return `Correction of ${corrects.from} to ${addDays(corrects.to, -1)}: ${name}`;
  return late ? `Late usage of ${late.from} to ${addDays(late.to, -1)}: ${name}` : name;
}

import type { Instant } from '@tollkeeper/calendar';
import type { Bill, BillLine } from '../../domain/bill';
import { chargeOfReturn } from '../../domain/charge-lines';
import { netOf } from '../../domain/line-parts';
import { taxSharesOf } from './billed-shares';

/** An issued bill of an account, as far as it says what was charged and what was given back of it. */
export interface ChargeBill {
  invoiceId: string;
  number: string | null;
  accountId: string;
  draftedAt: Instant;
  /** The bill whose place it took. */
  replaces?: string;
  /** Another one has taken its place: nothing of it stands. */
  replaced: boolean;
  lines: BillLine[];
  taxes: Bill['taxes'];
  recoveryFees?: Bill['recoveryFees'];
  credited: readonly { lineNo: number; netMinor: number }[];
}

/** What of one tax came back with a line. */
export interface GivenBackLevy {
  taxId: string;
  jurisdiction: string;
  baseMinor: number;
  amountMinor: number;
}

/** What later bills gave back of a line before tax, and which ones. */
export interface GivenBackLine {
  lineNo: number;
  netMinor: number;
  /** Absent: not known to the cent, it is told by the rate of the invoice. */
  levies?: GivenBackLevy[];
  invoiceNumbers?: string[];
}

interface Standing {
  bill: ChargeBill;
  line: BillLine;
  bornAt: Instant;
}

interface Return extends Standing {
  /** Above 0. */
  netMinor: number;
}

/** By `lineKey`: each give-back belongs to the line that charged its days last, and to no other. */
export type GivenBackByLine = ReadonlyMap<string, GivenBackLine & { returns: string[] }>;

export const lineKey = (invoiceId: string, lineNo: number): string => `${invoiceId}/${lineNo}`;

/** What bills gave back of lines of earlier ones; what a credit note took back of a give-back was not given. */
export function givenBackByLine(bills: readonly ChargeBill[]): GivenBackByLine {
  const byId = new Map(bills.map((bill) => [bill.invoiceId, bill]));
  const all = bills
    .filter(({ replaced }) => !replaced)
    .flatMap((bill) => bill.lines.map((line) => ({ bill, line, bornAt: bornAt(bill, byId) })))
    .sort((left, right) => (left.bornAt < right.bornAt ? 1 : left.bornAt > right.bornAt ? -1 : 0));
  const charged = new Map<string, Standing[]>();
  for (const each of all) {
    const subject = netOf(each.line) > 0 ? subjectOf(each.line) : null;
    if (subject !== null) charged.set(subject, [...(charged.get(subject) ?? []), each]);
  }
  const found = new Map<string, GivenBackLine & { returns: string[] }>();
  for (const given of returnsIn(all)) spread(given, charged.get(subjectOf(given.line) ?? '') ?? [], found);
  return found;
}

/** A corrected bill stands in the time of the first one. */
function bornAt(bill: ChargeBill, byId: ReadonlyMap<string, ChargeBill>): Instant {
  let first = bill;
  for (let step = 0; first.replaces !== undefined && step < byId.size; step += 1) {
    const before = byId.get(first.replaces);
    if (!before) break;
    first = before;
  }
  return first.draftedAt;
}

const returnsIn = (all: readonly Standing[]): Return[] =>
  all
    .filter(({ line }) => isReturn(line))
    .map((each) => ({ ...each, netMinor: -(netOf(each.line) - creditedOf(each.bill, each.line.lineNo)) }))
    .filter(({ netMinor }) => netMinor > 0);

const isReturn = ({ chargeKey, corrects }: BillLine): boolean =>
  corrects !== undefined || (chargeKey !== null && chargeOfReturn(chargeKey) !== null);

const creditedOf = ({ credited }: ChargeBill, lineNo: number): number =>
  credited.find((each) => each.lineNo === lineNo)?.netMinor ?? 0;

/** What a line is about: a recurring charge, a fee that is charged once, or the usage of a kind. `null`: nothing that is given back by itself. */
function subjectOf(line: BillLine): string | null {
  const { kind, chargeKey, subscriptionId, usageType, taxCode, onceKey } = line;
  if (chargeKey !== null) return chargeOfReturn(chargeKey) ?? chargeKey;
  if (onceKey) return onceKey;
  return kind === 'usage' ? `usage/${subscriptionId ?? ''}/${usageType ?? ''}/${taxCode}` : null;
}

function spread(
  given: Return,
  charged: readonly Standing[],
  found: Map<string, GivenBackLine & { returns: string[] }>,
): void {
  let leftMinor = given.netMinor;
  for (const { bill, line, bornAt: born } of charged) {
    if (leftMinor <= 0) return;
    if (bill === given.bill || born > given.bornAt || !isOf(given, bill, line)) continue;
    const key = lineKey(bill.invoiceId, line.lineNo);
    const before = found.get(key) ?? { lineNo: line.lineNo, netMinor: 0, levies: [], returns: [] };
    // All of a charge's give-back is of one line; usage that was rated again may have been several.
    const roomMinor = line.kind === 'usage' ? netOf(line) - before.netMinor : leftMinor;
    const partMinor = Math.min(leftMinor, roomMinor);
    if (partMinor <= 0) continue;
    leftMinor -= partMinor;
    const levies = partMinor === given.netMinor ? leviesOf(given) : undefined;
    found.set(key, {
      lineNo: line.lineNo,
      netMinor: before.netMinor + partMinor,
      ...(before.levies && levies ? { levies: [...before.levies, ...levies] } : {}),
      invoiceNumbers: [...new Set([...(before.invoiceNumbers ?? []), given.bill.number ?? ''])],
      returns: [...before.returns, lineKey(given.bill.invoiceId, given.line.lineNo)],
    });
  }
}

function isOf({ line }: Return, bill: ChargeBill, charged: BillLine): boolean {
  const { corrects } = line;
  if (!corrects) return charged.from <= line.from && line.to <= charged.to;
  if (charged.corrects) return false;
  return corrects.invoiceId
    ? corrects.invoiceId === bill.invoiceId
    : charged.from <= corrects.from && corrects.to <= charged.to;
}

/** Only of a give-back that stands as it was billed: of a part the rate of the invoice says it. */
function leviesOf({ bill, line }: Return): GivenBackLevy[] | undefined {
  if (creditedOf(bill, line.lineNo) !== 0) return undefined;
  const levies = [bill.taxes, bill.recoveryFees ?? []].flatMap((taxes) => {
    const shares = taxSharesOf({ lines: bill.lines, taxes });
    return taxes.flatMap(({ taxId, jurisdiction, onPartialCredit }, at) =>
      (shares[at] ?? [])
        .filter(({ lineNo }) => lineNo === line.lineNo && onPartialCredit !== 'keep')
        .map(({ baseMinor, amountMinor }) => ({
          ...{ taxId, jurisdiction },
          baseMinor: 0 - baseMinor,
          amountMinor: 0 - amountMinor,
        })),
    );
  });
  return levies.filter(({ baseMinor, amountMinor }) => baseMinor !== 0 || amountMinor !== 0);
}

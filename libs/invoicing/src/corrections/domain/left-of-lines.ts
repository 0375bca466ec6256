import { fractionOf } from '@tollkeeper/money';
import { lineKeyOf } from '../../domain/given-back';
import { netOf } from '../../domain/line-parts';
import { type ChargeBill, givenBackByLine, lineKey } from './given-back-lines';

/** By account and `lineKeyOf`: what credit notes and give-backs have left of lines that were credited. */
export function leftOfCredited(bills: readonly ChargeBill[]): Map<string, Record<string, number>> {
  const returned = givenBackByLine(bills);
  const left = new Map<string, Record<string, number>>();
  const standing = bills.filter(({ replaced }) => !replaced);
  for (const { invoiceId, accountId, lines, credited } of standing.sort(byAge)) {
    for (const line of lines) {
      const creditedMinor = credited.find(({ lineNo }) => lineNo === line.lineNo)?.netMinor ?? 0;
      if (line.chargeKey === null || creditedMinor === 0) continue;
      const netMinor = netOf(line);
      const backMinor = returned.get(lineKey(invoiceId, line.lineNo))?.netMinor ?? 0;
      const leftMinor = Math.max(0, netMinor - creditedMinor - backMinor);
      const inside = line.taxInsideMinor ?? 0;
      const withTax =
        inside === 0 || netMinor <= 0
          ? leftMinor
          : fractionOf(netMinor + inside, { numerator: leftMinor, denominator: netMinor }, 'halfUp');
      left.set(accountId, { ...left.get(accountId), [lineKeyOf(line.chargeKey, line.from)]: withTax });
    }
  }
  return left;
}

/** Of the same days the line that was billed last counts. */
const byAge = (one: ChargeBill, other: ChargeBill): number =>
  one.draftedAt < other.draftedAt ? -1 : one.draftedAt > other.draftedAt ? 1 : 0;

/** Drafts that would give back more of a credited line than is left of it. */
export function overGiven(issued: readonly ChargeBill[], drafts: readonly ChargeBill[]): Set<string> {
  const all = [...issued, ...drafts];
  const returned = givenBackByLine(all);
  const own = new Set(drafts.map(({ invoiceId }) => invoiceId));
  const over = new Set<string>();
  for (const { invoiceId, lines, credited, replaced } of all) {
    if (replaced) continue;
    for (const line of lines) {
      const creditedMinor = credited.find(({ lineNo }) => lineNo === line.lineNo)?.netMinor ?? 0;
      const back = returned.get(lineKey(invoiceId, line.lineNo));
      if (creditedMinor <= 0 || !back || creditedMinor + back.netMinor <= netOf(line)) continue;
      for (const key of back.returns) {
        const givenBy = key.slice(0, key.lastIndexOf('/'));
        if (own.has(givenBy)) over.add(givenBy);
      }
    }
  }
  return over;
}

import type { BankEntryRow } from './bank-entry.schema';

const entryId = /\bbke_[0-9a-z]{16}\b/i;

const idNamedBy = ({ direction, endToEndId, text }: BankEntryRow): string | null =>
  direction === 'out' ? (entryId.exec(`${endToEndId} ${text}`)?.[0].toLowerCase() ?? null) : null;

/** A pay-out that names an entry which was sent back is in the books since that was decided; it shows one alone. */
export class SentBack {
  private readonly sent = new Map<string, BankEntryRow>();
  readonly shown: { sentId: string; entryId: string }[] = [];
  readonly namedIds: string[];

  constructor(entries: readonly BankEntryRow[]) {
    this.namedIds = [...new Set(entries.flatMap((entry) => idNamedBy(entry) ?? []))];
  }

  add(rows: readonly BankEntryRow[]): void {
    for (const row of rows) this.sent.set(row._id, row);
  }

  changeOf(entry: BankEntryRow): Partial<BankEntryRow> {
    const { amountMinor, currency } = entry;
    const sent = this.sent.get(idNamedBy(entry) ?? '');
    const isThat =
      sent?.settlement?.as === 'sentBack' &&
      sent.settlement.amountMinor === amountMinor &&
      sent.currency === currency &&
      sent.otherEntryId === null;
    if (!sent || !isThat) return { state: 'unmatched' };
    this.sent.set(sent._id, { ...sent, otherEntryId: entry._id });
    this.shown.push({ sentId: sent._id, entryId: entry._id });
    const settlement = { as: 'knownPayout', amountMinor, gateway: 'bank' } as const;
    return { state: 'settled', settlement, otherEntryId: sent._id };
  }
}

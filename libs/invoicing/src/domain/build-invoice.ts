import { type Cycle, type LocalDate, type Period, periodEndingAt } from '@tollkeeper/calendar';
import type {
  AccountDiscount,
  AccountProfile,
  OfferingVersion,
  PriceOverride,
  RatedTotal,
} from '@tollkeeper/contracts';
import { money, sum } from '@tollkeeper/money';
import type { Bill, BilledOnce, BillLine, BillTax, LastBilled } from './bill';
import { type ChargeHolder, chargeHolders } from './charge-holders';
import { chargedAfter } from './charged-through';
import { applyDiscounts } from './discounts/apply-discounts';
import { discountGrants } from './discounts/discount-grants';
import { allocationOf, netOf, portionsOf, taxPartsOf } from './line-parts';
import { minimumLines } from './minimum-spend';
import { oneOffCharges, type PlacedCharge } from './one-off-charges';
import { recurringCharges } from './recurring-charges';
import { taxesOf, type TaxRate } from './tax-lines';
import { usageLines } from './usage-lines';

export interface BillingInput {
  cycle: Cycle;
  startsOn: LocalDate;
  cutOffOn: LocalDate;
  account: AccountProfile;
  offerings: OfferingVersion[];
  totals: RatedTotal[];
  lastBilled: LastBilled | null;
  taxRates: TaxRate[];
  /** Absent: list prices. */
  overrides?: readonly PriceOverride[];
  /** Given to the account, by coupon or by hand. Absent: none. */
  accountDiscounts?: readonly AccountDiscount[];
  /** Charges placed by hand. Absent: none. */
  placed?: readonly PlacedCharge[];
  /** `onceKeys` of the account's other live bills. Absent: none. */
  billedOnce?: BilledOnce;
}

type HeldInput = BillingInput & { holders: readonly ChargeHolder[] };
type DraftLine = Omit<BillLine, 'lineNo'>;

/** The one function that makes a bill: a run, a preview and a repeat give the same. `null`: nothing to bill. */
export function buildInvoice(given: BillingInput): Bill | null {
  const { account, cycle, cutOffOn, taxRates } = given;
  const input = { ...given, holders: chargeHolders(account, cycle.zone) };
  const served = periodEndingAt(cycle, cutOffOn);
  const drafts = inPrintedOrder(draftLines(input, served));
  if (drafts.length === 0) return null;
  const { lines, discounts, onceKeys } = discounted(drafts, input);
  const taxable = lines.flatMap((line) => taxPartsOf(line).map((part) => ({ ...part, to: line.to })));
  const { taxes, exemptions } = taxesOf(taxable, taxRates, account.address, account.taxCertificates ?? []);
  const netMinor = total(
    lines.map((line) => ({ amountMinor: netOf(line) })),
    account.currency,
  );
  const taxMinor = total(taxes, account.currency);
  return {
    accountId: account.accountId,
    currency: account.currency,
    periodFrom: served.from,
    periodTo: served.to,
    lines,
    taxes,
    ...(exemptions.length > 0 ? { exemptions } : {}),
    ...(discounts.length > 0 ? { discounts } : {}),
    ...(onceKeys.length > 0 ? { onceKeys } : {}),
    charged: chargedAfter(input.lastBilled, lines, stillHeld(input), served.to),
    netMinor,
    taxMinor,
    totalMinor: total([{ amountMinor: netMinor }, { amountMinor: taxMinor }], account.currency),
  };
}

function draftLines(input: HeldInput, served: Period): DraftLine[] {
  const lines = [
    ...oneOffCharges(input),
    ...recurringCharges(input),
    ...usageLines(input.account, served, input.totals),
  ];
  return [...lines, ...minimumLines(input, served, lines)];
}

function discounted(drafts: DraftLine[], input: BillingInput) {
  const { account, offerings, accountDiscounts = [], cycle, billedOnce = new Set<string>() } = input;
  const portions = drafts.map((line, position) => portionsOf(line, position, offerings));
  const grants = discountGrants(drafts, { account, offerings, accountDiscounts, zone: cycle.zone });
  const taken = applyDiscounts(drafts, portions.flat(), grants, billedOnce);
  const lines = drafts.map((draft, position): BillLine => {
    const own = taken.lines.get(position);
    const line = own ? { ...draft, discounts: [...(draft.discounts ?? []), ...own] } : draft;
    const allocation = allocationOf(line, portions[position] ?? [], offerings);
    return { lineNo: position + 1, ...line, ...(allocation ? { allocation } : {}) };
  });
  const onceKeys = [...drafts.flatMap(({ onceKey }) => onceKey ?? []), ...taken.onceKeys];
  return { lines, discounts: taken.bill, onceKeys };
}

/** Charges of pools first, then number by number: what is charged once, its charges, then its usage. */
function inPrintedOrder(all: DraftLine[]): DraftLine[] {
  const groupOf = ({ number, subscriptionId }: DraftLine) => `${number ?? ''}/${subscriptionId ?? ''}`;
  const groups = new Map<string, DraftLine[]>();
  for (const line of all) {
    const group = groups.get(groupOf(line));
    if (group) group.push(line);
    else groups.set(groupOf(line), [line]);
  }
  return [...groups.keys()].sort().flatMap((key) => groups.get(key) ?? []);
}

/** Where days are still to be charged, what was charged before has to be known. */
function stillHeld({ holders, lastBilled }: HeldInput): (chargeKey: string) => boolean {
  const held = new Map<string, LocalDate>();
  for (const { holderId, offeringId, days } of holders) {
    const key = `${holderId}/${offeringId}/`;
    const until = held.get(key);
    if (!until || until < days.to) held.set(key, days.to);
  }
  return (chargeKey) => {
    const until = held.get(chargeKey.slice(0, chargeKey.lastIndexOf('/') + 1));
    return until !== undefined && until > (lastBilled?.chargedThrough[chargeKey] ?? '');
  };
}

const total = (parts: readonly Pick<BillLine | BillTax, 'amountMinor'>[], currency: string): number =>
  sum(
    parts.map(({ amountMinor }) => money(amountMinor, currency)),
    currency,
  ).minor;

import type { Cycle, LocalDate, Period } from '@tollkeeper/calendar';
import type {
  AccountDiscount,
  AccountProfile,
  OfferingVersion,
  PriceOverride,
  RatedTotal,
} from '@tollkeeper/contracts';
import { money, sum } from '@tollkeeper/money';
import { type CappedBefore, tableEngine, type TaxRule } from '@tollkeeper/tax';
import type { Bill, BilledOnce, BillLine, BillTax, LastBilled } from './bill';
import { type BillPurpose, chargesPeriods, servedUntil } from './bill-purpose';
import { billTaxes, type BillTaxInput } from './bill-taxes';
import { type ChargeHolder, chargeHolders } from './charge-holders';
import { chargedAfter } from './charged-through';
import { deviceLines, isOfDevice, keysOfLine } from './devices/device-lines';
import { deviceMovesOf } from './devices/device-moves';
import type { InstalmentPlan } from './devices/instalment-plan';
import { applyDiscounts } from './discounts/apply-discounts';
import { discountGrants } from './discounts/discount-grants';
import { terminationFees } from './early-termination';
import { allocationOf, netOf, portionsOf } from './line-parts';
import { minimumLines } from './minimum-spend';
import { oneOffCharges, type PlacedCharge } from './one-off-charges';
import { recurringCharges } from './recurring-charges';
import { chargedFeeKeys, servedLines } from './served-lines';
import { allPlacesOf, supplyOf, type TaxPlace } from './tax-place';
import { type TaxSettings, usualTaxSettings } from './tax-settings';
import { usageLines } from './usage-lines';

export interface BillingInput {
  /** Absent: the cycle's own bill. */
  purpose?: BillPurpose;
  /** The days that it is of. Absent: the cycle's period up to `cutOffOn`. */
  period?: Period;
  /** What is charged once and falls before this day is on the bill. Absent: before the cut-off. */
  oneOffUntil?: LocalDate;
  /** Lines of on-demand bills in the same period: they count towards its minimums. Absent: none. */
  spentBefore?: readonly BillLine[];
  cycle: Cycle;
  startsOn: LocalDate;
  cutOffOn: LocalDate;
  account: AccountProfile;
  offerings: OfferingVersion[];
  totals: RatedTotal[];
  lastBilled: LastBilled | null;
  taxRules: readonly TaxRule[];
  /** Absent: the usual ones. */
  taxSettings?: TaxSettings;
  /** Absent: by the address alone. */
  taxPlace?: TaxPlace | null;
  /** `feeKeys` of other live bills. Absent: none. */
  feesBefore?: BilledOnce;
  /** Absent: list prices. */
  overrides?: readonly PriceOverride[];
  /** Given to the account, by coupon or by hand. Absent: none. */
  accountDiscounts?: readonly AccountDiscount[];
  /** Charges placed by hand. Absent: none. */
  placed?: readonly PlacedCharge[];
  /** Devices on instalments. Absent: none. */
  devices?: readonly InstalmentPlan[];
  /** What other bills have taxed of months whose tax is capped. Absent: nothing. */
  cappedBefore?: ReadonlyMap<string, CappedBefore>;
  /** `onceKeys` of the account's other live bills. Absent: none. */
  billedOnce?: BilledOnce;
}

type HeldInput = BillingInput & { holders: readonly ChargeHolder[] };
type DraftLine = Omit<BillLine, 'lineNo'>;

/** The one function that makes a bill: a run, a preview and a repeat give the same. `null`: nothing to bill. */
export function buildInvoice(given: BillingInput): Bill | null {
  const { account, cycle, cutOffOn } = given;
  const input = { ...given, holders: chargeHolders(account, cycle.zone) };
  const served = given.period ?? servedUntil(cycle, cutOffOn);
  const goesOn = chargesPeriods(given.purpose ?? 'cycle');
  const drafts = inPrintedOrder(draftLines(input, served));
  if (drafts.length === 0) return null;
  const { lines: priced, discounts, onceKeys } = discounted(drafts, input);
  const { lines, taxes, recoveryFees, exemptions, untaxed } = billTaxes(priced, taxInputOf(input));
  const devices = deviceMovesOf({ lines, taxes });
  const feeKeys = chargedFeeKeys([...taxes, ...recoveryFees]);
  const nets = lines.map((line) => ({ amountMinor: netOf(line) }));
  const netMinor = total([...nets, ...recoveryFees], account.currency);
  const taxMinor = total(taxes, account.currency);
  return {
    accountId: account.accountId,
    currency: account.currency,
    periodFrom: served.from,
    periodTo: served.to,
    lines,
    taxes,
    ...some({ recoveryFees, exemptions, untaxed, discounts, onceKeys, feeKeys }),
    ...(input.taxPlace ? { supply: supplyOf(input.taxPlace) } : {}),
    ...(devices ? { devices } : {}),
    ...(goesOn ? { charged: chargedAfter(input.lastBilled, lines, heldEver(input), served.to) } : {}),
    netMinor,
    taxMinor,
    totalMinor: total([{ amountMinor: netMinor }, { amountMinor: taxMinor }], account.currency),
  };
}

/** Lists that are empty are left out of the bill. */
const some = <Lists extends Record<string, readonly unknown[]>>(lists: Lists): Partial<Lists> =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)) as Partial<Lists>;

function taxInputOf(input: HeldInput): BillTaxInput {
  const { account, offerings, cutOffOn, taxRules: rules, taxPlace: place = null, feesBefore } = input;
  const places = allPlacesOf(account.address, place);
  const served = chargesPeriods(input.purpose ?? 'cycle')
    ? servedLines({ ...input, rules, places, place, feesBefore: feesBefore ?? new Set<string>() })
    : [];
  return {
    ...{ account, offerings, engine: tableEngine(rules), place, billDate: cutOffOn },
    settings: input.taxSettings ?? usualTaxSettings,
    served,
    ...(input.cappedBefore ? { cappedBefore: input.cappedBefore } : {}),
  };
}

function draftLines(input: HeldInput, served: Period): DraftLine[] {
  const { purpose = 'cycle', spentBefore = [] } = input;
  const usage = usageLines(input.account, served, input.totals);
  if (purpose === 'lateUsage') return usage;
  if (purpose === 'oneOff') return [...oneOffCharges(input), ...deviceLines(input)];
  const lines = [...oneOffCharges(input), ...terminationFees(input), ...recurringCharges(input), ...usage];
  // What a period costs at least is known when it is over.
  const minimums = purpose === 'cycle' ? minimumLines(input, served, [...spentBefore, ...lines]) : [];
  return [...lines, ...minimums, ...deviceLines(input)];
}

function discounted(drafts: DraftLine[], input: BillingInput) {
  const { account, offerings, accountDiscounts = [], cycle, billedOnce = new Set<string>() } = input;
  const portions = drafts.map((line, position) =>
    isOfDevice(line) ? [] : portionsOf(line, position, offerings),
  );
  const all = discountGrants(drafts, { account, offerings, accountDiscounts, zone: cycle.zone });
  // Uses of a promotion are counted in regular bills: a bill of late usage beside one takes none.
  const grants = input.purpose === 'lateUsage' ? all.filter(({ terms }) => terms.periods === undefined) : all;
  const taken = applyDiscounts(drafts, portions.flat(), grants, billedOnce);
  const lines = drafts.map((draft, position): BillLine => {
    const own = taken.lines.get(position);
    const line: BillLine = { ...draft, lineNo: position + 1 };
    if (own) line.discounts = [...(draft.discounts ?? []), ...own];
    const allocation = allocationOf(line, portions[position] ?? [], offerings);
    if (allocation) line.allocation = allocation;
    return line;
  });
  const onceKeys = [...drafts.flatMap(keysOfLine), ...taken.onceKeys];
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

/** What was charged before is known as long as the account's history has the plan: its period may end much later. */
function heldEver({ holders }: HeldInput): (chargeKey: string) => boolean {
  const held = new Set(holders.map(({ holderId, offeringId }) => `${holderId}/${offeringId}/`));
  return (chargeKey) => held.has(chargeKey.slice(0, chargeKey.lastIndexOf('/') + 1));
}

const total = (parts: readonly Pick<BillLine | BillTax, 'amountMinor'>[], currency: string): number =>
  sum(
    parts.map(({ amountMinor }) => money(amountMinor, currency)),
    currency,
  ).minor;

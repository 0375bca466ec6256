import { isRate, parseRate } from '@tollkeeper/money';
import type { AmountRule, TaxRule } from './tax-rule';

/** A government's name on a carrier's own charge misleads: 47 CFR 64.2401(b) and FCC 05-55, para. 27. */
const governmentWords = /\b(tax|government|federal|state|mandated|911 fee)\b/i;

/** What the fields of a row say against each other: the field, and why. A field that is no rate is told by itself. */
export function ruleFaults(rule: TaxRule): [string, string][] {
  const faults: [string, string][] = [];
  if (rule.validTo !== null && rule.validTo <= rule.validFrom)
    faults.push(['validTo', 'must be after validFrom']);
  if (rule.levy === 'recoveryFee' && governmentWords.test(rule.name))
    faults.push([
      'name',
      "is the carrier's own charge: it must not read like a tax or a government's fee; say recovery",
    ]);
  if ((rule.amount.kind === 'perLine') !== (rule.trigger === 'lineMonth'))
    faults.push(['trigger', 'lineMonth goes with an amount perLine, and only with it']);
  if (rule.roundTogether !== undefined && !isPlain(rule))
    faults.push(['roundTogether', 'is for plain percentages, without steps']);
  faults.push(...roundingFaults(rule), ...amountFaults(rule));
  if (rule.onTopOf.includes(rule.taxId)) faults.push(['onTopOf', 'a tax cannot be on top of itself']);
  return faults;
}

const isPlain = ({ amount, roundStep }: TaxRule): boolean =>
  amount.kind === 'percentage' &&
  !amount.share &&
  !amount.grossUp &&
  !amount.taxesOnly &&
  amount.capMinor === undefined &&
  roundStep === undefined;

function roundingFaults({ amount, roundStep, sumRounding }: TaxRule): [string, string][] {
  const faults: [string, string][] = [];
  if (sumRounding !== undefined && roundStep === undefined)
    faults.push(['sumRounding', 'is for the sum of steps: give roundStep']);
  if (roundStep !== undefined && (amount.kind === 'tiered' || amount.kind === 'untaxed'))
    faults.push(['roundStep', `is not for an amount that is ${amount.kind}`]);
  if (roundStep !== undefined && isRate(roundStep) && parseRate(roundStep) === 0n)
    faults.push(['roundStep', 'must be more than 0']);
  return faults;
}

function amountFaults({ amount, onTopOf, rateDate }: TaxRule): [string, string][] {
  switch (amount.kind) {
    case 'percentage':
      return percentFaults(amount, onTopOf).map((reason) => ['amount', reason]);
    case 'tiered':
      return tierFaults(amount.tiers.map(({ upToMinor }) => upToMinor));
    case 'perLine':
      return tierFaults((amount.lineTiers ?? [{ upToLines: null }]).map(({ upToLines }) => upToLines));
    case 'fixed':
      return amount.per === 'bill' && rateDate !== 'billDate' && rateDate !== 'payment'
        ? [['rateDate', 'an amount per bill goes by the day of the bill or of the payment']]
        : [];
    default:
      return [];
  }
}

const isMonthly = (capAt: string | undefined): boolean => capAt === 'lineMonth' || capAt === 'accountMonth';

type Percentage = Extract<AmountRule, { kind: 'percentage' }>;

function percentFaults(amount: Percentage, onTopOf: readonly string[]): string[] {
  const { percent, grossUp, insidePercent, taxesOnly, capAt, capMinor } = amount;
  const faults: string[] = [];
  if (capAt && capMinor === undefined) faults.push('capAt needs a cap: give capMinor');
  if (isMonthly(capAt) && grossUp) faults.push('a cap of the month is not for what lies inside a price');
  if (insidePercent !== undefined && !grossUp) faults.push('insidePercent goes with grossUp');
  if (![percent, insidePercent ?? '0'].every(isRate)) return faults;
  if (grossUp && parseRate(insidePercent ?? percent) >= parseRate('100'))
    faults.push('what lies inside a price is less than 100 % of it');
  if (insidePercent !== undefined && parseRate(insidePercent) < parseRate(percent))
    faults.push('insidePercent is of all taxes inside the price, this one included');
  if (taxesOnly && onTopOf.length === 0) faults.push('taxesOnly needs the taxes that it is of: give onTopOf');
  return faults;
}

function tierFaults(ends: (number | null)[]): [string, string][] {
  const inOrder = ends.every((end, at) =>
    end === null ? at === ends.length - 1 : end > (ends[at - 1] ?? 0),
  );
  return inOrder && ends.at(-1) === null
    ? []
    : [['amount', 'each tier ends above the one before; the last has no end']];
}

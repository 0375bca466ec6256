import { formatMoney } from '@tollkeeper/money';
import type { BillLine } from './bill';
import type { BillDiscount } from './bill-parts';
import { periodText, quantityText } from './bill-text';
import { netOf } from './line-parts';

/** One step from the price to what the line costs: amounts in minor units, and the same as a sentence. */
export interface LineStep {
  step:
    | 'price'
    | 'usage'
    | 'minimum'
    | 'termination'
    | 'proration'
    | 'correction'
    | 'discount'
    | 'net'
    | 'revenue'
    | 'tax'
    | 'levy';
  text: string;
  amountMinor: number;
  /** What the step was computed from. */
  from: Record<string, string | number | null>;
}

/** How the amount came about, from what the line itself says: no price list is asked again. */
export function explainLine(
  line: BillLine,
  currency: string,
  discounts: readonly BillDiscount[] = [],
): LineStep[] {
  const money = (minor: number) => formatMoney({ minor, currency }, 'en');
  return [
    ...(line.kind === 'usage' ? [usageStep(line)] : [priceStep(line, money)]),
    ...(line.minimum ? [minimumStep(line, line.minimum, money)] : prorationSteps(line, money)),
    ...terminationSteps(line, money),
    ...correctionSteps(line),
    ...(line.discounts ?? []).map((each): LineStep => {
      const terms = discounts.find(({ discountKey }) => discountKey === each.discountKey);
      return {
        step: 'discount',
        text: `${each.name}${terms ? `, ${valueText(terms, money)}${useText(terms)}` : ''}: ${money(each.amountMinor)}`,
        amountMinor: each.amountMinor,
        from: { discountKey: each.discountKey, level: each.level, code: terms?.code ?? null },
      };
    }),
    netStep(line, money),
    ...allocationSteps(line, money),
  ];
}

type AsMoney = (minor: number) => string;

const priceTexts: Record<NonNullable<BillLine['price']>['source'], string> = {
  list: 'list price',
  scheduled: 'price announced for this time',
  override: 'price agreed with the customer',
  placed: 'price given when the charge was placed',
};

function priceStep(line: BillLine, money: AsMoney): LineStep {
  const { price, offeringId, offeringVersion, quantity, amountMinor } = line;
  const version = offeringVersion === null ? '' : ` of ${offeringId} version ${offeringVersion}`;
  const times = quantity > 1 ? `${quantity} x ` : '';
  const why = price ? `, ${priceTexts[price.source]}` : '';
  return {
    step: 'price',
    text: `${line.description}: ${times}${money(price?.amountMinor ?? amountMinor)}${why}${version}`,
    amountMinor: (price?.amountMinor ?? amountMinor) * quantity,
    from: {
      chargeId: price?.chargeId ?? null,
      source: price?.source ?? null,
      sourceId: price?.sourceId ?? null,
      offeringId,
      offeringVersion,
      quantity,
    },
  };
}

function usageStep(line: BillLine): LineStep {
  const { description, records, amountMicro, amountMinor, quantity, includedQuantity, unit } = line;
  return {
    step: 'usage',
    text: `${description}: ${quantityText(line)}, ${records} ${records === 1 ? 'record' : 'records'}; exact amount rounded once for the line`,
    amountMinor,
    from: { records, quantity, includedQuantity, unit, amountMicro, priceId: line.priceId ?? null },
  };
}

function minimumStep(
  { proration, amountMinor }: BillLine,
  { leastMinor, countedMinor }: NonNullable<BillLine['minimum']>,
  money: AsMoney,
): LineStep {
  const days = proration ? ` (${proration.numerator} of ${proration.denominator} days)` : '';
  return {
    step: 'minimum',
    text: `At least ${money(leastMinor)}${days}, less ${money(countedMinor)} that counts towards it = ${money(amountMinor)}`,
    amountMinor,
    from: { leastMinor, countedMinor },
  };
}

const unitTexts = {
  actualDays: 'days',
  thirtyDayMonth: 'days of months of 30',
  second: 'seconds',
} as const;

function prorationSteps({ proration, chargePeriod, amountMinor, price, from, to }: BillLine, money: AsMoney) {
  if (!proration) return [];
  const { numerator, denominator, before = 0, unit = 'actualDays' } = proration;
  const days = unitTexts[unit];
  const of = chargePeriod ? ` of ${periodText(chargePeriod.from, chargePeriod.to)}` : '';
  const share =
    before > 0
      ? `${before + numerator} of ${denominator} ${days} less ${before} ${days} that were billed before`
      : `${numerator} of ${denominator} ${days}`;
  const step: LineStep = {
    step: 'proration',
    text: `${periodText(from, to)}${of}: ${share}${price ? ` x ${money(price.amountMinor)}` : ''} = ${money(amountMinor)}`,
    amountMinor,
    from: {
      unit,
      days: numerator,
      daysBefore: before,
      daysOfPeriod: denominator,
      periodFrom: chargePeriod?.from ?? null,
      periodTo: chargePeriod?.to ?? null,
    },
  };
  return [step];
}

function terminationSteps({ termination, amountMinor }: BillLine, money: AsMoney): LineStep[] {
  if (!termination) return [];
  const { monthsLeft, agreedMinor, deviceMinor = null, chargesMinor = null } = termination;
  const capped =
    deviceMinor === null || chargesMinor === null
      ? ''
      : `; at most the device's remaining value ${money(deviceMinor)} and the remaining charges ${money(chargesMinor)} (Directive (EU) 2018/1972, Art. 105(6))`;
  return [
    {
      step: 'termination',
      text: `${monthsLeft} ${monthsLeft === 1 ? 'month' : 'months'} of the term left: ${money(agreedMinor)} as agreed${capped} = ${money(amountMinor)}`,
      amountMinor,
      from: { monthsLeft, agreedMinor, deviceMinor, chargesMinor },
    },
  ];
}

function correctionSteps({ corrects, amountMinor }: BillLine): LineStep[] {
  if (!corrects) return [];
  const bill = corrects.invoiceId ? ` (invoice ${corrects.invoiceId})` : '';
  const why = corrects.reason ? `: ${corrects.reason}` : '';
  return [
    {
      step: 'correction',
      text: `Difference to what was billed for ${periodText(corrects.from, corrects.to)}${bill}${why}`,
      amountMinor,
      from: { periodFrom: corrects.from, periodTo: corrects.to, invoiceId: corrects.invoiceId ?? null },
    },
  ];
}

const netStep = (line: BillLine, money: AsMoney): LineStep => ({
  step: 'net',
  text: `Before tax: ${money(netOf(line))}`,
  amountMinor: netOf(line),
  from: {
    amountMinor: line.amountMinor,
    discountMinor: netOf(line) + (line.taxInsideMinor ?? 0) - line.amountMinor,
    ...(line.taxInsideMinor ? { taxInsideMinor: line.taxInsideMinor } : {}),
  },
});

function allocationSteps({ allocation, taxCode, revenueCategory }: BillLine, money: AsMoney): LineStep[] {
  if (!allocation) return [];
  return [
    ...allocation.revenue.map(({ componentId, name, amountMinor, ...part }): LineStep => ({
      step: 'revenue',
      text: `Revenue of ${name}: ${money(amountMinor)}`,
      amountMinor,
      from: { componentId, revenueCategory: part.revenueCategory ?? revenueCategory },
    })),
    ...allocation.tax.map(({ componentId, name, amountMinor, ...part }): LineStep => ({
      step: 'tax',
      text: `Taxed as ${part.taxCategory} (${name}): ${money(amountMinor)}`,
      amountMinor,
      from: { componentId, taxCode: part.taxCode ?? taxCode, taxCategory: part.taxCategory },
    })),
  ];
}

const valueText = ({ value }: Pick<BillDiscount, 'value'>, money: AsMoney): string =>
  value.off === 'fixed'
    ? money(value.amountMinor)
    : `${value.percent} %${value.atMostMinor === undefined ? '' : `, at most ${money(value.atMostMinor)}`}`;

const useText = ({ use, of }: Pick<BillDiscount, 'use' | 'of'>): string =>
  use === null || of === null ? '' : ` (${use} of ${of})`;

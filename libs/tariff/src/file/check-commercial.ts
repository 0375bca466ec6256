import { consumerCommitment, type OfferingVersion, type RecurringCharge } from '@tollkeeper/contracts';
import { checkBundle } from './check-bundle';
import { checkDiscounts } from './check-discounts';
import { type Finding, findRepeats } from './finding';

type Draft = Omit<OfferingVersion, 'version'>;

/** What the shape of the commercial half alone can't tell. */
export const checkCommercial = (offering: Draft): Finding[] => [
  ...checkKind(offering),
  ...checkEligibility(offering),
  ...checkChargeIds(offering),
  ...checkScheduledPrices(offering),
  ...checkCommitment(offering),
  ...checkBundle(offering),
  ...checkDevice(offering),
  ...checkDiscounts(offering),
  ...offering.recurringCharges.flatMap(checkProration),
];

/** One side alone: both or none are said by `prorate`. */
function checkProration(
  { prorate, prorateStart, prorateEnd, proration }: RecurringCharge,
  at: number,
): Finding[] {
  const field = `recurringCharges.${at}`;
  const none = 'nothing of the charge is prorated: leave it out, or set `prorate` to true';
  return [
    ...finding(!prorate && prorateStart === true, `${field}.prorateStart`, none),
    ...finding(!prorate && prorateEnd === true, `${field}.prorateEnd`, none),
    ...finding(
      prorate && prorateStart === false && prorateEnd === false,
      `${field}.prorate`,
      'neither its start nor its end is prorated: set `prorate` to false',
    ),
    ...finding(
      prorateEnd === false && proration?.refundUnused === true,
      `${field}.proration.refundUnused`,
      'gives back the days after the end, which `prorateEnd: false` charges: leave one of them out',
    ),
  ];
}

const finding = (wrong: boolean, field: string, reason: string): Finding[] =>
  wrong ? [{ field, reason }] : [];

function checkKind(offering: Draft): Finding[] {
  const { kind, compatiblePlans, paidInAdvance } = offering;
  const neverInvoiced = 'a plan paid in advance is never invoiced, so nothing would charge it: leave it out';
  const invoicedOnly = (['oneOffCharges', 'commitment', 'discounts', 'scheduledPrices'] as const).flatMap(
    (field) => finding(paidInAdvance !== null && offering[field] !== undefined, field, neverInvoiced),
  );
  return [
    ...finding(
      compatiblePlans !== undefined && kind !== 'addOn',
      'compatiblePlans',
      'belongs to an add-on: set `kind` to addOn, or leave it out',
    ),
    ...finding(
      kind === 'addOn' && paidInAdvance !== null,
      'paidInAdvance',
      'an add-on is billed with the cycle: it is not paid in advance',
    ),
    ...invoicedOnly,
  ];
}

/** A device is sold by an instalment plan: it has a price of its own and charges nothing by itself. */
function checkDevice(offering: Draft): Finding[] {
  const { kind, device, recurringCharges, allowances, paidInAdvance } = offering;
  const isDevice = kind === 'device';
  const own = 'is not of a device: leave it out, its price is in `device`';
  const others = (
    ['oneOffCharges', 'deposit', 'commitment', 'discounts', 'scheduledPrices'] as const
  ).flatMap((field) => finding(isDevice && offering[field] !== undefined, field, own));
  const { priceMinor = 0, downPaymentMinor = 0 } = device ?? {};
  return [
    ...finding(isDevice && !device, 'device', 'says the price of a device'),
    ...finding(!isDevice && device !== undefined, 'device', 'belongs to a device: set `kind` to device'),
    ...finding(isDevice && recurringCharges.length > 0, 'recurringCharges', own),
    ...finding(isDevice && allowances.length > 0, 'allowances', own),
    ...finding(isDevice && paidInAdvance !== null, 'paidInAdvance', own),
    ...finding(
      device !== undefined && downPaymentMinor >= priceMinor,
      'device.downPaymentMinor',
      'is the whole price: nothing is left for instalments',
    ),
    ...others,
  ];
}

function checkEligibility({ offeringId, eligibility, compatiblePlans = [] }: Draft): Finding[] {
  const { salesFrom, salesTo, excludes = [] } = eligibility ?? {};
  return [
    ...finding(
      salesFrom !== undefined && salesTo !== undefined && salesTo <= salesFrom,
      'eligibility.salesTo',
      'must be later than salesFrom',
    ),
    ...excludes.flatMap((excluded, at) => [
      ...finding(excluded === offeringId, `eligibility.excludes.${at}`, 'is the offering itself'),
      ...finding(
        compatiblePlans.includes(excluded),
        `eligibility.excludes.${at}`,
        `${excluded} is one of compatiblePlans: it cannot be both`,
      ),
    ]),
  ];
}

/** One name for one charge: scheduled prices, discounts and overrides name it. */
const checkChargeIds = ({ recurringCharges, oneOffCharges = [] }: Draft): Finding[] =>
  findRepeats(
    [...recurringCharges, ...oneOffCharges],
    ({ chargeId }) => chargeId,
    (at) =>
      at < recurringCharges.length
        ? `recurringCharges.${at}.chargeId`
        : `oneOffCharges.${at - recurringCharges.length}.chargeId`,
  );

function checkScheduledPrices({
  scheduledPrices = [],
  recurringCharges,
  oneOffCharges = [],
  validFrom,
}: Draft): Finding[] {
  const charges = new Set([...recurringCharges, ...oneOffCharges].map(({ chargeId }) => chargeId));
  return [
    ...scheduledPrices.flatMap(({ chargeId, from }, at) => [
      ...finding(
        !charges.has(chargeId),
        `scheduledPrices.${at}.chargeId`,
        `the offering has no charge ${chargeId}`,
      ),
      ...finding(
        from <= validFrom,
        `scheduledPrices.${at}.from`,
        `must be later than the version's own beginning (${validFrom})`,
      ),
    ]),
    ...findRepeats(
      scheduledPrices,
      ({ chargeId, from }) => `${chargeId} ${from}`,
      (at) => `scheduledPrices.${at}.from`,
    ),
  ];
}

function checkCommitment({ commitment, usagePrices = [] }: Draft): Finding[] {
  if (!commitment) return [];
  const { minimums = [], termMonths, earlyTermination } = commitment;
  const priceIds = new Set(usagePrices.map(({ priceId }) => priceId));
  const at = 'commitment.earlyTermination';
  const rows = earlyTermination?.charge.fee === 'table' ? earlyTermination.charge.rows : [];
  return [
    ...findRepeats(
      minimums,
      ({ minimumId }) => minimumId,
      (index) => `commitment.minimums.${index}.minimumId`,
    ),
    ...minimums.flatMap(({ priceIds: counted = [] }, index) =>
      counted.flatMap((priceId, place) =>
        finding(
          !priceIds.has(priceId),
          `commitment.minimums.${index}.priceIds.${place}`,
          `the offering has no usage price ${priceId}`,
        ),
      ),
    ),
    ...finding(
      earlyTermination !== undefined && termMonths === undefined,
      at,
      'without termMonths nothing ends early',
    ),
    ...rows.flatMap(({ fromMonth }, index) => [
      ...finding(
        index > 0 && fromMonth <= (rows[index - 1]?.fromMonth ?? 0),
        `${at}.charge.rows.${index}.fromMonth`,
        'must be later than that of the row before',
      ),
      ...finding(
        termMonths !== undefined && fromMonth >= termMonths,
        `${at}.charge.rows.${index}.fromMonth`,
        `lies behind the term of ${termMonths} months`,
      ),
    ]),
    ...finding(
      earlyTermination?.cap !== undefined && (termMonths ?? 0) > consumerCommitment.maxMonths,
      'commitment.termMonths',
      `a consumer is bound for ${consumerCommitment.maxMonths} months at most (Directive (EU) 2018/1972, Article 105(1))`,
    ),
  ];
}

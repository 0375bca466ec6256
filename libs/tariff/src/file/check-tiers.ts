import type { ChargeModel, UsagePrice } from '@tollkeeper/contracts';
import { parseRate } from '@tollkeeper/money';
import type { Finding } from './finding';

interface Ended {
  upTo: bigint | null;
}

/** Each tier goes on where the one before it ends; the last one never ends, so that no usage is without a price. */
function checkEnds(tiers: readonly Ended[], field: string): Finding[] {
  return tiers.flatMap(({ upTo }, at): Finding[] => {
    const place = `${field}.${at}.upTo`;
    const before = at === 0 ? 0n : tiers[at - 1]!.upTo;
    const isLast = at === tiers.length - 1;
    if (isLast && upTo !== null)
      return [
        { field: place, reason: 'the last tier has no end: write null, so that usage beyond has a price' },
      ];
    if (!isLast && upTo === null)
      return [
        {
          field: place,
          reason: 'only the last tier has no end: say where this one ends, or drop those behind it',
        },
      ];
    if (upTo !== null && before !== null && upTo <= before)
      return [
        {
          field: place,
          reason: `starts before the tier before it ends: must be more than ${textOf(before, tiers, at)}`,
        },
      ];
    return [];
  });
}

const textOf = (before: bigint, tiers: readonly (Ended & { text?: string })[], at: number): string =>
  tiers[at - 1]?.text ?? String(before);

function checkSteps(steps: Extract<ChargeModel, { model: 'steps' }>['steps'], field: string): Finding[] {
  return steps.flatMap(({ from }, at): Finding[] => {
    const place = `${field}.${at}.from`;
    if (at === 0)
      return from === 0
        ? []
        : [{ field: place, reason: 'the first step starts at 0: before it a call has no price' }];
    const before = steps[at - 1]!.from;
    return from > before
      ? []
      : [{ field: place, reason: `must be more than that of the step before it (${before})` }];
  });
}

function checkModel(charge: ChargeModel, field: string): Finding[] {
  switch (charge.model) {
    case 'steps':
      return checkSteps(charge.steps, `${field}.steps`);
    case 'graduated':
    case 'volume':
      return checkEnds(
        charge.tiers.map(({ upTo }) => ({ upTo: upTo === null ? null : BigInt(upTo) })),
        `${field}.tiers`,
      );
    case 'graduatedPercentage':
      return checkEnds(
        charge.tiers.map(({ upTo }) => ({
          upTo: upTo === null ? null : parseRate(upTo),
          text: upTo ?? '',
        })),
        `${field}.tiers`,
      );
    case 'percentage':
      return isBelow(charge.maxPerEvent, charge.minPerEvent)
        ? [{ field: `${field}.maxPerEvent`, reason: `is less than minPerEvent (${charge.minPerEvent})` }]
        : [];
    case 'perUnit':
    case 'package':
    case 'flat':
    case 'passThrough':
      return [];
  }
}

export const isBelow = (limit: string | undefined, least: string | undefined): boolean =>
  limit !== undefined && least !== undefined && parseRate(limit) < parseRate(least);

/** What the shape of a price alone can't tell. */
export const checkPrice = (price: UsagePrice, field: string): Finding[] => [
  ...checkModel(price.charge, `${field}.charge`),
  ...checkAggregation(price, field),
  ...checkLimit(price, field),
];

const summed: readonly ChargeModel['model'][] = ['perUnit', 'package', 'graduated', 'volume'];

/** A period's quantity is one number, priced as a whole: what belongs to a single call has no place in it. */
function checkAggregation(price: UsagePrice, field: string): Finding[] {
  const { aggregation = 'sum', distinct, charge, roundAt } = price;
  const wrong = (place: string, reason: string): Finding => ({ field: `${field}.${place}`, reason });
  if (aggregation !== 'uniqueCount' && distinct !== undefined)
    return [wrong('distinct', 'is for uniqueCount: leave it out, or set aggregation to uniqueCount')];
  if (aggregation === 'sum') return [];
  const perCall = (['connectFee', 'maxCharge', 'initialIncrement', 'nextIncrement'] as const).filter(
    (name) => price[name] !== undefined,
  );
  return [
    ...(summed.includes(charge.model)
      ? []
      : [
          wrong(
            'charge.model',
            `prices no quantity of a period: ${aggregation} needs one of ${summed.join(', ')}`,
          ),
        ]),
    ...(roundAt === 'line' ? [] : [wrong('roundAt', `must be line: ${aggregation} is of the whole period`)]),
    ...(aggregation === 'uniqueCount' && distinct === undefined
      ? [
          wrong(
            'distinct',
            'is missing: uniqueCount counts distinct values of it, such as otherParty or cell',
          ),
        ]
      : []),
    ...perCall.map((name) => wrong(name, `is of a single call: leave it out with ${aggregation}`)),
  ];
}

const checkLimit = ({ maxCharge, connectFee }: UsagePrice, field: string): Finding[] => [
  ...(isBelow(maxCharge, connectFee)
    ? [{ field: `${field}.maxCharge`, reason: `is less than the connect fee (${connectFee})` }]
    : []),
];

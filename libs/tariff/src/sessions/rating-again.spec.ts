import fc from 'fast-check';
import { emptyState, foldGroup } from '../rating/fold-group';
import type { UsageRecord } from '../record/usage-record';
import { allowance, call, dataEntry, dataUse, entry, guided, offering, type Tariff } from '../sample-tariff';
import { corrected, correctionOf, paidMicroOf, type PostedRating, type RatingFigures } from './corrections';

const plan = offering({
  allowances: [
    allowance({ units: 200 }),
    allowance({ allowanceId: 'mb', usageType: 'data', zones: ['home'], units: 900 }),
    allowance({ allowanceId: 'credit', usageType: 'money', zones: [], units: 500_000 }),
  ],
});
const tariffOf = (voice: string, data: string): Tariff => ({
  entries: [
    entry({ rate: voice, connectFee: '0.01', initialIncrement: 60, nextIncrement: 30 }),
    dataEntry({ rate: data }),
  ],
  offerings: [plan],
});

const records = fc
  .array(
    fc.record({
      day: fc.integer({ min: 10, max: 28 }),
      quantity: fc.nat(500),
      isData: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((list) =>
    list.map(({ day, quantity, isData }, index) => {
      const use = { recordId: `r${index}`, quantity, startAt: `2026-01-${day}T12:00:00.000Z` };
      return isData ? dataUse(use) : call(use);
    }),
  );

const figures = (list: readonly UsageRecord[], tariff: Tariff): Map<string, RatingFigures> =>
  new Map(
    foldGroup(
      emptyState(),
      list.map((record) => guided(record, tariff)),
    ).folded.map(({ guided: { record }, outcome }) => {
      if ('suspended' in outcome) throw new Error(outcome.suspended);
      const { zone, billedQuantity, includedQuantity, amountMicro, explanation } = outcome.rated;
      const { quantity } = record;
      const paidMicro = paidMicroOf(explanation);
      const rest = { zone, quantity, billedQuantity, includedQuantity, amountMicro, paidMicro };
      return [record.recordId, { offeringVersion: 1, deck: explanation.deck, ...rest }];
    }),
  );

const price = fc.constantFrom('0', '0.01', '0.06', '0.123456', '7');
const paid = (all: Iterable<RatingFigures>): number =>
  [...all].reduce((sum, { paidMicro = 0 }) => sum + paidMicro, 0);
const total = (all: Iterable<RatingFigures>): number =>
  [...all].reduce((sum, { amountMicro }) => sum + amountMicro, 0);

/** A month is rated at the wrong prices, then again at the right ones, whatever the order of its records. */
it('corrections of a month add up to new minus old; a second run has none', () => {
  fc.assert(
    fc.property(
      records.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      fc.tuple(price, price),
      fc.tuple(price, price),
      ([list, arrived], wrong, right) => {
        const posted = [...figures(arrived, tariffOf(...wrong))].map(([recordId, rating]): PostedRating => ({
          ...rating,
          recordId,
          ratingVersion: 1,
        }));
        const again = figures(list, tariffOf(...right));
        let difference = 0;
        const stands = posted.map((rating) => {
          const correction = correctionOf(rating, again.get(rating.recordId)!);
          difference += correction?.differenceMicro ?? 0;
          return correction ? corrected(rating, correction) : rating;
        });
        expect(difference).toBe(total(again.values()) - total(posted));
        expect(paid(stands)).toBe(paid(again.values()));
        const second = figures(arrived, tariffOf(...right));
        expect(stands.map((rating) => correctionOf(rating, second.get(rating.recordId)!))).toEqual(
          stands.map(() => null),
        );
      },
    ),
  );
});

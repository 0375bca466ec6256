import fc from 'fast-check';
import { corrected, correctionOf, type PostedRating, type RatingFigures } from './corrections';

const posted: PostedRating = {
  recordId: 'r1',
  ratingVersion: 1,
  offeringVersion: 1,
  deck: 'retail@1',
  zone: 'national',
  quantity: 120,
  billedQuantity: 120,
  includedQuantity: 0,
  amountMicro: 1_200_000,
};

/** 2 minutes at 0.60 that should have been 1.70 a minute. */
it('gives back the whole amount and takes the new one', () => {
  const again = { ...posted, deck: 'retail@2', amountMicro: 3_400_000 };
  expect(correctionOf(posted, again)).toMatchObject({
    ratingVersion: 2,
    reversal: { deck: 'retail@1', billedQuantity: -120, amountMicro: -1_200_000 },
    debit: { deck: 'retail@2', billedQuantity: 120, amountMicro: 3_400_000 },
    differenceMicro: 2_200_000,
  });
});

it('what stands as it is has no correction', () => expect(correctionOf(posted, { ...posted })).toBeNull());

const figures = fc.record<RatingFigures>({
  offeringVersion: fc.integer({ min: 1, max: 3 }),
  deck: fc.constantFrom('retail@1', 'retail@2'),
  zone: fc.constantFrom('national', 'world'),
  quantity: fc.nat(1_000),
  billedQuantity: fc.nat(1_000),
  includedQuantity: fc.nat(1_000),
  amountMicro: fc.integer({ min: 0, max: 10 ** 12 }),
});

it('rated again any number of times: the differences add up to new minus old, and a second run posts nothing', () => {
  fc.assert(
    fc.property(figures, fc.array(figures, { maxLength: 10 }), (first, versions) => {
      let stands: PostedRating = { ...first, recordId: 'r1', ratingVersion: 1 };
      let sum = 0;
      for (const version of versions) {
        const correction = correctionOf(stands, version);
        if (!correction) continue;
        expect(correction.reversal.amountMicro + correction.debit.amountMicro).toBe(
          correction.differenceMicro,
        );
        expect(correction.ratingVersion).toBe(stands.ratingVersion + 1);
        sum += correction.differenceMicro;
        stands = corrected(stands, correction);
        expect(correctionOf(stands, version)).toBeNull();
      }
      expect(sum).toBe(stands.amountMicro - first.amountMicro);
    }),
  );
});

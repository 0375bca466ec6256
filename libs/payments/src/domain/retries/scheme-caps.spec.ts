import { addDuration } from '@tollkeeper/calendar';
import { mayTryAgain, type RefusedTry } from './scheme-caps';

const now = '2026-03-31T12:00:00.000Z';
const tries = (count: number, everyHours: number, last = now): RefusedTry[] =>
  Array.from({ length: count }, (_, at) => ({
    at: addDuration(last, { hours: -(at + 1) * everyHours }),
    isFinal: false,
  }));

it.each<[string, string, RefusedTry[], object]>([
  ['a card of no refusals', 'visa', [], { allowed: true, left: 20 }],
  ['the 20th try in 30 days', 'visa', tries(19, 24), { allowed: true, left: 1 }],
  [
    'the 21st',
    'visa',
    tries(20, 24),
    { allowed: false, reason: 'schemeCap', againAt: '2026-04-10T12:00:00.000Z' },
  ],
  ['tries that are 30 days old count no more', 'visa', tries(20, 720), { allowed: true, left: 20 }],
  ['ten in a day', 'mastercard', tries(10, 2), { allowed: false, againAt: '2026-03-31T16:00:00.000Z' }],
  ['nine in a day', 'mastercard', tries(9, 2), { allowed: true, left: 1 }],
  ['35 in 30 days', 'mastercard', tries(35, 12), { allowed: false, reason: 'schemeCap' }],
  ['a scheme without a limit', 'amex', tries(99, 1), { allowed: true, left: null }],
])('%s (%s)', (_, brand, refused, expected) => {
  expect(mayTryAgain(brand, refused, now)).toMatchObject(expected);
});

it('before May 2025 Visa allowed 15', () => {
  const before = '2025-04-30T00:00:00.000Z';
  expect(mayTryAgain('visa', tries(15, 24, before), before)).toMatchObject({ allowed: false });
  expect(mayTryAgain('visa', tries(14, 24, before), before)).toMatchObject({ allowed: true, left: 1 });
});

it('after a final decline never again', () => {
  const stolen = [{ at: '2020-01-01T00:00:00.000Z', isFinal: true }];
  expect(mayTryAgain('visa', stolen, now)).toEqual({ allowed: false, reason: 'finalDecline' });
});

it('while the issuer asks to wait not yet, whatever is left of the cap', () => {
  const asked = [{ at: '2026-03-31T00:00:00.000Z', isFinal: false, notBefore: '2026-04-02T00:00:00.000Z' }];
  const againAt = '2026-04-02T00:00:00.000Z';
  expect(mayTryAgain('mastercard', asked, now)).toEqual({ allowed: false, reason: 'schemeWait', againAt });
  expect(mayTryAgain('mastercard', asked, againAt)).toEqual({ allowed: true, left: 10 });
});

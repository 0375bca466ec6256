import { type Instrument, sameCards } from './same-card';
import { TryBudget } from './try-budget';

const visa = (_id: string, kind: string | undefined, last4 = '4242', brand = 'visa'): Instrument => ({
  ...{ _id, brand, last4, fingerprint: `fp_${_id}` },
  ...(kind ? { kind } : {}),
});
/** `<kept as> <counted with>` */
const counted = (...instruments: Instrument[]) =>
  Object.fromEntries(
    [...sameCards(instruments)].map(([id, { countsAs, countsWith }]) => [
      id,
      [countsAs, ...countsWith].join(),
    ]),
  );

it("a wallet that shows a card's last digits is kept as that card", () => {
  expect(counted(visa('card', undefined), visa('apple', 'applePay', '4242', 'visa (apple_pay)'))).toEqual({
    card: 'fp_card,fp_apple',
    apple: 'fp_card,fp_apple',
  });
});

it('two wallets with one card behind them are one, before the card itself is known', () => {
  expect(counted(visa('google', 'googlePay'), visa('apple', 'applePay'))).toEqual({
    apple: 'fp_apple,fp_google',
    google: 'fp_apple,fp_google',
  });
});

it('two cards with the same last digits are two cards; a wallet that may be either is the newer one', () => {
  expect(counted(visa('newer', 'card'), visa('older', 'card'), visa('apple', 'applePay'))).toEqual({
    newer: 'fp_newer,fp_apple',
    older: 'fp_older,fp_apple',
    apple: 'fp_newer,fp_apple,fp_older',
  });
});

it.each([
  ['other digits', visa('apple', 'applePay', '1881')],
  ['another scheme', visa('apple', 'applePay', '4242', 'mastercard')],
  ['a bank account', visa('apple', 'sepaDebit')],
])('%s: not the same', (_, other) => {
  expect(counted(visa('card', 'card'), other)['card']).toBe('fp_card');
});

it('tries of a wallet in one account use up those of the card in another, in any order', () => {
  const wallet = { fingerprint: 'fp_apple', countsAs: 'fp_card', countsWith: ['fp_apple'], left: 2 };
  const card = { fingerprint: 'fp_card', left: 2 };
  for (const [first, second] of [
    [wallet, card],
    [card, wallet],
  ] as const) {
    const budget = new TryBudget();
    expect([first, second, first, second].map((each) => budget.take(each))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  }
});

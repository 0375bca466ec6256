import { declineCategoryOf } from './decline-codes';
import { networkAdvice, stricterOf, visaCategoryOf } from './network-advice';

const [never, payersTurn] = [
  { isFinal: true, category: null, waitHours: 0 },
  { isFinal: false, category: 'actionRequired', waitHours: 0 },
];
const later = (waitHours: number) => ({ isFinal: false, category: null, waitHours });

/** Mastercard's advice beside response code 05 or 51: what the processors' guides name (72 hours for 02). */
it.each([
  ['DN01', '01', payersTurn],
  ['DN02', '02', later(72)],
  ['DN03', '03', never],
  ['DN04', '04', payersTurn],
  ['DN05', '21', never],
  ['DN06', '24', later(1)],
  ['DN07', '25', later(24)],
  ['DN08', '26', later(48)],
  ['DN09', '27', later(96)],
  ['DN10', '28', later(144)],
  ['DN11', '29', later(192)],
  ['DN12', '30', later(240)],
  ['DN13', '40', payersTurn],
  ['DN14', '41', payersTurn],
  ['DN15', '43', later(0)],
  ['', '99', later(0)],
  ['', 'constructor', later(0)],
])('%s Mastercard advice %s', (_, adviceCode, expected) => {
  expect(networkAdvice('mastercard', { networkDeclineCode: '51', adviceCode })).toEqual(expected);
});

/** Visa's categories: 1 never, 2 and 4 within the cap, 3 not with these details. */
it.each([
  ['DN16', '04 07 12 14 15 41 43 46 57 R0 R1 R3', 1, never],
  ['DN17', '03 19 51 59 61 62 65 75 78 86 91 93 96 N3 N4 5C 9G', 2, later(0)],
  ['DN18', '54 55 82 1A N7', 3, payersTurn],
  ['DN19', '05 06 13 99', 4, later(0)],
] as const)('%s Visa %s is category %i', (_, codes, category, expected) => {
  for (const networkDeclineCode of codes.split(' ')) {
    expect(visaCategoryOf(networkDeclineCode)).toBe(category);
    expect(networkAdvice('visa', { networkDeclineCode, adviceCode: null })).toEqual(expected);
  }
});

it('DN20: one scheme’s codes say nothing of another’s card', () => {
  const codes = { networkDeclineCode: '04', adviceCode: '03' };
  expect(networkAdvice('amex', codes)).toEqual(later(0));
  expect(networkAdvice('visa (apple_pay)', { networkDeclineCode: '51', adviceCode: '03' })).toEqual(later(0));
  expect(networkAdvice('mastercard', { networkDeclineCode: '04', adviceCode: null })).toEqual(later(0));
});

it.each([
  ['soft', 'hard', 'hard'],
  ['fraud', 'hard', 'fraud'],
  ['actionRequired', null, 'actionRequired'],
  ['soft', 'actionRequired', 'actionRequired'],
] as const)('a %s decline that the scheme calls %s is %s', (gateway, scheme, expected) => {
  expect(stricterOf(gateway, scheme)).toBe(expected);
});

/** Whether the same method is tried again by itself, by processors' names (Stripe, Kill Bill, Recurly) and ISO 8583. */
it.each([
  ['DN21', 'soft', 'insufficient_funds generic_decline do_not_honor try_again_later processing_error'],
  ['DN22', 'soft', 'card_velocity_exceeded withdrawal_count_limit_exceeded issuer_not_available call_issuer'],
  ['DN23', 'hard', 'stolen_card lost_card pickup_card restricted_card expired_card incorrect_number'],
  ['DN24', 'hard', 'revocation_of_authorization revocation_of_all_authorizations stop_payment_order'],
  ['DN25', 'hard', 'transaction_not_allowed card_not_supported currency_not_supported do_not_try_again'],
  ['DN26', 'fraud', 'fraudulent merchant_blacklist highest_risk_level security_violation'],
  ['DN27', 'actionRequired', 'authentication_required offline_pin_required invalid_pin'],
  ['DN28', 'soft', 'INSUFFICIENT_FUNDS DO_NOT_HONOR PROCESSING_ERROR'],
  ['DN29', 'hard', 'LOST_OR_STOLEN_CARD EXPIRED_CARD INVALID_CARD'],
  ['DN30', 'soft', '05 51 61 65 91 96'],
  ['DN31', 'hard', '04 14 41 43 46 54 57'],
  ['DN32', 'fraud', '59 63'],
] as const)('%s %s: %s', (_, category, codes) => {
  expect(codes.split(' ').map((code) => [code, declineCategoryOf(code)])).toEqual(
    codes.split(' ').map((code) => [code, category]),
  );
});

it.each(['toString', '__proto__', '', 'some_code_of_tomorrow', '5', 'R01'])('%j is in no list', (code) =>
  expect(declineCategoryOf(code)).toBeNull(),
);

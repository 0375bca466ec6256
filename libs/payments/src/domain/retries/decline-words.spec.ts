import { declineWords } from './decline-words';
import { failureMessage } from '../message-requests';

it.each([
  ['insufficient_funds', 'there was not enough money on the account', 'Das Konto war nicht gedeckt'],
  ['AM04', 'there was not enough money on the account', 'Das Konto war nicht gedeckt'],
  ['expired_card', 'the card has expired', 'Die Karte ist abgelaufen'],
  ['stolen_card', '', ''],
  ['suspected_fraud', '', ''],
  ['some_code_of_tomorrow', '', ''],
])('%s reads "%s", "%s"', (code, en, de) => expect(declineWords(code)).toEqual({ en, de }));

it('a failed payment is told in words, with a link for its invoice', () => {
  const news = {
    accountId: 'a',
    customerName: 'Ann',
    amountMinor: 150_000,
    currency: 'EUR',
    invoiceId: 'inv_1',
  };
  const bill = { card: 'visa ending in 4242', invoiceNumber: 'B-1', at: '2026-02-15T06:00:00.000Z' };
  expect(
    failureMessage('att_1', 'invoice', { ...news, ...bill, reason: 'AM04', actionUrl: '' }),
  ).toMatchObject({
    amounts: { amount: { minor: 150_000, currency: 'EUR' } },
    worded: {
      reason: { en: 'there was not enough money on the account', de: 'Das Konto war nicht gedeckt' },
    },
    payFor: { invoiceId: 'inv_1' },
  });
});

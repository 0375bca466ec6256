import { declineWords } from './decline-words';
import { failureMessage } from '../message-requests';

it.each([
  ['insufficient_funds', 'there was not enough money on the account', 'das Konto war nicht gedeckt'],
  ['AM04', 'there was not enough money on the account', 'das Konto war nicht gedeckt'],
  ['expired_card', 'the card has expired', 'die Karte ist abgelaufen'],
  ['stolen_card', '', ''],
  ['suspected_fraud', '', ''],
  ['some_code_of_tomorrow', '', ''],
])('%s reads "%s", "%s"', (code, en, de) =>
  expect([declineWords(code, 'en'), declineWords(code, 'de')]).toEqual([en, de]),
);

it('a failed payment is told in words, with the amount as the language writes it', () => {
  const news = { accountId: 'a', customerName: 'Ann', language: 'de', amountMinor: 150_000, currency: 'EUR' };
  const bill = { card: 'visa ending in 4242', invoiceNumber: 'B-1', at: '2026-02-15T06:00:00.000Z' };
  const { data } = failureMessage('att_1', 'invoice', { ...news, ...bill, reason: 'AM04', actionUrl: '' });
  expect(data).toMatchObject({ amount: '1.500,00 €', reason: 'das Konto war nicht gedeckt' });
});

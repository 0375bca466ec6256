/**
 * What a payer is told of a decline, by the codes of cards, SEPA (ISO 20022 reasons) and ACH (Nacha). Only what they
 * can do something about: whether a bank holds a card for stolen, or suspects a fraud, is not ours to say.
 */
const words: readonly { codes: readonly string[]; en: string; de: string }[] = [
  {
    codes: ['insufficient_funds', 'insufficient_funds_debit', 'AM04', 'R01', 'R09'],
    en: 'there was not enough money on the account',
    de: 'Das Konto war nicht gedeckt',
  },
  { codes: ['expired_card'], en: 'the card has expired', de: 'Die Karte ist abgelaufen' },
  {
    codes: ['authentication_required', 'authenticationRequired'],
    en: 'the payment has to be confirmed',
    de: 'Die Zahlung muss bestätigt werden',
  },
  {
    codes: ['AC01', 'AC04', 'AC06', 'R02', 'R03', 'R04'],
    en: 'the account is closed, blocked or not known',
    de: 'Das Konto ist aufgelöst, gesperrt oder unbekannt',
  },
  {
    codes: ['MD01', 'MD06', 'MD07', 'R07', 'R08', 'R10', 'R29'],
    en: 'the debit was not agreed to, or was stopped',
    de: 'Der Lastschrift wurde nicht zugestimmt, oder sie wurde gestoppt',
  },
  {
    codes: ['wrongAccount'],
    en: 'it was put to this account by mistake',
    de: 'Sie war diesem Konto irrtümlich zugeordnet',
  },
];

const nothing = { en: '', de: '' };

/** Empty where there is nothing to say. */
export function declineWords(code: string): { en: string; de: string } {
  const found = words.find(({ codes }) => codes.includes(code));
  return found ? { en: found.en, de: found.de } : nothing;
}

import type { Instant, LocalDate } from '@tollkeeper/calendar';
import type { Channel, MessageRequest, PaymentFact } from '@tollkeeper/contracts';
import { formatMoney, money } from '@tollkeeper/money';
import { declineWords } from './retries/decline-words';

/** What is known of whom we write to; an account whose profile has not arrived yet is addressed without a name. */
export interface Addressee {
  accountId: string;
  customerName: string;
  /** Left out: English. */
  language?: string;
}

/** The languages in which debtors are written to; amounts are written as in the text around them. */
export const wordedIn = (language = 'en'): 'en' | 'de' =>
  language.toLowerCase().startsWith('de') ? 'de' : 'en';

const amountText = (minor: number, currency: string, language?: string): string =>
  formatMoney(money(minor, currency), wordedIn(language)).replace(/[\u00a0\u202f]/g, ' ');

interface ChargeNews extends Addressee {
  amountMinor: number;
  currency: string;
  card: string;
  invoiceNumber: string;
  at: Instant;
}

const request = (
  key: string,
  template: string,
  { accountId, customerName }: Addressee,
  at: Instant,
  data: Record<string, string>,
): MessageRequest => ({
  key,
  accountId,
  channel: 'email',
  template,
  data: { customerName, ...data },
  attachments: [],
  requestedAt: at,
});

/** Templates of charges that ship in German; the others are English, with their amounts. */
const alsoInGerman: readonly string[] = ['paymentReceived', 'paymentFailed'];
const languageOf = (template: string, language?: string): 'en' | 'de' =>
  alsoInGerman.includes(template) ? wordedIn(language) : 'en';

const chargeData = (
  template: string,
  { amountMinor, currency, card, invoiceNumber, language }: ChargeNews,
) => ({
  amount: amountText(amountMinor, currency, languageOf(template, language)),
  paymentMethod: card,
  invoiceNumber,
});

type Purpose = PaymentFact['purpose'];

const receipts: Record<Purpose, string> = {
  invoice: 'paymentReceived',
  deposit: 'paymentReceived',
  renewal: 'renewalReceipt',
  topUp: 'topUpReceipt',
};

export const receiptMessage = (paymentId: string, purpose: Purpose, news: ChargeNews): MessageRequest => {
  const template = receipts[purpose];
  return request(`${template}/${paymentId}`, template, news, news.at, {
    ...chargeData(template, news),
    paymentId,
  });
};

/** `reason` is the code of the decline; `actionUrl` is where the card holder confirms, empty when there is nothing to confirm. */
export const failureMessage = (
  attemptId: string,
  purpose: Purpose,
  news: ChargeNews & { reason: string; actionUrl: string },
): MessageRequest => {
  const template = purpose === 'renewal' ? 'renewalFailed' : 'paymentFailed';
  const { actionUrl, language } = news;
  const reason = declineWords(news.reason, languageOf(template, language));
  return request(`${template}/${attemptId}`, template, news, news.at, {
    ...chargeData(template, news),
    reason,
    actionUrl,
  });
};

export const refundMessage = (
  refundId: string,
  {
    gateway,
    amountMinor,
    currency,
    at,
    ...addressee
  }: Addressee & { gateway: string; amountMinor: number; currency: string; at: Instant },
): MessageRequest =>
  request(`refundMade/${refundId}`, 'refundMade', addressee, at, {
    amount: formatMoney(money(amountMinor, currency)),
    way: refundWays[gateway] ?? 'card',
  });

export const expiryMessage = (
  key: string,
  { card, expiry, at, ...addressee }: Addressee & { card: string; expiry: string; at: Instant },
): MessageRequest =>
  request(`methodExpiring/${key}`, 'methodExpiring', addressee, at, { paymentMethod: card, expiry });

/** A debit is announced with its amount, its day, the authorisation and who debits. */
export const debitMessage = (
  key: string,
  news: ChargeNews & { collectOn: LocalDate; mandateId: string; creditorId: string },
): MessageRequest => {
  const { collectOn, mandateId, creditorId } = news;
  return request(`debitAnnounced/${key}`, 'debitAnnounced', news, news.at, {
    ...chargeData('debitAnnounced', news),
    ...{ collectOn, mandateId, creditorId },
  });
};

/** Before a payer is charged, or instead of it. */
export const autoPayMessage = (
  template: 'autoPayNotice' | 'autoPayConsent',
  {
    invoiceId,
    chargeOn,
    dueOn,
    at,
    ...news
  }: ChargeNews & { invoiceId: string; chargeOn: LocalDate; dueOn: LocalDate },
): MessageRequest =>
  request(`${template}/${invoiceId}`, template, news, at, {
    ...chargeData(template, { ...news, at }),
    chargeOn,
    dueOn,
  });

const refundWays: Record<string, string> = { bank: 'bank transfer', topUp: 'balance' };

export interface DunningNews extends Addressee {
  caseId: string;
  owedMinor: number;
  currency: string;
  oldestDueOn: LocalDate;
  invoiceNumbers: readonly string[];
  at: Instant;
  channel?: Channel;
  /** What the law of the country wants to be said. */
  legalNotice?: string;
}

const debtData = ({
  owedMinor,
  currency,
  oldestDueOn,
  invoiceNumbers,
  legalNotice,
  language,
}: DunningNews) => ({
  amountDue: amountText(owedMinor, currency, language),
  dueOn: oldestDueOn,
  invoiceNumbers: invoiceNumbers.join(', '),
  ...(legalNotice ? { legalNotice } : {}),
});

export const dunningMessage = (levelId: string, template: string, news: DunningNews): MessageRequest => ({
  ...request(`${news.caseId}/${levelId}/${template}`, template, news, news.at, debtData(news)),
  ...(news.channel ? { channel: news.channel } : {}),
});

export const restoredMessage = (caseId: string, addressee: Addressee, at: Instant): MessageRequest =>
  request(`${caseId}/restored/serviceRestored`, 'serviceRestored', addressee, at, {});

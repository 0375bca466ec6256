import { addDuration, type Instant, type LocalDate, localDateOf } from '@tollkeeper/calendar';
import type {
  Channel,
  MessageLanguage,
  MessageRequest,
  PaymentFact,
  TemplateName,
} from '@tollkeeper/contracts';
import { declineWords } from './retries/decline-words';

/** An account whose profile has not arrived yet is addressed without a name; notifications knows its language. */
interface Addressee {
  accountId: string;
  customerName: string;
}

interface ChargeNews extends Addressee {
  amountMinor: number;
  currency: string;
  card: string;
  invoiceNumber: string;
  at: Instant;
}

type Said = Pick<MessageRequest, 'data' | 'amounts' | 'worded' | 'payFor'>;

const request = (
  key: string,
  template: string,
  { accountId, customerName }: Addressee,
  at: Instant,
  { data, ...said }: Said,
): MessageRequest => ({
  ...{ key, accountId, channel: 'email', template, ...said },
  data: { customerName, ...data },
  attachments: [],
  requestedAt: at,
});

const charge = ({ amountMinor, currency, card, invoiceNumber }: ChargeNews) => ({
  amounts: { amount: { minor: amountMinor, currency } },
  data: { paymentMethod: card, invoiceNumber },
});

type Purpose = PaymentFact['purpose'];

const receipts: Record<Purpose, TemplateName> = {
  invoice: 'paymentReceived',
  deposit: 'paymentReceived',
  renewal: 'renewalReceipt',
  topUp: 'topUpReceipt',
};

export const receiptMessage = (
  paymentId: string,
  purpose: Purpose,
  {
    period,
    paidBefore,
    ...news
  }: ChargeNews & {
    period?: { from: Instant; to: Instant; zone: string };
    /** The debt had been paid otherwise: where the money goes. */
    paidBefore?: 'refund' | 'credit';
  },
): MessageRequest => {
  const template = receipts[purpose];
  const { amounts, data } = charge(news);
  const more = { ...(period ? daysOf(period) : {}), ...(paidBefore ? { paidBefore } : {}) };
  const said = { amounts, data: { ...data, paymentId, ...more } };
  return request(`${template}/${paymentId}`, template, news, news.at, said);
};

/** People read the last day that is paid for, not the instant after it. */
const daysOf = ({ from, to, zone }: { from: Instant; to: Instant; zone: string }) => ({
  periodFrom: localDateOf(from, zone),
  periodTo: localDateOf(addDuration(to, { minutes: -1 }), zone),
});

/** `reason` is the code of the decline; `actionUrl` is where the card holder confirms, empty when there is nothing to confirm. */
export const failureMessage = (
  attemptId: string,
  purpose: Purpose,
  news: ChargeNews & { invoiceId: string | null; reason: string; actionUrl: string },
): MessageRequest => {
  const template = purpose === 'renewal' ? 'renewalFailed' : 'paymentFailed';
  const { actionUrl, invoiceId } = news;
  const { amounts, data } = charge(news);
  return request(`${template}/${attemptId}`, template, news, news.at, {
    ...{ amounts, data: { ...data, actionUrl }, worded: { reason: declineWords(news.reason) } },
    ...(invoiceId === null ? {} : { payFor: { invoiceId } }),
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
    amounts: { amount: { minor: amountMinor, currency } },
    data: { way: refundWays[gateway] ?? 'card' },
  });

export const expiryMessage = (
  key: string,
  { card, expiry, at, ...addressee }: Addressee & { card: string; expiry: string; at: Instant },
): MessageRequest =>
  request(`methodExpiring/${key}`, 'methodExpiring', addressee, at, {
    data: { paymentMethod: card, expiry },
  });

/** A debit is announced with its amount, its day, the authorisation and who debits. */
export const debitMessage = (
  key: string,
  news: ChargeNews & { collectOn: LocalDate; mandateId: string; creditorId: string },
): MessageRequest => {
  const { collectOn, mandateId, creditorId } = news;
  const { amounts, data } = charge(news);
  const said = { amounts, data: { ...data, collectOn, mandateId, creditorId } };
  return request(`debitAnnounced/${key}`, 'debitAnnounced', news, news.at, said);
};

/** Before a payer is charged, or instead of it. */
export const autoPayMessage = (
  template: 'autoPayNotice' | 'autoPayConsent',
  news: ChargeNews & { invoiceId: string; chargeOn: LocalDate; dueOn: LocalDate },
): MessageRequest => {
  const { invoiceId, chargeOn, dueOn } = news;
  const { amounts, data } = charge(news);
  return request(`${template}/${invoiceId}`, template, news, news.at, {
    ...{ amounts, data: { ...data, chargeOn, dueOn } },
    ...(template === 'autoPayConsent' ? { payFor: { invoiceId } } : {}),
  });
};

const refundWays: Record<string, string> = { bank: 'bank transfer', topUp: 'balance' };

interface DunningNews extends Addressee {
  caseId: string;
  owedMinor: number;
  currency: string;
  oldestDueOn: LocalDate;
  invoiceNumbers: readonly string[];
  at: Instant;
  channel?: Channel;
  /** What the law of the country wants to be said. */
  legalNotice?: Record<MessageLanguage, string>;
}

/** The agency has the debt from here on, so nothing pays it by a link of ours. */
const isPayable = (template: string): boolean => template !== 'debtHandedOver';

export const dunningMessage = (levelId: string, template: string, news: DunningNews): MessageRequest => {
  const { caseId, owedMinor, currency, oldestDueOn, invoiceNumbers, legalNotice, channel, at } = news;
  return {
    ...request(`${caseId}/${levelId}/${template}`, template, news, at, {
      data: { dueOn: oldestDueOn, invoiceNumbers: invoiceNumbers.join(', ') },
      amounts: { amountDue: { minor: owedMinor, currency } },
      ...(legalNotice ? { worded: { legalNotice } } : {}),
      ...(isPayable(template) ? { payFor: { caseId } } : {}),
    }),
    ...(channel ? { channel } : {}),
  };
};

export const restoredMessage = (caseId: string, addressee: Addressee, at: Instant): MessageRequest =>
  request(`${caseId}/restored/serviceRestored`, 'serviceRestored', addressee, at, { data: {} });

/**
 * What a message of each template may be given; `?` marks a value that may be missing. The payer's name and the
 * operator are always there. `payUrl` and `portalUrl` are made by notifications when a message is composed.
 */
const messageValues = {
  welcome: ['offeringName?', 'msisdn?'],
  invoice: [
    ...([
      'invoiceNumber',
      'periodFrom',
      'periodTo',
      'totalDue',
      'dueOn',
      'autoPayOn?',
      'nothingDue?',
    ] as const),
    'payUrl?',
  ],
  creditNote: ['creditNoteNumber', 'invoiceNumber', 'amount', 'offOpenAmount?', 'toCredit?'],
  paymentReceived: ['amount', 'invoiceNumber?', 'paymentMethod?', 'paymentId?', 'paidBefore?'],
  paymentFailed: [
    'amount',
    'invoiceNumber?',
    'paymentMethod?',
    'reason?',
    'actionUrl?',
    'nextTryOn?',
    'payUrl?',
  ],
  debitAnnounced: ['amount', 'collectOn', 'paymentMethod?', 'invoiceNumber?', 'mandateId?', 'creditorId?'],
  reminder1: ['amountDue', 'dueOn?', 'invoiceNumbers?', 'legalNotice?', 'payUrl?'],
  reminder2: ['amountDue', 'dueOn?', 'invoiceNumbers?', 'legalNotice?', 'payUrl?'],
  finalNotice: ['amountDue', 'dueOn?', 'invoiceNumbers?', 'legalNotice?', 'payUrl?'],
  serviceThrottled: ['amountDue?', 'dueOn?', 'invoiceNumbers?', 'payUrl?'],
  serviceBarred: ['amountDue?', 'dueOn?', 'invoiceNumbers?', 'payUrl?'],
  serviceSuspended: ['amountDue?', 'dueOn?', 'invoiceNumbers?', 'payUrl?'],
  serviceRestored: [],
  serviceEnded: ['amountDue?', 'dueOn?', 'invoiceNumbers?', 'payUrl?'],
  debtHandedOver: ['amountDue', 'dueOn?', 'invoiceNumbers?'],
  renewalReceipt: ['amount', 'offeringName?', 'periodFrom?', 'periodTo?', 'paymentMethod?', 'paymentId?'],
  renewalFailed: [
    ...(['amount', 'offeringName?', 'graceUntil?', 'paymentMethod?', 'reason?', 'actionUrl?'] as const),
    'portalUrl?',
  ],
  renewalLapsed: ['offeringName?', 'portalUrl?'],
  topUpReceipt: ['amount', 'paymentMethod?', 'paymentId?', 'invoiceNumber?'],
  refundMade: ['amount', 'way?'],
  methodExpiring: ['paymentMethod', 'expiry', 'portalUrl?'],
  autoPayNotice: ['amount', 'chargeOn', 'paymentMethod', 'invoiceNumber?'],
  autoPayConsent: ['amount', 'dueOn', 'invoiceNumber?', 'payUrl?'],
  usageCapNear: ['percent', 'used', 'cap', 'until', 'barred?'],
  usageCapReached: ['percent', 'used', 'cap', 'until', 'barred?'],
  roamingCapNear: ['percent', 'used', 'cap', 'until', 'barred?'],
  roamingCapReached: ['percent', 'used', 'cap', 'until', 'barred?'],
  usageBarLifted: [],
  creditNotice: ['account', 'percent', 'used', 'cap', 'until', 'barred?'],
} as const satisfies Record<string, readonly string[]>;

export type TemplateName = keyof typeof messageValues;

export const templateNames = Object.keys(messageValues) as [TemplateName, ...TemplateName[]];

export const isTemplateName = (name: string): name is TemplateName => Object.hasOwn(messageValues, name);

export const valuesOf = (name: TemplateName): { name: string; optional: boolean }[] =>
  messageValues[name].map((value) => ({ name: value.replace('?', ''), optional: value.endsWith('?') }));

/** The languages in which messages are worded. */
export const messageLanguages = ['en', 'de'] as const;
export type MessageLanguage = (typeof messageLanguages)[number];

/** `de-AT` reads German; whose language has no wording reads English. */
export const messageLanguageOf = (language: string): MessageLanguage =>
  messageLanguages.find((each) => language.toLowerCase().split('-')[0] === each) ?? 'en';

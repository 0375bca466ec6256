/** What a template may be given; `?` marks a value that may be missing. `customerName` and `tenant` are always there. */
export const templateData = {
  welcome: ['offeringName?', 'msisdn?'],
  invoice: ['invoiceNumber', 'periodFrom', 'periodTo', 'totalDue', 'dueOn', 'autoPayOn?'],
  creditNote: ['creditNoteNumber', 'invoiceNumber', 'amount', 'offOpenAmount?', 'toCredit?'],
  paymentReceived: ['amount', 'invoiceNumber?', 'paymentMethod?', 'paymentId?'],
  paymentFailed: ['amount', 'invoiceNumber?', 'paymentMethod?', 'reason?', 'actionUrl?', 'nextTryOn?'],
  debitAnnounced: ['amount', 'collectOn', 'paymentMethod?', 'invoiceNumber?', 'mandateId?', 'creditorId?'],
  reminder1: ['amountDue', 'dueOn?', 'invoiceNumbers?'],
  reminder2: ['amountDue', 'dueOn?', 'invoiceNumbers?'],
  finalNotice: ['amountDue', 'dueOn?', 'invoiceNumbers?', 'legalNotice?'],
  serviceThrottled: ['amountDue?', 'dueOn?', 'invoiceNumbers?'],
  serviceBarred: ['amountDue?', 'dueOn?', 'invoiceNumbers?'],
  serviceSuspended: ['amountDue?', 'dueOn?', 'invoiceNumbers?'],
  serviceRestored: [],
  serviceEnded: ['amountDue?', 'dueOn?', 'invoiceNumbers?'],
  debtHandedOver: ['amountDue', 'dueOn?', 'invoiceNumbers?'],
  renewalReceipt: ['amount', 'offeringName?', 'periodFrom?', 'periodTo?', 'paymentMethod?', 'paymentId?'],
  renewalFailed: ['amount', 'offeringName?', 'graceUntil?', 'paymentMethod?', 'reason?', 'actionUrl?'],
  renewalLapsed: ['offeringName?'],
  topUpReceipt: ['amount', 'paymentMethod?', 'paymentId?', 'invoiceNumber?'],
  refundMade: ['amount', 'way?'],
  methodExpiring: ['paymentMethod', 'expiry'],
  autoPayNotice: ['amount', 'chargeOn', 'paymentMethod', 'invoiceNumber?'],
  autoPayConsent: ['amount', 'dueOn', 'invoiceNumber?'],
  usageCapNear: ['percent', 'used', 'cap', 'until', 'barred?'],
  usageCapReached: ['percent', 'used', 'cap', 'until', 'barred?'],
  roamingCapNear: ['percent', 'used', 'cap', 'until', 'barred?'],
  roamingCapReached: ['percent', 'used', 'cap', 'until', 'barred?'],
  usageBarLifted: [],
  creditNotice: ['account', 'percent', 'used', 'cap', 'until', 'barred?'],
} as const satisfies Record<string, readonly string[]>;

export type TemplateName = keyof typeof templateData;

export const templateNames = Object.keys(templateData) as [TemplateName, ...TemplateName[]];

export const isTemplateName = (name: string): name is TemplateName => Object.hasOwn(templateData, name);

export const valuesOf = (name: TemplateName): { name: string; optional: boolean }[] =>
  templateData[name].map((value) => ({ name: value.replace('?', ''), optional: value.endsWith('?') }));

/** English ships of every template, these of some; a wording that is not there is read in English. */
export const templateLanguages = ['de'] as const;
export type TemplateLanguage = (typeof templateLanguages)[number];

/** `de-AT` reads German. */
export const templateLanguageOf = (language: string): TemplateLanguage | null =>
  templateLanguages.find((each) => language.toLowerCase().split('-')[0] === each) ?? null;

export const inGerman: readonly TemplateName[] = [
  ...(['paymentReceived', 'paymentFailed', 'reminder1', 'reminder2', 'finalNotice'] as const),
  ...(['serviceThrottled', 'serviceBarred', 'serviceSuspended', 'serviceRestored'] as const),
  ...(['serviceEnded', 'debtHandedOver'] as const),
];

/** A template in one language: `finalNotice`, or `finalNotice.de`. */
export type TemplateKey = TemplateName | `${TemplateName}.${TemplateLanguage}`;

export const templateKeys: readonly TemplateKey[] = [
  ...templateNames,
  ...inGerman.map((name) => `${name}.de` as const),
];

/** Null when there is no template of that name. */
export function nameInKey(key: string): TemplateName | null {
  const [name = '', language, ...rest] = key.split('.');
  const isLanguage = language === undefined || templateLanguages.some((each) => each === language);
  return isTemplateName(name) && isLanguage && rest.length === 0 ? name : null;
}

/** Values of every template: the payer's name and the operator. */
export const givenValues = ['customerName', 'tenant'] as const;

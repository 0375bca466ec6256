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
  serviceBarred: ['amountDue?', 'dueOn?', 'invoiceNumbers?'],
  serviceSuspended: ['amountDue?', 'dueOn?', 'invoiceNumbers?'],
  serviceRestored: [],
  renewalReceipt: ['amount', 'offeringName?', 'periodFrom?', 'periodTo?', 'paymentMethod?', 'paymentId?'],
  renewalFailed: ['amount', 'offeringName?', 'graceUntil?', 'paymentMethod?', 'reason?', 'actionUrl?'],
  renewalLapsed: ['offeringName?'],
  topUpReceipt: ['amount', 'paymentMethod?', 'paymentId?', 'invoiceNumber?'],
  refundMade: ['amount', 'way?'],
  methodExpiring: ['paymentMethod', 'expiry'],
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

/** Values of every template: the payer's name and the operator. */
export const givenValues = ['customerName', 'tenant'] as const;

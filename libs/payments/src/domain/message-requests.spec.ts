import { dunningTemplates, isTemplateName, type MessageRequest, valuesOf } from '@tollkeeper/contracts';
import {
  autoPayMessage,
  debitMessage,
  dunningMessage,
  expiryMessage,
  failureMessage,
  receiptMessage,
  refundMessage,
  restoredMessage,
} from './message-requests';

const at = '2026-02-16T09:00:00.000Z';
const ann = { accountId: 'acc_1', customerName: 'Ann' };
const charge = {
  ...ann,
  at,
  amountMinor: 4999,
  currency: 'EUR',
  card: 'visa ending in 4242',
  invoiceNumber: 'B-1',
};
const days = { invoiceId: 'inv_1', chargeOn: '2026-02-10', dueOn: '2026-02-15' };
const failed = { ...charge, invoiceId: 'inv_1', reason: 'AM04', actionUrl: 'https://bank.example/1' };
const refund = { ...ann, at, amountMinor: 4999, currency: 'EUR' };
const debt = {
  ...{ ...ann, at, caseId: 'col_1', owedMinor: 4999, currency: 'EUR' },
  ...{ oldestDueOn: '2026-02-15', invoiceNumbers: ['B-1', 'B-2'] },
  legalNotice: { en: 'You may turn to the courts.', de: 'Sie können die Gerichte anrufen.' },
};
const debit = { ...charge, collectOn: '2026-02-15', mandateId: 'MND-1', creditorId: 'DE98ZZZ09999999999' };

const purposes = ['invoice', 'deposit', 'renewal', 'topUp'] as const;
const all: MessageRequest[] = [
  ...purposes.map((purpose) => receiptMessage('pay_1', purpose, charge)),
  ...purposes.map((purpose) => failureMessage('att_1', purpose, failed)),
  ...['bank', 'topUp', 'sandbox'].map((gateway) => refundMessage('ref_1', { ...refund, gateway })),
  expiryMessage('pm_1/2026-03', { ...ann, at, card: 'visa ending in 4242', expiry: '2026-03' }),
  debitMessage('inv_1/pm_1/2026-02-15', debit),
  autoPayMessage('autoPayNotice', { ...charge, ...days }),
  autoPayMessage('autoPayConsent', { ...charge, ...days }),
  ...dunningTemplates.map((template) => dunningMessage('d1', template, debt)),
  restoredMessage('col_1', ann, at),
];
const saidIn = ({ data, amounts = {}, worded = {} }: MessageRequest): string[] => [
  ...Object.keys(data).filter((name) => data[name] !== ''),
  ...Object.keys({ ...amounts, ...worded }),
];

it.each(all.map((message) => [message.template, message] as const))(
  '%s is given all that it needs',
  (template, message) => {
    if (!isTemplateName(template)) throw new Error(`there is no template ${template}`);
    const needed = valuesOf(template).filter(({ optional }) => !optional);
    expect(saidIn(message)).toEqual(expect.arrayContaining(needed.map(({ name }) => name)));
  },
);

it.each([
  ['paymentFailed', { invoiceId: 'inv_1' }],
  ['autoPayConsent', { invoiceId: 'inv_1' }],
  ['autoPayNotice', undefined],
  ['reminder1', { caseId: 'col_1' }],
  ['finalNotice', { caseId: 'col_1' }],
  ['serviceBarred', { caseId: 'col_1' }],
  // The agency has it now.
  ['debtHandedOver', undefined],
  ['paymentReceived', undefined],
])('%s offers to pay %j', (template, payFor) =>
  expect(all.find((message) => message.template === template)?.payFor).toEqual(payFor),
);

it('a renewal’s receipt names the days that are paid for, the last one included', () => {
  const period = {
    from: '2026-02-01T05:00:00.000Z',
    to: '2026-03-01T05:00:00.000Z',
    zone: 'America/New_York',
  };
  const { data } = receiptMessage('pay_1', 'renewal', { ...charge, period });
  expect(data).toMatchObject({ periodFrom: '2026-02-01', periodTo: '2026-02-28' });
});

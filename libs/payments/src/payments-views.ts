import { localDateOf } from '@tollkeeper/calendar';
import { creditorReferenceOf } from '@tollkeeper/contracts';
import { type AttemptRow } from './attempts/attempt.schema';
import { type CollectionRow } from './dunning/collection.schema';
import type { PaymentPlan } from './domain/dunning/instalments';
import type { PlannedDebit } from './domain/debits/plan-debit';
import { owedMinor } from './domain/attempts/reservations';
import { type CaseDebt, owedOf } from './dunning/case-state.service';
import { sumOf } from './dunning/split-debt';
import { type DunningPolicyRow } from './dunning/policies/dunning-policy.schema';
import { type PayRequestRow } from './pay-now/pay-request.schema';
import { type PayableRow } from './payables/payable.schema';
import { type MethodWithSettings } from './methods/payment-method.service';
import { type PaymentRow } from './received/payment.schema';
import { federalReserveZone, isTimelyReturn } from './domain/debits/ach-returns';

const money = (minor: number, currency: string) => ({ minor, currency });

/** The token stays inside. */
export const methodView = ({ method, payer }: MethodWithSettings) => ({
  id: method._id,
  accountId: method.accountId,
  kind: method.kind ?? 'card',
  gateway: method.gateway,
  alsoAt: (method.alsoAt ?? []).map(({ gateway }) => gateway),
  mandate: method.mandate ?? null,
  authorisation: method.authorisation ?? null,
  brand: method.brand,
  last4: method.last4,
  expiry: method.expiry,
  isDefault: payer.defaultMethodId === method._id,
  isBackup: payer.backupMethodId === method._id,
  autoPay: payer.autoPay && payer.defaultMethodId === method._id,
  lastDecline: method.lastDecline,
  createdAt: method.createdAt,
});

export const paymentView = ({ _id, amountMinor, currency, ...row }: PaymentRow) => ({
  id: _id,
  accountId: row.accountId,
  invoiceId: row.invoiceId,
  subscriptionId: row.subscriptionId,
  purpose: row.purpose,
  amount: money(amountMinor, currency),
  gateway: row.gateway,
  gatewayId: row.gatewayId,
  bankEntryId: row.bankEntryId ?? null,
  method: row.method,
  reference: row.reference,
  state: row.state,
  receivedAt: row.receivedAt,
  recordedAt: row.recordedAt,
});

/** Of ACH: our bank may dishonour a return that came too late. */
const cameLate = (debit: AttemptRow['debit'], { code, at }: NonNullable<AttemptRow['returned']>): boolean =>
  debit?.scheme === 'ach' && !isTimelyReturn(code, debit.collectOn, localDateOf(at, federalReserveZone));

export const attemptView = ({ _id, amountMinor, currency, ...row }: AttemptRow) => ({
  id: _id,
  key: row.key,
  purpose: row.purpose,
  accountId: row.accountId,
  invoiceId: row.invoiceId,
  subscriptionId: row.subscriptionId,
  caseId: row.caseId,
  amount: money(amountMinor, currency),
  method: row.card,
  gateway: row.gateway,
  gatewayId: row.gatewayId,
  state: row.state,
  debit: row.debit ?? null,
  returned: row.returned ? { ...row.returned, late: cameLate(row.debit, row.returned) } : null,
  isFinal: row.isFinal ?? false,
  notBefore: row.notBefore ?? null,
  declineCode: row.declineCode,
  category: row.category,
  actionUrl: row.actionUrl,
  cause: row.cause,
  lookUps: row.lookUps,
  nextLookUpAt: row.nextLookUpAt,
  createdAt: row.createdAt,
  decidedAt: row.decidedAt,
  paymentId: row.state === 'succeeded' ? row.paymentId : null,
});

const debitView = ({ amountMinor, ...debit }: PlannedDebit, currency: string) => ({
  ...debit,
  amount: money(amountMinor, currency),
});

export const payableView = (row: PayableRow) => ({
  invoiceId: row._id,
  invoiceNumber: row.invoiceNumber,
  creditorReference: creditorReferenceOf(row.invoiceNumber),
  accountId: row.accountId,
  total: money(row.totalMinor, row.currency),
  open: money(row.openMinor, row.currency),
  owed: money(owedMinor(row), row.currency),
  issuedOn: row.issuedOn,
  dueOn: row.dueOn,
  debit: row.debit ? debitView(row.debit, row.currency) : null,
  reservations: row.reservations.map(({ paymentId, amountMinor, state }) => ({
    paymentId,
    amount: money(amountMinor, row.currency),
    state,
  })),
});

export const payRequestView = (row: PayRequestRow, attempts: AttemptRow[]) => ({
  id: row._id,
  accountId: row.accountId,
  requestedAt: row.requestedAt,
  outcome: row.outcome,
  attempts: attempts.map(attemptView),
});

export const policyView = (row: DunningPolicyRow) => ({
  policyId: row.policyId,
  version: row.version,
  minimumMinor: row.minimumMinor,
  minimumByCurrency: row.minimumByCurrency ?? {},
  minimumInvoices: row.minimumInvoices ?? 1,
  currencies: row.currencies ?? null,
  segments: row.segments ?? [],
  stepHour: row.stepHour,
  levels: row.levels,
  retries: row.retries ?? null,
  forbidden: row.forbidden ?? null,
  promises: row.promises ?? null,
  createdAt: row.createdAt,
});

const planView = ({ totalMinor, instalments, ...plan }: PaymentPlan, currency: string) => ({
  ...plan,
  total: money(totalMinor, currency),
  instalments: instalments.map(({ amountMinor, ...each }) => ({
    ...each,
    amount: money(amountMinor, currency),
  })),
});

/** Of what is overdue; `chased` is what steps are taken for. */
export const owedView = ({ row: { currency }, overdue }: CaseDebt) => ({
  total: money(owedOf(overdue), currency),
  disputed: money(sumOf(overdue, 'disputedMinor'), currency),
  inPlan: money(sumOf(overdue, 'plannedMinor'), currency),
  chased: money(sumOf(overdue, 'chasedMinor'), currency),
  invoices: overdue.map(({ payable }) => ({
    ...{ invoiceId: payable._id, invoiceNumber: payable.invoiceNumber, dueOn: payable.dueOn },
    owed: money(owedMinor(payable), currency),
  })),
});

export const collectionView = ({ _id, promise, currency, ...row }: CollectionRow) => ({
  id: _id,
  accountId: row.accountId,
  policyId: row.policyId,
  policyVersion: row.policyVersion,
  state: row.state,
  outcome: row.outcome,
  steps: row.steps,
  hold: row.hold,
  promise: promise && { amount: money(promise.amountMinor, currency), until: promise.until },
  writtenOff: row.writtenOff,
  restricted: row.restricted,
  promises: (row.promises ?? []).map(({ amountMinor, until, madeAt, state }) => ({
    ...{ amount: money(amountMinor, currency), until, madeAt, state },
  })),
  plan: row.plan ? planView(row.plan, currency) : null,
  disputes: (row.disputes ?? []).map(({ amountMinor, ...dispute }) => ({
    ...dispute,
    amount: money(amountMinor, currency),
  })),
  fees: (row.fees ?? []).map(({ levelId, invoiceId, what, minor, to, posted }) => ({
    ...{ levelId, invoiceId, what, amount: money(minor, currency), to, posted },
  })),
  notices: (row.notices ?? []).map(({ key, requestedAt, state, deliveredAt }) => ({
    ...{ key, requestedAt, state, deliveredAt },
  })),
  handOverFileId: row.handOverFileId ?? null,
  endedAtAgency: row.endedAtAgency ?? null,
  openedOn: row.openedOn,
  openedAt: row.openedAt,
  closedAt: row.closedAt,
});

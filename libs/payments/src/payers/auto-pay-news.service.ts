import { Injectable } from '@nestjs/common';
import type { Instant, LocalDate } from '@tollkeeper/calendar';
import {
  AuditLog,
  badInput,
  BusinessClock,
  notFound,
  Outbox,
  type Principal,
  ServiceDatabase,
} from '@tollkeeper/platform';
import { autoPayStep, chargeOn } from '../domain/auto-pay';
import { isDebit } from '../domain/debits/plan-debit';
import { autoPayMessage } from '../domain/message-requests';
import { availableMinor } from '../domain/attempts/reservations';
import { PayableRepository } from '../payables/payable.repository';
import type { PayableRow } from '../payables/payable.schema';
import type { ChosenPayer } from '../attempts/payer-choice.service';
import { ProfileRepository } from './profile.repository';

interface AutoPayTold {
  payable: PayableRow;
  payer: ChosenPayer;
  step: 'tellBefore' | 'askConsent';
}

/** What auto-pay tells a payer before it charges, and what it asks for; each once an invoice. */
@Injectable()
export class AutoPayNews {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly payables: PayableRepository,
    private readonly profiles: ProfileRepository,
  ) {}

  /** Sorts a batch: what is charged today passes, what is to be told is kept in `told`. A debit is announced elsewhere. */
  sorter(on: LocalDate) {
    const told: AutoPayTold[] = [];
    const wants = (payer: ChosenPayer, payable: PayableRow): boolean => {
      const { settings, autoPay, method } = payer;
      if (!autoPay) return false;
      const free = availableMinor(payable);
      const invoice = { ...payable, availableMinor: free };
      const { autoPayCapMinor } = settings;
      if (isDebit(method))
        return autoPayStep({ ...invoice, dueOn: on }, { autoPayCapMinor }, on) === 'charge';
      const step = autoPayStep(invoice, settings, on);
      const isAsked = step === 'askConsent' && payable.autoPayConsentAskedOn == null;
      if (free > 0 && payer.refusedBy === null && (step === 'tellBefore' || isAsked))
        told.push({ payable, payer, step });
      return step === 'charge';
    };
    return { told, wants };
  }

  async tell(tenantId: string, at: Instant, on: LocalDate, told: readonly AutoPayTold[]): Promise<void> {
    if (told.length === 0) return;
    const accounts = await this.profiles.accounts(
      tenantId,
      told.map(({ payable }) => payable.accountId),
    );
    const messages = told.map(({ payable, payer, step }) =>
      autoPayMessage(step === 'tellBefore' ? 'autoPayNotice' : 'autoPayConsent', {
        ...{ invoiceId: payable._id, accountId: payable.accountId, currency: payable.currency, at },
        ...{ amountMinor: availableMinor(payable), invoiceNumber: payable.invoiceNumber },
        customerName: accounts.get(payable.accountId)?.customerName ?? '',
        card: `${payer.method.brand} ending in ${payer.method.last4}`,
        chargeOn: chargeOn(payable, payer.settings),
        dueOn: payable.dueOn,
      }),
    );
    await this.database.transaction(async () => {
      for (const { payable, step } of told)
        await this.payables.noteAutoPayTold(tenantId, payable._id, step, on);
      await this.outbox.tell(tenantId, at, 'messageRequested', messages);
    });
  }

  /** To more than the cap, for this invoice and this amount only. */
  async consent(
    principal: Principal,
    invoiceId: string,
    amount: { minor: number; currency: string },
  ): Promise<PayableRow> {
    const { tenantId } = principal;
    const payable = await this.payables.one(tenantId, invoiceId);
    const isTheirs = principal.kind !== 'subscriber' || payable?.accountId === principal.accountId;
    if (!payable || !isTheirs) throw notFound('invoice', invoiceId);
    if (amount.currency !== payable.currency)
      throw badInput('amount.currency', `The invoice is in ${payable.currency}.`);
    const at = await this.clock.now(tenantId);
    return this.database.transaction(async () => {
      await this.payables.noteConsent(tenantId, invoiceId, amount.minor);
      const entry = { at, what: 'consentToAutoPay', entity: invoiceId, after: { amount } };
      await this.audit.record(principal, entry);
      return { ...payable, autoPayConsentMinor: amount.minor };
    });
  }
}

import { Injectable } from '@nestjs/common';
import { type Instant, localDateOf } from '@tollkeeper/calendar';
import { ServiceDatabase } from '@tollkeeper/platform';
import { AttemptRepository } from '../attempts/attempt.repository';
import type { AttemptRow } from '../attempts/attempt.schema';
import { type AttemptDebit, isDebit, representDebit, type ReturnedDebit } from '../domain/debits/plan-debit';
import { availableMinor } from '../domain/attempts/reservations';
import type { PayableRow } from '../payables/payable.schema';
import type { ChosenPayer } from '../attempts/payer-choice.service';
import { ProfileRepository } from '../payers/profile.repository';
import { DebitPlanning } from './debit-planning.service';

interface Charge {
  payable: PayableRow;
  payer: ChosenPayer;
  debit?: AttemptDebit;
}

/**
 * A case asks for its debt once more. A debit that came back is sent again at once, as far as the rules of its scheme
 * allow, and the payer hears of the new day; what was never debited is announced, and handed in on its day.
 */
@Injectable()
export class DebitAgain {
  constructor(
    private readonly database: ServiceDatabase,
    private readonly attempts: AttemptRepository,
    private readonly profiles: ProfileRepository,
    private readonly planning: DebitPlanning,
  ) {}

  async withDebits(
    tenantId: string,
    at: Instant,
    accountId: string,
    caseId: string | null,
    charges: Charge[],
  ): Promise<Charge[]> {
    const debits = charges.filter(({ payer }) => isDebit(payer.method));
    if (debits.length === 0) return charges;
    const others = charges.filter(({ payer }) => !isDebit(payer.method));
    const today = localDateOf(at, (await this.profiles.tenant(tenantId))?.zone ?? 'UTC');
    const invoiceIds = debits.map(({ payable }) => payable._id);
    const before = await this.attempts.returnedDebits(tenantId, accountId, invoiceIds);
    const again: Charge[] = [];
    const fresh: Charge[] = [];
    for (const charge of debits) {
      const [first, ...rest] = returnsOf(before, charge);
      if (!first) fresh.push(charge);
      else {
        const debit = representDebit(charge.payer.method, [first, ...rest], today);
        if (!('refused' in debit)) again.push({ ...charge, debit });
      }
    }
    await this.planning.plan(tenantId, at, today, fresh, caseId);
    await this.database.transaction(() =>
      this.planning.announce(
        tenantId,
        at,
        again.flatMap(({ payable, payer, debit }) =>
          debit ? [{ payable, payer, amountMinor: availableMinor(payable), collectOn: debit.collectOn }] : [],
        ),
      ),
    );
    return [...others, ...again];
  }
}

/** Of this invoice, by this account of the payer, and of no smaller amount: a higher one is another debit. */
function returnsOf(before: readonly AttemptRow[], { payable, payer }: Charge): ReturnedDebit[] {
  return before.flatMap(({ invoiceId, fingerprint, amountMinor, debit, returned, declineCode }) => {
    const isSame = invoiceId === payable._id && fingerprint === payer.method.fingerprint;
    const code = returned?.code ?? declineCode;
    return isSame && debit && code && amountMinor >= availableMinor(payable)
      ? [{ collectOn: debit.collectOn, code }]
      : [];
  });
}

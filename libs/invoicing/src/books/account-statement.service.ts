import { Injectable } from '@nestjs/common';
import { type LocalDate, localDateOf } from '@tollkeeper/calendar';
import { badInput, BusinessClock, notFound } from '@tollkeeper/platform';
import { CopyRepository } from '../copies/copy.repository';
import { AccountStatementRepository } from './account-statement.repository';
import type { OwnBalance, StatementEntry } from './domain/account-statement';

const mostMovements = 1_000;

interface AccountStatement {
  from: LocalDate | null;
  through: LocalDate;
  opening: OwnBalance[];
  movements: StatementEntry[];
}

@Injectable()
export class AccountStatementService {
  constructor(
    private readonly statements: AccountStatementRepository,
    private readonly copies: CopyRepository,
    private readonly clock: BusinessClock,
  ) {}

  /** 404 for an account that is not this tenant's. */
  async read(
    tenantId: string,
    accountId: string,
    days: { from?: LocalDate; through?: LocalDate },
  ): Promise<AccountStatement> {
    const [known] = await this.copies.accountsByIds(tenantId, [accountId]);
    const tenant = await this.copies.tenant(tenantId);
    if (!known || !tenant) throw notFound('account', accountId);
    const through = days.through ?? localDateOf(await this.clock.now(tenantId), tenant.zone);
    const from = days.from ?? null;
    if (from !== null && from > through)
      throw badInput('from', `The period begins on ${from}, after its end on ${through}.`, 'Swap the dates.');
    const opening = from ? await this.statements.balancesBefore(tenantId, accountId, from) : [];
    const period = { from: from ?? '0001-01-01', through };
    const movements = await this.statements.movements(tenantId, accountId, period, mostMovements + 1);
    if (movements.length > mostMovements)
      throw badInput(
        'from',
        `There are more than ${mostMovements} postings in this period.`,
        'Ask for a shorter one.',
      );
    return { from, through, opening, movements };
  }
}

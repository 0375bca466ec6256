import { Injectable } from '@nestjs/common';
import type { BankStatementActivities as Contract } from '@tollkeeper/contracts';
import { EntryBooking } from './entry-booking.service';

@Injectable()
export class StatementActivities implements Contract {
  constructor(private readonly booking: EntryBooking) {}

  bookBankEntries({ tenantId, importId, at, limit }: Parameters<Contract['bookBankEntries']>[0]) {
    return this.booking.bookSome(tenantId, importId, at, limit);
  }
}

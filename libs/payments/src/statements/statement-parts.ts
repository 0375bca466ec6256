import { BankAccountController } from './bank-account.controller';
import { BankAccountRepository } from './bank-account.repository';
import { BankAccounts, PayerBankAccounts } from './bank-account.schema';
import { BankAccountService } from './bank-account.service';
import { BankEntryController } from './bank-entry.controller';
import { BankEntryRepository } from './bank-entry.repository';
import { BankEntries, StatementImports } from './bank-entry.schema';
import { BatchBooking } from './batch-booking.service';
import { EntryBooking } from './entry-booking.service';
import { EntryDecision } from './entry-decision.service';
import { EntryReversal } from './entry-reversal.service';
import { EntryUndo } from './entry-undo.service';
import { EntryMatching } from './entry-matching.service';
import { StatementActivities } from './statement.activities';
import { StatementImportController } from './statement-import.controller';
import { StatementImportService } from './statement-import.service';
import { StatementPageRepository } from './statement-page.repository';
import { StatementPages } from './statement-page.schema';
import { StatementUnpacking } from './statement-unpacking.service';
import { SuspenseNews } from './suspense-news.service';

/** What the module is made of here. */
export const statementCollections = [
  BankAccounts,
  PayerBankAccounts,
  StatementImports,
  StatementPages,
  BankEntries,
];

export const statementControllers = [BankAccountController, StatementImportController, BankEntryController];

export const statementProviders = [
  ...[
    BankAccountRepository,
    BankEntryRepository,
    StatementPageRepository,
    StatementUnpacking,
    BankAccountService,
    StatementImportService,
  ],
  ...[
    EntryMatching,
    BatchBooking,
    EntryReversal,
    EntryBooking,
    EntryDecision,
    EntryUndo,
    SuspenseNews,
    StatementActivities,
  ],
];

import type { ServiceDefinition } from '@tollkeeper/platform';
import { BooksActivities } from './books/books.activities';
import { FinalBillActivities } from './final-bills/final-bill.activities';
import { InvoicingActivities } from './invoicing.activities';
import { InvoicingModule } from './invoicing.module';
import { LedgerActivities } from './ledger/ledger.activities';

export const invoicing: ServiceDefinition = {
  name: 'invoicing',
  module: InvoicingModule,
  activities: [InvoicingActivities, LedgerActivities, BooksActivities, FinalBillActivities],
};

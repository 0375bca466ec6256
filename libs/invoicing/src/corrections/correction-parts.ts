import { CreditBooksService } from './credit-books.service';
import { CreditNoteController } from './credit-note.controller';
import { CreditNoteRepository } from './credit-note.repository';
import { CreditNoteService } from './credit-note.service';
import { DocumentService } from './document.service';
import { ExplanationController } from '../invoices/explanation.controller';
import { InvoiceCreditController } from './invoice-credit.controller';
import { ReissueController } from './reissue.controller';
import { ReissueService } from './reissue.service';

/** What the module takes up for corrections. */
export const correctionControllers = [
  InvoiceCreditController,
  ReissueController,
  CreditNoteController,
  ExplanationController,
];

export const correctionServices = [
  CreditNoteRepository,
  CreditBooksService,
  CreditNoteService,
  ReissueService,
  DocumentService,
];

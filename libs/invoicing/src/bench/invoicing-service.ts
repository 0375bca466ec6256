import { benchContext, Storage } from '@tollkeeper/platform';
import { BillRunService } from '../runs/bill-run.service';
import { CopyRepository } from '../copies/copy.repository';
import { CopyService } from '../copies/copy.service';
import { CycleRepository } from '../cycles/cycle.repository';
import { DraftService } from '../runs/draft.service';
import { FinalizationService } from '../invoices/finalization.service';
import { InvoicingModule } from '../invoicing.module';
import { OpeningService } from '../runs/opening.service';
import { TaxRateRepository } from '../taxes/tax-rate.repository';

export interface InvoicingService {
  copies: CopyService;
  profiles: CopyRepository;
  cycles: CycleRepository;
  taxes: TaxRateRepository;
  runs: BillRunService;
  opening: OpeningService;
  drafts: DraftService;
  finalization: FinalizationService;
  storage: Storage;
}

export async function invoicingService(mongoUri: string, storageFolder: string): Promise<InvoicingService> {
  const app = await benchContext(
    { module: InvoicingModule },
    { MONGODB_URI: mongoUri, STORAGE_FOLDER: storageFolder },
  );
  const options = { strict: false };
  return {
    copies: app.get(CopyService, options),
    profiles: app.get(CopyRepository, options),
    cycles: app.get(CycleRepository, options),
    taxes: app.get(TaxRateRepository, options),
    runs: app.get(BillRunService, options),
    opening: app.get(OpeningService, options),
    drafts: app.get(DraftService, options),
    finalization: app.get(FinalizationService, options),
    storage: app.get(Storage, options),
  };
}

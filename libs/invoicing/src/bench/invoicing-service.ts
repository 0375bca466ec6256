import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, loadConfig, PlatformModule, Storage, type Temporal } from '@tollkeeper/platform';
import { BillRunService } from '../bill-run.service';
import { CopyRepository } from '../copy.repository';
import { CopyService } from '../copy.service';
import { CycleRepository } from '../cycle.repository';
import { DraftService } from '../draft.service';
import { FinalizationService } from '../finalization.service';
import { InvoicingModule } from '../invoicing.module';
import { OpeningService } from '../opening.service';
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

/** Its starts and signals are never answered: the relay waits at its first row and takes no time from what is measured. */
const silentTemporal = (): Temporal => {
  const never = () => new Promise<never>(() => undefined);
  const getHandle = () => ({ signal: never, executeUpdate: never });
  return {
    client: { workflow: { start: never, signalWithStart: never, getHandle } },
  } as unknown as Temporal;
};

/** The real service on a real MongoDB, without HTTP and without workers. */
export async function invoicingService(mongoUri: string, storageFolder: string): Promise<InvoicingService> {
  const config = loadConfig({ MONGODB_URI: mongoUri, STORAGE_FOLDER: storageFolder });
  @Module({
    imports: [PlatformModule.register(config, silentTemporal(), createLogger('error')), InvoicingModule],
  })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
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

import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger, loadConfig, PlatformModule, type Temporal } from '@tollkeeper/platform';
import { SubscriberImportService } from '../bulk/subscriber-import.service';
import { CustomersModule } from '../customers.module';
import { SearchService } from '../search/search.service';

export interface CustomersService {
  imports: SubscriberImportService;
  search: SearchService;
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
export async function customersService(mongoUri: string, storageFolder: string): Promise<CustomersService> {
  const config = loadConfig({ MONGODB_URI: mongoUri, STORAGE_FOLDER: storageFolder });
  @Module({
    imports: [PlatformModule.register(config, silentTemporal(), createLogger('error')), CustomersModule],
  })
  class Root {}
  const app = await NestFactory.createApplicationContext(Root, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  return {
    imports: app.get(SubscriberImportService, { strict: false }),
    search: app.get(SearchService, { strict: false }),
  };
}

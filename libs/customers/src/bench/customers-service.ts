import { benchContext } from '@tollkeeper/platform';
import { SubscriberImportService } from '../bulk/subscriber-import.service';
import { CustomersModule } from '../customers.module';
import { SearchService } from '../search/search.service';

export interface CustomersService {
  imports: SubscriberImportService;
  search: SearchService;
}

export async function customersService(mongoUri: string, storageFolder: string): Promise<CustomersService> {
  const app = await benchContext(
    { module: CustomersModule },
    { MONGODB_URI: mongoUri, STORAGE_FOLDER: storageFolder },
  );
  return {
    imports: app.get(SubscriberImportService, { strict: false }),
    search: app.get(SearchService, { strict: false }),
  };
}

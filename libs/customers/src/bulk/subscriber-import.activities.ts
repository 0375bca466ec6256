import { Injectable } from '@nestjs/common';
import type { SubscriberImportActivities as ImportContract } from '@tollkeeper/contracts';
import { SubscriberImportService } from './subscriber-import.service';

type InputOf<Name extends keyof ImportContract> = Parameters<ImportContract[Name]>[0];

@Injectable()
export class SubscriberImportActivities implements ImportContract {
  constructor(private readonly imports: SubscriberImportService) {}

  importSubscribers(input: InputOf<'importSubscribers'>) {
    return this.imports.importSubscribers(input);
  }

  failSubscriberImport(input: InputOf<'failSubscriberImport'>): Promise<void> {
    return this.imports.fail(input);
  }
}

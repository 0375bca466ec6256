import { Command } from 'commander';
import { catalogFileSchema } from '@tollkeeper/tariff';

export const schemaCommand = (): Command =>
  new Command('schema')
    .description('Print the JSON Schema of the catalog file, for editors and other tools.')
    .action(() => {
      process.stdout.write(`${JSON.stringify(catalogFileSchema(), null, 2)}\n`);
    });

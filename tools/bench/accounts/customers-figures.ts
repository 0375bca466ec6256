import { MongoClient } from 'mongodb';
import { customersService } from './customers-service';
import { measureImport } from './import-subscribers';
import { hearOfOperator } from './bench-operator';
import { fillForSearch, measureSearch, searchRows } from './search-customers';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  floor: number;
  holds: boolean;
}

const importFloor = 0.5;
const searchCeilingMs = 200;

/** Import and search of customers on a MongoDB of the bench's own: its databases `customers` and `bare` are dropped. */
export async function customersFigures(
  mongoUri: string,
  storageFolder: string,
  log: (line: string) => void,
): Promise<Figure[]> {
  const client = await new MongoClient(mongoUri).connect();
  const clear = async () => {
    for (const name of ['customers', 'bare']) await client.db(name).dropDatabase();
  };
  try {
    await clear();
    const importing = await customersService(mongoUri, storageFolder);
    await hearOfOperator(client);
    const { subscribers, documents, importMs, bareMs } = await measureImport(client, importing);
    const share = round(bareMs / importMs, 2);
    log(
      `import: ${subscribers} subscribers, ${Math.round(subscribers / (importMs / 1000))} a second, ` +
        `${round(importMs / 1000, 1)} s; bare insert of the same ${documents} documents ${round(bareMs / 1000, 1)} s`,
    );
    await clear();
    await fillForSearch(client);
    const searching = await customersService(mongoUri, storageFolder);
    await hearOfOperator(client);
    const { p95Ms } = await measureSearch(searching);
    log(`search: p95 ${round(p95Ms, 1)} ms at ${searchRows} accounts, subscriptions, numbers and invoices`);
    await clear();
    return [
      {
        name: 'import of 100,000 subscribers, share of a bare bulk insert',
        value: share,
        unit: 'ratio',
        floor: importFloor,
        holds: share >= importFloor,
      },
      {
        name: 'search at 1,000,000 rows each, p95 (at most)',
        value: round(p95Ms, 1),
        unit: 'ms',
        floor: searchCeilingMs,
        holds: p95Ms <= searchCeilingMs,
      },
    ];
  } finally {
    await client.close();
  }
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

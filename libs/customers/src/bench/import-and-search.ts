import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { customersService } from './customers-service';
import { measureImport } from './import-subscribers';
import { hearOfOperator } from './bench-operator';
import { fillForSearch, measureSearch, searchRows } from './search-customers';

const importFloor = 0.5;
const searchCeilingMs = 200;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** On a scratch mongod, whose databases `customers` and `bare` are dropped. */
async function main(): Promise<void> {
  const mongoUri = process.env['MONGODB_URI'] ?? '';
  const storageFolder = await mkdtemp(join(tmpdir(), 'tollkeeper-bench-files-'));
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
    say(
      `import: ${subscribers} subscribers, ${Math.round(subscribers / (importMs / 1000))} a second, ` +
        `${round(importMs / 1000, 1)} s; bare insert of the same ${documents} documents ${round(bareMs / 1000, 1)} s`,
    );
    await clear();
    await fillForSearch(client);
    const searching = await customersService(mongoUri, storageFolder);
    await hearOfOperator(client);
    const { p95Ms } = await measureSearch(searching);
    say(`search: p95 ${round(p95Ms, 1)} ms at ${searchRows} accounts, subscriptions, numbers and invoices`);
    await clear();
    const figures = [
      { name: 'subscriberImport', value: share, unit: 'of a bare bulk insert', atLeast: importFloor },
      { name: 'customerSearch', value: round(p95Ms, 1), unit: 'ms, p95', atMost: searchCeilingMs },
    ];
    say(`FIGURES ${JSON.stringify(figures)}`);
  } finally {
    await client.close();
    await rm(storageFolder, { recursive: true, force: true });
  }
}

main().then(
  // What is never answered (see benchContext) would keep the process.
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);

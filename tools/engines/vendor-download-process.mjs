// Lets a vendor's own library download its engine into a folder, and prints the binary's path as the last line.
// A process of its own, because these libraries have no limit of time and write to the console as they please.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const [engine, folder, mongodbVersion] = process.argv.slice(2);

async function downloadMongod() {
  const { MongoBinary } = await import('mongodb-memory-server-core');
  return MongoBinary.getPath({ version: mongodbVersion, downloadDir: folder });
}

/** The vendor's library only downloads what it also starts: it is started once and stopped. */
async function downloadTemporal(start) {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const executable = { type: 'cached-download', downloadDir: folder };
  const environment = await TestWorkflowEnvironment[start]({ server: { executable } });
  await environment.teardown();
  const [binary] = await readdir(folder);
  return join(folder, binary);
}

const ways = {
  mongod: downloadMongod,
  temporal: () => downloadTemporal('createLocal'),
  temporalTestServer: () => downloadTemporal('createTimeSkipping'),
};

try {
  console.log(await ways[engine]());
  process.exit(0);
} catch (error) {
  console.error(String(error?.message ?? error).replace(/\s+/g, ' '));
  process.exit(1);
}

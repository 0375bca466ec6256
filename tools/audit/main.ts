import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolderFrom, EngineFailure, lastWords } from '../engines';
import { auditAll, auditTenant } from './audit';
import { openGround } from './open-ground';
import { reportJson, reportLines } from './report-text';

const BREACHED = 1;
const CANNOT_LOOK = 2;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run audit`: says of each invariant whether the data holds to it. Looks, and changes nothing. */
async function main(): Promise<void> {
  const { dataFolder, tenantId, settled } = readArguments();
  const ground = await openGround(dataFolder, say);
  try {
    const options = { ...ground, settled };
    const report =
      tenantId === undefined ? await auditAll(options) : await auditTenant({ ...options, tenantId });
    if (report.tenants.length === 0) say('There is no tenant yet: only the house itself was looked at.');
    for (const line of reportLines(report)) say(line);
    say(reportJson(report));
    process.exitCode = report.holds ? 0 : BREACHED;
  } finally {
    await ground.close();
  }
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        'data-folder': { type: 'string' },
        tenant: { type: 'string' },
        settled: { type: 'boolean' },
      },
    });
    const folder = values['data-folder'];
    return {
      dataFolder: folder === undefined ? dataFolderFrom() : resolve(folder),
      tenantId: values.tenant,
      settled: values.settled ?? false,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new EngineFailure(
      `${why} (usage: npm run audit -- [--data-folder FOLDER] [--tenant ID] [--settled])`,
    );
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${lastWords(error)}\n`);
  process.exit(CANNOT_LOOK);
});

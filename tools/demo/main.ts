import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolderFrom, lastWords, type Log } from '../engines';
import { findRunningStack, runStack, type StackDescriptor } from '../stack';
import { after, Diary, months } from '../sample/diary';
import { openSampleTenant, signIn } from '../sample/sample-tenant';
import { SampleStory } from '../sample/sample-story';
import { auditTenant } from '../audit/audit';
import { reportLines } from '../audit/report-text';
import { recordHistories } from '../record-histories/record-histories';
import { collectDocuments } from './collect-documents';
import { differences, recordExpectation } from './expectation';
import { printSummary, summarise } from './summary';

/** The books of this seed lie in expected.json: the demo fails when a count or a total differs. */
const seed = 1;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

type Ground = Pick<StackDescriptor, 'apiUrl' | 'environment' | 'mailFolder'> & {
  stop(): Promise<void>;
};

/** The running stack, or one of our own on free ports with a scratch data folder. */
async function ground(log: Log): Promise<Ground> {
  const running = await findRunningStack(dataFolderFrom());
  if (running) {
    log(`Using the stack that runs at ${running.apiUrl}.`);
    return { ...running, stop: () => Promise.resolve() };
  }
  const dataFolder = join(dataFolderFrom(), 'demo-stack');
  await rm(dataFolder, { recursive: true, force: true });
  const stack = await runStack({ dataFolder, headless: true, log, environment: { LOG_LEVEL: 'warn' } });
  return {
    apiUrl: stack.apiUrl,
    environment: stack.environment,
    mailFolder: stack.engines.mailFolder,
    stop: () => stack.stop(),
  };
}

/** Three months of an MVNO as a diary: usage, bills, payments, debts and what became of them. */
async function tell(story: SampleStory, diary: Diary): Promise<void> {
  const [january, february, march] = months;
  await diary.opening();
  const hardDeclines = story
    .withPayment('hard')
    .filter(({ offeringId }) => offeringId === 'smart-5')
    .map(({ externalId }) => externalId);
  const [first, second, third] = hardDeclines as [string, string, string];
  const bankPayers = story.withPayment(null).map(({ externalId }) => externalId);

  await diary.bill(january);
  await diary.transfers('2026-02-10T15:00:00.000Z', bankPayers);
  await diary.debts(
    '2026-02-16T18:00:00.000Z',
    'cards were charged on the due date; failed ones are tried again from the next day',
  );
  await diary.debts('2026-02-21T18:00:00.000Z', 'three retries and two reminders later');
  await diary.debts(
    '2026-02-26T18:00:00.000Z',
    'ten days overdue: outgoing calls are barred, emergency calls are not',
  );
  await diary.transfers('2026-02-27T15:00:00.000Z', [first, second]);
  await diary.debts('2026-02-27T18:00:00.000Z', 'whoever paid has service again at once');

  await diary.bill(february);
  await diary.debts('2026-03-03T18:00:00.000Z', 'fifteen days overdue: suspended');
  await diary.newCard('2026-03-05T15:00:00.000Z', third);
  await diary.transfers('2026-03-10T15:00:00.000Z', bankPayers);
  await diary.debts('2026-03-20T18:00:00.000Z', 'the second month is charged and collected');

  await diary.bill(march);
  await diary.transfers('2026-04-10T15:00:00.000Z', bankPayers);
  await diary.debts(
    '2026-04-20T18:00:00.000Z',
    'the third month is charged; what nobody paid was handed over',
  );
  await diary.advance(after('2026-04-20T18:00:00.000Z', 12));
}

async function main(args: string[]): Promise<number> {
  const startedAt = Date.now();
  const { apiUrl, environment, mailFolder, stop } = await ground(say);
  try {
    const opened = await openSampleTenant(apiUrl, environment['OPERATOR_KEY'] ?? '');
    const api = await signIn(apiUrl, opened);
    const story = new SampleStory(api, (line) => say(`   ${line}`), seed);
    await tell(story, new Diary(story, api, say));
    const documents = await collectDocuments(api, {
      folder: join(dataFolderFrom(), 'demo', opened.tenantId),
      mailFolder,
    });
    const summary = await summarise(api);
    const audit = await auditTenant({
      mongoUri: environment['MONGODB_URI'] ?? '',
      gatewayUrl: environment['SANDBOX_GATEWAY_URL'] ?? '',
      gatewayKey: environment['SANDBOX_GATEWAY_KEY'] ?? '',
      storageFolder: environment['STORAGE_FOLDER'] ?? '',
      mailFolder,
      settled: true,
      tenantId: opened.tenantId,
    });
    printSummary(summary, say);
    reportLines(audit).forEach(say);
    if (args.includes('--record')) {
      await recordExpectation(summary);
      say(
        `Recorded: ${(await recordHistories(environment['TEMPORAL_ADDRESS'] ?? '', opened.tenantId)).join(', ')}`,
      );
    }
    const unexpected = await differences(summary);
    for (const line of unexpected) say(`DIFFERS ${line}`);
    say(`Invoices and mails: ${documents}`);
    say(`Took ${Math.round((Date.now() - startedAt) / 1000)} s.`);
    const broken = audit.invariants.filter(({ verdict }) => verdict !== 'holds').map(({ name }) => name);
    say(
      `DEMO ${JSON.stringify({ ...summary, invariants: audit.invariants.length, broken, differs: unexpected.length, ok: broken.length + unexpected.length === 0 })}`,
    );
    return broken.length + unexpected.length === 0 ? 0 : 1;
  } finally {
    await stop();
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${lastWords(error)}\n`);
    process.exit(1);
  },
);

import { lastWords, portsFromEnvironment } from '../engines';
import { runStack, stopOnSignals } from '../stack';
import { Diary, months } from '../sample/diary';
import { listTenants, openSampleTenant, signIn } from '../sample/sample-tenant';
import { SampleStory } from '../sample/sample-story';

const seed = 1;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm start`: everything on this machine, with a sample operator on the first start; stays up until Ctrl-C. */
async function main(): Promise<void> {
  const stack = await runStack({ ports: portsFromEnvironment(), log: say });
  stopOnSignals(stack, say);
  const operatorKey = stack.environment['OPERATOR_KEY'] ?? '';
  const known = await listTenants(stack.apiUrl, operatorKey);
  if (known.length === 0) await loadSample(stack.apiUrl, operatorKey);
  else
    say(
      `The data of ${known.map(({ name, tenantId }) => `${name} (${tenantId})`).join(', ')} is as you left it.`,
    );
  say('');
  say(`  API            ${stack.apiUrl}/v1`);
  say(`  API docs       ${stack.apiUrl}/docs`);
  if (stack.engines.temporalUiUrl) say(`  Temporal UI    ${stack.engines.temporalUiUrl}`);
  if (stack.engines.inboxUrl) say(`  mail inbox     ${stack.engines.inboxUrl}`);
  say(`  data and logs  ${stack.dataFolder}`);
  say('');
  say('Tollkeeper is up. Ctrl-C stops everything that was started here; the data stays.');
}

async function loadSample(apiUrl: string, operatorKey: string): Promise<void> {
  say('The database is empty: loading Pinewood Mobile, a sample operator, and billing its first month.');
  const opened = await openSampleTenant(apiUrl, operatorKey);
  const api = await signIn(apiUrl, opened);
  const story = new SampleStory(api, (line) => say(`   ${line}`), seed);
  const diary = new Diary(story, api, say);
  await diary.opening();
  await diary.bill(months[0]);
  await diary.transfers(
    '2026-02-10T15:00:00.000Z',
    story.withPayment(null).map(({ externalId }) => externalId),
  );
  await diary.debts(
    '2026-02-17T17:00:00.000Z',
    'cards were charged on the due date; those that failed are being collected',
  );
  say('');
  say(`  tenant         ${opened.tenantId}`);
  say(`  admin          ${opened.email}`);
  say(
    `  password       ${opened.oneTimePassword}   (shown this once; change it: POST /v1/identity/password)`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${lastWords(error)}\n`);
  process.exit(1);
});

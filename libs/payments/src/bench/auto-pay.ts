import { addDays, type Instant, type LocalDate } from '@tollkeeper/calendar';
import { benchContext, ServiceDatabase } from '@tollkeeper/platform';
import { Attempts } from '../attempts/attempt.schema';
import { Payables } from '../payables/payable.schema';
import { Payments } from '../received/payment.schema';
import { PaymentsModule } from '../payments.module';
import { ReceivablesService } from '../payables/receivables.service';
import { BareClient } from './bare-client';
import { benchTenant, openAccounts, openTenant } from './bench-payers';

/**
 * A program of `npm run bench -- payments`, on a scratch mongod and a sandbox gateway in a process of its own that takes
 * 20 ms for each answer: the daily round charges 50,000 invoices, each attempt durable before its call. A bare HTTP
 * client with as many calls at once charges at the same gateway, in turns with the rounds.
 */
const invoicesCount = 50_000;
const turns = 5;
/** The bare client needs no more to tell its rate. */
const bareShare = 0.4;
const callsAtOnce = 32;
const latencyMs = 20;
/** As the receivables process asks for. */
const rowsPerRound = 1_000;
const shareFloor = 0.6;

const firstDay: LocalDate = '2026-02-01';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
const noonOf = (on: LocalDate): Instant => `${on}T12:00:00.000Z`;

async function chargeDay(receivables: ReceivablesService, at: Instant, expected: number): Promise<number> {
  const begun = performance.now();
  let succeeded = 0;
  for (let more = true; more;) {
    const done = await receivables.work(benchTenant, at, rowsPerRound);
    succeeded += done.succeeded;
    more = done.more && succeeded < expected;
  }
  const tookMs = performance.now() - begun;
  if (succeeded !== expected) throw new Error(`${succeeded} of ${expected} invoices were paid`);
  return tookMs;
}

/** Every invoice paid once by an attempt of its own, all of it reserved until invoicing hears of it. */
async function check(database: ServiceDatabase, count: number): Promise<void> {
  const rows = database.tenant(benchTenant);
  const found = {
    attempts: await rows.collection(Attempts).count({ state: 'succeeded' }),
    payments: (await rows.collection(Payments).distinct('invoiceId', {})).length,
    captured: await rows.collection(Payables).count({ 'reservations.state': 'captured' }),
    told: await factsTold(database),
  };
  const holds =
    found.attempts === count &&
    found.payments === count &&
    found.captured === count &&
    found.told === 2 * count;
  if (!holds) throw new Error(`after ${count} charges: ${JSON.stringify(found)}`);
}

/** Rows of the outbox hold several. */
async function factsTold(database: ServiceDatabase): Promise<number> {
  const count = { $sum: { $size: '$message.facts' } };
  const stages = [{ $match: { tenantId: benchTenant } }, { $group: { _id: null, count } }];
  const [told] = await database.db.collection('outbox').aggregate<{ count: number }>(stages).toArray();
  return told?.count ?? 0;
}

async function main(): Promise<void> {
  const { MONGODB_URI, SANDBOX_GATEWAY_URL = '', SANDBOX_GATEWAY_KEY = '' } = process.env;
  const app = await benchContext(
    { module: PaymentsModule },
    { MONGODB_URI, SANDBOX_GATEWAY_URL, SANDBOX_GATEWAY_KEY },
  );
  const database = app.get(ServiceDatabase, { strict: false });
  const receivables = app.get(ReceivablesService, { strict: false });
  const bare = new BareClient({ url: SANDBOX_GATEWAY_URL, key: SANDBOX_GATEWAY_KEY }, callsAtOnce);

  const perTurn = Math.ceil((invoicesCount * Number(process.env['BENCH_SIZE'] ?? 100)) / 100 / turns);
  await openTenant(database);
  for (let turn = 0; turn < turns; turn++) {
    const dueOn = addDays(firstDay, turn);
    await openAccounts(database, { first: turn * perTurn, count: perTurn, dueOn, autoPay: true });
  }
  await bare.setLatency(latencyMs);
  let bareMs = 0;
  let autoPayMs = 0;
  const bareCount = Math.ceil(perTurn * bareShare);
  for (let turn = 0; turn < turns; turn++) {
    const at = noonOf(addDays(firstDay, turn));
    const references = Array.from({ length: bareCount }, (_, no) => `bare-${turn}-${no}`);
    const bareRate = await bare.chargeAll('ten_bare', at, references);
    say(`turn ${turn + 1}: bare client ${round(bareRate, 0)}/s`);
    bareMs += (bareCount / bareRate) * 1_000;
    const tookMs = await chargeDay(receivables, at, perTurn);
    autoPayMs += tookMs;
    say(`turn ${turn + 1}: auto-pay ${round((perTurn / tookMs) * 1000, 0)}/s`);
  }
  await check(database, perTurn * turns);
  bare.close();

  const bareRate = (bareCount * turns) / bareMs;
  const autoPayRate = (perTurn * turns) / autoPayMs;
  const figures = [
    {
      name: 'autoPayToBareClient',
      value: round(autoPayRate / bareRate, 2),
      unit: 'of a bare client',
      atLeast: shareFloor,
    },
    { name: 'autoPay', value: round(autoPayRate * 1_000, 0), unit: 'attempts/s' },
    { name: 'bareClient', value: round(bareRate * 1_000, 0), unit: 'charges/s' },
  ];
  say(`FIGURES ${JSON.stringify(figures)}`);
}

main().then(
  // What is never answered (see benchContext) would keep the process.
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  },
);

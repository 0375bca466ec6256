import { creditorReferenceOf } from '@tollkeeper/contracts';
import { benchContext, type Principal, ServiceDatabase } from '@tollkeeper/platform';
import { sampleCamt, sampleStatement } from '../domain/statements/sample-statements';
import { Payables } from '../payables/payable.schema';
import { PaymentsModule } from '../payments.module';
import { Payments } from '../received/payment.schema';
import { BankAccounts } from '../statements/bank-account.schema';
import { BankEntries } from '../statements/bank-entry.schema';
import { EntryBooking } from '../statements/entry-booking.service';
import { StatementImportService } from '../statements/statement-import.service';
import { benchTenant, numberOf, openAccounts, openedAt, openTenant } from './bench-payers';

/**
 * A program of `npm run bench -- payments`, on a scratch mongod: a camt.053 file of as many credits as there are payers
 * is taken and booked as the import's process does. Of a hundred credits 94 name their invoice in a text, two pay a bill
 * in two parts, two give its creditor reference, and two name nothing: those are looked up by name and amount, which all bills share.
 */
const entriesCount = 20_000;
const entriesPerRound = 1_000;
const ownIban = 'DE89370400440532013000';
const entriesFloor = 100;

const finance: Principal = {
  ...{ kind: 'staff', tenantId: benchTenant, subject: 'usr_bench', name: 'bench' },
  ...{ roles: ['finance'], scopes: [], accountId: null },
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function entryOf(no: number): Parameters<typeof sampleStatement>[0][number] {
  const common = {
    on: '2026-01-10',
    reference: `REF${no}`,
    name: `Ada Lovelace ${no}`,
    iban: `GB00BENCH${no}`,
  };
  const kind = no % 100;
  if (kind === 0 || kind === 1)
    return { ...common, amount: '7.50', text: `Half of ${numberOf(no - kind)}, for my phone` };
  if (kind === 2 || kind === 3)
    return { ...common, amount: '15.00', structured: creditorReferenceOf(numberOf(no)) ?? '' };
  if (kind === 4 || kind === 5) return { ...common, amount: '15.00', text: 'for my phone, thank you' };
  return { ...common, amount: '15.00', text: `Invoice ${numberOf(no)} of January, thank you` };
}

async function open(database: ServiceDatabase, count: number): Promise<void> {
  await openTenant(database);
  await openAccounts(database, { first: 0, count, dueOn: '2026-02-01', autoPay: false });
  const own = { bankAccountId: 'main', name: 'Main', account: ownIban, currency: 'EUR', csv: null };
  const row = { _id: `${benchTenant}/main`, ...own, changedAt: openedAt };
  await database.tenant(benchTenant).collection(BankAccounts).insertOne(row);
}

/** Each entry is decided once, each payment holds its bill back. */
async function check(database: ServiceDatabase, count: number): Promise<void> {
  const rows = database.tenant(benchTenant);
  const booked = count - 2 * Math.ceil(count / 100);
  const found = {
    booked: await rows.collection(BankEntries).count({ state: 'booked' }),
    unmatched: await rows.collection(BankEntries).count({ state: 'unmatched' }),
    payments: (await rows.collection(Payments).distinct('bankEntryId', {})).length,
    heldBack: await rows.collection(Payables).count({ 'reservations.state': 'captured' }),
  };
  const holds =
    found.booked === booked &&
    found.unmatched === count - booked &&
    found.payments === booked &&
    found.heldBack === booked - count / 100;
  if (!holds) throw new Error(`after ${count} entries: ${JSON.stringify(found)}`);
}

async function main(): Promise<void> {
  const app = await benchContext({ module: PaymentsModule }, { MONGODB_URI: process.env['MONGODB_URI'] });
  const database = app.get(ServiceDatabase, { strict: false });
  const count = Math.ceil((entriesCount * Number(process.env['BENCH_SIZE'] ?? 100)) / 100 / 100) * 100;
  await open(database, count);
  const file = sampleCamt(
    sampleStatement(
      Array.from({ length: count }, (_, no) => entryOf(no)),
      { iban: ownIban },
    ),
  );
  const bytes = Buffer.from(file);
  say(`${count} entries, ${Math.round(bytes.length / 1_000_000)} MB`);

  let begun = performance.now();
  const { row } = await app
    .get(StatementImportService, { strict: false })
    .receive(finance, { bytes, format: 'camt.053', fileName: 'bench.xml', bankAccountId: null });
  const taken = (count / (performance.now() - begun)) * 1_000;
  say(`taken: ${Math.round(taken)}/s`);
  begun = performance.now();
  const booking = app.get(EntryBooking, { strict: false });
  for (let more = true; more;)
    ({ more } = await booking.bookSome(benchTenant, row._id, '2026-01-20T00:00:00.000Z', entriesPerRound));
  const booked = (count / (performance.now() - begun)) * 1_000;
  say(`booked: ${Math.round(booked)}/s`);
  await check(database, count);
  const figures = [
    { name: 'statementEntries', value: Math.round(booked), unit: 'entries/s', atLeast: entriesFloor },
    { name: 'statementTaken', value: Math.round(taken), unit: 'entries/s' },
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

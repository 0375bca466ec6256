import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type LoadedCatalog, planFor, UsageRun } from '@tollkeeper/tariff';
import { changesBetween, changesView } from './compare-totals';
import { cannotWrite, writeCsv } from './csv-file';
import { BadInput, exitCodes } from './exit-codes';
import { checkOutputs, type NamedFile } from './output-files';
import { ratedColumns, ratedRow, sentenceOfRecord, unratedColumns, unratedRow } from './rated-rows';
import { readCatalog } from './read-catalog';
import { readUsageInto } from './read-usage';
import { changeLines, totalLines } from './report-lines';
import { RunningTotals, type Totals, totalsView } from './totals';

interface RateOptions {
  catalog: string;
  usage: string;
  out: string;
  unrated?: string;
  totals?: string;
  explain?: true;
  plan?: string;
  against?: string;
  againstPlan?: string;
}

const help = `
Files:
  The catalog is one JSON or YAML document (tollkeeper schema prints its JSON Schema); rows of a
  deck may lie in a CSV file beside it (entriesFile). Usage is a CSV file with a header line, as
  POST /v1/rating/usage-imports takes it. Records are rated per subscription or pool and billing
  period in the order of event time, then record id, whatever the order of the file.

  A catalog without subscribers makes each served number a subscription of its own, on the only
  plan of the catalog or the one that --plan names, billed monthly from the 1st in UTC.

Exit codes:
  0  every record was rated
  1  some records could not be rated (with --against: by either catalog): they are listed with
     line and reason
  2  bad input: what is wrong stands on stderr, by line; nothing was written

Examples:
  npx tollkeeper rate --catalog plans.yaml --usage january.csv --out rated.csv --explain
  npx tollkeeper rate --catalog plans.yaml --against plans-new.yaml --usage january.csv --out rated.csv`;

export const rateCommand = (): Command =>
  new Command('rate')
    .description('Rate a usage file with a catalog file: rated records as CSV, totals per account and plan.')
    .requiredOption('--catalog <file>', 'the tariff: JSON or YAML')
    .requiredOption('--usage <file>', 'the usage records: CSV')
    .requiredOption('--out <file>', 'where the rated records go: CSV')
    .option('--unrated <file>', 'where records without an amount go (default: beside --out, as .unrated.csv)')
    .option('--totals <file>', 'totals and counts as JSON')
    .option('--explain', 'adds a column that says in a sentence how each amount came about')
    .option('--plan <id>', 'the plan of every number, where the catalog names no subscribers')
    .option('--against <file>', 'a second catalog: what the same usage would cost by it')
    .option('--against-plan <id>', 'the plan of every number in the second catalog (default: --plan)')
    .addHelpText('after', help)
    .action(rate);

const beside = (out: string, ending: string): string => `${out.replace(/\.csv$/i, '')}.${ending}.csv`;

const named = (list: readonly [option: string, path: string | undefined][]): NamedFile[] =>
  list.flatMap(([option, path]) => (path === undefined ? [] : [{ option, path }]));

async function rate(options: RateOptions): Promise<void> {
  const unratedFile = options.unrated ?? beside(options.out, 'unrated');
  const againstFile = options.against === undefined ? undefined : beside(options.out, 'against.unrated');
  await checkOutputs(
    named([
      ['--catalog', options.catalog],
      ['--usage', options.usage],
      ['--against', options.against],
    ]),
    named([
      ['--out', options.out],
      ['--unrated', unratedFile],
      ['what the second catalog has no amount for', againstFile],
      ['--totals', options.totals],
    ]),
  );
  if (options.againstPlan !== undefined && options.against === undefined)
    throw new BadInput(['--against-plan names a plan of the second catalog: name that too, by --against']);
  const run = await runFor(options.catalog, options.plan, '--plan');
  const second = options.against === undefined ? null : await secondRun(options, options.against);
  await readUsageInto(options.usage, second ? [run, second] : [run]);
  const totals = await writeRecords(run, options, unratedFile);
  const others = second && totalsOf(second);
  const changes = others && changesBetween(totals, others);
  if (second && againstFile !== undefined)
    await writeCsv(againstFile, unratedColumns, second.unrated().map(unratedRow));
  if (options.totals !== undefined) {
    const view = {
      ...totalsView(totals),
      ...(changes ? { against: { ...changesView(changes), unrated: others.unrated } } : {}),
    };
    await writeFile(options.totals, `${JSON.stringify(view, null, 2)}\n`).catch((error: unknown) => {
      throw cannotWrite(options.totals ?? '', error);
    });
  }
  const lines = [
    ...totalLines(totals, { out: options.out, unrated: unratedFile, totals: options.totals }),
    ...(changes ? changeLines(changes, { unrated: others.unrated, file: againstFile ?? '' }) : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const isWhole = run.unrated().length === 0 && (second?.unrated() ?? []).length === 0;
  process.exitCode = isWhole ? exitCodes.fine : exitCodes.someUnrated;
}

const secondRun = ({ plan, againstPlan }: RateOptions, against: string): Promise<UsageRun> =>
  runFor(against, againstPlan ?? plan, '--against-plan');

async function runFor(path: string, wanted: string | undefined, option: string): Promise<UsageRun> {
  const catalog: LoadedCatalog = await readCatalog(path);
  const found = planFor(catalog, wanted);
  if ('problem' in found) throw new BadInput([`${path}: ${found.problem.replace('--plan', option)}`]);
  try {
    return new UsageRun(catalog, found.plan);
  } catch (error) {
    // What compiling refuses, such as a number that leaves the exact integers.
    if (error instanceof RangeError) throw new BadInput([`${path}: ${error.message}`]);
    throw error;
  }
}

async function writeRecords(
  run: UsageRun,
  { out, explain }: RateOptions,
  unratedFile: string,
): Promise<Totals> {
  const sums = new RunningTotals();
  function* rows() {
    for (const record of run.rated()) {
      sums.add(record);
      yield explain ? [...ratedRow(record), sentenceOfRecord(record)] : ratedRow(record);
    }
  }
  await writeCsv(out, explain ? [...ratedColumns, 'explanation'] : ratedColumns, rows());
  await writeCsv(unratedFile, unratedColumns, run.unrated().map(unratedRow));
  return sums.of(run.records, run.unrated());
}

function totalsOf(run: UsageRun): Totals {
  const sums = new RunningTotals();
  for (const record of run.rated()) sums.add(record);
  return sums.of(run.records, run.unrated());
}

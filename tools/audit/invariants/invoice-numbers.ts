import type { Findings } from '../findings';
import type { Ground, Invariant } from '../invariant';
import { byId, collect } from '../tenant-rows';

export interface Range {
  _id: string;
  series: string;
  batchKey: string;
  first: number;
  invoiceIds: string[];
}

/** Credit notes have a series of their own; each takes its number alone. */
const creditNoteSeries = 'creditNote';
const issued = new Set(['finalized', 'cancelled']);

interface Numbered {
  _id: string;
  number: string | null;
  state: string;
  issuedOn: string | null;
  runId: string;
}

export const invoiceNumbers: Invariant = {
  name: 'invoice numbers',
  statement: 'unique and without gaps per series, in ranges that follow each other, dates not decreasing',
  async check(ground, findings) {
    const { rows } = ground;
    const series = await collect(rows.find<{ series: string; next: number }>('invoicing', 'invoiceSeries'));
    const running = await runsThatNumber(ground);
    const next = new Map<string, number>();
    const dates = new Map<string, string>();
    let stamped = 0;
    for await (const range of rows.find<Range>('invoicing', 'numberRanges', {}, [], {
      series: 1,
      first: 1,
    })) {
      findings.count('ranges');
      const fault = rangeFault(range, next.get(range.series) ?? 1);
      if (fault) findings.breach(range._id, fault);
      next.set(range.series, range.first + range.invoiceIds.length);
      stamped += await checkStamps(ground, findings, range, { dates, running });
    }
    for (const { series: name, next: stored } of series) {
      const reached = next.get(name) ?? 1;
      findings.breachIf(
        stored !== reached,
        `series ${name}`,
        `goes on at ${stored}, its ranges end before ${reached}`,
      );
    }
    const finalized = await rows.count('invoicing', 'invoices', {
      state: { $in: ['finalized', 'cancelled'] },
    });
    findings.look(finalized);
    if (finalized !== stamped) await findUnranged(ground, findings);
    await findDoubles(ground, findings);
  },
};

export function rangeFault(
  { first, invoiceIds }: Pick<Range, 'first' | 'invoiceIds'>,
  expected: number,
): string | null {
  if (first > expected) return `begins at ${first}: numbers ${expected} to ${first - 1} are missing`;
  if (first < expected) return `begins at ${first}: numbers up to ${expected - 1} were given before`;
  if (invoiceIds.length === 0) return 'is empty';
  return new Set(invoiceIds).size < invoiceIds.length ? 'names an invoice twice' : null;
}

/** The prefix and the digits may change in time; the count may not. */
export const carries = (number: string | null, sequence: number): boolean =>
  number !== null && Number(/(\d+)$/.exec(number)?.[1] ?? NaN) === sequence;

async function checkStamps(
  { rows }: Ground,
  findings: Findings,
  { _id, series, first, batchKey, invoiceIds }: Range,
  { dates, running }: { dates: Map<string, string>; running: Set<string> },
): Promise<number> {
  const columns = ['number', 'state', 'issuedOn', 'runId'];
  const isNote = series === creditNoteSeries;
  const named = { _id: { $in: invoiceIds } };
  const found = byId(
    await collect(rows.find<Numbered>('invoicing', isNote ? 'creditNotes' : 'invoices', named, columns)),
  );
  let stamped = 0;
  for (const [index, invoiceId] of invoiceIds.entries()) {
    const sequence = first + index;
    const invoice = found.get(invoiceId);
    if (!invoice) findings.breach(invoiceId, `has number ${sequence} of ${_id}, and is not there`);
    else if (!isNote && !issued.has(invoice.state)) {
      const why = `has number ${sequence} of ${_id}, and is ${invoice.state}`;
      if (invoice.state === 'draft' && running.has(batchKey.slice(0, batchKey.lastIndexOf('/'))))
        findings.wait(invoiceId, why);
      else findings.breach(invoiceId, why);
    } else {
      stamped += isNote ? 0 : 1;
      findings.breachIf(
        !carries(invoice.number, sequence),
        invoiceId,
        `is ${invoice.number}, its place in the series is ${sequence}`,
      );
      const before = dates.get(series) ?? '';
      const issuedOn = invoice.issuedOn ?? '';
      findings.breachIf(
        issuedOn < before,
        invoiceId,
        `${invoice.number} is of ${issuedOn}, a number before it of ${before}`,
      );
      dates.set(series, issuedOn > before ? issuedOn : before);
    }
  }
  return stamped;
}

async function runsThatNumber({ rows }: Ground): Promise<Set<string>> {
  const filter = { state: { $in: ['finalizing', 'delivering', 'lateUsage'] } };
  return new Set(
    (await collect(rows.find<{ _id: string }>('invoicing', 'billRuns', filter, ['_id']))).map(
      ({ _id }) => _id,
    ),
  );
}

async function findUnranged({ rows }: Ground, findings: Findings): Promise<void> {
  const unranged = rows.aggregate<{ _id: string; number: string | null }>('invoicing', 'invoices', [
    { $match: { state: { $in: ['finalized', 'cancelled'] } } },
    { $lookup: { from: 'numberRanges', localField: '_id', foreignField: 'invoiceIds', as: 'ranges' } },
    { $match: { 'ranges.0': { $exists: false } } },
    { $project: { number: 1 } },
  ]);
  for await (const { _id, number } of unranged)
    findings.breach(_id, `is finalized as ${number}, in no number range`);
}

async function findDoubles({ rows }: Ground, findings: Findings): Promise<void> {
  const doubles = rows.aggregate<{ _id: string; invoices: string[] }>('invoicing', 'invoices', [
    { $match: { number: { $type: 'string' } } },
    { $group: { _id: '$number', invoices: { $push: '$_id' } } },
    { $match: { 'invoices.1': { $exists: true } } },
  ]);
  for await (const { _id, invoices } of doubles)
    findings.breach(_id, `is the number of ${invoices.join(' and ')}`);
}

import type { AuditReport, InvariantReport } from './audit';

const verdicts: Record<InvariantReport['verdict'], string> = {
  holds: 'holds',
  pending: 'holds (some on its way)',
  breached: 'BREACHED',
};

/** The table that people read, each breach with its first offenders under it. */
export function reportLines({ tenants, invariants, breaches, pending }: AuditReport): string[] {
  const rows = invariants.map((each) => ({
    each,
    name: each.tenantId === null || tenants.length === 1 ? each.name : `${each.name} (${each.tenantId})`,
  }));
  const width = Math.max(...rows.map(({ name }) => name.length), 'invariant'.length);
  const lines = [`${'invariant'.padEnd(width)}  ${'checked'.padStart(10)}  verdict`];
  for (const { each, name } of rows) {
    lines.push(
      `${name.padEnd(width)}  ${countText(each.checked).padStart(10)}  ${verdicts[each.verdict]}${tally(each)}`,
    );
    lines.push(...details(each));
  }
  const many = tenants.length === 1 ? (tenants[0] ?? '') : `${tenants.length} tenants`;
  lines.push('', `${many}: ${breaches} breaches, ${pending} on their way`);
  return lines;
}

function details({ statement, breaches, offenders, pending, waiting }: InvariantReport): string[] {
  const list = (found: InvariantReport['offenders'], all: number, more: string) => [
    ...found.map(({ id, what }) => `      ${id}: ${what}`),
    ...(all > found.length ? [`      and ${all - found.length} more ${more}`] : []),
  ];
  return [
    ...(breaches > 0 ? [`    ${statement}`, ...list(offenders, breaches, 'breaches')] : []),
    ...(pending > 0 ? ['    on its way:', ...list(waiting, pending, 'on their way')] : []),
  ];
}

const tally = ({ counts }: InvariantReport): string => {
  const named = Object.entries(counts).map(([name, count]) => `${countText(count)} ${name}`);
  return named.length === 0 ? '' : `: ${named.join(', ')}`;
};

const countText = (count: number): string => count.toLocaleString('en-US');

/** One line for machines. */
export const reportJson = ({ tenants, holds, breaches, pending, invariants }: AuditReport): string =>
  `AUDIT ${JSON.stringify({
    holds,
    tenants: tenants.length,
    breaches,
    pending,
    invariants: invariants.map(
      ({ name, tenantId, checked, verdict, breaches: own, pending: waiting, counts, offenders }) => ({
        name,
        tenantId,
        checked,
        verdict,
        breaches: own,
        pending: waiting,
        counts,
        offenders,
      }),
    ),
  })}`;

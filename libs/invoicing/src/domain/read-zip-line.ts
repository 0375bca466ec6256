import { isLocalDate } from '@tollkeeper/calendar';
import type { ZipRange } from '@tollkeeper/tax';

export const zipColumns: readonly string[] = [
  ...['zip', 'plus4From', 'plus4To', 'jurisdictionCode', 'jurisdictions', 'validFrom', 'validTo'],
];

interface ZipFault {
  column: string;
  reason: string;
}

const neededColumns = ['zip', 'jurisdictionCode', 'jurisdictions', 'validFrom'];

/** Columns in any order; what is missing or unknown is named. */
export function readZipHeader(cells: readonly string[]): ZipFault[] {
  const unknown = cells.filter((name) => !zipColumns.includes(name));
  const missing = neededColumns.filter((name) => !cells.includes(name));
  return [
    ...unknown.map((column) => ({ column, reason: 'is not a column of a ZIP table' })),
    ...missing.map((column) => ({ column, reason: 'is missing' })),
  ];
}

const place = /^[A-Z]{2}(-[A-Z0-9]+)*$/;

/** A line as `ZipRange`, or everything that is wrong with it. */
export function readZipLine(
  header: readonly string[],
  cells: readonly string[] | null,
): { range: ZipRange | null; faults: ZipFault[] } {
  if (!cells) return { range: null, faults: [{ column: 'line', reason: 'the quotes do not fit' }] };
  if (cells.length !== header.length) {
    const reason = `has ${cells.length} cells, the header ${header.length}`;
    return { range: null, faults: [{ column: 'line', reason }] };
  }
  const cell = (name: string): string => (cells[header.indexOf(name)] ?? '').trim();
  const orNull = (name: string): string | null => (cell(name) === '' ? null : cell(name));
  const jurisdictions = cell('jurisdictions')
    .split(';')
    .map((each) => each.trim());
  const range: ZipRange = {
    zip: cell('zip'),
    plus4From: orNull('plus4From'),
    plus4To: orNull('plus4To'),
    jurisdictionCode: cell('jurisdictionCode'),
    jurisdictions,
    validFrom: cell('validFrom'),
    validTo: orNull('validTo'),
  };
  const faults = faultsOf(range);
  return { range: faults.length === 0 ? range : null, faults };
}

function faultsOf(range: ZipRange): ZipFault[] {
  const { zip, plus4From, plus4To, jurisdictionCode, jurisdictions, validFrom, validTo } = range;
  const checks: [boolean, string, string][] = [
    [/^\d{5}$/.test(zip), 'zip', 'must be five digits'],
    [plus4From === null || /^\d{4}$/.test(plus4From), 'plus4From', 'must be four digits'],
    [plus4To === null || /^\d{4}$/.test(plus4To), 'plus4To', 'must be four digits'],
    [plus4To === null || plus4From !== null, 'plus4To', 'needs a plus4From'],
    [
      plus4To === null || plus4From === null || plus4From <= plus4To,
      'plus4To',
      'must not be below plus4From',
    ],
    [/^[\w-]{1,64}$/.test(jurisdictionCode), 'jurisdictionCode', 'must be letters, digits, _ -'],
    [
      jurisdictions[0] === 'US' && jurisdictions.every((each) => place.test(each)),
      'jurisdictions',
      'must be places from the widest to the narrowest, such as US;US-TX;US-TX-AUSTIN',
    ],
    [isLocalDate(validFrom), 'validFrom', 'must be a date such as 2026-01-01'],
    [validTo === null || isLocalDate(validTo), 'validTo', 'must be a date such as 2026-01-01'],
    [validTo === null || validFrom < validTo, 'validTo', 'must be after validFrom'],
  ];
  return checks.filter(([holds]) => !holds).map(([, column, reason]) => ({ column, reason }));
}

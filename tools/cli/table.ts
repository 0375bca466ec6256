/** Columns of one width; those of numbers are set to the right. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[],
): string[] {
  const widths = header.map((name, at) =>
    Math.max(name.length, ...rows.map((row) => (row[at] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => (numbers.includes(at) ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

export const mostRows = 50;

/** Long tables show their head; `rest` says where the whole is. */
export const shortened = <Row>(rows: readonly Row[], rest: string): { rows: Row[]; more: string[] } => ({
  rows: rows.slice(0, mostRows),
  more: rows.length > mostRows ? [`... and ${rows.length - mostRows} more: ${rest}`] : [],
});

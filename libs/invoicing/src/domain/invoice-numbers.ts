/** A batch's share of a series: invoice i of the frozen list gets `first + i`, however often it is stamped. */
export interface NumberRange {
  series: string;
  first: number;
  invoiceIds: string[];
}

export interface NumberFormat {
  prefix: string;
  digits: number;
}

export const formatNumber = ({ prefix, digits }: NumberFormat, sequence: number): string =>
  `${prefix}${String(sequence).padStart(digits, '0')}`;

export const stampedNumbers = (
  { first, invoiceIds }: NumberRange,
  format: NumberFormat,
): Map<string, string> =>
  new Map(invoiceIds.map((invoiceId, index) => [invoiceId, formatNumber(format, first + index)]));

/** One thing that is wrong with what was handed in: where, and why. */
export interface Finding {
  field: string;
  reason: string;
}

export const inside = (prefix: string, findings: Finding[]): Finding[] =>
  findings.map(({ field, reason }) => ({ field: `${prefix}.${field}`, reason }));

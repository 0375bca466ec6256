import type { UsageType } from '@tollkeeper/contracts';
import type { Bill, BillLine } from './bill';

/** Who sells what the bill only collects for; customers ask him, or us, about it. */
export interface Provider {
  name: string;
  /** Absent: the operator's own number. */
  phone?: string;
}

/** Charges of another provider: those that agree with all that is said of them. */
export interface ThirdParty {
  provider: Provider;
  offeringId?: string;
  taxCode?: string;
  usageType?: UsageType;
}

/** 47 CFR 64.2401(a)(1) and (2): each charge with its provider, those of others in a section of their own. */
export const nameProviders = (bill: Bill, thirdParties: readonly ThirdParty[]): Bill =>
  thirdParties.length === 0 ? bill : { ...bill, lines: bill.lines.map((line) => named(line, thirdParties)) };

function named(line: BillLine, thirdParties: readonly ThirdParty[]): BillLine {
  const found = thirdParties.find(
    ({ offeringId, taxCode, usageType }) =>
      (offeringId === undefined || offeringId === line.offeringId) &&
      (taxCode === undefined || taxCode === line.taxCode) &&
      (usageType === undefined || usageType === line.usageType),
  );
  return found ? { ...line, provider: found.provider } : line;
}

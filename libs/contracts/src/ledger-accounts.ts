export type LedgerAccountType = 'asset' | 'liability' | 'income' | 'expense';

interface LedgerAccount {
  readonly name: string;
  readonly type: LedgerAccountType;
}

/** The chart of accounts. `{...}` is a dimension: one account per revenue category, jurisdiction or gateway. */
const chartOfAccounts = {
  receivable: { name: 'Receivables', type: 'asset' },
  deviceReceivable: { name: 'Device instalments not yet billed', type: 'asset' },
  'clearing:{gateway}': { name: 'Money on its way from a gateway or bank', type: 'asset' },
  suspense: { name: 'Money of bank statements that is nobody’s yet', type: 'liability' },
  unappliedCash: { name: 'Money received and not yet allocated', type: 'liability' },
  customerCredit: { name: 'Account credit owed to customers', type: 'liability' },
  depositLiability: { name: 'Deposits held', type: 'liability' },
  refundsPayable: { name: 'Refunds promised and not yet paid', type: 'liability' },
  deferredRevenue: { name: 'Billed for days that are still to come', type: 'liability' },
  'contractLiability:topUp': { name: 'Top-ups not yet spent', type: 'liability' },
  'contractLiability:promotional': { name: 'Promotional credit not yet spent', type: 'liability' },
  'contractLiability:prepaidPeriod': { name: 'Periods paid in advance', type: 'liability' },
  'taxPayable:{jurisdiction}': { name: 'Tax owed to a jurisdiction', type: 'liability' },
  wholesalePayable: { name: 'Owed to network partners', type: 'liability' },
  'revenue:{category}': { name: 'Revenue', type: 'income' },
  'fees:late': { name: 'Late fees charged', type: 'income' },
  priceReduction: { name: 'Price reductions granted', type: 'income' },
  'fees:gateway': { name: 'Gateway and bank fees', type: 'expense' },
  badDebt: { name: 'Bad debt', type: 'expense' },
  wholesaleCost: { name: 'Wholesale cost', type: 'expense' },
  roundingDifference: { name: 'Rounding differences', type: 'expense' },
  goodwill: { name: 'Ex-gratia credits', type: 'expense' },
  promotionalExpense: { name: 'Promotional credit granted', type: 'expense' },
} as const satisfies Record<string, LedgerAccount>;

export type AccountTemplate = keyof typeof chartOfAccounts;

const dimension = /\{(\w+)\}/;

/** `revenue:{category}` -> `category`; `null` for an account without a dimension. */
export const dimensionOf = (template: AccountTemplate): string | null =>
  dimension.exec(template)?.[1] ?? null;

/** A stored code never contains braces: `revenue:{category}` and `data` give `revenue:data`. */
export const accountCode = (template: AccountTemplate, value: string): string =>
  template.replace(dimension, value);

/** The chart's entry of a stored code: `taxPayable:US-CA` is found under its template. */
export function ledgerAccountOf(code: string): LedgerAccount {
  const templates = Object.keys(chartOfAccounts) as AccountTemplate[];
  const template =
    templates.find((each) => each === code) ??
    templates.find((each) => dimensionOf(each) !== null && code.startsWith(each.slice(0, each.indexOf('{'))));
  if (!template) throw new RangeError(`The chart of accounts has no account "${code}"`);
  return chartOfAccounts[template];
}

/**
 * Accounts kept per customer, and the name under which the customer's cached balance holds them. Deferred revenue
 * and periods paid in advance are recognised per tenant and day, so they are control accounts and not among these.
 */
export const customerAccounts = {
  receivable: 'receivableMinor',
  deviceReceivable: 'deviceReceivableMinor',
  unappliedCash: 'unappliedCashMinor',
  customerCredit: 'customerCreditMinor',
  depositLiability: 'depositMinor',
  refundsPayable: 'refundsPayableMinor',
  'contractLiability:topUp': 'topUpMinor',
  'contractLiability:promotional': 'promotionalMinor',
} as const satisfies Partial<Record<AccountTemplate, string>>;

export type CustomerBalanceField = (typeof customerAccounts)[keyof typeof customerAccounts];

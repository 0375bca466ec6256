import { accountCode, type AccountTemplate, dimensionOf } from './ledger-accounts';
import { type PostingRule, postingRules, type RuleLine } from './ledger-rules';

export * from './ledger-accounts';
export * from './ledger-rules';
export * from './ledger-sources';

/** Debit is positive, credit negative: the lines of a posting sum to 0 per currency. */
export interface PostingLine {
  account: string;
  amountMinor: number;
  currency: string;
}

/** An amount, or one per value of the account's dimension: `{ data: 499, recurring: 1000 }`. */
export type PostingAmounts = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

interface PostingDimensions {
  currency: string;
  category?: string;
  jurisdiction?: string;
  gateway?: string;
}

/** Lines of one posting by its rule; an amount that is not given is 0, a line of 0 is left out. */
export function buildPosting(
  rule: PostingRule,
  amounts: PostingAmounts,
  dimensions: PostingDimensions,
): PostingLine[] {
  const lines: readonly RuleLine[] = postingRules[rule];
  const known = new Set(lines.map(({ amount }) => amount));
  const unknown = Object.keys(amounts).find((name) => !known.has(name));
  if (unknown) throw new RangeError(`Posting ${rule} has no amount "${unknown}"`);
  const built = lines
    .flatMap((line) => linesOf(rule, line, amounts[line.amount] ?? 0, dimensions))
    .filter(({ amountMinor }) => amountMinor !== 0);
  assertBalanced(rule, built);
  return built;
}

/** Thrown before anything is stored: a posting that does not balance is a fault of the program. */
export function assertBalanced(what: string, lines: readonly PostingLine[]): void {
  const sums = new Map<string, number>();
  for (const { account, amountMinor, currency } of lines) {
    if (!Number.isSafeInteger(amountMinor))
      throw new RangeError(`${what}: ${account} is not whole minor units: ${amountMinor}`);
    sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  }
  for (const [currency, sum] of sums) {
    if (sum !== 0) throw new RangeError(`${what} does not balance: ${sum} ${currency} minor units left over`);
  }
}

function linesOf(
  rule: PostingRule,
  { account, side }: RuleLine,
  amount: PostingAmounts[string],
  dimensions: PostingDimensions,
): PostingLine[] {
  const sign = side === 'debit' ? 1 : -1;
  const line = (code: string, minor: number) => ({
    account: code,
    amountMinor: sign * minor,
    currency: dimensions.currency,
  });
  if (typeof amount !== 'number') {
    if (dimensionOf(account) === null) throw new RangeError(`Posting ${rule}: ${account} takes one amount`);
    return Object.entries(amount).map(([value, minor]) => line(accountCode(account, value), minor));
  }
  return amount === 0 ? [] : [line(codeOf(rule, account, dimensions), amount)];
}

function codeOf(rule: PostingRule, account: AccountTemplate, dimensions: PostingDimensions): string {
  const name = dimensionOf(account);
  if (name === null) return account;
  const value = dimensions[name as keyof PostingDimensions];
  if (!value) throw new RangeError(`Posting ${rule} needs a ${name} for ${account}`);
  return accountCode(account, value);
}

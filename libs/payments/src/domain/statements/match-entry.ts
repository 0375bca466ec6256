import type { LocalDate } from '@tollkeeper/calendar';

/** An invoice that the money may be for. */
export interface OpenInvoice {
  invoiceId: string;
  accountId: string;
  invoiceNumber: string;
  /** Without dashes and blanks: `referenceKey`. */
  numberKey: string;
  currency: string;
  /** Free for a payment to take. */
  availableMinor: number;
  dueOn: LocalDate;
}

export interface KnownAccount {
  accountId: string;
  /** `referenceKey` of the account's id. */
  accountKey: string;
  customerName: string;
  currency: string;
}

export interface Findings {
  certain: ReadonlySet<string>;
  possible: ReadonlySet<string>;
  /** Invoices that the entry's references name, paid ones too. */
  named: readonly OpenInvoice[];
  /** Accounts that the entry's references name. */
  accounts: readonly KnownAccount[];
  /** Accounts that were paid from this bank account before. */
  byIban: readonly KnownAccount[];
  /** Accounts of this name. */
  byName: readonly KnownAccount[];
  /** Open invoices of exactly this amount, and those of the accounts above. */
  open: readonly OpenInvoice[];
}

export interface Part {
  accountId: string;
  invoiceId: string | null;
  amountMinor: number;
}

export type MatchedBy = 'invoiceReference' | 'accountReference' | 'ibanAndAmount';

export type Why = 'reference' | 'accountReference' | 'iban' | 'name' | 'amountOfInvoice' | 'amountOfAll';

export interface Suggestion {
  accountId: string;
  invoiceId: string | null;
  why: Why[];
}

export type Match = { parts: Part[]; by: MatchedBy } | { parts: null; suggestions: Suggestion[] };

export interface Received {
  amountMinor: number;
  currency: string;
}

const mostSuggestions = 5;

/**
 * Books only what is certain: a reference that names invoices or an account of one account alone, or a bank account
 * that is known to pay for one account alone and pays exactly what that owes. Digits in a free text count once the
 * amount, or the bank account, says the same. All else is for a person, with what speaks for whom.
 */
export function matchEntry(entry: Received, findings: Findings): Match {
  const named = findings.named.filter(({ currency }) => currency === entry.currency);
  const invoices = named.filter((invoice) => isCertain(invoice, entry, findings));
  const owners = new Set(invoices.map(({ accountId }) => accountId));
  if (owners.size === 1) return { parts: partsOf(entry.amountMinor, invoices), by: 'invoiceReference' };
  if (owners.size === 0) {
    const accounts = findings.accounts.filter(
      ({ accountKey, currency }) => findings.certain.has(accountKey) && currency === entry.currency,
    );
    const [account, another] = accounts;
    if (account && !another) return { parts: [wholeFor(account.accountId, entry)], by: 'accountReference' };
    const payer = exactPayer(entry, findings);
    if (payer && accounts.length === 0) return { parts: [payer], by: 'ibanAndAmount' };
  }
  return { parts: null, suggestions: suggestionsFor(entry, findings) };
}

const wholeFor = (accountId: string, { amountMinor }: Received): Part => ({
  accountId,
  invoiceId: null,
  amountMinor,
});

function isCertain(
  { numberKey, accountId, availableMinor }: OpenInvoice,
  { amountMinor }: Received,
  { certain, possible, byIban }: Findings,
): boolean {
  if (certain.has(numberKey)) return true;
  const isKnownPayer = byIban.some((account) => account.accountId === accountId);
  return possible.has(numberKey) && (availableMinor === amountMinor || isKnownPayer);
}

/** The oldest first; one invoice takes it all, and what it does not need settles what else is open. */
function partsOf(amountMinor: number, invoices: readonly OpenInvoice[]): Part[] {
  const [first, ...others] = [...invoices].sort((left, right) => (left.dueOn < right.dueOn ? -1 : 1));
  if (!first) return [];
  const { accountId } = first;
  if (others.length === 0) return [{ accountId, invoiceId: first.invoiceId, amountMinor }];
  let rest = amountMinor;
  const parts = [first, ...others].flatMap(({ invoiceId, availableMinor }) => {
    const taken = Math.min(rest, availableMinor);
    rest -= taken;
    return taken > 0 ? [{ accountId, invoiceId, amountMinor: taken }] : [];
  });
  return rest > 0 ? [...parts, { accountId, invoiceId: null, amountMinor: rest }] : parts;
}

function exactPayer(entry: Received, { byIban, open }: Findings): Part | null {
  const [account, another] = byIban.filter(({ currency }) => currency === entry.currency);
  if (!account || another) return null;
  const theirs = open.filter(({ accountId }) => accountId === account.accountId);
  const exact = theirs.filter(({ availableMinor }) => availableMinor === entry.amountMinor);
  const [invoice, twin] = exact;
  if (invoice && !twin)
    return { accountId: account.accountId, invoiceId: invoice.invoiceId, amountMinor: entry.amountMinor };
  return invoice || totalOf(theirs) === entry.amountMinor ? wholeFor(account.accountId, entry) : null;
}

const totalOf = (invoices: readonly OpenInvoice[]): number =>
  invoices.reduce((sum, { availableMinor }) => sum + availableMinor, 0);

const weights: Record<Why, number> = {
  reference: 5,
  accountReference: 5,
  iban: 4,
  name: 3,
  amountOfInvoice: 2,
  amountOfAll: 2,
};

/** The best first, each with what speaks for it; another currency speaks against everything. */
function suggestionsFor(entry: Received, findings: Findings): Suggestion[] {
  const candidates = new Map<string, { invoiceId: string | null; why: Set<Why> }>();
  const speak = (accountId: string, why: Why, invoiceId: string | null = null): void => {
    const known = candidates.get(accountId) ?? { invoiceId: null, why: new Set<Why>() };
    candidates.set(accountId, { invoiceId: known.invoiceId ?? invoiceId, why: known.why.add(why) });
  };
  const inCurrency = <Of extends { currency: string }>(all: readonly Of[]): Of[] =>
    all.filter(({ currency }) => currency === entry.currency);
  for (const { accountId, invoiceId } of inCurrency(findings.named)) speak(accountId, 'reference', invoiceId);
  for (const { accountId } of inCurrency(findings.accounts)) speak(accountId, 'accountReference');
  for (const { accountId } of inCurrency(findings.byIban)) speak(accountId, 'iban');
  for (const { accountId } of inCurrency(findings.byName)) speak(accountId, 'name');
  const open = inCurrency(findings.open);
  for (const { accountId, invoiceId, availableMinor } of open)
    if (availableMinor === entry.amountMinor) speak(accountId, 'amountOfInvoice', invoiceId);
  for (const accountId of candidates.keys()) {
    const theirs = open.filter((invoice) => invoice.accountId === accountId);
    if (theirs.length > 1 && totalOf(theirs) === entry.amountMinor) speak(accountId, 'amountOfAll');
  }
  const weightOf = (why: readonly Why[]): number => why.reduce((sum, each) => sum + weights[each], 0);
  return [...candidates]
    .map(([accountId, { invoiceId, why }]) => ({ accountId, invoiceId, why: [...why] }))
    .sort(
      (left, right) =>
        weightOf(right.why) - weightOf(left.why) || (left.accountId < right.accountId ? -1 : 1),
    )
    .slice(0, mostSuggestions);
}

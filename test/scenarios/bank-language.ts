import { creditorReferenceOf } from '@tollkeeper/contracts';
import { ApiError } from '../../tools/sample/api-client';
import type { Operator, Subscriber } from './operator';

export interface BankEntry {
  id: string;
  direction: string;
  amount: { minor: number };
  state: string;
  matchedBy: string | null;
  text: string;
  flags: string[];
  place: string;
  held: { minor: number };
  parts: { paymentId: string }[];
  settlement: { as: string; amount: { minor: number } } | null;
  suggestions: { accountId: string; why: string[] }[];
}

interface StatementLine {
  amount: string;
  kind?: 'CRDT' | 'DBIT';
  reversal?: boolean;
  on?: string;
  /** The bank's own. */
  reference: string;
  name?: string;
  iban?: string;
  text?: string;
  structured?: string;
}

export const ownIban = 'DE89370400440532013000';

/** camt.053.001.08, as a bank would send it. */
export const camt = (lines: readonly StatementLine[], iban = ownIban): string =>
  '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>' +
  `<Id>1</Id><Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>USD</Ccy></Acct>${lines.map(entryOf).join('')}</Stmt></BkToCstmrStmt></Document>`;

const entryOf = (line: StatementLine): string =>
  `<Ntry><Amt Ccy="USD">${line.amount}</Amt><CdtDbtInd>${line.kind ?? 'CRDT'}</CdtDbtInd>` +
  `${line.reversal ? '<RvslInd>true</RvslInd>' : ''}<Sts><Cd>BOOK</Cd></Sts>` +
  `<BookgDt><Dt>${line.on ?? '2026-02-05'}</Dt></BookgDt><AcctSvcrRef>${line.reference}</AcctSvcrRef>` +
  `<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>${line.name ?? ''}</Nm></Pty></Dbtr>` +
  `<DbtrAcct><Id><IBAN>${line.iban ?? ''}</IBAN></Id></DbtrAcct></RltdPties>` +
  `<RmtInf><Ustrd>${line.text ?? ''}</Ustrd>` +
  (line.structured ? `<Strd><CdtrRefInf><Ref>${line.structured}</Ref></CdtrRefInf></Strd>` : '') +
  `</RmtInf></TxDtls></NtryDtls></Ntry>`;

/** What finance does with the bank's statements. */
export class Bank {
  private constructor(private readonly operator: Operator) {}

  static async of(operator: Operator): Promise<Bank> {
    await operator.api.put('/v1/payments/bank-accounts/main', {
      ...{ name: 'Main account', account: ownIban, currency: 'USD', reason: 'opened' },
      csv: {
        ...{ charset: 'windows-1252', delimiter: ';', decimal: ',', dateFormat: 'DD.MM.YYYY' },
        columns: { bookedOn: 'Tag', amount: 'Betrag', name: 'Name', text: ['Zweck'], bankReference: 'Ref' },
      },
    });
    return new Bank(operator);
  }

  async import(
    xml: string,
    fileName = 'statement.xml',
  ): Promise<{ id: string; entries: number; known: number }> {
    return this.operator.api.postText(
      `/v1/payments/bank-statements?fileName=${fileName}`,
      xml,
      'application/xml',
    );
  }

  async importCsv(csv: string): Promise<{ id: string; entries: number }> {
    return this.operator.api.postCsv('/v1/payments/bank-statements?bankAccountId=main', csv);
  }

  /** By the bank's reference. */
  async entry(reference: string): Promise<BankEntry> {
    const all = await this.operator.api.all<BankEntry & { bankReference: string }>(
      '/v1/payments/bank-entries',
      ({ id }) => id,
    );
    const found = all.find((each) => each.bankReference === reference);
    if (!found) throw new Error(`no statement has brought ${reference}`);
    return found;
  }

  /** `state by whom` */
  async standing(reference: string): Promise<string> {
    const { state, matchedBy } = await this.entry(reference);
    return matchedBy === null ? state : `${state} by ${matchedBy}`;
  }

  async assign(
    reference: string,
    parts: readonly [Subscriber, number][],
    options: { sendBackRest?: boolean } = {},
  ): Promise<BankEntry> {
    const { id } = await this.entry(reference);
    return this.operator.api.post(`/v1/payments/bank-entries/${id}/assign`, {
      parts: parts.map(([{ accountId }, minor]) => ({ accountId, amount: { minor, currency: 'USD' } })),
      ...{ ...options, reason: 'the payer wrote to us' },
    });
  }

  /** Of a split, these payments alone. The same words again are a repeat, which is answered as before. */
  async undo(reference: string, reason: string, paymentIds?: string[]): Promise<BankEntry> {
    const { id } = await this.entry(reference);
    const body = { ...(paymentIds ? { paymentIds } : {}), reason };
    return this.operator.api.post(`/v1/payments/bank-entries/${id}/undo`, body);
  }

  async settle(reference: string, as: string, gateway?: string): Promise<BankEntry> {
    const { id } = await this.entry(reference);
    const body = { as, ...(gateway ? { gateway } : {}), reason: 'looked at the contract' };
    return this.operator.api.post(`/v1/payments/bank-entries/${id}/settle`, body);
  }

  /** What is owed to somebody whom nobody knows yet. */
  async suspense(): Promise<number> {
    const { rows } = await this.operator.api.get<{ rows: { account: string; balanceMinor: number }[] }>(
      '/v1/invoicing/ledger/trial-balance',
    );
    return 0 - (rows.find(({ account }) => account === 'suspense')?.balanceMinor ?? 0);
  }
}

/** `<paid state> <cents open>` of a bill. */
export async function billStanding(operator: Operator, subscriber: Subscriber, billNo = 0): Promise<string> {
  const bill = (await operator.bills(subscriber))[billNo];
  return `${bill?.paymentState} ${bill?.open.minor}`;
}

export async function referenceOf(operator: Operator, subscriber: Subscriber): Promise<string> {
  return creditorReferenceOf((await operator.bills(subscriber))[0]?.number ?? '') ?? '';
}

/** `<status> <code> <field>` of what a door refuses. */
export async function refusalOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
    return 'accepted';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `${error.status} ${error.problem.code ?? ''}${error.problem.field ? ` ${error.problem.field}` : ''}`;
  }
}

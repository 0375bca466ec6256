import { isLocalDate, localDate, type LocalDate } from '@tollkeeper/calendar';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import {
  bankAccountKey,
  type BankEntry,
  minorOfDecimal,
  type ReadStatement,
  referenceOrNull,
  type StatementFault,
  type StatementReading,
} from './bank-entry';
import { many, node, nodes, textAt, textOf, texts, type XmlNode } from './xml-node';

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
});

const mostFaults = 50;

const refused = (reason: string): StatementReading => ({
  statements: [],
  faults: [{ field: 'body', reason }],
});

/**
 * ISO 20022 camt.053 in any of its versions (001.02 to 001.13): booked entries only, batches taken apart. A document
 * type or an entity of its own is refused before anything is parsed: statements have none.
 */
export function readCamt(xml: string): StatementReading {
  if (/<!\s*(DOCTYPE|ENTITY)/i.test(xml)) return refused('must have no document type and no entities');
  const parsed = parse(xml);
  if (typeof parsed === 'string') return refused(`is no well-formed XML: ${parsed}`);
  const statements = nodes(node(parsed['Document'])['BkToCstmrStmt']).flatMap((each) => nodes(each['Stmt']));
  if (statements.length === 0) return refused('is no camt.053: there is no Document/BkToCstmrStmt/Stmt');
  const faults: StatementFault[] = [];
  const read = statements.map((each, index) => readStatement(each, `statement ${index + 1}`, faults));
  return { statements: read, faults: faults.slice(0, mostFaults) };
}

function parse(xml: string): XmlNode | string {
  try {
    const verdict = XMLValidator.validate(xml);
    if (verdict !== true) return `${verdict.err.msg} (line ${verdict.err.line})`;
    return node(parser.parse(xml));
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

function readStatement(statement: XmlNode, place: string, faults: StatementFault[]): ReadStatement {
  const account = node(statement['Acct']);
  const bankAccount = accountOf(account);
  if (bankAccount === '') faults.push({ field: place, reason: 'names no account (Acct/Id)' });
  const entries: BankEntry[] = [];
  let skipped = 0;
  nodes(statement['Ntry']).forEach((entry, index) => {
    if (statusOf(entry) !== 'BOOK') skipped += 1;
    else entries.push(...readEntry(entry, { bankAccount, place: `${place}, entry ${index + 1}`, faults }));
  });
  const fault = balanceFault(statement, entries, textAt(account, 'Ccy'));
  if (fault && faults.length === 0) faults.push({ field: place, reason: fault });
  return { bankAccount, entries, skipped };
}

const accountOf = (account: XmlNode): string => {
  const id = node(account['Id']);
  return bankAccountKey(textAt(id, 'IBAN') || textAt(node(id['Othr']), 'Id'));
};

/** Since 001.08 a code inside. */
const statusOf = ({ Sts }: XmlNode): string => textAt(node(Sts), 'Cd') || textOf(Sts);

interface Reading {
  bankAccount: string;
  place: string;
  faults: StatementFault[];
}

function readEntry(entry: XmlNode, { bankAccount, place, faults }: Reading): BankEntry[] {
  const bookedOn = dateOf(node(entry['BookgDt'])) ?? dateOf(node(entry['ValDt']));
  const amount = amountOf(entry);
  const direction = directionOf(entry);
  if (!bookedOn) faults.push({ field: place, reason: 'has no booking date (BookgDt)' });
  if (!amount)
    faults.push({ field: place, reason: 'has no amount in whole minor units with its currency (Amt)' });
  if (!direction) faults.push({ field: place, reason: 'is neither CRDT nor DBIT (CdtDbtInd)' });
  if (!bookedOn || !amount || !direction) return [];
  const isReversal = ['true', '1'].includes(textAt(entry, 'RvslInd'));
  const whole = { place, bankAccount, isReversal, bookedOn, direction, ...amount };
  const own = referenceOrNull(textAt(entry, 'AcctSvcrRef'));
  const transactions = nodes(entry['NtryDtls']).flatMap((details) => nodes(details['TxDtls']));
  const [only] = transactions;
  if (transactions.length <= 1) return [{ ...whole, ...told(only ?? {}, entry, own, whole) }];
  return (
    takenApart(transactions, entry, own, whole) ?? [
      { ...whole, ...told({}, entry, own, whole), isBatch: true },
    ]
  );
}

type Whole = Pick<
  BankEntry,
  'place' | 'bankAccount' | 'isReversal' | 'bookedOn' | 'direction' | 'amountMinor' | 'currency'
>;

/** `null` where the parts do not tell their amounts, or do not make up the whole (charges, other currencies). */
function takenApart(
  transactions: XmlNode[],
  entry: XmlNode,
  own: string | null,
  whole: Whole,
): BankEntry[] | null {
  const parts = transactions.map((each, index) => {
    const amount = amountOf(each) ?? amountOf(node(node(each['AmtDtls'])['TxAmt']));
    const direction = directionOf(each) ?? whole.direction;
    const place = `${whole.place}, transaction ${index + 1}`;
    const isOfWhole = amount?.currency === whole.currency;
    return isOfWhole ? { ...whole, ...told(each, entry, own, whole), ...amount, direction, place } : null;
  });
  const known = parts.filter((part) => part !== null);
  const signed = known.reduce(
    (sum, { amountMinor, direction }) => sum + (direction === whole.direction ? amountMinor : -amountMinor),
    0,
  );
  return known.length === parts.length && signed === whole.amountMinor ? known : null;
}

/** Who, for what and under which references, of one transaction. */
function told(
  transaction: XmlNode,
  entry: XmlNode,
  own: string | null,
  { direction, isReversal }: Whole,
): Pick<BankEntry, 'bankReference' | 'counterparty' | 'references' | 'endToEndId' | 'text' | 'isBatch'> {
  const refs = node(transaction['Refs']);
  const parties = node(transaction['RltdPties']);
  // A reversal names the parties of what it takes back.
  const payerPays = (direction === 'in') !== isReversal;
  const side = payerPays ? 'Dbtr' : 'Cdtr';
  const remittance = node(transaction['RmtInf']);
  const structured = nodes(remittance['Strd']);
  const words = [
    ...texts(remittance['Ustrd']),
    textAt(transaction, 'AddtlTxInf'),
    textAt(entry, 'AddtlNtryInf'),
  ];
  return {
    bankReference:
      referenceOrNull(textAt(refs, 'AcctSvcrRef')) ?? own ?? referenceOrNull(textAt(refs, 'TxId')),
    counterparty: {
      name: partyName(parties[side]) || partyName(parties[`Ultmt${side}`]),
      iban: accountOf(node(parties[`${side}Acct`])),
    },
    references: structured
      .flatMap((each) => [
        textAt(node(each['CdtrRefInf']), 'Ref'),
        ...nodes(each['RfrdDocInf']).map((document) => textAt(document, 'Nb')),
      ])
      .filter((reference) => reference !== ''),
    endToEndId: referenceOrNull(textAt(refs, 'EndToEndId')) ?? '',
    text: words.filter((each) => each !== '').join(' '),
    isBatch: false,
  };
}

/** Since 001.08 a party is a `Pty` or an agent inside. */
const partyName = (party: unknown): string =>
  textAt(node(party), 'Nm') || textAt(node(node(party)['Pty']), 'Nm');

const directionOf = (of: XmlNode): BankEntry['direction'] | null => {
  const told = textAt(of, 'CdtDbtInd');
  return told === 'CRDT' ? 'in' : told === 'DBIT' ? 'out' : null;
};

function amountOf(of: XmlNode): { amountMinor: number; currency: string } | null {
  const [amount] = many(of['Amt']);
  const currency = textOf(node(amount)['@Ccy']);
  const amountMinor = minorOfDecimal(textOf(amount), currency);
  return amountMinor === null || amountMinor === 0 ? null : { amountMinor, currency };
}

function dateOf(of: XmlNode): LocalDate | null {
  const date = (textAt(of, 'Dt') || textAt(of, 'DtTm')).slice(0, 10);
  return isLocalDate(date) ? localDate(date) : null;
}

/** Opening balance and entries make the closing balance, where the bank tells both. */
function balanceFault(statement: XmlNode, entries: readonly BankEntry[], currency: string): string | null {
  const balanceOf = (...codes: string[]): number | null => {
    const found = nodes(statement['Bal']).find((each) =>
      codes.includes(textAt(node(node(each['Tp'])['CdOrPrtry']), 'Cd')),
    );
    const [amount] = many(found?.['Amt']);
    const minor = found ? minorOfDecimal(textOf(amount), textOf(node(amount)['@Ccy']) || currency) : null;
    return minor === null ? null : directionOf(found ?? {}) === 'out' ? -minor : minor;
  };
  const [opening, closing] = [balanceOf('OPBD', 'PRCD'), balanceOf('CLBD')];
  if (opening === null || closing === null) return null;
  const moved = entries.reduce(
    (sum, { direction, amountMinor }) => sum + (direction === 'in' ? amountMinor : -amountMinor),
    0,
  );
  return opening + moved === closing
    ? null
    : `does not add up: ${opening} and entries of ${moved} minor units are not ${closing}`;
}

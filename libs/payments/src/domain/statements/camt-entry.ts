import { isLocalDate, localDate, type LocalDate } from '@tollkeeper/calendar';
import {
  type BankEntry,
  bankAccountKey,
  minorOfDecimal,
  referenceOrNull,
  type StatementFault,
} from './bank-entry';
import { many, node, nodes, textAt, textOf, texts, type XmlNode } from './xml-node';

export const accountOf = (account: XmlNode): string => {
  const id = node(account['Id']);
  return bankAccountKey(textAt(id, 'IBAN') || textAt(node(id['Othr']), 'Id'));
};

interface Reading {
  bankAccount: string;
  place: string;
  faults: StatementFault[];
}

export function readEntry(entry: XmlNode, { bankAccount, place, faults }: Reading): BankEntry[] {
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

export const directionOf = (of: XmlNode): BankEntry['direction'] | null => {
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

interface SampleEntry {
  amount: string;
  currency?: string;
  kind?: 'CRDT' | 'DBIT';
  reversal?: boolean;
  status?: string;
  on?: string;
  reference?: string;
  name?: string;
  iban?: string;
  text?: string;
  structured?: string;
  endToEndId?: string;
  /** Instead of the one transaction. */
  transactions?: string;
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`;

/** One transaction of an entry, as camt.053.001.02 writes it. */
export const transaction = ({
  amount,
  currency = 'EUR',
  kind,
  reference,
  name,
  iban,
  text,
  structured,
  endToEndId,
}: Partial<SampleEntry>): string =>
  `<TxDtls><Refs>${element('AcctSvcrRef', reference)}${element('EndToEndId', endToEndId)}</Refs>` +
  (amount === undefined
    ? ''
    : `<AmtDtls><TxAmt><Amt Ccy="${currency}">${amount}</Amt></TxAmt></AmtDtls>${element('CdtDbtInd', kind)}`) +
  `<RltdPties><Dbtr>${element('Nm', name)}</Dbtr><DbtrAcct><Id>${element('IBAN', iban)}</Id></DbtrAcct></RltdPties>` +
  `<RmtInf>${element('Ustrd', text)}` +
  (structured ? `<Strd><CdtrRefInf>${element('Ref', structured)}</CdtrRefInf></Strd>` : '') +
  `</RmtInf></TxDtls>`;

const entryOf = (entry: SampleEntry): string =>
  `<Ntry><Amt Ccy="${entry.currency ?? 'EUR'}">${entry.amount}</Amt><CdtDbtInd>${entry.kind ?? 'CRDT'}</CdtDbtInd>` +
  (entry.reversal ? '<RvslInd>true</RvslInd>' : '') +
  `<Sts>${entry.status ?? 'BOOK'}</Sts><BookgDt><Dt>${entry.on ?? '2026-02-20'}</Dt></BookgDt>` +
  element('AcctSvcrRef', entry.reference) +
  `<NtryDtls>${entry.transactions ?? transaction({ ...entry, amount: undefined, reference: undefined })}</NtryDtls></Ntry>`;

/** Made up for the specs: a statement of one account as camt.053.001.02 has it. */
export const sampleStatement = (
  entries: readonly SampleEntry[],
  { iban = 'DE89370400440532013000', balances = '' }: { iban?: string; balances?: string } = {},
): string =>
  `<Stmt><Id>1</Id><Acct><Id><IBAN>${iban}</IBAN></Id></Acct>${balances}${entries.map(entryOf).join('')}</Stmt>`;

export const sampleCamt = (...statements: string[]): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>' +
  `<GrpHdr><MsgId>sample</MsgId></GrpHdr>${statements.join('')}</BkToCstmrStmt></Document>`;

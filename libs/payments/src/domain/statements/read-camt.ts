import { XMLParser, XMLValidator } from 'fast-xml-parser';
import {
  minorOfDecimal,
  type StatementFault,
  type StatementReading,
  type StatementSink,
  WholeReading,
} from './bank-entry';
import { accountOf, directionOf, readEntry } from './camt-entry';
import { type CamtPiece, CamtScanner } from './camt-scanner';
import { many, node, nodes, textAt, textOf, type XmlNode } from './xml-node';

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
});

/** Small enough to be held as a whole. */
export function readCamt(xml: string): StatementReading {
  const whole = new WholeReading();
  const reader = new CamtReader(whole);
  reader.push(xml);
  reader.end();
  return whole;
}

/**
 * ISO 20022 camt.053 in any of its versions (001.02 to 001.13): booked entries only, batches taken apart, each entry as soon
 * as it has arrived. A document type or an entity of its own is refused: statements have none.
 */
export class CamtReader {
  private readonly scanner = new CamtScanner();
  private statements = 0;
  private entries = 0;
  private bankAccount: string | null = null;
  private movedMinor = 0;
  private faults = 0;

  constructor(private readonly sink: StatementSink) {}

  push(text: string): void {
    for (const piece of this.scanner.push(text)) this.take(piece);
  }

  end(): void {
    for (const piece of this.scanner.end()) this.take(piece);
    if (this.statements === 0 && this.faults === 0)
      this.fault('body', 'is no camt.053: there is no Document/BkToCstmrStmt/Stmt');
  }

  private take(piece: CamtPiece): void {
    if (piece.kind === 'fault') this.fault('body', piece.reason);
    else if (piece.kind === 'statement') this.begin();
    else if (piece.kind === 'entry') this.takeEntry(piece);
    else this.endStatement(piece.head);
  }

  private begin(): void {
    this.statements += 1;
    this.entries = 0;
    this.bankAccount = null;
    this.movedMinor = 0;
  }

  private takeEntry({ xml, line, head }: Extract<CamtPiece, { kind: 'entry' }>): void {
    const bankAccount = this.accountBy(() => this.parsed(head, 1, 'Stmt'));
    const entry = this.parsed(xml, line, null);
    this.entries += 1;
    if (!entry) return;
    const place = `${this.place}, entry ${this.entries}`;
    const ntry = node(entry['Ntry']);
    if (statusOf(ntry) !== 'BOOK') return this.sink.skip();
    const faults: StatementFault[] = [];
    for (const each of readEntry(ntry, { bankAccount, place, faults })) {
      this.movedMinor += each.direction === 'in' ? each.amountMinor : -each.amountMinor;
      this.sink.entry(each);
    }
    for (const { field, reason } of faults) this.fault(field, reason);
  }

  private endStatement(head: string): void {
    const statement = this.parsed(head, 1, 'Stmt');
    if (!statement) return;
    this.accountBy(() => statement);
    const stmt = node(statement['Stmt']);
    const fault = balanceFault(stmt, this.movedMinor, textAt(node(stmt['Acct']), 'Ccy'));
    if (fault && this.faults === 0) this.fault(this.place, fault);
  }

  /** A statement names it before its entries. */
  private accountBy(read: () => XmlNode | null): string {
    if (this.bankAccount !== null) return this.bankAccount;
    this.bankAccount = accountOf(node(node(read()?.['Stmt'])['Acct']));
    this.sink.begin(this.bankAccount);
    if (this.bankAccount === '') this.fault(this.place, 'names no account (Acct/Id)');
    return this.bankAccount;
  }

  private parsed(xml: string, line: number, within: string | null): XmlNode | null {
    const parsed = parse(within === null ? xml : `<${within}>${xml}</${within}>`, line);
    if (typeof parsed !== 'string') return parsed;
    this.fault('body', `is no well-formed XML: ${parsed}`);
    return null;
  }

  private get place(): string {
    return `statement ${this.statements}`;
  }

  private fault(field: string, reason: string): void {
    this.faults += 1;
    this.sink.fault({ field, reason });
  }
}

function parse(xml: string, line: number): XmlNode | string {
  try {
    const verdict = XMLValidator.validate(xml);
    if (verdict !== true) return `${verdict.err.msg} (line ${line + verdict.err.line - 1})`;
    return node(parser.parse(xml));
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

/** Since 001.08 a code inside. */
const statusOf = ({ Sts }: XmlNode): string => textAt(node(Sts), 'Cd') || textOf(Sts);

/** Opening balance and entries make the closing balance, where the bank tells both. */
function balanceFault(statement: XmlNode, moved: number, currency: string): string | null {
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
  return opening + moved === closing
    ? null
    : `does not add up: ${opening} and entries of ${moved} minor units are not ${closing}`;
}

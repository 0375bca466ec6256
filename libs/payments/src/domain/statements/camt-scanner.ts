/** Some ten thousand transactions of one entry. */
const mostEntryCharacters = 16_000_000;
const mostMarkupCharacters = 1_000_000;
const mostHeadCharacters = 4_000_000;
const entryPath = ['Document', 'BkToCstmrStmt', 'Stmt', 'Ntry'];
const statementDepth = 3;

export type CamtPiece =
  | { kind: 'statement' }
  /** `head`: what the statement says outside of entries, as far as it was read. */
  | { kind: 'entry'; xml: string; line: number; head: string }
  | { kind: 'statementEnd'; head: string }
  /** Nothing after it is read. */
  | { kind: 'fault'; reason: string };

const malformed = (what: string): CamtPiece => ({ kind: 'fault', reason: `is no well-formed XML: ${what}` });

/**
 * Cuts a camt.053 file into its entries while it arrives: of a file of any length no more than one entry is held. Comments
 * and CDATA are passed over; a document type or an entity of its own ends it.
 */
export class CamtScanner {
  private text = '';
  /** Up to here markup was read. */
  private at = 0;
  /** From here on the text belongs to no piece yet. */
  private from = 0;
  private line = 1;
  private readonly path: string[] = [];
  private head = '';
  private inStatement = false;
  private inEntry = false;
  private isOver = false;
  private hasRoot = false;

  push(text: string): CamtPiece[] {
    if (this.isOver) return [];
    this.text += text;
    const pieces: CamtPiece[] = [];
    for (let piece = this.next(); piece !== null; piece = this.next()) {
      pieces.push(...piece);
      this.isOver = piece.some(({ kind }) => kind === 'fault');
      if (this.isOver) return pieces;
    }
    const tooLong = this.forget();
    this.isOver = tooLong.length > 0;
    return [...pieces, ...tooLong];
  }

  end(): CamtPiece[] {
    const [open] = this.path.slice(-1);
    if (this.isOver) return [];
    if (open !== undefined)
      return [malformed(`Unclosed tag '${open}' (line ${this.lineAt(this.text.length)})`)];
    return this.text.slice(this.at).trim() === '' && this.hasRoot
      ? []
      : [malformed('text outside of elements')];
  }

  /** The next piece of markup; `null`: it has not arrived. */
  private next(): CamtPiece[] | null {
    const start = this.text.indexOf('<', this.at);
    if (start === -1) return null;
    if (this.path.length === 0 && this.text.slice(this.at, start).trim() !== '')
      return [malformed(`text outside of elements (line ${this.lineAt(start)})`)];
    const isSection = this.text.startsWith('<![CDATA[', start);
    const isComment = this.text.startsWith('<!--', start);
    if (this.text.length - start < '<![CDATA['.length && !this.text.includes('>', start)) return null;
    if (this.text.startsWith('<!', start) && !isSection && !isComment)
      return [{ kind: 'fault', reason: 'must have no document type and no entities' }];
    const end = isSection
      ? this.after(']]>', start)
      : isComment
        ? this.after('-->', start + '<!--'.length)
        : this.text.startsWith('<?', start)
          ? this.after('?>', start)
          : this.endOfTag(start);
    if (end === -1) return null;
    this.at = end;
    return isSection || isComment || this.text.startsWith('<?', start) ? [] : this.tag(start, end);
  }

  private after(mark: string, start: number): number {
    const found = this.text.indexOf(mark, start);
    return found === -1 ? -1 : found + mark.length;
  }

  /** A `>` within quotes ends nothing. */
  private endOfTag(start: number): number {
    let quote = '';
    const first = this.text.indexOf('>', start);
    if (first === -1 || !/["']/.test(this.text.slice(start, first))) return first + (first === -1 ? 0 : 1);
    for (let index = start; index < this.text.length; index++) {
      const sign = this.text.charAt(index);
      if (quote !== '') quote = sign === quote ? '' : quote;
      else if (sign === '"' || sign === "'") quote = sign;
      else if (sign === '>') return index + 1;
    }
    return -1;
  }

  private tag(start: number, end: number): CamtPiece[] {
    const tag = this.text.slice(start, end);
    const [, closes = '', full = ''] = /^<(\/?)([^\s/>]+)/.exec(tag) ?? [];
    if (full === '') return [malformed(`a tag without a name (line ${this.lineAt(start)})`)];
    if (closes !== '') return this.close(full, start, end);
    if (this.path.length === 0 && this.hasRoot)
      return [malformed(`a second root '${full}' (line ${this.lineAt(start)})`)];
    this.hasRoot = true;
    this.path.push(full);
    const pieces = this.open(start, end);
    return tag.endsWith('/>') ? [...pieces, ...this.close(full, end, end)] : pieces;
  }

  private open(start: number, end: number): CamtPiece[] {
    if (this.isAt(statementDepth)) {
      this.head = '';
      this.inStatement = true;
      this.moveTo(end);
      return [{ kind: 'statement' }];
    }
    if (!this.isAt(entryPath.length)) return [];
    this.head += this.text.slice(this.from, start);
    this.inEntry = true;
    this.moveTo(start);
    return [];
  }

  private close(full: string, start: number, end: number): CamtPiece[] {
    const open = this.path.at(-1);
    if (open !== full)
      return [malformed(`'${full}' closes ${open ? `'${open}'` : 'nothing'} (line ${this.lineAt(start)})`)];
    const [isEntry, isStatement] = [this.isAt(entryPath.length), this.isAt(statementDepth)];
    this.path.pop();
    const { from, head, line } = this;
    if (isEntry) {
      this.inEntry = false;
      this.moveTo(end);
      return [{ kind: 'entry', xml: this.text.slice(from, end), line, head }];
    }
    if (!isStatement) return [];
    this.inStatement = false;
    this.moveTo(end);
    return [{ kind: 'statementEnd', head: head + this.text.slice(from, start) }];
  }

  private isAt(depth: number): boolean {
    return (
      this.path.length === depth &&
      this.path.every((name, index) => name.slice(name.indexOf(':') + 1) === entryPath[index])
    );
  }

  private lineAt(index: number): number {
    let { line } = this;
    for (let found = this.text.indexOf('\n', this.from); found !== -1 && found < index; line++)
      found = this.text.indexOf('\n', found + 1);
    return line;
  }

  /** What was read is let go; an entry that is under way is kept. */
  private forget(): CamtPiece[] {
    if (!this.inEntry) {
      if (this.inStatement) this.head += this.text.slice(this.from, this.at);
      this.moveTo(this.at);
    }
    this.text = this.text.slice(this.from);
    this.at -= this.from;
    this.from = 0;
    if (this.text.length > (this.inEntry ? mostEntryCharacters : mostMarkupCharacters))
      return [
        {
          kind: 'fault',
          reason: this.inEntry
            ? `has an entry of more than ${mostEntryCharacters} characters (line ${this.line}): ask the bank for smaller batches`
            : `has more than ${mostMarkupCharacters} characters without an element (line ${this.line})`,
        },
      ];
    return this.head.length <= mostHeadCharacters
      ? []
      : [{ kind: 'fault', reason: `has more than ${mostHeadCharacters} characters outside of entries` }];
  }

  private moveTo(index: number): void {
    this.line = this.lineAt(index);
    this.from = index;
  }
}

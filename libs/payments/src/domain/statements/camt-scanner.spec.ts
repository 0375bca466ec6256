import fc from 'fast-check';
import { CamtScanner, type CamtPiece } from './camt-scanner';
import { readCamt } from './read-camt';
import { sampleCamt, sampleStatement } from './sample-statements';

const piecesOf = (parts: readonly string[]): CamtPiece[] => {
  const scanner = new CamtScanner();
  return [...parts.flatMap((part) => scanner.push(part)), ...scanner.end()];
};
const around = (inner: string): string =>
  `<?xml version="1.0"?>\n<d:Document xmlns:d="urn:x"><d:BkToCstmrStmt><d:Stmt a="1>0">\n${inner}</d:Stmt></d:BkToCstmrStmt></d:Document>\n`;
const entriesIn = (xml: string): string[] =>
  piecesOf([xml]).flatMap((piece) => (piece.kind === 'entry' ? [piece.xml] : []));

describe('a camt.053 file while it arrives', () => {
  it('entries are cut out as they are; what stands in comments and CDATA is none', () => {
    const inner = `<d:Acct/><!-- <d:Ntry>1</d:Ntry> -->
<d:Ntry><a b='>'/><![CDATA[</d:Ntry>]]></d:Ntry><d:Ntry/>
<d:AddtlStmtInf>end</d:AddtlStmtInf>`;
    expect(entriesIn(around(inner))).toEqual([
      "<d:Ntry><a b='>'/><![CDATA[</d:Ntry>]]></d:Ntry>",
      '<d:Ntry/>',
    ]);
    const [, first, , end] = piecesOf([around(inner)]);
    expect(first).toMatchObject({ kind: 'entry', line: 4 });
    expect(end).toMatchObject({ head: expect.stringMatching(/<d:Acct\/>[^]*<d:AddtlStmtInf>end/) });
  });

  it('wherever it is cut on its way, it is read as if it came at once', () => {
    const xml = sampleCamt(
      sampleStatement([
        { amount: '5', text: 'ä & <b> "c"' },
        { amount: '6', status: 'PDNG' },
      ]),
      sampleStatement([{ amount: '7.10', reversal: true }], { iban: 'GB33BUKB20201555555555' }),
    );
    const whole = piecesOf([xml]);
    expect(whole.map(({ kind }) => kind)).toEqual(
      'statement entry entry statementEnd statement entry statementEnd'.split(' '),
    );
    fc.assert(
      fc.property(fc.array(fc.nat({ max: xml.length }), { maxLength: 30 }), (cuts) => {
        const ends = [...cuts, xml.length].sort((left, right) => left - right);
        const parts = ends.map((end, index) => xml.slice(ends[index - 1] ?? 0, end));
        expect(piecesOf(parts)).toEqual(whole);
      }),
    );
  });

  it.each([
    ['<a></b>', "'b' closes 'a' (line 1)"],
    ['<a>\n</a></a>', "'a' closes nothing (line 2)"],
    ['<a/><b/>', "a second root 'b' (line 1)"],
    ['<a/> words', 'text outside of elements'],
    [around('<d:Ntry>'), "'d:Stmt' closes 'd:Ntry' (line 3)"],
    [around('<d:Ntry><x y></x></d:Ntry>'), "boolean attribute 'y' is not allowed. (line 3)"],
    [around('<d:Ntry>\n&oops</d:Ntry>'), "char '&' is not expected. (line 4)"],
  ])('is refused with the place: %j', (xml, reason) => {
    const { faults } = readCamt(xml);
    expect(faults.find(({ field }) => field === 'body')?.reason).toBe(`is no well-formed XML: ${reason}`);
  });

  it('entries that never end, or so much else, are not held', () => {
    const scanner = new CamtScanner();
    scanner.push(around('<d:Ntry>').split('</')[0] ?? '');
    const pieces = Array.from({ length: 20 }, () => scanner.push('<x>words</x>'.repeat(100_000))).flat();
    expect(pieces).toEqual([
      { kind: 'fault', reason: expect.stringContaining('an entry of more than 16000000 characters') },
    ]);
    expect(scanner.end()).toEqual([]);
  });
});

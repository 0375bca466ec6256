import { describe, expect, it } from '@jest/globals';
import { checkRange, isWithinRange, numbersOf, sizeOf } from './number-range';
import { readSims } from './read-sims';

describe('a block of numbers', () => {
  it.each([
    ['15185550100', '15185550100', null],
    ['15185550000', '15185559999', null],
    ['15185550000', '15185560000', 'the block has 10001 numbers'],
    ['15185550100', '15185550099', 'must not come before'],
    ['15185550100', '151855501000', 'must have 11 digits'],
    ['999999999999990', '999999999999999', null],
  ])('%s to %s', (first, last, reason) => {
    const [finding] = checkRange({ first, last });
    if (reason) expect(finding?.reason).toContain(reason);
    else expect(finding).toBeUndefined();
  });

  it('has its first and its last number', () => {
    const range = { first: '999999999999998', last: '999999999999999' };
    expect([sizeOf(range), numbersOf(range)]).toEqual([2, ['999999999999998', '999999999999999']]);
    expect(
      ['999999999999997', '999999999999998', '99999999999999'].map((each) => isWithinRange(range, each)),
    ).toEqual([false, true, false]);
  });
});

describe('a file of cards', () => {
  const iccid = (no: number) => `8901990000000${String(no).padStart(6, '0')}`;
  const imsi = (no: number) => `310990${String(no).padStart(9, '0')}`;
  const file = (...lines: string[]) => lines.join('\n');

  it.each([
    ['in either order of columns', file('imsi,iccid', `${imsi(1)},${iccid(1)}`, '')],
    ['from a spreadsheet', `\uFEFFiccid, imsi\r\n ${iccid(1)} ,${imsi(1)}\r\n\r\n`],
  ])('is read %s', (_, text) => {
    const { sims, findings } = readSims(text);
    expect(findings).toEqual([]);
    expect(sims).toEqual([{ lineNumber: 2, iccid: iccid(1), imsi: imsi(1) }]);
  });

  it.each([
    ['no header', file(`${iccid(1)},${imsi(1)}`), ['line 1']],
    ['one column too many', file('iccid,imsi,pin', `${iccid(1)},${imsi(1)},1`), ['line 1']],
    ['no cards', file('iccid,imsi', ''), ['line 2']],
    ['a field too few', file('iccid,imsi', iccid(1)), ['line 2']],
    ['letters', file('iccid,imsi', `89abc,${imsi(1)}`, `${iccid(2)},12`), ['line 2: iccid', 'line 3: imsi']],
    [
      'a card twice',
      file('iccid,imsi', `${iccid(1)},${imsi(1)}`, `${iccid(1)},${imsi(2)}`),
      ['line 3: iccid'],
    ],
    [
      'an IMSI twice',
      file('iccid,imsi', `${iccid(1)},${imsi(1)}`, `${iccid(2)},${imsi(1)}`),
      ['line 3: imsi'],
    ],
    ['too many', file('iccid,imsi', ...Array.from({ length: 10_001 }, () => 'x,y')), ['body']],
  ])('with %s is refused by line', (_, text, fields) => {
    expect(readSims(text).findings.map(({ field }) => field)).toEqual(fields);
  });
});

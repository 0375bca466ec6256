import { describe, expect, it } from '@jest/globals';
import { maskLines } from './mask-line';
import { readLines } from './subscriber-columns';

const columns = ['accountExternalId', 'customerName', 'iccid', 'imsi'];
const findingOf = (text: string): string | null => {
  const [line] = readLines([{ lineNumber: 2, text, from: 0, to: text.length } as never], columns);
  return line && 'finding' in line.reading
    ? `${line.reading.finding.field} ${line.reading.finding.reason}`
    : null;
};

const kept = (...lines: string[]): string[] => {
  const masked = maskLines();
  return lines.map((line, at) => masked(line, at + 1));
};

describe('a line of a file of subscribers', () => {
  it('with a card number is refused, which its error does not repeat (F59)', () => {
    const finding = findingOf('a-1,Ada 4111 1111 1111 1111,,');
    expect(finding).toBe('customerName looks like a card number, which is never accepted here');
  });

  it('is kept without the card number, and refused all the same', () => {
    const [, line = ''] = kept(columns.join(','), 'a-1,"Ada 4111 1111 1111 1111",,\r');
    expect(line).toBe('a-1,"Ada **** **** **** 1111",,\r');
    expect(findingOf(line)).toBe('customerName looks like a card number, which is never accepted here');
  });

  it('keeps an IMSI that a card scheme would take for one of its numbers', () => {
    const imsi = '371449635398431';
    expect(kept(columns.join(','), `a-1,Ada ${imsi}x,,${imsi}`)[1]).toBe(`a-1,Ada ${imsi}x,,${imsi}`);
    expect(kept(columns.join(','), `a-1,${imsi},,310990000000001`)[1]).toBe(
      'a-1,***********8431,,310990000000001',
    );
  });

  it('with numbers of SIMs is none', () => {
    expect(findingOf('a-1,Ada,8944110068256270054,310990000000001')).toBeNull();
  });
});

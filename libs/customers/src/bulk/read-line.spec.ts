import { describe, expect, it } from '@jest/globals';
import { readLines } from './subscriber-columns';

const columns = ['accountExternalId', 'customerName', 'iccid', 'imsi'];
const findingOf = (text: string): string | null => {
  const [line] = readLines([{ lineNumber: 2, text, from: 0, to: text.length } as never], columns);
  return line && 'finding' in line.reading
    ? `${line.reading.finding.field} ${line.reading.finding.reason}`
    : null;
};

describe('a line of a file of subscribers', () => {
  it('with a card number is refused, which its error does not repeat (F59)', () => {
    const finding = findingOf('a-1,Ada 4111 1111 1111 1111,,');
    expect(finding).toBe('customerName looks like a card number, which is never accepted here');
  });

  it('with numbers of SIMs is none', () => {
    expect(findingOf('a-1,Ada,8944110068256270054,310990000000001')).toBeNull();
  });
});

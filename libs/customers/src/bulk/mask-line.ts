import { cardNumbersIn } from '@tollkeeper/contracts';
import { maskCardNumbers, type RewriteLine, splitLine } from '@tollkeeper/platform';
import { numberColumns } from './subscriber-columns';

/** PCI DSS 3.2: a card number in a text is masked before the file touches a disk; SIMs and phones have numbers like it. */
export function maskLines(): RewriteLine {
  let names: readonly string[] = [];
  return (line, lineNumber) => {
    if (lineNumber === 1) names = splitLine(line.trimEnd()) ?? [];
    if (cardNumbersIn(line).length === 0) return line;
    const fields = splitLine(line.trimEnd()) ?? [];
    const own = fields
      .filter((_, place) => numberColumns.has(names[place]?.trim() ?? ''))
      .map((field) => field.trim());
    return maskCardNumbers(line, { sign: '*', except: own });
  };
}

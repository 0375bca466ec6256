import { achReturn, achReturnableUntil, isTimelyReturn } from './ach-returns';
import { debitReturn, meaningOfReturn } from './return-codes';

/** EPC173-14: `again` may be sent once more, `mend` only after something was put right, `stop` never; * ends the mandate. */
it.each([
  ['DN33', 'again', 'AM04 MS03 ED05 TM01 TECH'],
  ['DN34', 'stop*', 'AC01 AC04 AC06 AC13 AG01 MD01 MD07 DNOR'],
  ['DN35', 'stop', 'AM05 FF05 DUPL'],
  ['DN36', 'mend', 'AG02 BE05 CNOR DT01 FF01 FOCR MD02 RC01 RR01 RR02 RR03 RR04'],
  ['DN37', 'mend', 'MD06 MS02 SL01'],
  ['DN38', 'mend', 'ZZ99 AM99'],
])('%s SEPA %s: %s', (_, expected, codes) => {
  for (const code of codes.split(' ')) expect([code, wordOf(code)]).toEqual([code, expected]);
});

it.each([
  ['DN39', 'again', 'R01 R09'],
  ['DN40', 'stop*', 'R02 R03 R04 R12 R13 R14 R15 R16 R20'],
  ['DN41', 'stop*', 'R05 R07 R10 R29'],
  ['DN42', 'mend', 'R06 R08 R11 R17 R18 R19 R21 R22 R25 R28'],
  ['DN43', 'stop', 'R24 R31 R37 R51 R61 R70 R83'],
])('%s ACH %s: %s', (_, expected, codes) => {
  for (const code of codes.split(' ')) expect([code, wordOf(code)]).toEqual([code, expected]);
});

function wordOf(code: string): string {
  const { category, endsMandate } = meaningOfReturn(code);
  const word = { soft: 'again', actionRequired: 'mend', hard: 'stop', fraud: 'stop' }[category];
  return endsMandate ? `${word}*` : word;
}

it.each([
  ['MD01 MD06 MS02 SL01 R05 R07 R08 R10 R11 R29', true],
  ['AC04 AM04 MD07 R01 R02 R16', false],
])('%s come from the payer: %s', (codes, byPayer) => {
  for (const code of codes.split(' ')) expect([code, meaningOfReturn(code).byPayer]).toEqual([code, byPayer]);
});

/** Settled on Thursday, 2026-07-02; July 3 stands for Independence Day at no Federal Reserve Bank: it is open. */
it.each([
  ['DN44', 'R01', '2026-07-06', '2026-07-07'],
  ['DN45', 'R29', '2026-07-06', '2026-07-07'],
  ['DN46', 'R10', '2026-09-01', '2026-09-02'],
  ['DN47', 'R07', '2026-09-01', '2026-09-02'],
  ['DN48', 'R11', '2026-09-01', '2026-09-02'],
])('%s %s is in time until %s, late on %s', (_, code, until, late) => {
  expect(achReturnableUntil(achReturn(code)?.within ?? 'open', '2026-07-02')).toBe(until);
  expect(isTimelyReturn(code, '2026-07-02', until)).toBe(true);
  expect(isTimelyReturn(code, '2026-07-02', late)).toBe(false);
});

it('DN49: the day after sixty days may be no bank day', () => {
  // 2026-07-07 and 61 days: Sunday, 6 September, and Labor Day behind it.
  expect(achReturnableUntil('sixtyDays', '2026-07-07')).toBe('2026-09-08');
  expect(isTimelyReturn('R06', '2026-01-02', '2026-12-31')).toBe(true);
});

it.each(['insufficient_funds', 'R1', 'r01', 'AM4', 'toString', ''])('%j is no return code', (code) =>
  expect(debitReturn(code)).toBeNull(),
);

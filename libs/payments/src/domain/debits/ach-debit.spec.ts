import { mayRepresent, noticeBy } from './ach-debit';

const entry = { settledOn: '2026-03-02', returnCode: 'R01', representments: 0 };

it.each<[string, object, string, object]>([
  ['no money: again', {}, '2026-03-05', { settlesOn: '2026-03-06', description: 'RETRY PYMT' }],
  ['on a Friday it settles on Monday', {}, '2026-03-06', { settlesOn: '2026-03-09' }],
  ['uncollected funds', { returnCode: 'R09' }, '2026-03-05', { settlesOn: '2026-03-06' }],
  ['unauthorised', { returnCode: 'R10' }, '2026-03-05', { refused: 'codeNotAllowed' }],
  ['account closed', { returnCode: 'R02' }, '2026-03-05', { refused: 'codeNotAllowed' }],
  ['a third time', { representments: 2 }, '2026-03-05', { refused: 'triedTwice' }],
  ['on the 180th day', {}, '2026-08-28', { refused: 'tooLate' }],
  ['on the 178th', {}, '2026-08-27', { settlesOn: '2026-08-28' }],
])('%s', (_, change, on, expected) => {
  expect(mayRepresent({ ...entry, ...change }, on)).toMatchObject(expected);
});

it.each<[string, Parameters<typeof noticeBy>[0], number, string | null]>([
  ['the same amount', { lastAmountMinor: 2500, range: null }, 2500, null],
  ['another', { lastAmountMinor: 2500, range: null }, 2600, '2026-03-06'],
  ['the first', { lastAmountMinor: null, range: null }, 2500, '2026-03-06'],
  ['inside the range', { lastAmountMinor: 2500, range: { fromMinor: 0, toMinor: 5000 } }, 4900, null],
  ['outside of it', { lastAmountMinor: 4900, range: { fromMinor: 0, toMinor: 5000 } }, 5001, '2026-03-06'],
])('%s: notice by', (_, authorisation, amount, by) => {
  expect(noticeBy(authorisation, amount, '2026-03-16')).toBe(by);
});

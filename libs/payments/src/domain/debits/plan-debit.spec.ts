import type { AchAuthorisation } from './ach-debit';
import {
  type DebitMethod,
  planDebit,
  type PlannedDebit,
  representDebit,
  soonestDebit,
  submitDebit,
} from './plan-debit';

const sepa = (preNoticeDays = 14, lastUsedOn: string | null = null): DebitMethod => ({
  _id: 'pm_1',
  kind: 'sepaDebit',
  mandate: { mandateId: 'MND-1', signedOn: '2026-01-02', lastUsedOn, cancelledOn: null, preNoticeDays },
});
const ach = (authorisation?: AchAuthorisation): DebitMethod => ({
  ...{ _id: 'pm_2', kind: 'achDebit' },
  ...(authorisation ? { authorisation } : {}),
});
const known = { lastAmountMinor: 2500, range: null };
const range = { lastAmountMinor: null, range: { fromMinor: 1000, toMinor: 4000 } };

describe('a debit is planned', () => {
  // 2026-02-15 is a Sunday, 2026-02-16 a bank holiday in the United States only.
  it.each<[string, DebitMethod, { wantedOn: string; today: string }, object]>([
    [
      '14 days of notice',
      sepa(),
      { wantedOn: '2026-02-15', today: '2026-02-01' },
      { announcedOn: '2026-02-01', submitOn: '2026-02-13', collectOn: '2026-02-16', sequence: 'FRST' },
    ],
    [
      'told a day late: a day later',
      sepa(),
      { wantedOn: '2026-02-15', today: '2026-02-03' },
      { submitOn: '2026-02-16', collectOn: '2026-02-17' },
    ],
    [
      'agreed upon 2 days',
      sepa(2, '2026-01-16'),
      { wantedOn: '2026-02-11', today: '2026-02-09' },
      { submitOn: '2026-02-10', collectOn: '2026-02-11', sequence: 'RCUR' },
    ],
    [
      'over Easter',
      sepa(),
      { wantedOn: '2026-04-03', today: '2026-03-10' },
      { submitOn: '2026-04-02', collectOn: '2026-04-07' },
    ],
    [
      'ACH, the first',
      ach(),
      { wantedOn: '2026-02-16', today: '2026-02-10' },
      { announcedOn: '2026-02-10', submitOn: '2026-02-19', collectOn: '2026-02-20' },
    ],
    [
      'ACH, the amount of before',
      ach(known),
      { wantedOn: '2026-02-16', today: '2026-02-13' },
      { announcedOn: null, submitOn: '2026-02-13', collectOn: '2026-02-17' },
    ],
    [
      'ACH, inside the range',
      ach(range),
      { wantedOn: '2026-02-11', today: '2026-02-10' },
      { announcedOn: null, collectOn: '2026-02-11' },
    ],
    [
      'no mandate',
      { _id: 'pm_3', kind: 'sepaDebit' },
      { wantedOn: '2026-02-15', today: '2026-02-01' },
      { refused: 'noMandate' },
    ],
    [
      'a mandate of 2023',
      {
        ...sepa(),
        mandate: {
          mandateId: 'M',
          signedOn: '2023-02-10',
          lastUsedOn: null,
          cancelledOn: null,
          preNoticeDays: 14,
        },
      },
      { wantedOn: '2026-02-15', today: '2026-02-01' },
      { refused: 'mandateLapsed' },
    ],
  ])('%s', (_case, method, wanted, expected) => {
    expect(planDebit(method, { ...wanted, amountMinor: 2500 })).toMatchObject(expected);
  });
});

describe('it is handed in', () => {
  const plan = planDebit(sepa(), {
    wantedOn: '2026-02-15',
    today: '2026-02-01',
    amountMinor: 2500,
  }) as PlannedDebit;
  it.each([
    ['on its day', '2026-02-13', '2026-02-16'],
    ['three days late', '2026-02-16', '2026-02-17'],
    ['on a Saturday', '2026-02-14', '2026-02-16'],
  ])('%s', (_case, today, collectOn) => {
    expect(submitDebit(sepa(), plan, today)).toMatchObject({
      collectOn,
      mandateId: 'MND-1',
      sequence: 'FRST',
    });
  });
  it('at the payer`s word: the next bank day', () => {
    expect(soonestDebit(sepa(), '2026-02-13')).toMatchObject({ collectOn: '2026-02-16' });
    expect(soonestDebit(ach(), '2026-02-13')).toMatchObject({ collectOn: '2026-02-17' });
  });
});

describe('it came back', () => {
  const back = (code: string, ...days: string[]) =>
    days.map((collectOn) => ({ collectOn, code })) as [{ collectOn: string; code: string }];
  it.each<[string, DebitMethod, [{ collectOn: string; code: string }], string, object]>([
    [
      'ACH R01: once more',
      ach(),
      back('R01', '2026-03-02'),
      '2026-03-05',
      { representment: 1, entryDescription: 'RETRY PYMT' },
    ],
    [
      'R09: a second time',
      ach(),
      back('R09', '2026-03-02', '2026-03-06'),
      '2026-03-10',
      { representment: 2 },
    ],
    [
      'a third time',
      ach(),
      back('R01', '2026-03-02', '2026-03-06', '2026-03-11'),
      '2026-03-16',
      { refused: 'triedTwice' },
    ],
    ['R03, no such account', ach(), back('R03', '2026-03-02'), '2026-03-05', { refused: 'codeNotAllowed' }],
    ['after 180 days', ach(), back('R01', '2026-03-02'), '2026-08-28', { refused: 'tooLate' }],
    [
      'SEPA AM04',
      sepa(),
      back('AM04', '2026-03-02'),
      '2026-03-05',
      { collectOn: '2026-03-06', representment: 1 },
    ],
  ])('%s', (_case, method, returned, today, expected) => {
    expect(representDebit(method, returned, today)).toMatchObject(expected);
  });
});

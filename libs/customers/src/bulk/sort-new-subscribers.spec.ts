import fc from 'fast-check';
import type { Cycle } from '@tollkeeper/calendar';
import { OpenBooks } from '../identifiers/identifier-books.service';
import type { InventoryRow } from '../identifiers/inventory.schema';
import { nobodyKnown } from '../domain/buyer-book';
import { type SortedLines, type Standing, SubscriberSorting } from './sort-new-subscribers';
import { readLines } from './subscriber-columns';

const at = '2026-01-05T12:00:00.000Z';
const columns =
  'accountExternalId,customerName,email,language,addressLine1,city,country,cycleId,termsDays,subscriptionExternalId,offeringId,activeFrom,pool,msisdn,imsi';
const described = 'Ada,ada@subscribers.example,en,1 Elm Street,Albany,US,cyc_1,14';
const blank = ',,,,,,,';
const cycle: Cycle = { frequency: 'monthly', anchorDay: 1, zone: 'America/New_York' };
const smart = {
  offeringId: 'smart',
  version: 1,
  name: 'Smart',
  currency: 'USD',
  validFrom: '2026-01-01T00:00:00.000Z',
  paidInAdvance: null,
};

const empty = (): Standing => ({
  operator: { currency: 'USD', zone: 'America/New_York', country: 'US' } as Standing['operator'],
  prices: new Map([['smart', [smart]]]),
  cycles: new Map([['cyc_1', cycle]]),
  accounts: [],
  subscriptions: [],
  buyers: nobodyKnown,
  books: new OpenBooks([]),
});

/** What stands once the lines are stored. */
const after = (standing: Standing, { accounts, subscriptions }: SortedLines): Standing => ({
  ...standing,
  accounts: [...standing.accounts, ...accounts],
  subscriptions: [...standing.subscriptions, ...subscriptions],
  books: new OpenBooks(standing.books.changed.map(({ after: book }) => book as unknown as InventoryRow)),
});

const sort = (lines: readonly string[], standing = empty(), importId = 'imp_0123456789abcdef') =>
  new SubscriberSorting(standing, importId, at).sort(
    readLines(
      lines.map((text, index) => ({ lineNumber: index + 2, text })),
      columns.split(','),
    ),
  );

const line = (
  account: string,
  who: string,
  sub: string,
  msisdn: string,
  more: { [column: string]: string } = {},
) =>
  [
    account,
    who,
    sub,
    more['offeringId'] ?? 'smart',
    '2026-01-01T05:00:00Z',
    '',
    msisdn,
    more['imsi'] ?? '',
  ].join(',');

const fields = ({ rejected }: SortedLines): string[] =>
  rejected.flatMap(({ lineNumber, findings }) => findings.map(({ field }) => `${lineNumber} ${field}`));

it('several lines of an account are one account, wherever they stand', () => {
  const lines = [
    line('a', described, 's1', '15185550001'),
    line('b', described, 's2', '15185550002'),
    line('a', blank, 's3', '15185550003'),
  ];
  const { accounts, subscriptions, counts } = sort(lines);
  expect(accounts.map(({ externalId }) => externalId)).toEqual(['a', 'b']);
  expect(subscriptions.map(({ accountId }) => accountId)).toEqual([
    accounts[0]?._id,
    accounts[1]?._id,
    accounts[0]?._id,
  ]);
  expect(counts).toEqual({ lines: 3, created: 3, changed: 0, unchanged: 0, rejected: 0 });
});

it.each<[string, string[], string[]]>([
  ['an account that no line describes', [line('a', blank, 's1', '15185550001')], ['2 accountExternalId']],
  [
    'lines that lean on a bad one, and no other',
    [
      line('a', described, 's1', '15185550001', { offeringId: 'none' }),
      line('a', blank, 's2', '15185550002'),
      line('b', described, 's3', '15185550001'),
    ],
    ['2 offeringId', '3 accountExternalId'],
  ],
  [
    'a number that a line before has',
    [line('a', described, 's1', '15185550001'), line('b', described, 's2', '+1 518 555-0001')],
    ['3 msisdn'],
  ],
  [
    "another account's subscription",
    [line('a', described, 's1', '15185550001'), line('b', described, 's1', '15185550002')],
    ['3 subscriptionExternalId'],
  ],
  [
    'what would be lost of a known account',
    [
      line('a', described, 's1', '15185550001'),
      line('a', described.replace('14', '30'), 's2', '15185550002'),
    ],
    ['3 termsDays'],
  ],
  [
    'every fault of a line at once',
    [line('a', 'Ada,nowhere,en,,Albany,XX,cyc_9,x', 's1', '0171')],
    ['2 email', '2 addressLine1', '2 country', '2 termsDays', '2 msisdn'],
  ],
  [
    'a cycle that is not known',
    [line('a', described.replace('cyc_1', 'cyc_9'), 's1', '15185550001')],
    ['2 cycleId'],
  ],
  ['no identifier at all', [line('a', described, 's1', '')], ['2 msisdn']],
  ['a line that is none', ['a,b', 'a,"b', 'a\u0000'], ['2 line', '3 line', '4 line']],
])('rejects %s', (_, lines, expected) => {
  expect(fields(sort(lines))).toEqual(expected);
});

it('ids follow the order of the file, and are the same when a batch runs again', () => {
  const lines = Array.from({ length: 40 }, (_, no) =>
    line(`a${no}`, described, `s${no}`, `1518555${1000 + no}`),
  );
  const ids = sort(lines).accounts.map(({ _id }) => _id);
  expect([...ids].sort()).toEqual(ids);
  expect(sort(lines).accounts.map(({ _id }) => _id)).toEqual(ids);
});

/** Few names and numbers, so that lines meet. */
const anyLine = fc
  .tuple(
    fc.constantFrom('a', 'b', 'c'),
    fc.constantFrom(described, blank, described.replace('Ada', 'Ben')),
    fc.constantFrom('s1', 's2', 's3', ''),
    fc.constantFrom('15185550001', '15185550002', '15185550003', 'x'),
  )
  .map(([account, who, sub, msisdn]) => line(account, who, sub, msisdn));

it('of any lines: counts add up, a number has one owner, and what was taken creates nothing again', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 12 }), (lines) => {
      const standing = empty();
      const first = sort(lines, standing);
      const { counts, assignments, subscriptions } = first;
      expect(counts.created + counts.changed + counts.unchanged + counts.rejected).toBe(counts.lines);
      expect(counts.created).toBe(subscriptions.length);
      expect(new Set(assignments.map(({ value }) => value)).size).toBe(assignments.length);
      const rejected = new Set(first.rejected.map(({ lineNumber }) => lineNumber));
      const kept = lines.filter((_, index) => !rejected.has(index + 2));
      const again = sort(kept, after(standing, first), 'imp_fedcba9876543210');
      expect(again.counts).toEqual({
        lines: kept.length,
        created: 0,
        changed: 0,
        unchanged: kept.length,
        rejected: 0,
      });
    }),
  );
});

describe('who may have the offering, line by line', () => {
  const forSome = (eligibility: object): Standing => ({
    ...empty(),
    prices: new Map([
      ['smart', [smart]],
      ['some', [{ ...smart, offeringId: 'some', eligibility }]],
    ]),
  });
  const some = { offeringId: 'some' };

  it.each([
    ['students', { segments: ['student'] }, ['2 offeringId']],
    ['companies', { customerTypes: ['organisation'] as 'organisation'[] }, ['2 offeringId']],
    ['another country', { countries: ['CA'] }, ['2 offeringId']],
    ['this country', { countries: ['US'] }, []],
    ['new customers', { newCustomersOnly: true }, []],
  ])('%s', (_, eligibility, expected) => {
    expect(fields(sort([line('a', described, 's1', '15185550001', some)], forSome(eligibility)))).toEqual(
      expected,
    );
  });

  it('new customers: by its second line an account is none, in the same file and in a later one', () => {
    const lines = [line('a', described, 's1', '15185550001'), line('a', blank, 's2', '15185550002', some)];
    const standing = forSome({ newCustomersOnly: true });
    expect(fields(sort(lines, standing))).toEqual(['3 offeringId']);
    const first = sort(lines.slice(0, 1), standing);
    const [account] = first.accounts;
    const customerId = account?.customerId ?? '';
    const buyers = {
      customers: new Map([[customerId, { kind: 'person' as const }]]),
      subscriptions: new Map([[customerId, new Set([first.subscriptions[0]?._id ?? ''])]]),
    };
    const later = { ...after(standing, first), buyers };
    expect(fields(sort(lines.slice(1), later, 'imp_fedcba9876543210'))).toEqual(['2 offeringId']);
  });
});

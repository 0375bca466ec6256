import type { AccountRow } from '../accounts/account.schema';
import type { SubscriptionRow } from '../subscriptions/subscription.schema';
import { nobodyKnown } from '../domain/buyer-book';
import { ChangeSorting } from './sort-changes';
import { readLines } from './subscriber-columns';

const at = '2026-01-05T12:00:00.000Z';
const columns =
  'accountId,accountExternalId,email,addressLine1,city,region,country,cycleId,termsDays,subscriptionExternalId,offeringId,from';
const offering = (offeringId: string) => ({
  offeringId,
  version: 1,
  name: offeringId,
  currency: 'USD',
  validFrom: '2026-01-01T00:00:00.000Z',
  paidInAdvance: null,
});
const address = { lines: ['1 Elm Street'], city: 'Albany', region: '', postalCode: '', country: 'US' };
const account = (id: string) =>
  ({
    _id: `acc_${id}`,
    externalId: id,
    email: `${id}@subscribers.example`,
    address,
    currency: 'USD',
    cycleId: 'cyc_1',
    termsDays: 14,
  }) as AccountRow;
const subscription = (accountId: string, externalId: string) =>
  ({
    _id: `sub_${externalId}`,
    accountId,
    externalId,
    status: 'active',
    plans: [{ offeringId: 'smart', from: '2026-01-01T00:00:00.000Z', to: null }],
  }) as SubscriptionRow;

const sort = (...lines: string[]) =>
  new ChangeSorting(
    {
      prices: new Map(['smart', 'smarter'].map((id) => [id, [offering(id)]])),
      cycles: new Map(),
      accounts: [account('one'), account('two')],
      subscriptions: [
        subscription('acc_one', 's1'),
        subscription('acc_two', 's2'),
        subscription('acc_two', 's3'),
        subscription('acc_two', 's4'),
      ],
      buyers: nobodyKnown,
      inOrders: new Set(['sub_s4']),
    },
    at,
  ).sort(
    readLines(
      lines.map((text, index) => ({ lineNumber: index + 2, text })),
      columns.split(','),
    ),
  );

it('a plan that an open order is about is left to the order', () => {
  const { rejected } = sort('acc_two,,,,,,,,,s4,smarter,2026-03-01T00:00:00Z');
  expect(rejected.map(({ findings }) => findings)).toEqual([
    [{ field: 'offeringId', reason: 'subscription sub_s4 has an open order: let it end, or cancel it' }],
  ]);
});

it('a line changes what it says and nothing else; what is so already is unchanged', () => {
  const { accounts, plans, counts } = sort(
    ',one,New@subscribers.example,,,,,,14,,,',
    'acc_two,,,2 Oak Lane,Troy,NY,US,,,s3,smarter,2026-03-01T00:00:00Z',
    ',two,two@subscribers.example,,,,,,,,,',
  );
  expect(accounts.map(({ before, change }) => [before._id, change])).toEqual([
    ['acc_one', { email: 'new@subscribers.example' }],
    ['acc_two', { address: { ...address, lines: ['2 Oak Lane'], city: 'Troy', region: 'NY' } }],
  ]);
  expect(plans.map(({ before, change }) => [before._id, change.plans?.at(-1)?.offeringId])).toEqual([
    ['sub_s3', 'smarter'],
  ]);
  expect(counts).toEqual({ lines: 3, created: 0, changed: 2, unchanged: 1, rejected: 0 });
});

it('later lines meet what earlier ones changed', () => {
  const { counts } = sort(
    ',one,a@subscribers.example,,,,,,,,,',
    ',one,a@subscribers.example,,,,,,,,,',
    ',one,,,,,,,,,smarter,2026-03-01T00:00:00Z',
    ',one,,,,,,,,,smarter,2026-03-01T00:00:00Z',
    ',one,,,,,,,,,smart,2026-02-01T00:00:00Z',
  );
  expect(counts).toEqual({ lines: 5, created: 0, changed: 2, unchanged: 2, rejected: 1 });
});

it.each([
  [',three,a@subscribers.example,,,,,,,,,', 'accountExternalId'],
  ['acc_one,two,a@subscribers.example,,,,,,,,,', 'accountExternalId'],
  [',,a@subscribers.example,,,,,,,,,', 'accountExternalId'],
  [',two,,,,,,,,,smarter,2026-03-01T00:00:00Z', 'subscriptionExternalId'],
  [',one,,,,,,,,s2,smarter,2026-03-01T00:00:00Z', 'subscriptionExternalId'],
  [',one,,,,,,,,,smarter,2026-01-01T00:00:00Z', 'from'],
  [',one,,,,,,,,,smarter,tomorrow', 'from'],
  [',one,,,,,,,,,,2026-03-01T00:00:00Z', 'offeringId'],
  [',one,,,,,,,,,none,', 'offeringId'],
  [',one,,,,,,cyc_9,,,,', 'cycleId'],
  [',one,,,,,,,181,,,', 'termsDays'],
  [',one,,,Troy,,US,,,,,', 'addressLine1'],
  [',one,,,,,,,,,,', 'line'],
])('%s is wrong in %s, and nothing of it is done', (line, field) => {
  const { accounts, plans, rejected } = sort(line);
  expect(rejected[0]?.findings.map((finding) => finding.field)).toEqual([field]);
  expect([...accounts, ...plans]).toEqual([]);
});

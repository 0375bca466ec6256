import type { IdentifierKind, UsageMatch } from '@tollkeeper/contracts';
import { compileCatalog } from '../catalog/compile-catalog';
import { compileDeck } from '../deck/compile-deck';
import type { UsageRecord } from '../record/usage-record';
import { account, allowance, call, deckVersion, entry, offering, subscription } from '../sample-tariff';
import { guideUsage } from './guide-usage';
import { asksOnNet } from './on-net';
import { SubscriberDirectory } from './subscriber-directory';
import { CyclePeriods } from './usage-periods';

const msisdn = (value: string, from: string, to: string | null = null) => ({
  kind: 'msisdn' as IdentifierKind,
  value,
  from: `2026-01-${from}T00:00:00.000Z`,
  to: to && `2026-01-${to}T00:00:00.000Z`,
});

const caller = subscription({ identifiers: [msisdn('4915111', '01')] });
const called = (...identifiers: ReturnType<typeof msisdn>[]) =>
  subscription({ subscriptionId: 'sub_2', identifiers });

/** 4915222 came on the 5th and was ported out on the 20th; 4915333 is still with us. */
const accounts = [
  account({ subscriptions: [caller] }),
  account({
    accountId: 'acc_2',
    subscriptions: [called(msisdn('4915222', '05', '20'), msisdn('4915333', '01'))],
  }),
];

const ownNumbers: UsageMatch = { onNet: true };

const knownWith = (when: UsageMatch | undefined, prefixes = ['49']) => ({
  directory: new SubscriberDirectory(accounts),
  catalog: compileCatalog(
    [offering({ allowances: [allowance(when ? { when } : {})] })],
    [
      compileDeck(
        { ...deckVersion, ownRoutingNumbers: ['D099'] },
        prefixes.map((prefix) => entry({ prefix })),
      ),
    ],
  ),
  periods: new CyclePeriods(),
});

const onNetOf = (record: Partial<UsageRecord>, known = knownWith(ownNumbers)): boolean | undefined => {
  const guided = guideUsage(call(record), known);
  if (typeof guided === 'string') throw new Error(guided);
  return guided.record.onNet;
};

const on = (day: string): string => `2026-01-${day}T12:00:00.000Z`;

test.each<[string, Partial<UsageRecord>, boolean]>([
  ['ours', { otherParty: '4915333' }, true],
  ['the same prefix, not ours', { otherParty: '4915334' }, false],
  ['before it came to us', { otherParty: '4915222', startAt: on('04') }, false],
  ['while it was ours', { otherParty: '4915222', startAt: on('05') }, true],
  ['the last millisecond', { otherParty: '4915222', startAt: '2026-01-19T23:59:59.999Z' }, true],
  ['from the instant of its port', { otherParty: '4915222', startAt: '2026-01-20T00:00:00.000Z' }, false],
  ['routed to us', { otherParty: '4917999', routingNumber: 'D0990' }, true],
  ['routed elsewhere, and yet ours (hosted)', { otherParty: '4915333', routingNumber: 'D001' }, true],
  ['the network says no', { otherParty: '4915333', onNet: false }, false],
  ['the network says yes', { otherParty: '4917999', onNet: true }, true],
])('%s: %j', (_, record, expected) => {
  expect(onNetOf(record)).toBe(expected);
});

it('a code of the network and data are nobody', () => {
  expect(onNetOf({ otherParty: '22833', shortCode: true })).toBeUndefined();
  expect(onNetOf({ otherParty: '', usageType: 'data' })).toBeUndefined();
});

test.each([
  ['no rule asks', knownWith(undefined), false],
  ['an allowance asks', knownWith(ownNumbers), true],
  ['off-net is asked for', knownWith({ onNet: false }), true],
  ['a row of the deck asks', knownWith(undefined, ['49', 'onNet']), true],
])('%s', (_, known, asked) => {
  expect(asksOnNet(known.catalog)).toBe(asked);
  expect(onNetOf({ otherParty: '4915333' }, known)).toBe(asked ? true : undefined);
});

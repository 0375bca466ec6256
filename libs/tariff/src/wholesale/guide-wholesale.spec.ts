import { compileDeck } from '../deck/compile-deck';
import { CyclePeriods } from '../guiding/usage-periods';
import { emptyState, foldGroup } from '../rating/fold-group';
import { call, dataEntry, dataUse, deckVersion, entry } from '../sample-tariff';
import { isCarried, type WholesaleAgreement, WholesaleGuide } from './guide-wholesale';

const agreement: WholesaleAgreement = {
  partnerId: 'host',
  deckId: 'retail',
  currency: 'EUR',
  networks: ['26201', '208'],
  zone: 'UTC',
  validFrom: '2026-01-01T00:00:00.000Z',
  validTo: '2026-07-01T00:00:00.000Z',
};

it.each([
  ['a network that it names', {}, true],
  ['a network of a country that it names', { network: '20899' }, true],
  ['another network of the same country', { network: '26202' }, false],
  ['before it is valid', { startAt: '2025-12-31T23:59:59.000Z' }, false],
  ['after its end', { startAt: '2026-07-01T00:00:00.000Z' }, false],
])('%s', (_, change, carried) => expect(isCarried(agreement, call(change))).toBe(carried));

it.each([
  ['only what goes out', { directions: ['outgoing' as const] }, { direction: 'incoming' as const }, false],
  ['no direction said is outgoing', { directions: ['outgoing' as const] }, {}, true],
  ['only data', { usageTypes: ['data' as const] }, {}, false],
])('%s', (_, rule, change, carried) =>
  expect(isCarried({ ...agreement, ...rule }, call(change))).toBe(carried),
);

/** Two SIMs; 0.01 a minute in whole minutes, data at 0.01 a MB: 2 minutes, 1 minute, 0.5 MB. */
it('charges by the partner’s own deck, whoever the subscriber is', () => {
  const deck = compileDeck(deckVersion, [
    entry({ rate: '0.01', initialIncrement: 60, nextIncrement: 60 }),
    dataEntry({ rate: '0.01' }),
  ]);
  const guide = new WholesaleGuide(agreement, new Map([['retail', [deck]]]), new CyclePeriods());
  const records = [
    call({ recordId: 'a', quantity: 61 }),
    call({ recordId: 'b', imsi: '262011111111111' }),
    dataUse({ recordId: 'c', quantity: 500_000 }),
  ];
  const charged = records.map((record) => {
    const guided = guide.guide(record);
    if (typeof guided === 'string') return guided;
    const [folded] = foldGroup(emptyState(), [guided]).folded;
    return [
      guided.groupId,
      guided.period.key,
      folded && 'rated' in folded.outcome && folded.outcome.rated.amountMicro,
    ];
  });
  expect(charged).toEqual([
    ['host/4915111', '2026-01-01', 20_000],
    ['host/262011111111111', '2026-01-01', 10_000],
    ['host/4915111', '2026-01-01', 5_000],
  ]);
});

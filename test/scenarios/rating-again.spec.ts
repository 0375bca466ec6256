import { catalog } from '../../tools/sample/catalog';
import { Operator, type Subscriber } from './operator';

const MB = 1_000_000;
const columns =
  'recordId,usageType,servedMsisdn,servedImsi,otherParty,startAt,durationSeconds,uplinkBytes,downlinkBytes,servingNetwork,sessionId,recordSequence,final';

interface Explained {
  amountMicro: number;
  ratingVersion: number;
  rerated?: { amountMicro: number };
  history: { posted: string; differenceMicro: number; reversal: { amountMicro: number } }[];
}
interface Rerating {
  id: string;
  state: string;
  differenceMicro: number;
  counts: { records: number; changed: number; correctedMicro: number };
}

/** A partial record of one roaming session: an hour and 50 MB each, from half past to half past. */
const partial = ({ msisdn }: Subscriber, sequence: number, startAt: string): string =>
  [
    `part-${sequence}`,
    'data',
    `+${msisdn}`,
    '',
    '',
    startAt,
    3600,
    0,
    50 * MB,
    '26201',
    'chg-1',
    sequence,
  ].join(',') + `,${sequence === 5 ? 'true' : ''}`;

async function send(operator: Operator, name: string, lines: string[]): Promise<void> {
  await operator.api.postCsv(`/v1/rating/usage-imports?fileName=${name}`, [columns, ...lines, ''].join('\n'));
  await operator.settle();
}

async function counts(operator: Operator): Promise<object[]> {
  const { data } = await operator.api.get<{ data: { counts: Record<string, number> }[] }>(
    '/v1/rating/usage-imports',
  );
  return data.map(({ counts: { received, rated, duplicate, aggregatedInto } }) => ({
    received,
    rated,
    duplicate,
    aggregatedInto,
  }));
}

/** New York: January ends at 05:00 UTC on Feb 1. Roaming data costs 2.00 for 100 MB. */
describe('a roaming session over the end of the month, in five partial records', () => {
  let operator: Operator;
  let ada: Subscriber;

  beforeAll(async () => {
    operator = await Operator.open();
    ada = await operator.subscriber('pay-as-you-go', { card: 'ok' });
    await operator.until('2026-02-01T09:00:00.000Z');
  });

  it('Feb 1: four come, one of them twice; the second is missing', async () => {
    await operator.api.put('/v1/rating/wholesale-agreements/host-de', {
      name: 'Host network in Germany',
      deckId: 'pinewood-retail',
      networks: ['262'],
      usageTypes: ['data'],
      zone: 'UTC',
      validFrom: '2026-01-01T00:00:00Z',
      reason: 'The roaming agreement of 2026',
    });
    await send(operator, 'roaming.csv', [
      partial(ada, 5, '2026-02-01T06:30:00Z'),
      partial(ada, 1, '2026-02-01T02:30:00Z'),
      partial(ada, 4, '2026-02-01T05:30:00Z'),
      partial(ada, 3, '2026-02-01T04:30:00Z'),
      partial(ada, 3, '2026-02-01T04:30:00Z').replace('part-3', 'part-3-again'),
    ]);
    expect(await counts(operator)).toEqual([{ received: 5, rated: 0, duplicate: 1, aggregatedInto: 4 }]);
    const { data } = await operator.api.get<{ data: object[] }>('/v1/rating/sessions?gaps=true');
    expect(data).toEqual([
      expect.objectContaining({ state: 'closed', closedBy: 'final', partials: 4, missing: [2] }),
    ]);
  });

  it('January has what was used until midnight: 75 MB; half of the third hour', async () => {
    await operator.until('2026-02-01T20:00:00.000Z');
    expect(await operator.lines(ada)).toEqual([['Data while roaming', 150]]);
  });

  it('Feb 5: the second record comes; its 50 MB are on the next bill, as a correction of January', async () => {
    await operator.until('2026-02-05T12:00:00.000Z');
    await send(operator, 'late.csv', [partial(ada, 2, '2026-02-01T03:30:00Z')]);
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await operator.lines(ada, 1)).toEqual([
      ['Correction of 2026-01-01 to 2026-01-31: Data while roaming', 100],
      ['Data while roaming', 250], // 25 + 50 + 50 MB after midnight
    ]);
    expect(await hostTotals(operator)).toEqual([
      expect.objectContaining({ network: '26201', records: 2, quantity: 250 * MB, amountMicro: 5_000_000 }),
    ]);
  });
});

const hostTotals = async (operator: Operator): Promise<object[]> =>
  (
    await operator.api.get<{ data: object[] }>(
      '/v1/rating/wholesale/totals?partnerId=host-de&period=2026-02-01',
    )
  ).data;

const dearer = catalog.deck.entries.map((entry) =>
  entry.description === 'Calls within the US' ? { ...entry, rate: '0.08' } : entry,
);

describe('a price that is corrected after the bill', () => {
  let operator: Operator;
  let ben: Subscriber;

  const rerate = async (
    dryRun: boolean,
    reason = 'The deck of January had a wrong price',
  ): Promise<Rerating> => {
    const { id } = await operator.api.post<{ id: string }>('/v1/rating/rerating', {
      subscriptionIds: [ben.subscriptionId],
      from: '2026-01-01T05:00:00Z',
      to: '2026-02-10T00:00:00Z',
      dryRun,
      reason,
    });
    await operator.settle();
    return operator.api.get<Rerating>(`/v1/rating/rerating/${id}`);
  };

  beforeAll(async () => {
    operator = await Operator.open();
    ben = await operator.subscriber('pay-as-you-go', { card: 'ok' });
    await operator.until('2026-01-20T12:00:00.000Z');
    await operator.usage(ben, [
      { at: '2026-01-10T15:00:00Z', seconds: 600 },
      { at: '2026-01-11T15:00:00Z', text: true },
    ]);
    await operator.until('2026-02-05T12:00:00.000Z');
    await operator.usage(ben, [{ at: '2026-02-03T15:00:00Z', seconds: 60 }]);
    await operator.settle();
  });

  it('Feb 1: ten minutes at 0.05', async () => {
    expect(await operator.lines(ben)).toEqual([
      ['Calls within the US', 50],
      ['Text messages within the US', 4],
    ]);
  });

  it('Feb 5: a dry run shows what 0.08 would change, and changes nothing', async () => {
    const head = Object.keys(dearer[0] ?? {});
    const rows = dearer.map((entry) => Object.values(entry).join(','));
    const { version } = await operator.api.postCsv<{ version: number }>(
      '/v1/catalog/rate-decks?deckId=pinewood-retail&currency=USD&validFrom=2026-01-02T00:00:00Z',
      [head.join(','), ...rows, ''].join('\n'),
    );
    await operator.api.post(`/v1/catalog/rate-decks/pinewood-retail/versions/${version}/publish`, {});
    await operator.settle();
    expect(await rerate(true)).toMatchObject({
      state: 'completed',
      differenceMicro: 330_000, // 11 minutes at 0.03 more
      counts: { records: 3, correctedMicro: 300_000 },
    });
    const { amountMicro, ratingVersion } = await operator.api.get<Explained>(
      '/v1/rating/usage/record-1/explanation',
    );
    expect([amountMicro, ratingVersion]).toEqual([500_000, 1]);
  });

  it('rated again: the billed call keeps its bill and shows both; a second time nothing is left to change', async () => {
    expect(await rerate(false)).toMatchObject({ differenceMicro: 330_000 });
    const explained = await operator.api.get<Explained>('/v1/rating/usage/record-1/explanation');
    expect(explained).toMatchObject({
      amountMicro: 500_000,
      ratingVersion: 2,
      rerated: { amountMicro: 800_000 },
      history: [{ posted: 'laterPeriod', differenceMicro: 300_000, reversal: { amountMicro: -500_000 } }],
    });
    const open = await operator.api.get<Explained>('/v1/rating/usage/record-3/explanation');
    expect(open).toMatchObject({ amountMicro: 80_000, ratingVersion: 2, history: [{ posted: 'inPlace' }] });
    expect(await rerate(false, 'To be sure')).toMatchObject({ differenceMicro: 0, counts: { changed: 0 } });
  });

  it('Mar 1: the difference is a line of its own on the next bill', async () => {
    await operator.until('2026-03-01T20:00:00.000Z');
    expect(await operator.lines(ben, 1)).toEqual([
      ['Calls within the US', 8],
      ['Correction of 2026-01-01 to 2026-01-31: Calls within the US', 30],
    ]);
  });
});

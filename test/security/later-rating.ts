import type { ApiClient } from '../../tools/sample/api-client';
import type { Elsewhere } from './real-ids';

const columns =
  'recordId,usageType,servedMsisdn,servedImsi,otherParty,startAt,durationSeconds,uplinkBytes,downlinkBytes,servingNetwork,sessionId,recordSequence,final';
const lastPart = 'part-1,data,+15185579999,,,2026-02-01T12:00:00Z,60,0,1000,26201,chg-1,1,true';

/** What rating has besides usage: a session, an agreement with a host network, a request to rate again. */
export async function laterRating(
  api: ApiClient,
  accounts: readonly { accountId: string }[],
): Promise<Elsewhere> {
  await api.put('/v1/rating/wholesale-agreements/host-de', {
    name: 'Host network',
    deckId: 'pinewood-retail',
    networks: ['262'],
    zone: 'UTC',
    validFrom: '2026-01-01T00:00:00Z',
    reason: 'the agreement of 2026',
  });
  await api.postCsv('/v1/rating/usage-imports?fileName=parts.csv', [columns, lastPart, ''].join('\n'));
  const period = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
  const accountIds = accounts.map(({ accountId }) => accountId);
  const reason = 'what would change';
  const { id } = await api.post<{ id: string }>('/v1/rating/rerating', {
    accountIds,
    ...period,
    dryRun: true,
    reason,
  });
  await api.settle();
  const usage = await Promise.all(
    accountIds.map((accountId) =>
      api.get<{ data: { recordId: string }[] }>(`/v1/rating/usage?limit=1&accountId=${accountId}`),
    ),
  );
  const [record] = usage.flatMap(({ data }) => data);
  if (!record) throw new Error('the tenant has no usage');
  return { '/v1/rating/usage': [{ recordId: record.recordId }], '/v1/rating/rerating': [{ id }] };
}

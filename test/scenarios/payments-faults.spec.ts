import { ApiError } from '../../tools/sample/api-client';
import { runningStack } from '../setup/running-stack';
import { CollectionDesk } from './collections-language';
import { Finance } from './ledger-language';
import { Network } from './network-language';
import { Operator } from './operator';
import { attemptsOf, counted, paymentsOf, tellSandboxEvent } from './payments-language';

/** Nothing of the edge answers this operator but 503, while `work` goes on. */
async function whileDown(edge: 'GATEWAY' | 'NETWORK', { tenantId }: Operator, work: () => Promise<void>) {
  const { environment } = runningStack();
  const url = `${environment[`SANDBOX_${edge}_URL`]}/v1/faults`;
  const authorization = `Bearer ${environment[`SANDBOX_${edge}_KEY`]}`;
  const headers = { authorization, 'content-type': 'application/json', 'x-tenant': tenantId };
  await fetch(url, { method: 'POST', headers, body: JSON.stringify({ downUntilCleared: true }) });
  try {
    await work();
  } finally {
    await fetch(url, { method: 'DELETE', headers });
  }
}

/**
 * Bills of 60.00 of January 4 are due on January 6; cards are charged that morning. Numbers are those of
 * research/reliability.md. That the gateway's books and ours agree at the end is the audit behind every run.
 */
describe('faults at the edges', () => {
  let operator: Operator;
  let desk: CollectionDesk;
  let network: Network;
  const withCard = ['away', 'kept', 'lost', 'broken'];

  beforeAll(async () => {
    operator = await Operator.open({
      home: { country: 'DE', currency: 'EUR', zone: 'Europe/Berlin' },
      zone: 'Europe/Berlin',
      anchorDay: 4,
    });
    desk = new CollectionDesk(operator);
    network = new Network(operator);
    const reminder = { kind: 'sendMessage', template: 'reminder1' };
    await desk.policy('quick', [
      { levelId: 'd1', daysOverdue: 1, actions: [reminder] },
      { levelId: 'd5', daysOverdue: 5, actions: [{ kind: 'restrict', state: 'barOutgoing' }] },
    ]);
    const termsDays = 2;
    await desk.open({
      away: { card: 'ok', termsDays },
      kept: { card: 'timeoutCharged-ok', termsDays },
      lost: { card: 'timeoutLost-ok', termsDays },
      broken: { card: 'error-ok', termsDays },
      told: { card: 'pending', termsDays },
      barred: { segment: 'quick', termsDays },
      paying: { segment: 'quick', termsDays },
      rich: { termsDays },
    });
  });

  const statesOf = async (name: string) =>
    (await attemptsOf(operator, desk.of(name))).map(
      ({ state, cause }) => `${state}${cause ? ` ${cause}` : ''}`,
    );
  const booked = async (name: string) =>
    (await operator.charges()).filter(
      ({ token, status }) => token.endsWith(`.${name}`) && status === 'succeeded',
    );

  it('F18: gateway and look-ups down for 39 hours: all is unknown, nobody is dunned, barred or told of a failure', async () => {
    await operator.until('2026-01-06T04:00:00.000Z');
    await whileDown('GATEWAY', operator, async () => {
      await operator.until('2026-01-07T20:00:00.000Z');
      for (const name of withCard) {
        expect(await statesOf(name)).toEqual(['unknown status503']);
        expect(await desk.casesOf(name)).toEqual([]);
        expect(await operator.messages(desk.of(name))).toEqual(['2026-01-04 invoice']);
      }
      expect(await counted('tollkeeper_look_ups_unanswered_total')).toBeGreaterThan(0);
    });
    expect(await desk.steps('barred')).toEqual(['01-07 reminder1']);
  });

  it('it is back: asked, never booked; the case that opens then charges, and only then', async () => {
    await operator.until('2026-01-09T12:00:00.000Z');
    expect(await statesOf('away')).toEqual(['gatewayFailure neverBooked', 'succeeded']);
    expect(await desk.caseOf('away')).toMatchObject({ outcome: 'cured', restricted: false });
  });

  it('F15: charged, and the answer was lost: found by its reference, never charged again', async () => {
    expect(await statesOf('kept')).toEqual(['gatewayFailure neverBooked', 'succeeded TimeoutError']);
    expect(await booked('kept')).toHaveLength(1);
  });

  it('F45: credit is refunded once; more than there is, and what is not there, is refused', async () => {
    const { accountId } = desk.of('rich');
    await desk.pays('rich', 10_000);
    await operator.settle();
    const refund = (of: string, more: object = {}) =>
      operator.api.post<{ id: string }>('/v1/payments/refunds', {
        accountId,
        of,
        reason: 'asked for',
        ...more,
      });
    await refund('credit');
    await operator.settle();
    await operator.settle();
    expect(await new Finance(operator).balances(desk.of('rich'))).toEqual({});
    const balance = refund('topUp', { amount: { minor: 1, currency: 'EUR' } });
    await expect(balance).rejects.toBeInstanceOf(ApiError);
    await refund('credit', { reason: 'asked for again' });
    await operator.settle();
    const { data } = await operator.api.get<{ data: { state: string; amount: { minor: number } }[] }>(
      `/v1/payments/refunds?accountId=${accountId}`,
    );
    expect(data.map(({ amount }) => amount.minor)).toEqual([4_000]);
  });

  it('provisioning down for five hours: the ladder goes on, who pays meanwhile is never barred', async () => {
    await operator.until('2026-01-11T07:00:00.000Z');
    await whileDown('NETWORK', operator, async () => {
      await operator.until('2026-01-11T10:00:00.000Z');
      for (const name of ['barred', 'paying'])
        expect([await network.known(desk.of(name)), await desk.sim(name)]).toEqual([
          'barOutgoing/null',
          'active',
        ]);
      await desk.pays('paying', 6_000);
      await operator.settle();
      expect(await desk.caseOf('paying')).toMatchObject({ outcome: 'cured' });
      await operator.until('2026-01-11T12:00:00.000Z');
    });
    await operator.until('2026-01-11T20:00:00.000Z');
    expect(await desk.sim('barred')).toBe('barOutgoing');
    expect([await network.known(desk.of('paying')), await desk.sim('paying')]).toEqual([
      'active/active',
      'active',
    ]);
  });

  it('F16, F17: not charged, or 500: not found, so the next step charges, once', async () => {
    for (const name of ['lost', 'broken']) {
      expect((await statesOf(name)).at(-1)).toBe('succeeded');
      expect(await booked(name)).toHaveLength(1);
      expect(await desk.owed(name)).toEqual([0]);
    }
  });

  it('F19, F22: the same news five times at once are one payment; of a charge that nobody knows, none', async () => {
    await operator.until('2026-01-14T12:00:00.000Z');
    const [payment] = await paymentsOf(operator, desk.of('told'));
    const attempt = (await attemptsOf(operator, desk.of('told'))).at(-1);
    const data = {
      ...{ id: payment?.gatewayId, status: 'succeeded', amountMinor: 6_000, currency: 'EUR' },
      ...{ reference: attempt?.key, networkTransactionId: null, declineCode: null },
    };
    const event = { id: 'evt_five', type: 'charge.settled', tenantId: operator.tenantId, data };
    const answers = await Promise.all(Array.from({ length: 5 }, () => tellSandboxEvent(event, 'evt_five')));
    expect(answers).toEqual([200, 200, 200, 200, 200]);
    expect(await paymentsOf(operator, desk.of('told'))).toHaveLength(1);
    const nobody = { ...event, id: 'evt_nobody', data: { ...data, id: 'ch_nobody', reference: 'nobody' } };
    expect(await tellSandboxEvent(nobody, 'evt_nobody')).toBe(200);
  });
});

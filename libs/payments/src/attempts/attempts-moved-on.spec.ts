import { expect, it } from '@jest/globals';
import type { Gateways } from '../gateway/gateways';
import type { ChargeOutcome } from '../gateway/payment-gateway';
import type { AttemptSuccession } from './attempt-succession.service';
import type { AttemptChange, AttemptRepository } from './attempt.repository';
import type { AttemptRow } from './attempt.schema';
import { AttemptService } from './attempt.service';
import { OutcomeService } from './outcome.service';

type Parts = ConstructorParameters<typeof OutcomeService>;

const at = '2026-02-06T12:00:00.000Z';
const paid: ChargeOutcome = { state: 'succeeded', gatewayId: 'ch_1', networkTransactionId: null };
const declined: ChargeOutcome = { state: 'declined', declineCode: 'do_not_honor', category: 'soft' };
const silent: ChargeOutcome = { state: 'unknown', cause: 'timeout' };

/** What somebody else wrote between our call of the gateway and its answer. */
type Meanwhile = Partial<Pick<AttemptRow, 'state' | 'gatewayId' | 'lookUps'>>;

/** One attempt after another of ours, as they lie in the collection; a transaction that fails leaves nothing behind. */
function desk(answers: Record<string, ChargeOutcome>, meanwhile: Record<string, Meanwhile>) {
  const gateway = { charge: ({ key }: { key: string }) => Promise.resolve(answers[key]) };
  const gateways = { standard: 'sandbox', of: () => gateway } as unknown as Gateways;
  const database = { transaction: <T>(body: () => Promise<T>) => body() } as unknown as Parts[0];
  const rows = new Map<string, AttemptRow>();
  const seen = { booked: [] as string[], reads: 0 };
  const attempts = {
    byIds: (_tenantId: string, ids: string[]) => {
      seen.reads += 1;
      return Promise.resolve(ids.flatMap((id) => rows.get(id) ?? []));
    },
    decide: (_tenantId: string, changes: readonly AttemptChange[]) => {
      const isAsBefore = changes.every(({ before }) => {
        const row = rows.get(before._id);
        return row?.state === before.state && row.lookUps === before.lookUps;
      });
      if (isAsBefore) for (const { after } of changes) rows.set(after._id, after);
      return Promise.resolve(isAsBefore);
    },
  } as unknown as AttemptRepository;
  const nothing = () => Promise.resolve();
  const outcomes = new OutcomeService(
    database,
    { tell: nothing } as unknown as Parts[1],
    attempts,
    { release: nothing, capture: nothing } as unknown as Parts[3],
    {
      insert: (_tenantId: string, payments: { reference: string }[]) => {
        seen.booked.push(...payments.map(({ reference }) => reference));
        return Promise.resolve();
      },
    } as unknown as Parts[4],
    { noteOutcomes: nothing } as unknown as Parts[5],
    { tell: nothing } as unknown as Parts[6],
    {} as unknown as Parts[7],
    {} as unknown as Parts[8],
  );
  const succession = { begin: () => Promise.resolve(new Map()) } as unknown as AttemptSuccession;
  const service = new AttemptService(outcomes, gateways, database, succession);
  const method = { _id: 'pm_1', token: 'tok_1', fingerprint: null, brand: 'visa', last4: '4242' };
  const intents = Object.keys(answers).map((key) => {
    const wanted = { key, reason: 'due', purpose: 'invoice' as const, accountId: 'acc_1' };
    const card = { ...method, gateway: 'sandbox' } as unknown as Parameters<AttemptService['intent']>[1];
    return service.intent({ ...wanted, amountMinor: 900, currency: 'EUR' }, card, at);
  });
  for (const intent of intents) rows.set(intent._id, { ...intent, ...meanwhile[intent.key] });
  return { send: () => service.send('ten_1', at, intents), seen, rows };
}

it.each<[string, Meanwhile, ChargeOutcome, string, string[], boolean]>([
  ['nobody', {}, paid, 'succeeded ch_1', ['k1'], false],
  ['a webhook: paid', { state: 'succeeded', gatewayId: 'ch_1' }, paid, 'succeeded ch_1', [], true],
  [
    'a webhook: paid, and we hear nothing',
    { state: 'succeeded', gatewayId: 'ch_1' },
    silent,
    'succeeded ch_1',
    [],
    true,
  ],
  ['a webhook: declined', { state: 'declined' }, declined, 'declined', [], true],
  ['a webhook: pending', { state: 'pending', gatewayId: 'ch_1' }, paid, 'succeeded ch_1', ['k1'], true],
  ['a look-up that could not tell', { state: 'unknown', lookUps: 1 }, paid, 'succeeded ch_1', ['k1'], true],
  ['a look-up that could not tell', { state: 'unknown', lookUps: 1 }, declined, 'declined', [], true],
])(
  'quicker was %s (%j); the answer is %j: it stands %s',
  async (_who, meanwhile, answer, stands, booked, again) => {
    const { send, seen, rows } = desk({ k1: answer }, { k1: meanwhile });
    const [sent] = await send();
    const [row] = rows.values();
    expect([row?.state, row?.gatewayId].filter(Boolean).join(' ')).toBe(stands);
    expect(sent).toEqual(row);
    expect([seen.booked, seen.reads > 0]).toEqual([booked, again]);
  },
);

it('of a group in which a webhook was quicker with one, each is booked once', async () => {
  const won = { k2: { state: 'succeeded', gatewayId: 'ch_1' } } as const;
  const { send, seen, rows } = desk({ k1: paid, k2: paid, k3: declined }, won);
  expect((await send()).map(({ key, state }) => `${key} ${state}`).sort()).toEqual([
    'k1 succeeded',
    'k2 succeeded',
    'k3 declined',
  ]);
  expect(seen.booked).toEqual(['k1']);
  expect([...rows.values()].map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'declined']);
});

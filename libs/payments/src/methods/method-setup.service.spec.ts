import { expect, it } from '@jest/globals';
import type { FinishedSetup, GatewayMandate } from '../gateway/payment-gateway';
import { MethodSetups } from './method-setup.service';

const mandate: GatewayMandate = {
  ...{ gatewayMandateId: 'mandate_1', reference: 'NXDS1', status: 'active' },
  // Already the 3rd in Berlin.
  acceptedAt: '2026-01-02T23:30:00.000Z',
};
const finished: FinishedSetup = { accountId: 'acc_1', token: 'pm_1', mandate };
const wanted = {
  ...{ accountId: 'acc_1', token: 'pm_1', gateway: 'stripe', kind: 'sepaDebit', setupId: 'seti_1' },
};
const told = { mandateId: 'NXDS1', signedOn: '2026-01-01', preNoticeDays: 2 };

const setups = (setup: FinishedSetup | null): MethodSetups => {
  const gateway = { keepsMandates: true, finishedSetup: () => Promise.resolve(setup) };
  const profiles = { tenant: () => Promise.resolve({ zone: 'Europe/Berlin' }) };
  return new MethodSetups({ of: () => gateway } as never, {} as never, profiles as never);
};

it("the gateway's reference and day are those of our mandate; the notice is what was agreed with us", async () => {
  const agreed = { mandateId: 'NXDS1', signedOn: '2026-01-03' };
  expect(await setups(finished).agreed('ten_1', wanted)).toEqual({
    mandate: { ...agreed, preNoticeDays: 14 },
    gatewayMandateId: 'mandate_1',
  });
  expect(await setups(finished).agreed('ten_1', { ...wanted, mandate: told })).toMatchObject({
    mandate: { ...agreed, preNoticeDays: 2 },
  });
});

it('an ACH debit has a mandate there, and none of ours; a card has none', async () => {
  expect(await setups(finished).agreed('ten_1', { ...wanted, kind: 'achDebit' })).toEqual({
    gatewayMandateId: 'mandate_1',
  });
  expect(await setups({ ...finished, mandate: null }).agreed('ten_1', { ...wanted, kind: 'card' })).toEqual(
    {},
  );
});

it.each<[string, FinishedSetup | null, object, string]>([
  ['a debit without a setup', finished, { setupId: undefined }, 'setupId'],
  ['a setup that nobody knows', null, {}, 'setupId'],
  ['a setup of another account', { ...finished, accountId: 'acc_2' }, {}, 'setupId'],
  ['another token', finished, { token: 'pm_2' }, 'token'],
  ['no mandate came of it', { ...finished, mandate: null }, {}, 'setupId'],
  [
    'another reference than the payer was shown',
    finished,
    { mandate: { ...told, mandateId: 'MND-1' } },
    'mandate.mandateId',
  ],
  ['a mandate of another scheme', { ...finished, mandate: { ...mandate, reference: null } }, {}, 'setupId'],
])('%s is refused', async (_, setup, change, field) => {
  await expect(setups(setup).agreed('ten_1', { ...wanted, ...change })).rejects.toMatchObject({
    problem: { status: 422, field },
  });
});

it.each<[string, FinishedSetup, string]>([
  ['not finished', { ...finished, token: null }, 'setupNotFinished'],
  ['revoked', { ...finished, mandate: { ...mandate, status: 'inactive' } }, 'mandateNotInForce'],
  ['not in force yet', { ...finished, mandate: { ...mandate, status: 'pending' } }, 'mandateNotInForce'],
])('%s: %s', async (_, setup, code) => {
  await expect(setups(setup).agreed('ten_1', wanted)).rejects.toMatchObject({
    problem: { status: 409, code },
  });
});

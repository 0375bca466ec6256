import { describe, expect, it } from '@jest/globals';
import { compareSims, type OurSim, type TheirSim } from './network-differences';

const iccid = '8901000000000000017';
const their: TheirSim = { iccid, state: 'active', imsi: '310990000000001', msisdn: '15185550101' };
const our: OurSim = {
  iccid,
  subscriptionId: 'sub_1',
  accountId: 'acc_1',
  standing: 'live',
  desired: 'active',
  imsis: ['310990000000001', '310990000000002'],
  msisdns: ['15185550101'],
};

describe('one SIM', () => {
  it.each<[string, TheirSim[], OurSim[], string | null]>([
    ['alike', [their], [our], null],
    ['another of its IMSIs', [{ ...their, imsi: '310990000000002' }], [our], null],
    ['a number with a plus', [{ ...their, msisdn: '+15185550101' }], [our], null],
    ['a network that tells no numbers', [{ ...their, imsi: null, msisdn: null }], [our], null],
    ['in service there, unknown here', [their], [], 'ghostSim'],
    ['in service there, ended here', [their], [{ ...our, standing: 'ended' }], 'ghostSim'],
    ['ended on both sides', [{ ...their, state: 'deactivated' }], [{ ...our, standing: 'ended' }], null],
    ['ended here, unknown there', [], [{ ...our, standing: 'ended' }], null],
    ['ours, unknown there', [], [our], 'orphanSim'],
    ['ours, out of service there', [{ ...their, state: 'deactivated' }], [our], 'orphanSim'],
    ['barred here only', [their], [{ ...our, desired: 'barOutgoing' }], 'stateDiffers'],
    ['another number', [{ ...their, msisdn: '15185550999' }], [our], 'stateDiffers'],
    ['another IMSI', [{ ...their, imsi: '310990000000009' }], [our], 'stateDiffers'],
    ['an order under way', [their], [{ ...our, standing: 'unsettled', desired: 'barAll' }], null],
    ['an activation under way', [], [{ ...our, standing: 'unsettled' }], null],
  ])('%s', (_what, theirs, ours, kind) => {
    expect(compareSims(theirs, ours).map((found) => found.kind)).toEqual(kind ? [kind] : []);
  });
});

it('says what differs', () => {
  const [found] = compareSims([{ ...their, state: 'barAll', msisdn: '15185550999' }], [our]);
  expect(found?.detail).toBe(
    'it shall be active, the network has it barAll; its number is 15185550101, in the network 15185550999',
  );
});

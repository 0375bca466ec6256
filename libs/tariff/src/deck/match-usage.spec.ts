import type { UsageMatch } from '@tollkeeper/contracts';
import { call } from '../sample-tariff';
import { fits, type UsageFacts } from './match-usage';

const usage: UsageFacts = {
  record: call({ network: '26201', apn: 'internet', direction: 'incoming' }),
  usageType: 'voice',
  zone: 'national',
  servingZone: 'home',
  band: 'peak',
};

test.each<[string, UsageMatch, boolean]>([
  ['nothing named fits all', {}, true],
  ['one of a list', { usageTypes: ['sms', 'voice'] }, true],
  ['another usage type', { usageTypes: ['sms'] }, false],
  ['its zone', { zones: ['national'] }, true],
  ['its serving zone named as zone', { zones: ['home'] }, true],
  ['its band', { bands: ['peak'] }, true],
  ['another band', { bands: ['night'] }, false],
  ['its network', { networks: ['26201'] }, true],
  ["its network's country", { networks: ['262'] }, true],
  ['another network of the country', { networks: ['26202'] }, false],
  ['all of what is named', { zones: ['national'], apns: ['internet'], directions: ['incoming'] }, true],
  ['one of what is named not', { zones: ['national'], apns: ['ims'] }, false],
  ['not known to be on-net', { onNet: true }, false],
  ['off-net', { onNet: false }, true],
])('%s', (_, when, expected) => {
  expect(fits(when, usage)).toBe(expected);
});

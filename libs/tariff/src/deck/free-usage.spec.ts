import type { UsageRecord } from '../record/usage-record';
import { call, deckVersion } from '../sample-tariff';
import { freeNumbersOf, isFree } from './free-usage';

const usual = freeNumbersOf(deckVersion);
const own = freeNumbersOf({
  ...deckVersion,
  freeNumbers: ['4930115'],
  emergencyNumbers: [{ mcc: '262', numbers: ['110', '19222'] }],
});

test.each<[string, Partial<UsageRecord>, boolean]>([
  ['a free number', { otherParty: '112' }, true],
  ['a longer number', { otherParty: '1124' }, false],
  ["the country's own", { otherParty: '110' }, true],
  ['and not abroad', { otherParty: '110', network: '20801' }, false],
  ['those of abroad', { otherParty: '18', network: '20801' }, true],
  ['by the cell, not the network (Wi-Fi calling)', { otherParty: '18', servingMcc: '208' }, true],
  ['0 in front belongs to it', { otherParty: '000', network: '50501', shortCode: true }, true],
  ['a message for help', { otherParty: '110', usageType: 'sms' }, true],
  ['who calls back', { otherParty: '110', direction: 'incoming' }, false],
  ['data', { otherParty: '', usageType: 'data' }, false],
])('%s', (_, change, expected) => {
  expect(isFree(usual, call(change))).toBe(expected);
});

test.each<[string, Partial<UsageRecord>, boolean]>([
  ['listed', { otherParty: '19222' }, true],
  ['not listed', { otherParty: '115' }, false],
  ['known to every phone', { otherParty: '911' }, true],
  ["another country's, from the table", { otherParty: '18', network: '20801' }, true],
  ['free in full', { otherParty: '4930115' }, true],
  ['free as dialled', { otherParty: '494930115', dialled: '4930115' }, true],
])("the deck's own list: %s", (_, change, expected) => {
  expect(isFree(own, call(change))).toBe(expected);
});

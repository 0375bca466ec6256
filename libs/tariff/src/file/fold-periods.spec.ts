import { expect, it } from '@jest/globals';
import { loadCatalog } from './load-catalog';
import { UsageRun } from './rate-usage';

/** 100 seconds a month, 60 of what is left for one more month; a second beyond costs 1. */
const catalog = (rollover: string) => `
decks:
  - deckId: d
    currency: EUR
    validFrom: '2026-01-01T00:00:00Z'
    servingZones: [{ network: '262', servingZone: home }]
    freeNumbers: []
    entries:
      - { prefix: '49', usageType: voice, servingZone: home, zone: national, description: Calls, connectFee: '0', rate: '1',
          perUnits: 1, initialIncrement: 1, nextIncrement: 1, roundAt: record, rounding: halfUp }
offerings:
  - offeringId: p
    name: P
    currency: EUR
    validFrom: '2026-01-01T00:00:00Z'
    deckId: d
    usageTaxCode: t
    paidInAdvance: null
    recurringCharges: []
    allowances:
      - { allowanceId: a, name: A, usageType: voice, zones: [national], units: 100, priority: 1, shared: false${rollover} }
`;

async function amounts(rollover: string, calls: [month: string, seconds: number][]): Promise<number[]> {
  const read = await loadCatalog('c.yaml', catalog(rollover), () =>
    Promise.resolve({ entries: [], lines: [], errors: [] }),
  );
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const run = new UsageRun(read.catalog, 'p');
  calls.forEach(([month, quantity], at) =>
    run.take(at + 2, {
      recordId: `r${at}`,
      usageType: 'voice',
      msisdn: '4915111',
      imsi: '',
      otherParty: '4930111',
      startAt: `2026-${month}-10T10:00:00.000Z`,
      quantity,
      network: '26201',
      sessionId: '',
    }),
  );
  return [...run.rated()].map(({ rated }) => rated.amountMicro / 1_000_000);
}

const rollover = (periods: number) => `, rollover: { periods: ${periods}, use: first, max: 60 }`;

it.each<[what: string, rollover: string, calls: [string, number][], amounts: number[]]>([
  ['each month has its own', '', [['01', 20], ['02', 150]], [0, 50]],
  ['what is left goes on, 60 at most', rollover(1), [['01', 20], ['02', 170]], [0, 10]],
  ['whatever the order of the file', rollover(1), [['02', 170], ['01', 20]], [0, 10]],
  ['for one month only', rollover(1), [['01', 20], ['03', 170]], [0, 10]],
  ['a month without usage leaves its own', rollover(2), [['01', 100], ['03', 170]], [0, 10]],
  ['two months of it', rollover(2), [['01', 20], ['03', 230]], [0, 10]],
])('%s', async (_, rule, calls, expected) => expect(await amounts(rule, calls)).toEqual(expected)); // prettier-ignore

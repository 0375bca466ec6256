import fc from 'fast-check';
import { compileDeck, entryFor } from '../deck/compile-deck';
import { deckVersion, entry } from '../sample-tariff';
import { readNumber } from './read-number';

/** Rows as a carrier's deck has them; the numbers in brackets name the cases of the numbering collection. */
const rows: Record<string, string> = {
  US: '1',
  'US toll-free': '1800 1833 1844 1855 1866 1877 1888',
  'US premium': '1900',
  CA: '1204 1416 1604 1613 1867 1905',
  PR: '1787 1939',
  DO: '1809 1829 1849',
  JM: '1876 1658',
  VI: '1340',
  VG: '1284',
  GU: '1671',
  BM: '1441',
  TC: '1649',
  SX: '1721',
  RU: '7',
  KZ: '76 77 7997',
  GB: '44',
  'GB mobile': '447',
  'GB personal': '4470',
  GG: '441481 447781 447839 447911',
  JE: '441534 447700 447797',
  IM: '441624 447524 447624 447924',
  IT: '39',
  VA: '379 3906698',
  SM: '378',
  CH: '41',
  LI: '423',
  FI: '358',
  AX: '35818',
  NO: '47',
  SJ: '4779',
  XK: '383',
  RE: '262',
  YT: '262269 262639',
  BQ: '599',
  CW: '5999',
  AU: '61',
  CC: '6189162',
  CX: '6189164',
  AR: '54',
  'AR mobile': '549',
  MA: '212',
  EH: '2125288 2125289',
  'international freephone': '800',
  'satellite Inmarsat': '870',
  'satellite Iridium': '8816 8817',
  'satellite Globalstar': '8818 8819',
  'international networks': '882 883',
  'international premium': '979',
};

const table = Object.entries(rows).flatMap(([zone, prefixes]) =>
  prefixes.split(' ').map((prefix) => ({ prefix, zone })),
);
const deck = compileDeck(
  deckVersion,
  table.map((row) => entry(row)),
);

function rowOf(number: string): string | undefined {
  const read = readNumber(number, '26201');
  const found = read && entryFor(deck, 'home', { usageType: 'voice', otherParty: read.digits });
  return found ? `${found.place.zone}: ${found.prefix}` : undefined;
}

test.each([
  ['+1 809 234 5678', 'DO: 1809'], // N002, countries inside +1
  ['+18492345678', 'DO: 1849'],
  ['+18762101234', 'JM: 1876'],
  ['+16582101234', 'JM: 1658'],
  ['+14162345678', 'CA: 1416'],
  ['+18672345678', 'CA: 1867'],
  ['+12022345678', 'US: 1'],
  ['+17872345678', 'PR: 1787'],
  ['+19392345678', 'PR: 1939'],
  ['+16713001234', 'GU: 1671'],
  ['+12842291234', 'VG: 1284'],
  ['+13406421234', 'VI: 1340'],
  ['+14413701234', 'BM: 1441'],
  ['+16497121234', 'TC: 1649'],
  ['+17215425678', 'SX: 1721'],
  ['+18005550100', 'US toll-free: 1800'],
  ['+19005550100', 'US premium: 1900'],
  ['+74951234567', 'RU: 7'], // N006
  ['+77012345678', 'KZ: 77'],
  ['+79971234567', 'KZ: 7997'],
  ['+447400123456', 'GB mobile: 447'], // N009
  ['+447012345678', 'GB personal: 4470'],
  ['+442079460000', 'GB: 44'],
  ['+447781123456', 'GG: 447781'],
  ['+390612345678', 'IT: 39'], // N013, the 0 of Rome stays
  ['+390669812345', 'VA: 3906698'],
  ['+262262161234', 'RE: 262'], // N015
  ['+262269123456', 'YT: 262269'],
  ['+5997151234', 'BQ: 599'], // N019
  ['+59994351234', 'CW: 5999'],
  ['+61891621234', 'CC: 6189162'], // N022
  ['+61891641234', 'CX: 6189164'],
  ['+61291234567', 'AU: 61'],
  ['+38328012345', 'XK: 383'], // N024
  ['+881612345678', 'satellite Iridium: 8816'], // N026
  ['+881812345678', 'satellite Globalstar: 8818'],
  ['+870773111632', 'satellite Inmarsat: 870'],
  ['+882164000001', 'international networks: 882'], // N028
  ['+883510000001', 'international networks: 883'],
  ['+979123456789', 'international premium: 979'], // N030
  ['+4232345678', 'LI: 423'], // N032
  ['+41442345678', 'CH: 41'],
  ['+35818123456', 'AX: 35818'],
  ['+5491123456789', 'AR mobile: 549'],
  ['+212528812345', 'EH: 2125288'],
  ['+44 7624 123456', 'IM: 447624'], // N035
  ['00447624123456', 'IM: 447624'],
  ['447624123456', 'IM: 447624'],
  ['+44 (7624) 123-456', 'IM: 447624'],
])('%s is %s', (number, row) => {
  expect(rowOf(number)).toBe(row);
});

/** A global satellite code never falls back to a cheap zone: no row, no price. */
test.each(['+881012345678', '+888123456789', '+991123456789'])('%s has no row', (number) => {
  expect(rowOf(number)).toBeUndefined();
});

it('the longest prefix is the one that a search through all rows finds', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uniqueArray(digits, { maxLength: 60 }),
      fc.array(fc.string({ unit: fc.constantFrom(...'0123'), minLength: 1, maxLength: 9 }), {
        maxLength: 20,
      }),
      (prefixes, numbers) => {
        const compiled = compileDeck(
          deckVersion,
          prefixes.map((prefix) => entry({ prefix })),
        );
        for (const otherParty of numbers) {
          const naive = prefixes
            .filter((prefix) => otherParty.startsWith(prefix))
            .reduce<string | undefined>(
              (longest, prefix) => (prefix.length > (longest?.length ?? 0) ? prefix : longest),
              undefined,
            );
          expect(entryFor(compiled, 'home', { usageType: 'voice', otherParty })?.prefix).toBe(naive);
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

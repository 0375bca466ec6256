import { compileCatalog, compileDeck } from '@tollkeeper/tariff';
import { deckVersion, madeNumbers, nestedPrefixes, offering, rowsOf } from './made-tariff';

/** A program of `npm run bench -- rating`, in a process of its own: what it holds in memory is what it measures. */
const prefixCount = 200_000;
const offeringCount = 1_000;
const bytesPerMegabyte = 1_000_000;

function main(): void {
  const next = madeNumbers(11);
  const rows = rowsOf(nestedPrefixes(prefixCount, next), next);
  const offerings = Array.from({ length: offeringCount }, (_, no) => ({
    ...offering(`plan-${no}`),
    usagePrices: ['peak', 'night'].map((band) => ({
      priceId: band,
      name: band,
      when: { bands: [band] },
      price: { charge: { model: 'perUnit' as const, rate: `0.${no + 1}`, perUnits: 60 } },
    })),
  }));
  const started = process.cpuUsage();
  const catalog = compileCatalog(offerings, [compileDeck(deckVersion, rows)]);
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1_000_000;
  if (catalog.offerings.size !== offeringCount) throw new Error(`${catalog.offerings.size} offerings`);
  const figures = [
    { name: 'compile', value: Math.round(seconds * 100) / 100, unit: 's', atMost: 3 },
    {
      name: 'compileMemory',
      value: Math.round(process.memoryUsage().rss / bytesPerMegabyte),
      unit: 'MB',
      atMost: 300,
    },
  ];
  process.stdout.write(`FIGURES ${JSON.stringify(figures)}\n`);
}

main();

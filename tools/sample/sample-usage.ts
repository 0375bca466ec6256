import { generateUsage } from '../usage-generator';
import { homeNetwork } from './operator';
import type { SampleAccount } from './subscribers';

export interface UsageMonth {
  /** Local midnights as UTC instants. */
  from: string;
  to: string;
  records: number;
}

/** Of every 1,000 records: so many that cannot be read, came before, or belong to nobody. */
const malformedPerMille = 3;
const duplicatesPerMille = 5;
const unknownPerMille = 4;

const share = (records: number, perMille: number): number => Math.round((records * perMille) / 1000);

/** One month's CDR file of the sample operator; the seed makes it the same file everywhere. */
export function sampleUsage(
  accounts: SampleAccount[],
  { from, to, records }: UsageMonth,
  seed: number,
): string {
  const lines = generateUsage({
    seed,
    from,
    to,
    subscribers: accounts.flatMap(({ sims }) => sims),
    records,
    malformed: share(records, malformedPerMille),
    duplicates: share(records, duplicatesPerMille),
    unknown: share(records, unknownPerMille),
    homeNetwork,
    roamingNetworks: ['26201', '23430'],
    emergencyNumbers: ['911'],
  });
  return `${[...lines].join('\n')}\n`;
}

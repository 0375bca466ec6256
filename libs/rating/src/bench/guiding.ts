import {
  compileCatalog,
  compileDeck,
  CyclePeriods,
  guideUsage,
  type SubscriberAccount,
  SubscriberDirectory,
  type UsageRecord,
} from '@tollkeeper/tariff';
import { deckVersion, entry, offering } from './tariff';

/**
 * A program of `npm run bench -- accounts`, in a process of its own: what it holds in memory is what it measures.
 * 1,000,000 dated assignments in 400,000 accounts: each has a number and a SIM, and in every second pair of accounts
 * the one took over the other's number at noon of the day that is rated.
 */
const accountsCount = 400_000;
const assignmentsCount = 1_000_000;
const recordsCount = 100_000;
const rounds = 20;
const loadedAtOnce = 1_000;
const bytesPerMegabyte = 1_000_000;

const since = '2026-01-01T00:00:00.000Z';
const noon = '2026-01-10T12:00:00.000Z';

const pad = (no: number, length: number): string => String(no).padStart(length, '0');
const msisdnOf = (no: number): string => `1518${pad(no, 8)}`;
const imsiOf = (no: number): string => `310990${pad(no, 9)}`;

/** Of each pair the first gives its number to the second at noon and takes a new one. */
function accountText(no: number): string {
  const partner = no % 2 === 0 ? no : no - 1;
  const own = { kind: 'msisdn', value: msisdnOf(no), from: since, to: no % 2 === 0 ? noon : null };
  const fresh = { kind: 'msisdn', value: msisdnOf(accountsCount + no), from: noon, to: null };
  const taken = { kind: 'msisdn', value: msisdnOf(partner), from: noon, to: null };
  const sim = { kind: 'imsi', value: imsiOf(no), from: since, to: null };
  const more = no % 2 === 0 ? fresh : taken;
  return JSON.stringify({
    accountId: `acc_${pad(no, 16)}`,
    zone: 'America/New_York',
    cycle: { frequency: 'monthly', anchorDay: 1 + (no % 28), zone: 'America/New_York' },
    subscriptions: [
      {
        subscriptionId: `sub_${pad(no, 16)}`,
        status: 'active',
        activeFrom: since,
        activeTo: null,
        plans: [{ offeringId: 'plan', from: since, to: null }],
        identifiers: no % 4 < 2 ? [own, sim, more] : [{ ...own, to: null }, sim],
        poolId: null,
        paidPeriods: [],
      },
    ],
  });
}

/** As it comes from the database: every text of every account is its own. */
function load(directory: SubscriberDirectory): void {
  for (let first = 0; first < accountsCount; first += loadedAtOnce) {
    const texts = Array.from({ length: loadedAtOnce }, (_, index) => accountText(first + index));
    directory.add(JSON.parse(`[${texts.join()}]`) as SubscriberAccount[]);
  }
}

const step = 7_919;

function records(): UsageRecord[] {
  return Array.from({ length: recordsCount }, (_, index) => {
    const no = (index * step) % accountsCount;
    const minute = pad(index % 60, 2);
    return {
      recordId: `record-${index}`,
      usageType: 'voice',
      msisdn: msisdnOf(no),
      imsi: index % 2 === 0 ? imsiOf(no) : '',
      otherParty: '12125550100',
      startAt: `2026-01-10T${pad(index % 24, 2)}:${minute}:30.000Z`,
      quantity: 60,
      network: '26201',
      sessionId: '',
    };
  });
}

/** Seconds of a core, whatever else the machine does meanwhile. */
function cpuSeconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

function main(): void {
  const directory = new SubscriberDirectory();
  const loadStarted = process.cpuUsage();
  load(directory);
  const loadSeconds = cpuSeconds(loadStarted);
  if (directory.size !== assignmentsCount) throw new Error(`${directory.size} assignments were loaded`);
  const catalog = compileCatalog([offering], [compileDeck(deckVersion, [entry])]);
  const known = { directory, catalog, periods: new CyclePeriods() };
  const usage = records();
  let guided = 0;
  const started = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    for (const record of usage) if (typeof guideUsage(record, known) !== 'string') guided += 1;
  }
  const seconds = cpuSeconds(started);
  if (guided !== recordsCount * rounds) throw new Error(`${guided} records were guided`);
  const figures = [
    { name: 'guiding', value: Math.round(guided / seconds), unit: 'records/s', atLeast: 200_000 },
    {
      name: 'guidingMemory',
      value: Math.round(process.memoryUsage().rss / bytesPerMegabyte),
      unit: 'MB',
      atMost: 1_500,
    },
    { name: 'guidingLoad', value: Math.round(assignmentsCount / loadSeconds), unit: 'assignments/s' },
  ];
  process.stdout.write(`FIGURES ${JSON.stringify(figures)}\n`);
}

main();

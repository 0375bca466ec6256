import { random, weighted, type Random } from './random';
import { profileNames, profiles, secondOfDay } from './subscriber-profiles';
import {
  header,
  lineOf,
  malformedLine,
  usageFields,
  type UsageSubscriber,
  type UsageWorld,
} from './usage-line';

export interface UsagePlan extends Pick<UsageWorld, 'homeNetwork' | 'roamingNetworks'> {
  seed: string | number;
  /** Local midnight at which the first day begins, as a UTC instant. */
  from: string;
  to: string;
  subscribers: readonly UsageSubscriber[];
  /** Lines below the header; the three that follow are among them. */
  records: number;
  malformed: number;
  /** Lines that repeat an earlier good one, byte by byte. */
  duplicates: number;
  /** Lines of numbers that no subscriber has. */
  unknown: number;
  internationalPrefixes?: readonly string[];
  emergencyNumbers?: readonly string[];
}

type Kind = 'good' | 'malformed' | 'duplicate' | 'unknown';

const dayMillis = 86_400_000;
const rememberedLines = 500;
const defaultPrefixes = ['44', '49', '33', '52', '81'];
const defaultEmergency = ['112'];

/** The file's lines one by one, header first: the same plan gives the same lines, and exactly the counts it names. */
export function* generateUsage(plan: UsagePlan): Generator<string> {
  const draws = random(`${plan.seed}/${plan.from}`);
  const world: UsageWorld = {
    homeNetwork: plan.homeNetwork,
    roamingNetworks: plan.roamingNetworks,
    internationalPrefixes: plan.internationalPrefixes ?? defaultPrefixes,
    emergencyNumbers: plan.emergencyNumbers ?? defaultEmergency,
  };
  const pickSubscriber = subscriberDraw(draws, plan.subscribers);
  const strangers = strangerDraw(draws, plan.subscribers);
  const kinds = kindDraw(draws, plan);
  const recent: string[] = [];
  let spoiled = 0;
  let remembered = 0;

  yield header;
  for (let index = 0; index < plan.records; index += 1) {
    const kind = kinds(index);
    if (kind === 'duplicate') {
      yield draws.pick(recent);
      continue;
    }
    const place = { recordId: recordIdOf(plan, index), startAt: startOf(draws, plan, index) };
    const subscriber = kind === 'unknown' ? strangers() : pickSubscriber();
    const fields = usageFields(draws, world, subscriber, place);
    if (kind === 'malformed') {
      yield malformedLine(fields, spoiled);
      spoiled += 1;
      continue;
    }
    const line = lineOf(fields);
    if (kind === 'good') {
      recent[remembered % rememberedLines] = line;
      remembered += 1;
    }
    yield line;
  }
}

/** Ids name their file: next month's records are other records. */
const recordIdOf = ({ seed, from }: UsagePlan, index: number): string =>
  `cdr-${seed}-${from.slice(0, 10)}-${String(index + 1).padStart(7, '0')}`;

/** Days follow each other through the file, hours within a day do not: files arrive like that. */
function startOf(draws: Random, { from, to, records }: UsagePlan, index: number): string {
  const first = Date.parse(from);
  const days = Math.max(1, Math.floor((Date.parse(to) - first) / dayMillis));
  const day = Math.floor((index * days) / records);
  const second = secondOfDay(draws, (weights) => weighted(draws, weights));
  return new Date(first + day * dayMillis + second * 1_000).toISOString().replace('.000Z', 'Z');
}

/** Exact counts at random places: each line takes its kind in proportion to what is still owed. */
function kindDraw(
  draws: Random,
  { records, malformed, duplicates, unknown }: UsagePlan,
): (index: number) => Kind {
  const good = records - malformed - duplicates - unknown;
  if (good < 0 || (duplicates > 0 && good === 0)) {
    throw new RangeError(
      'malformed, duplicates and unknown are among the records, and a duplicate needs a good one',
    );
  }
  const owed: [Kind, number][] = [
    ['good', good],
    ['malformed', malformed],
    ['duplicate', duplicates],
    ['unknown', unknown],
  ];
  return (index) => {
    // The first line is a good one wherever there is any, so that a duplicate always has something to repeat.
    const chosen =
      index === 0 && good > 0
        ? 0
        : weighted(
            draws,
            owed.map(([, left]) => left),
          );
    const [kind] = owed[chosen]!;
    owed[chosen]![1] -= 1;
    return kind;
  };
}

function subscriberDraw(draws: Random, subscribers: readonly UsageSubscriber[]): () => UsageSubscriber {
  const groups = profileNames
    .map((name) => ({ name, members: subscribers.filter(({ profile }) => profile === name) }))
    .filter(({ members }) => members.length > 0);
  if (groups.length === 0) throw new RangeError('usage needs at least one subscriber');
  const weights = groups.map(({ name, members }) => profiles[name].activity * members.length);
  return () => draws.pick(groups[weighted(draws, weights)]!.members);
}

const strangerPrefix = '88899';

function strangerDraw(draws: Random, subscribers: readonly UsageSubscriber[]): () => UsageSubscriber {
  if (subscribers.some(({ msisdn }) => msisdn.replace('+', '').startsWith(strangerPrefix))) {
    throw new RangeError(`numbers that begin with ${strangerPrefix} stand for unknown subscribers`);
  }
  return () => ({
    msisdn: `+${strangerPrefix}${draws.digits(7)}`,
    imsi: `99999${draws.digits(10)}`,
    profile: 'payg',
  });
}

import { generateUsage, type UsagePlan } from './generate-usage';
import { profileNames } from './subscriber-profiles';

const plan: UsagePlan = {
  seed: 7,
  from: '2026-01-01T05:00:00Z',
  to: '2026-02-01T05:00:00Z',
  subscribers: profileNames.map((profile, index) => ({
    msisdn: `+1555000000${index}`,
    imsi: `31026000000000${index}`,
    profile,
  })),
  records: 2_000,
  malformed: 12,
  duplicates: 30,
  unknown: 20,
  homeNetwork: '310260',
  roamingNetworks: ['26201'],
};

const [header, ...lines] = [...generateUsage(plan)];
const rows = lines.map((line) => line.split(','));

it('names its columns', () => {
  expect(header).toBe(
    'recordId,usageType,servedMsisdn,servedImsi,otherParty,startAt,durationSeconds,uplinkBytes,downlinkBytes,servingNetwork,sessionId',
  );
});

it('is the same for the same plan, another for another seed', () => {
  expect([...generateUsage(plan)]).toEqual([header, ...lines]);
  expect([...generateUsage({ ...plan, seed: 8 })]).not.toEqual([header, ...lines]);
});

it('has exactly the lines that it was asked for', () => {
  expect(lines).toHaveLength(2_000);
  const wellFormed = rows.filter(
    ([recordId, usageType, msisdn, , , startAt, seconds, ...rest]) =>
      recordId !== '' &&
      rest.length === 4 &&
      usageType !== 'telegram' &&
      msisdn !== 'n/a' &&
      !startAt?.includes('T25') &&
      !seconds?.startsWith('-'),
  );
  expect(wellFormed).toHaveLength(2_000 - 12);
  expect(new Set(wellFormed.map(([recordId]) => recordId)).size).toBe(2_000 - 12 - 30);
  expect(wellFormed.filter(([, , msisdn]) => msisdn?.startsWith('+88899'))).toHaveLength(20);
});

it('stays within its time and is realistic: all types, roaming, evenings busier than nights', () => {
  const good = rows.filter(
    ([, , , , , startAt]) => startAt?.startsWith('2026-01') || startAt?.startsWith('2026-02-01T0'),
  );
  const starts = good.map(([, , , , , startAt = '']) => startAt);
  expect(starts.every((startAt) => startAt >= plan.from && startAt < plan.to)).toBe(true);
  for (const type of ['voice', 'sms', 'data'])
    expect(good.filter(([, usageType]) => usageType === type).length).toBeGreaterThan(200);
  expect(good.filter((row) => row[9] === '26201').length).toBeGreaterThan(10);
  const atLocalHour = (hour: number) =>
    starts.filter((startAt) => Number(startAt.slice(11, 13)) === (hour + 5) % 24).length;
  expect(atLocalHour(19)).toBeGreaterThan(3 * atLocalHour(3));
});

it.each([
  ['more bad lines than lines', { records: 10, malformed: 11 }],
  ['duplicates of nothing', { records: 10, malformed: 5, unknown: 0, duplicates: 5 }],
  ['no subscribers', { subscribers: [] }],
  [
    'a subscriber among the unknown',
    { subscribers: [{ msisdn: '+888991', imsi: '1', profile: 'iot' as const }] },
  ],
])('refuses %s', (_, change) => {
  expect(() => [...generateUsage({ ...plan, ...change })]).toThrow(RangeError);
});

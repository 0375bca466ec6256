import type { Random } from './random';

export const profileNames = ['smart', 'payg', 'family', 'iot', 'prepaid'] as const;
export type ProfileName = (typeof profileNames)[number];

/** How a kind of subscriber behaves. Weights are voice, SMS, data. */
interface SubscriberProfile {
  /** Share of the file's records, against the other profiles. */
  activity: number;
  mix: readonly [voice: number, sms: number, data: number];
  callSeconds: readonly [least: number, most: number];
  downlinkBytes: readonly [least: number, most: number];
  /** One event in so many is abroad; 0 never travels. */
  roamsOneIn: number;
  /** One call or message in so many goes abroad; 0 never. */
  internationalOneIn: number;
}

export const profiles: Readonly<Record<ProfileName, SubscriberProfile>> = {
  smart: {
    activity: 10,
    mix: [30, 15, 55],
    callSeconds: [5, 900],
    downlinkBytes: [50_000, 60_000_000],
    roamsOneIn: 40,
    internationalOneIn: 25,
  },
  payg: {
    activity: 4,
    mix: [50, 30, 20],
    callSeconds: [5, 400],
    downlinkBytes: [10_000, 8_000_000],
    roamsOneIn: 60,
    internationalOneIn: 20,
  },
  family: {
    activity: 8,
    mix: [35, 25, 40],
    callSeconds: [5, 1_200],
    downlinkBytes: [50_000, 40_000_000],
    roamsOneIn: 50,
    internationalOneIn: 40,
  },
  iot: {
    activity: 6,
    mix: [0, 5, 95],
    callSeconds: [1, 1],
    downlinkBytes: [40, 60_000],
    roamsOneIn: 30,
    internationalOneIn: 0,
  },
  prepaid: {
    activity: 4,
    mix: [30, 20, 50],
    callSeconds: [5, 180],
    downlinkBytes: [10_000, 5_000_000],
    roamsOneIn: 0,
    internationalOneIn: 0,
  },
};

/** Events by hour of the local day: quiet nights, busy evenings. */
const hourWeights = [2, 1, 1, 1, 1, 2, 4, 7, 9, 9, 9, 10, 11, 10, 9, 9, 10, 12, 15, 17, 16, 12, 8, 4];

export const secondOfDay = (random: Random, drawHour: (weights: readonly number[]) => number): number =>
  drawHour(hourWeights) * 3_600 + random.between(0, 3_599);

/** Most are short, few are long: the smaller of two draws, unanswered one time in twelve. */
export const callSeconds = (random: Random, [least, most]: SubscriberProfile['callSeconds']): number =>
  random.oneIn(12) ? 0 : Math.min(random.between(least, most), random.between(least, most));

export const bytes = (random: Random, [least, most]: SubscriberProfile['downlinkBytes']): number =>
  Math.min(random.between(least, most), random.between(least, most), random.between(least, most));

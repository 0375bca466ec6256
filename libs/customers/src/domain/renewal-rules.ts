import type { RenewalRules } from '@tollkeeper/contracts';
import type { Finding } from './finding';

/** What a new tenant begins with. */
export const defaultRenewalRules: RenewalRules = {
  retryHours: [12, 36, 60],
  graceHours: 72,
  keepNumberDays: 90,
  refundUnused: false,
  refundRounding: 'down',
};

/** Hours before the period's end at which it is charged first: retries count from then. */
const leadHours = 24;

export function checkRenewalRules({ retryHours, graceHours }: RenewalRules): Finding[] {
  return retryHours.flatMap((hours, index) => {
    const field = `retryHours.${index}`;
    const before = retryHours[index - 1];
    if (before !== undefined && hours <= before)
      return [{ field, reason: `must be later than ${before} hours: retries are in order` }];
    if (hours >= graceHours + leadHours)
      return [
        {
          field,
          reason: `lies after the grace time (${graceHours + leadHours} hours after the first charge)`,
        },
      ];
    return [];
  });
}

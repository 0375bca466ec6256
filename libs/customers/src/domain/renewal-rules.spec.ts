import { describe, expect, it } from '@jest/globals';
import { checkRenewalRules, defaultRenewalRules } from './renewal-rules';

describe('rules of renewal', () => {
  it('those of a new tenant are valid', () => expect(checkRenewalRules(defaultRenewalRules)).toEqual([]));

  it.each([
    ['in order', [12, 36], 72, []],
    ['none', [], 0, []],
    ['twice the same', [12, 12], 72, ['retryHours.1']],
    ['backwards', [36, 12], 72, ['retryHours.1']],
    ['just before the grace ends', [95], 72, []],
    ['when the grace has ended', [96], 72, ['retryHours.0']],
  ])('retries %s', (_, retryHours, graceHours, fields) =>
    expect(
      checkRenewalRules({ ...defaultRenewalRules, retryHours, graceHours }).map(({ field }) => field),
    ).toEqual(fields),
  );
});

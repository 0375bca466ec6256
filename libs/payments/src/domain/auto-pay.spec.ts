import { describe, expect, it } from '@jest/globals';
import { type AutoPayRules, autoPayStep, chargeOn } from './auto-pay';

const invoice = { issuedOn: '2026-02-01', dueOn: '2026-02-15', availableMinor: 2000 };

describe('auto-pay', () => {
  it.each<[string, AutoPayRules, string]>([
    ['on the due date', {}, '2026-02-15'],
    ['three days before', { autoPayDaysBefore: 3 }, '2026-02-12'],
    ['on the 5th', { autoPayDay: 5 }, '2026-02-05'],
    ['on the 1st, the day of the bill', { autoPayDay: 1 }, '2026-02-01'],
    ['on the 20th, after it is due', { autoPayDay: 20 }, '2026-02-15'],
    ['the day before days before it', { autoPayDay: 5, autoPayDaysBefore: 3 }, '2026-02-05'],
  ])('%s: %j', (_what, rules, day) => {
    expect(chargeOn(invoice, rules)).toBe(day);
  });

  it('a bill of the 20th with the 5th as its day is charged in the next month; the 31st of April is the 30th', () => {
    expect(chargeOn({ issuedOn: '2026-02-20', dueOn: '2026-03-20' }, { autoPayDay: 5 })).toBe('2026-03-05');
    expect(chargeOn({ issuedOn: '2026-04-10', dueOn: '2026-05-10' }, { autoPayDay: 31 })).toBe('2026-04-30');
  });

  it.each<[string, AutoPayRules, object, string, string]>([
    ['no rules, too early', {}, {}, '2026-02-14', 'wait'],
    ['no rules', {}, {}, '2026-02-15', 'charge'],
    ['notice of 3 days, too early', { autoPayNoticeDays: 3 }, {}, '2026-02-11', 'wait'],
    ['notice of 3 days', { autoPayNoticeDays: 3 }, {}, '2026-02-12', 'tellBefore'],
    ['told, and not yet', { autoPayNoticeDays: 3 }, { autoPayNoticedOn: '2026-02-12' }, '2026-02-14', 'wait'],
    ['told', { autoPayNoticeDays: 3 }, { autoPayNoticedOn: '2026-02-12' }, '2026-02-15', 'charge'],
    [
      'told late, so charged late',
      { autoPayNoticeDays: 3 },
      { autoPayNoticedOn: '2026-02-15' },
      '2026-02-17',
      'wait',
    ],
    [
      'told late, charged',
      { autoPayNoticeDays: 3 },
      { autoPayNoticedOn: '2026-02-15' },
      '2026-02-18',
      'charge',
    ],
    ['at the cap', { autoPayCapMinor: 2000 }, {}, '2026-02-15', 'charge'],
    ['above the cap', { autoPayCapMinor: 1999 }, {}, '2026-02-15', 'askConsent'],
    ['above it, agreed', { autoPayCapMinor: 1999 }, { autoPayConsentMinor: 2000 }, '2026-02-15', 'charge'],
    ['agreed to less', { autoPayCapMinor: 500 }, { autoPayConsentMinor: 1999 }, '2026-02-15', 'askConsent'],
    [
      'above a cap, with notice',
      { autoPayCapMinor: 1, autoPayNoticeDays: 3 },
      {},
      '2026-02-12',
      'askConsent',
    ],
  ])('%s', (_what, rules, change, on, step) => {
    expect(autoPayStep({ ...invoice, ...change }, rules, on)).toBe(step);
  });
});

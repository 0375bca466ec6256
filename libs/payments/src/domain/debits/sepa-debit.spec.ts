import { scheduleSepaDebit, type SepaMandate } from './sepa-debit';

const mandate = (change: Partial<SepaMandate> = {}): SepaMandate => ({
  mandateId: 'm1',
  signedOn: '2026-01-10',
  lastUsedOn: '2026-02-16',
  cancelledOn: null,
  preNoticeDays: 14,
  ...change,
});

it('a collection is announced, submitted, made, and can come back until', () => {
  expect(scheduleSepaDebit(mandate(), { wantedOn: '2026-03-16', today: '2026-03-01' })).toEqual({
    ...{ sequence: 'RCUR', announceBy: '2026-03-02', submitBy: '2026-03-13', collectOn: '2026-03-16' },
    returnableUntil: '2026-03-23',
    refundableUntil: '2026-05-11',
    disputableUntil: '2027-04-16',
  });
});

it.each<[string, Partial<SepaMandate>, string, string, string]>([
  ['told today, 14 days from now', {}, '2026-03-05', '2026-03-01', '2026-03-16'],
  ['a shorter notice that was agreed', { preNoticeDays: 5 }, '2026-03-05', '2026-03-01', '2026-03-06'],
  [
    'with one day of notice the bank needs a day too',
    { preNoticeDays: 1 },
    '2026-03-06',
    '2026-03-06',
    '2026-03-09',
  ],
  ['a Saturday goes to Monday', { preNoticeDays: 1 }, '2026-03-14', '2026-03-01', '2026-03-16'],
  ['over Easter', { preNoticeDays: 1 }, '2026-04-03', '2026-03-20', '2026-04-07'],
])('%s', (_, change, wantedOn, today, collectOn) => {
  expect(scheduleSepaDebit(mandate(change), { wantedOn, today })).toMatchObject({ collectOn });
});

it.each<[string, Partial<SepaMandate>, string | null]>([
  ['never used', { lastUsedOn: null }, null],
  ['cancelled before the day', { cancelledOn: '2026-03-10' }, 'mandateCancelled'],
  ['cancelled after it', { cancelledOn: '2026-03-17' }, null],
  ['signed after it', { signedOn: '2026-04-01' }, 'mandateNotSigned'],
  ['last used 36 months ago', { signedOn: '2020-01-01', lastUsedOn: '2023-03-16' }, 'mandateLapsed'],
  ['a day less', { signedOn: '2020-01-01', lastUsedOn: '2023-03-17' }, null],
])('a mandate that is %s', (_, change, refused) => {
  const schedule = scheduleSepaDebit(mandate(change), { wantedOn: '2026-03-16', today: '2026-03-01' });
  expect('refused' in schedule ? schedule.refused : null).toBe(refused);
});

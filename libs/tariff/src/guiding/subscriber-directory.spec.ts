import type { IdentifierKind } from '@tollkeeper/contracts';
import fc from 'fast-check';
import { account, call, guide, subscription } from '../sample-tariff';
import { identifierKey, type SubscriberAccount, SubscriberDirectory } from './subscriber-directory';

const on10 = (time: string): string => `2026-01-10T${time.padEnd(8, ':00')}.000Z`;
const start = '2026-01-01T00:00:00.000Z';

/** `msisdn 4915111 -14:00`: had until then; `14:00-`: has from then on; always on January 10. */
function had(subscriptionId: string, ...identifiers: string[]): SubscriberAccount {
  return account({
    accountId: `acc_${subscriptionId}`,
    subscriptions: [
      subscription({
        subscriptionId,
        identifiers: identifiers.map((text) => {
          const [kind = '', value = '', times = '-'] = text.split(' ');
          const [from = '', to = ''] = times.split('-');
          return {
            kind: kind as IdentifierKind,
            value,
            from: from ? on10(from) : start,
            to: to ? on10(to) : null,
          };
        }),
      }),
    ],
  });
}

const ownerOf = (accounts: SubscriberAccount[], record: Parameters<typeof call>[0]): string => {
  const found = guide(call(record), { accounts });
  return typeof found === 'string' ? found : found.subscriptionId;
};

const number = 'msisdn 4915111';

describe('a number that changes hands at 14:00', () => {
  const accounts = [had('old', `${number} -14:00`), had('new', `${number} 14:00-`)];
  it.each([
    ['began a second before, and lasted an hour', { startAt: on10('13:59:59'), quantity: 3_600 }, 'old'],
    ['began a millisecond before', { startAt: '2026-01-10T13:59:59.999Z', quantity: 0 }, 'old'],
    ['began with the new owner', { startAt: on10('14:00:00') }, 'new'],
    ['of weeks later', { startAt: '2026-02-20T10:00:00.000Z' }, 'new'],
    ['of both, whichever profile came first', { startAt: on10('09:00') }, 'old'],
  ])('a call that %s', (_, record, owner) => {
    expect(ownerOf(accounts, record)).toBe(owner);
    expect(ownerOf([...accounts].reverse(), record)).toBe(owner);
  });
});

it.each([
  ['A, B and back to A', on10('09:59'), 'a'],
  ['A, B and back to A', on10('10:00'), 'b'],
  ['A, B and back to A', on10('11:00'), 'a'],
])('three owners on one day: %s at %s is %s', (_, startAt, owner) => {
  const accounts = [had('a', `${number} -10:00`, `${number} 11:00-`), had('b', `${number} 10:00-11:00`)];
  expect(ownerOf(accounts, { startAt })).toBe(owner);
});

describe('a number that was ported out at 14:00 and given to another when it came back at 16:00', () => {
  const accounts = [
    had('old', `${number} -14:00`, 'imsi 262010000000001 -14:00'),
    had('next', `${number} 16:00-`, 'imsi 262010000000002'),
  ];
  it.each([
    ['before it left', '13:59', '', 'old'],
    ['while it is elsewhere', '15:00', '', 'unknownSubscriber'],
    ['while it is elsewhere, from the SIM that it was on', '15:00', '262010000000001', 'unknownSubscriber'],
    ['after it came back', '16:00', '', 'next'],
    ['after it came back, from the SIM that it was on', '16:30', '262010000000001', 'unknownSubscriber'],
    ['after it came back, from the SIM that it is on', '16:30', '262010000000002', 'next'],
    ['after it came back, from a SIM that is not ours', '16:30', '208010000000009', 'next'],
  ])('usage %s', (_, time, imsi, owner) => {
    expect(ownerOf(accounts, { startAt: on10(time), imsi })).toBe(owner);
  });
});

describe('the SIM goes before the number', () => {
  const accounts = [
    had('a', number, 'imsi 262010000000001 -14:00', 'imsi 262010000000002 14:00-'),
    had('b', 'msisdn 4915112', 'imsi 262010000000003'),
  ];
  it.each([
    ['when they disagree', '262010000000003', '12:00', 'b'],
    ['after a SIM swap', '262010000000002', '14:00', 'a'],
    [
      'the old SIM a moment after its swap: the number says that it is the same owner',
      '262010000000001',
      '14:00:30',
      'a',
    ],
    ['the new SIM a moment before its swap', '262010000000002', '13:59:30', 'a'],
  ])('%s', (_, imsi, time, owner) => {
    expect(ownerOf(accounts, { startAt: on10(time), imsi })).toBe(owner);
  });
});

it.each([
  ['another length', '49151110'],
  ['a shorter one', '491511'],
  ['a SIM of the same digits', '262010000000001'],
  ['more digits than a number has', '4915111000000000'],
  ['no digits', '49151A1'],
])('%s is another identifier', (_, msisdn) => {
  expect(
    new SubscriberDirectory([had('a', number, 'imsi 262010000000001')]).subscriberAt(call({ msisdn })),
  ).toBeNull();
});

it('finds what a search through all of it finds, however many there are and in whatever order they come', () => {
  const hour = (of: number) => `2026-01-10T${String(of).padStart(2, '0')}:00:00.000Z`;
  const value = fc.constantFrom('1000001', '1000002', '4915111', '310990000000001', '310990000000002');
  const assignment = fc.record({
    kind: fc.constantFrom<IdentifierKind>('msisdn', 'imsi', 'iccid'),
    value,
    hours: fc.tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 5 })),
  });
  fc.assert(
    fc.property(
      fc.array(assignment, { maxLength: 30 }),
      value,
      fc.integer({ min: 0, max: 23 }),
      (all, msisdn, at) => {
        const taken = new Set<string>();
        const held = all.filter(({ kind, value: name, hours: [from, length] }) => {
          const hours = Array.from({ length }, (_, index) => `${identifierKey(kind, name)} ${from + index}`);
          const isFree = hours.every((each) => !taken.has(each));
          if (isFree) for (const each of hours) taken.add(each);
          return isFree;
        });
        const accounts = held.map(({ kind, value: name, hours: [from, length] }, index) =>
          account({
            accountId: `acc_${index}`,
            subscriptions: [
              subscription({
                subscriptionId: `sub_${index}`,
                identifiers: [
                  {
                    kind,
                    value: name,
                    from: hour(from),
                    to: from + length > 23 ? null : hour(from + length),
                  },
                ],
              }),
            ],
          }),
        );
        const directory = new SubscriberDirectory();
        for (const each of accounts) directory.add([each]);
        const owner = held.findIndex(
          ({ kind, value: name, hours: [from, length] }) =>
            kind === 'msisdn' && name === msisdn && from <= at && (from + length > 23 || at < from + length),
        );
        const found = directory.subscriberAt({ msisdn, imsi: '', startAt: hour(at) });
        expect(found?.subscription.subscriptionId ?? null).toBe(owner < 0 ? null : `sub_${owner}`);
      },
    ),
  );
});

it('grows: of 20,000 numbers each has its own owner', () => {
  const value = (no: number) => String(15_180_000_000 + no * 7);
  const accounts = Array.from({ length: 20_000 }, (_, no) => had(`sub_${no}`, `msisdn ${value(no)}`));
  const directory = new SubscriberDirectory(accounts);
  expect(directory.size).toBe(20_000);
  const wrong = accounts.filter(
    ({ accountId }, no) =>
      directory.subscriberAt(call({ msisdn: value(no) }))?.account.accountId !== accountId,
  );
  expect(wrong).toEqual([]);
  expect(directory.subscriberAt(call({ msisdn: value(20_000) }))).toBeNull();
});

import { refundFault } from './refunds';

describe('what goes back of a payment', () => {
  it.each([
    ['all of it', 1_000, 1_000, 1_000, null],
    ['a part', 1_000, 300, 300, null],
    ['claimed, and no refund', 1_000, 300, 0, /300 of it is claimed, its refunds are 0/],
    ['a refund that claims nothing', 1_000, 0, 300, /0 of it is claimed, its refunds are 300/],
    ['more than it was', 1_000, 1_200, 1_200, /1200 of 1000 goes back/],
  ])('%s', (_what, amountMinor, refundedMinor, givenMinor, expected) => {
    const fault = refundFault({ amountMinor, refundedMinor, givenMinor });
    if (expected === null) expect(fault).toBeNull();
    else expect(fault).toMatch(expected);
  });
});

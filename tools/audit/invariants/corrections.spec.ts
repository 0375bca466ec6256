import { chainFaults, type CorrectionChain } from './corrections';
import { sessionFaults } from './sessions';

const figures = (amountMicro: number) => ({ amountMicro, billedQuantity: 60 });
const step = (ratingVersion: number, before: number, after: number) => ({
  ratingVersion,
  posted: 'laterPeriod',
  reversal: figures(-before),
  debit: figures(after),
  differenceMicro: after - before,
});
const record = { ratingVersion: 3, amountMicro: 50, rerated: { amountMicro: 70 } };
const chain = (change: Partial<CorrectionChain> = {}): CorrectionChain => ({
  _id: 'ten_1/r1',
  steps: [step(2, 50, 80), step(3, 80, 70)],
  record,
  ...change,
});

it.each([
  ['50, then 80, then 70', {}, 0],
  ['a version is missing', { steps: [step(3, 50, 70)] }, 1],
  [
    'a difference that does not add up',
    { steps: [{ ...step(2, 50, 80), differenceMicro: 1 }, step(3, 80, 70)] },
    1,
  ],
  ['gives back what did not stand', { steps: [step(2, 50, 80), step(3, 50, 70)] }, 1],
  ['the record holds another amount', { record: { ...record, rerated: { amountMicro: 80 } } }, 1],
  ['the record says another version', { record: { ...record, ratingVersion: 2 } }, 1],
])('corrections: %s', (_, change, faults) => expect(chainFaults(chain(change))).toHaveLength(faults));

const sum = (records: number, quantity: number) => ({ _id: 'ses_1', records, quantity });

it.each([
  ['as reported and rated', 1, sum(2, 30), sum(1, 30), 0],
  ['open, not rated yet', 0, sum(2, 30), undefined, 0],
  ['a partial record that is not counted', 1, sum(3, 30), sum(1, 30), 1],
  ['rated for less than was used', 1, sum(2, 30), sum(1, 20), 1],
  ['rated and never posted', 0, sum(2, 30), sum(1, 30), 1],
])('sessions: %s', (_, posted, reported, rated, faults) =>
  expect(sessionFaults({ posted, partials: 2, quantity: 30 }, reported, rated)).toHaveLength(faults),
);

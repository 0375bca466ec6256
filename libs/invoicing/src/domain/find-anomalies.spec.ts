import { expect, it } from '@jest/globals';
import { type AnomalyGate, findAnomalies, type RunFigures } from './find-anomalies';

const calm: RunFigures = {
  accounts: 10,
  invoices: 10,
  zeroBills: 0,
  failed: 0,
  totalMinor: 10_000,
  medianMinor: 1000,
  lastMedianMinor: 1000,
};
const gate: AnomalyGate = {
  medianChangePercent: 50,
  zeroBillsPercent: 20,
  failedAccountsPercent: 10,
  totalAboveMinor: 20_000,
};

it.each<[string, Partial<RunFigures>, RegExp[]]>([
  ['nothing', {}, []],
  ['median up by exactly half', { medianMinor: 1500 }, []],
  ['median up by more than half', { medianMinor: 1501 }, [/from 1000 to 1501/]],
  ['median down by more than half', { medianMinor: 499 }, [/from 1000 to 499/]],
  ['first run has no median before it', { lastMedianMinor: null, medianMinor: 9999 }, []],
  ['three zero bills of ten', { zeroBills: 3 }, [/3 of 10 bills are zero/]],
  [
    'two of ten set aside, and too much in all',
    { failed: 2, totalMinor: 20_001 },
    [/2 of 10 accounts/, /20001/],
  ],
])('%s', (_, figures, expected) => {
  const found = findAnomalies({ ...calm, ...figures }, gate);
  expect(found).toHaveLength(expected.length);
  expected.forEach((sentence, index) => expect(found[index]).toMatch(sentence));
});

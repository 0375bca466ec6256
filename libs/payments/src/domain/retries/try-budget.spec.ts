import { TryBudget } from './try-budget';

it('a batch takes no more of a card than is left of its cap, whoever it is for', () => {
  const budget = new TryBudget();
  const blue = { fingerprint: 'fp_blue', left: 2 };
  const red = { fingerprint: 'fp_red', left: null };
  expect([blue, red, blue, blue, red, blue].map((card) => budget.take(card))).toEqual([
    ...[true, true, true, false, true, false],
  ]);
});

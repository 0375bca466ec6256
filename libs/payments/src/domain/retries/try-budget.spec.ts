import { TryBudget } from './try-budget';

it('a batch takes no more of a card than is left of its cap, whoever it is for', () => {
  const budget = new TryBudget();
  const blue = { fingerprint: 'fp_blue', left: 2 };
  const red = { fingerprint: 'fp_red', left: null };
  expect([blue, red, blue, blue, red, blue].map((card) => budget.take(card))).toEqual([
    ...[true, true, true, false, true, false],
  ]);
});

it('what an earlier slice of the batch had refused meanwhile counts once', () => {
  const budget = new TryBudget();
  const seen = (left: number) => budget.take({ fingerprint: 'fp_blue', left });
  expect([seen(3), seen(3)]).toEqual([true, true]);
  // One of the two is refused by now, the other is on its way.
  expect([seen(2), seen(2)]).toEqual([true, false]);
});

it('what others had refused meanwhile counts too', () => {
  const budget = new TryBudget();
  expect(budget.take({ fingerprint: 'fp_blue', left: 3 })).toBe(true);
  expect(budget.take({ fingerprint: 'fp_blue', left: 0 })).toBe(false);
});

it('slices of one batch share it: what one was refused is not left to the next, what it was paid is', () => {
  const budget = new TryBudget();
  const take = (left: number) => budget.take({ fingerprint: 'fp_blue', left });
  // The second slice has looked before the first one was refused, the third one after.
  expect([take(3), take(3), take(3), take(1)]).toEqual([true, true, true, false]);
  budget.giveBack('fp_blue');
  expect([take(1), take(1)]).toEqual([true, false]);
});

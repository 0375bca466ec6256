import { idOfLine } from './line-ids';

it.each([
  [2, 'acc_0123456789000002'],
  [33, 'acc_0123456789000011'],
  [1_048_575, 'acc_012345678900zzzz'],
])('line %d is %s', (lineNumber, id) => {
  expect(idOfLine('acc', 'imp_0123456789abcdef', lineNumber)).toBe(id);
});

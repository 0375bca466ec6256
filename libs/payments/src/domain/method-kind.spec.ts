import { kindOf } from './method-kind';

it.each([
  [undefined, undefined, 'card'],
  [undefined, 'applePay', 'applePay'],
  ['card', 'googlePay', 'googlePay'],
  ['applePay', undefined, 'applePay'],
  ['applePay', 'card', 'card'],
  ['sepaDebit', undefined, 'sepaDebit'],
  ['sepaDebit', 'sepaDebit', 'sepaDebit'],
  ['sepaDebit', 'card', null],
  ['achDebit', 'sepaDebit', null],
  [undefined, 'sepaDebit', null],
])('asked for as %s, told as %s: %s', (asked, told, kind) => {
  expect(kindOf(asked, told)).toBe(kind);
});

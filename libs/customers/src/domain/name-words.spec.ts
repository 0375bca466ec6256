import { foldedName, nameWordsOf } from './name-words';

it.each([
  ['Ada Lovelace', ['ada lovelace', 'lovelace ada']],
  ['  Ada   King Lovelace ', ['ada king lovelace', 'king lovelace ada', 'lovelace ada king']],
  [
    "Zoë Müller-O'Østby",
    ['zoe muller o ostby', 'muller o ostby zoe', 'o ostby zoe muller', 'ostby zoe muller o'],
  ],
  ['STRAẞE Straße', ['strasse strasse']],
  ['李小龙', ['李小龙']],
  ['$^.*', []],
])('%j is found from %j on', (name, readings) => {
  expect(nameWordsOf(name)).toEqual(readings);
});

it.each([
  ['lovelace', 'lovelace ada'],
  ['Lovelace, A', 'lovelace ada'],
  ['ADA lov', 'ada lovelace'],
])('%j begins %j', (typed, reading) => {
  expect(reading.startsWith(foldedName(typed))).toBe(true);
  expect(nameWordsOf('Ada Lovelace')).toContain(reading);
});

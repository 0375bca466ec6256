import { expect, it } from '@jest/globals';
import { type Portion, takeOff } from './take-off';

it('of a fixed amount the other categories bear what one of them cannot: what is given back in it counts', () => {
  const all: Portion[] = [
    { position: 0, taxCode: 'voice', leftMinor: 600 },
    { position: 1, taxCode: 'voice', leftMinor: -600 },
    { position: 2, taxCode: 'data', leftMinor: 2000 },
  ];
  const taken = takeOff(1000, 'fixed', all, all);
  expect([...taken].map(([{ position }, minor]) => [position, minor])).toEqual([[2, 1000]]);
});

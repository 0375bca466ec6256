// as libs/money/src/rounding.spec.ts
// breaks house/no-waiting-specs

import { setTimeout as moment } from 'node:timers/promises'; // wrong

it('rounds in time', async () => {
  await moment(5);
  await new Promise((done) => setTimeout(done, 5)); // wrong
  jest.setTimeout(5_000);
});

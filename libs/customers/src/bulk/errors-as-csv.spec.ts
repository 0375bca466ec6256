import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { errorsAsCsv } from './errors-as-csv';

async function* one(reason: string) {
  yield { _id: 'i/7/0', importId: 'i', lineNumber: 7, findingNo: 0, field: 'city', reason };
}

it.each([
  ['is missing', '7,city,is missing\n'],
  ['has "Troy", not', '7,city,"has ""Troy"", not"\n'],
  ['=HYPERLINK("x")', '7,city,"\'=HYPERLINK(""x"")"\n'],
])('%j', async (reason, expected) => {
  const file = new PassThrough();
  const written = text(file);
  await errorsAsCsv(one(reason), file);
  expect(await written).toBe(`line,field,reason\n${expected}`);
});

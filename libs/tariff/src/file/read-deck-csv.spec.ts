import { describe, expect, it } from '@jest/globals';
import { deckCsvColumns } from './deck-sheet';
import { deckCsvLimits, readDeckCsv } from './read-deck-csv';

const header = deckCsvColumns.join(',');
const voice = '1,voice,home,usa,Calls to the USA,0,0.05,60,60,1,record,halfUp';
const data = 'zone:home,data,home,home,Data at home,0,0.01,1000000,1024,1024,line,up';

const read = (text: string | Buffer, limits = deckCsvLimits) =>
  readDeckCsv(
    (async function* () {
      yield await Promise.resolve(Buffer.from(text));
    })(),
    new TextDecoder(),
    limits,
  );

describe('reading a rate deck', () => {
  it('reads rows, with a byte order mark, quotes and blank lines', async () => {
    const { entries, errors } = await read(
      `\uFEFF${header}\r\n${voice}\r\n\r\n${data.replace('Data at home', '"Data, at ""home"""')}\r\n`,
    );
    expect(errors).toEqual([]);
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({ prefix: '1', rate: '0.05', perUnits: 60, initialIncrement: 60 });
    expect(entries[1]).toMatchObject({ description: 'Data, at "home"', perUnits: 1_000_000 });
  });

  it('takes the columns in any order', async () => {
    const swapped = `usageType,prefix,${deckCsvColumns.slice(2).join(',')}\nvoice,1,${voice.split(',').slice(2).join(',')}`;
    expect((await read(swapped)).entries[0]).toMatchObject({ prefix: '1', usageType: 'voice' });
  });

  it.each([
    ['an unknown column', `${header},colour\n${voice},red`, 1, 'colour', /not a column/],
    ['a column twice', `${header},rate\n${voice},1`, 1, 'rate', /twice/],
    ['a missing column', `${deckCsvColumns.slice(1).join(',')}\n${voice}`, 1, 'prefix', /missing/],
    ['a field too many', `${header}\n${voice}\n${voice},x`, 3, null, /13 fields/],
    ['a negative price', `${header}\n${voice.replace('0.05', '-0.05')}`, 2, 'rate', /never negative/],
    ['a price with a comma', `${header}\n${voice.replace('0.05', '"0,05"')}`, 2, 'rate', /plain decimal/],
    ['13 decimals', `${header}\n${voice.replace('0.05', '0.0000000000001')}`, 2, 'rate', /12 decimals/],
    [
      'an increment of 0',
      `${header}\n${voice.replace('60,60,1', '60,0,1')}`,
      2,
      'initialIncrement',
      /at least 1/,
    ],
    [
      'a broken increment',
      `${header}\n${voice.replace('60,60,1', '60,6x,1')}`,
      2,
      'initialIncrement',
      /not a unit/,
    ],
    ['0 units', `${header}\n${voice.replace('60,60,1', '0,60,1')}`, 2, 'perUnits', /at least 1/],
    ['an unknown rounding', `${header}\n${voice.replace('halfUp', 'nearest')}`, 2, 'rounding', /halfUp/],
    ['a + before a prefix', `${header}\n+${voice}`, 2, 'prefix', /without \+/],
    ['data rated elsewhere', `${header}\n${data.replace('zone:home', 'zone:eu')}`, 2, 'prefix', /zone:home/],
    ['two rows with one key', `${header}\n${voice}\n${data}\n${voice}`, 4, 'prefix', /as line 2/],
    ['an open quote', `${header}\n${voice}\n${voice.replace('Calls', '"Calls')}`, 3, null, /quote/i],
    ['a line after blank ones', `${header}\n\n\n${voice},x`, 4, null, /13 fields/],
    ['no rows', `${header}\n`, 2, null, /no rates/],
    ['nothing at all', '', 1, null, /no rates/],
  ])('refuses %s by its line', async (_, text, line, column, reason) => {
    const { entries, errors } = await read(text);
    expect(entries).toEqual([]);
    expect(errors[0]).toEqual({ line, column, reason: expect.stringMatching(reason) });
  });

  it('refuses text that is not UTF-8', async () => {
    const { errors } = await read(
      Buffer.concat([Buffer.from(`${header}\n`), Buffer.from(voice.replace('USA', '\u00e9'), 'latin1')]),
    );
    expect(errors).toEqual([{ line: 2, column: null, reason: expect.stringMatching(/^is not UTF-8/) }]);
  });

  it('names every wrong line up to a limit', async () => {
    const wrong = voice.replace('0.05', 'free');
    const { errors } = await read(`${header}\n${Array.from({ length: 9 }, () => wrong).join('\n')}`, {
      ...deckCsvLimits,
      errors: 3,
    });
    expect(errors.map(({ line }) => line)).toEqual([2, 3, 4]);
  });

  it.each([
    ['bytes', { ...deckCsvLimits, bytes: 200 }, /larger than 200 bytes/],
    ['rows', { ...deckCsvLimits, rows: 1 }, /more than 1 rows/],
    ['a line', { ...deckCsvLimits, lineLength: 130 }, /longer than 130 characters/],
  ])('stops at the limit of %s', async (_, limits, reason) => {
    const { errors } = await read(
      `${header}\n${voice}\n${data.replace('Data at home', 'x'.repeat(90))}`,
      limits,
    );
    expect(errors.at(-1)?.reason).toMatch(reason);
  });
});

import { describe, expect, it } from '@jest/globals';
import { type CsvMapping, minorIn, readCsv } from './read-csv';

const german: CsvMapping = {
  ...{ charset: 'windows-1252', delimiter: ';', skipLines: 2, decimal: ',', dateFormat: 'DD.MM.YYYY' },
  columns: {
    ...{ bookedOn: 'Buchungstag', amount: 'Betrag', name: 'Name', iban: 'IBAN', text: ['Zweck', 'Art'] },
    ...{ bankReference: 'Referenz', currency: 'Währung' },
  },
};
const american: CsvMapping = {
  ...{ charset: 'utf-8', delimiter: ',', skipLines: 0, decimal: '.', dateFormat: 'MM/DD/YYYY' },
  columns: { bookedOn: 'Date', credit: 'Credit', debit: 'Debit', text: ['Description'] },
};
const ours = { bankAccount: 'DE89370400440532013000', currency: 'EUR' };

describe('CSV statements', () => {
  it('a bank with decimal comma, lines before the head and a closing line', () => {
    const file = [
      'Umsätze;;',
      'Zeitraum: Februar',
      'Buchungstag;Name;IBAN;Zweck;Art;Referenz;Betrag;Währung',
      '20.02.2026;"Roe; Jane";DE02 1203 0000 0000 2020 51;Rechnung;Überweisung;R1;1.234,56;EUR',
      '21.02.2026;Stadtwerke;;Strom;Lastschrift;R2;-80,00;EUR',
      ';;;;;;;',
    ].join('\r\n');
    const { statements, faults } = readCsv(file, german, ours);
    expect(faults).toEqual([]);
    expect(statements[0]?.skipped).toBe(1);
    expect(statements[0]?.entries).toMatchObject([
      {
        ...{
          place: 'line 4',
          direction: 'in',
          amountMinor: 123456,
          bookedOn: '2026-02-20',
          bankReference: 'R1',
        },
        ...{
          counterparty: { name: 'Roe; Jane', iban: 'DE02120300000000202051' },
          text: 'Rechnung Überweisung',
        },
      },
      { place: 'line 5', direction: 'out', amountMinor: 8000, bookedOn: '2026-02-21' },
    ]);
  });

  it('a bank with two columns of amounts', () => {
    const { statements } = readCsv(
      'Date,Credit,Debit,Description\n02/20/2026,15.99,,a\n2/21/2026,,"1,000.00",b\n',
      american,
      {
        ...ours,
        currency: 'USD',
      },
    );
    expect(statements[0]?.entries.map(({ direction, amountMinor }) => [direction, amountMinor])).toEqual([
      ['in', 1599],
      ['out', 100000],
    ]);
  });

  it.each([
    ['Date,Credit,Description\n02/20/2026,1.00,a\n', 'line 1', 'has no column "Debit"'],
    ['Date,Credit,Debit,Description\n20/02/2026,1.00,,a\n', 'line 2', 'is no date in the form MM/DD/YYYY'],
    ['Date,Credit,Debit,Description\n02/20/2026,"1,00",,a\n', 'line 2', 'its amount is no decimal'],
    ['Date,Credit,Debit,Description\n02/20/2026,1.999,,a\n', 'line 2', 'its amount is no decimal'],
    ['Date,Credit,Debit,Description\n02/20/2026,"a"b,,a\n', 'line 2', 'Invalid Closing Quote'],
  ])('names what is wrong: %#', (file, field, reason) => {
    const { faults } = readCsv(file, american, ours);
    expect(faults[0]?.field).toBe(field);
    expect(faults[0]?.reason).toContain(reason);
  });

  it.each([
    ['1.234,56', ',', 123456],
    ['1234,5', ',', 123450],
    ['12,00-', ',', -1200],
    ['-0.05', '.', -5],
    ["+1'234.00", '.', 123400],
    ['1 234.00', '.', 123400],
    ['1.23,56', ',', null],
    ['1,2,3', ',', null],
    ['-5-', '.', null],
    ['', '.', null],
    ['1e3', '.', null],
    ['99999999999999999', '.', null],
  ] as const)('%s with decimal %s is %s cents', (written, decimal, minor) => {
    expect(minorIn(written, decimal, 'EUR')).toBe(minor);
  });
});

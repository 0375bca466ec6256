import { describe, expect, it } from '@jest/globals';
import { EntryKeys } from './bank-entry';
import { readCamt } from './read-camt';
import { sampleCamt, sampleStatement, transaction } from './sample-statements';

const entriesOf = (xml: string) => readCamt(xml).statements.flatMap(({ entries }) => entries);
const balance = (code: string, amount: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`;

describe('camt.053', () => {
  it('a credit: who, how much, when, for what', () => {
    const [entry] = entriesOf(
      sampleCamt(
        sampleStatement([
          {
            ...{
              amount: '15.99',
              reference: '2026022000017',
              name: 'Müller & Söhne',
              iban: 'DE02120300000000202051',
            },
            ...{ text: 'invoice INV-000123', structured: 'RF18539007547034', endToEndId: 'NOTPROVIDED' },
          },
        ]),
      ),
    );
    expect(entry).toEqual({
      place: 'statement 1, entry 1',
      bankAccount: 'DE89370400440532013000',
      bankReference: '2026022000017',
      direction: 'in',
      isReversal: false,
      amountMinor: 1599,
      currency: 'EUR',
      bookedOn: '2026-02-20',
      counterparty: { name: 'Müller & Söhne', iban: 'DE02120300000000202051' },
      references: ['RF18539007547034'],
      endToEndId: '',
      text: 'invoice INV-000123',
      isBatch: false,
    });
  });

  it('several statements, debits, reversals; what is not booked yet is left out', () => {
    const { statements } = readCamt(
      sampleCamt(
        sampleStatement([
          { amount: '10', kind: 'DBIT' },
          { amount: '2.5', kind: 'DBIT', reversal: true },
          { amount: '99', status: 'PDNG' },
        ]),
        sampleStatement([{ amount: '1.05' }], { iban: 'GB33BUKB20201555555555' }),
      ),
    );
    expect(
      statements.map(({ bankAccount, skipped, entries }) => ({
        ...{ bankAccount, skipped },
        entries: entries.map(
          (each) => `${each.direction}${each.isReversal ? ' reversal' : ''} ${each.amountMinor}`,
        ),
      })),
    ).toEqual([
      { bankAccount: 'DE89370400440532013000', skipped: 1, entries: ['out 1000', 'out reversal 250'] },
      { bankAccount: 'GB33BUKB20201555555555', skipped: 0, entries: ['in 105'] },
    ]);
  });

  it('a batch is taken apart where its parts make up the whole, and is one entry for a person where they do not', () => {
    const parts = (last: string): string =>
      transaction({ amount: '10.00', name: 'A' }) +
      transaction({ amount: '7.00', name: 'B' }) +
      transaction({ amount: last, name: 'C', kind: 'DBIT' });
    const told = (last: string) =>
      entriesOf(sampleCamt(sampleStatement([{ amount: '15.00', transactions: parts(last) }]))).map(
        ({ place, direction, amountMinor, counterparty, isBatch }) =>
          `${place}: ${counterparty.name} ${direction} ${amountMinor}${isBatch ? ' batch' : ''}`,
      );
    expect(told('2.00')).toEqual([
      'statement 1, entry 1, transaction 1: A in 1000',
      'statement 1, entry 1, transaction 2: B in 700',
      'statement 1, entry 1, transaction 3: C out 200',
    ]);
    expect(told('1.50')).toEqual(['statement 1, entry 1:  in 1500 batch']);
  });

  it.each([
    ['<a>', 'is no well-formed XML: Unclosed tag'],
    ['<a/>', 'is no camt.053'],
    ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'must have no document type'],
    ['<!doctype a><a/>', 'must have no document type'],
    ['not XML at all', 'is no'],
    [sampleCamt(sampleStatement([{ amount: '1,50' }])), 'has no amount'],
    [sampleCamt(sampleStatement([{ amount: '1.505' }])), 'has no amount'],
    [sampleCamt(sampleStatement([{ amount: '15', currency: 'XQQ' }])), 'has no amount'],
    [sampleCamt(sampleStatement([{ amount: '5', on: '2026-02-30' }])), 'has no booking date'],
    [
      sampleCamt(
        sampleStatement([{ amount: '5' }], { balances: balance('OPBD', '1') + balance('CLBD', '7') }),
      ),
      'does not add up: 100 and entries of 500 minor units are not 700',
    ],
  ])('is refused: %s', (xml, reason) => {
    const [fault] = readCamt(xml).faults;
    expect(fault?.reason).toContain(reason);
  });

  it('a statement whose balances add up is read', () => {
    const balances = balance('OPBD', '1') + balance('CLBD', '6');
    expect(readCamt(sampleCamt(sampleStatement([{ amount: '5' }], { balances }))).faults).toEqual([]);
  });

  it('an entry has the same key in every file; equal ones of one statement differ, a day or a direction too', () => {
    const keysOf = (...statements: string[]): string[] =>
      readCamt(sampleCamt(...statements)).statements.flatMap(({ entries }) => {
        const keys = new EntryKeys();
        return entries.map((entry) => keys.keyOf(entry));
      });
    const [a, b] = [
      { amount: '5', text: 'a' },
      { amount: '5', text: 'b' },
    ];
    const once = keysOf(sampleStatement([a, b, a]));
    expect(new Set(once).size).toBe(3);
    expect(keysOf(sampleStatement([b, { ...a, on: '2026-02-21' }]), sampleStatement([a]))).toEqual([
      once[1],
      expect.stringContaining('2026-02-21'),
      once[0],
    ]);
    const byReference = { amount: '5', reference: '77' };
    expect(new Set(keysOf(sampleStatement([byReference, { ...byReference, kind: 'DBIT' }]))).size).toBe(2);
    expect(keysOf(sampleStatement([{ ...byReference, text: 'in other words' }]))).toEqual(
      keysOf(sampleStatement([byReference])),
    );
  });
});

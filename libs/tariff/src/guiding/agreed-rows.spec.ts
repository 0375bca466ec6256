import type { PriceOverride, RateEntry } from '@tollkeeper/contracts';
import { sentenceOf } from '../rating/sentence';
import { emptyState, foldGroup } from '../rating/fold-group';
import { account, call, deckVersion, entry, guided, offering } from '../sample-tariff';
import { rateRecord } from '../rating/rate-record';
import { weekBands } from '../cases/case-tariff';
import { compileCatalog } from '../catalog/compile-catalog';
import { compileDeck } from '../deck/compile-deck';
import { guideUsage } from './guide-usage';
import { SubscriberDirectory } from './subscriber-directory';
import { CyclePeriods } from './usage-periods';

/** So many EUR a second. */
const row = (rate: string, prefix: string, change: Partial<RateEntry> = {}): RateEntry =>
  entry({ rate, prefix, perUnits: 1, ...change });

const agreed = (
  overrideId: string,
  rowOfIt: RateEntry,
  change: Partial<PriceOverride> = {},
  deckId = 'retail',
): PriceOverride => ({
  overrideId,
  revision: 1,
  accountId: 'acc_1',
  subscriptionId: null,
  price: { kind: 'deckRate', deckId, entry: rowOfIt },
  from: '2026-01-10T00:00:00.000Z',
  to: '2026-01-11T00:00:00.000Z',
  ...change,
});

const list = [row('9', '49'), row('8', '4930'), row('7', 'onNet')];
const own = { subscriptionId: 'sub_1' };

describe('a rate agreed with the customer', () => {
  it.each<[string, PriceOverride[], Parameters<typeof call>[0], number]>([
    ['none', [], {}, 8],
    ['takes the place of the row', [agreed('a', row('1', '4930'))], {}, 1],
    ['a shorter prefix does not', [agreed('a', row('1', '49'))], {}, 8],
    ['it holds for what no longer one is for', [agreed('a', row('1', '49'))], { otherParty: '4940123' }, 1],
    ['a longer one is added', [agreed('a', row('1', '49301'))], {}, 1],
    ['where there was none at all', [agreed('a', row('1', '33'))], { otherParty: '3312345' }, 1],
    ['before its time', [agreed('a', row('1', '4930'))], { startAt: '2026-01-09T23:59:59.999Z' }, 8],
    ['at its end', [agreed('a', row('1', '4930'))], { startAt: '2026-01-11T00:00:00.000Z' }, 8],
    ['called off', [agreed('a', row('1', '4930'), { to: '2026-01-10T00:00:00.000Z' })], {}, 8],
    ['of another deck', [agreed('a', row('1', '4930'), {}, 'other')], {}, 8],
    ['elsewhere', [agreed('a', row('1', '4930', { servingZone: 'roaming' }))], {}, 8],
    ['other usage', [agreed('a', row('1', '4930', { usageType: 'sms' }))], {}, 8],
    ['a subscription’s own first', [agreed('a', row('2', '4930')), agreed('b', row('1', '4930'), own)], {}, 1],
    ['of another subscription', [agreed('b', row('1', '4930'), { subscriptionId: 'sub_2' })], {}, 8],
    ['to our own numbers', [agreed('a', row('1', 'onNet'))], { onNet: true }, 1],
    ['the deck’s row for our own numbers is more precise', [agreed('a', row('1', '4930'))], { onNet: true }, 7],
  ])('%s', (_, overrides, change, expected) => {
    const record = call({ quantity: 1, ...change });
    const outcome = rateRecord(
      guided(record, { entries: list, accounts: [account({ overrides })] }),
      emptyState(),
    );
    expect('rated' in outcome && outcome.rated.amountMicro).toBe(expected * 1_000_000);
  }); // prettier-ignore

  const calendar = { zone: 'UTC', holidays: [], bands: weekBands, crossing: 'byStart' as const };
  const peak = row('5', '49', { band: 'peak' });
  const [monday, evening] = ['2026-01-12T12:00:00.000Z', '2026-01-12T19:00:00.000Z'];
  const always = { from: '2026-01-01T00:00:00.000Z', to: null };

  it.each([
    ['for any time: the deck keeps its band', row('1', '49'), monday, 5],
    ['for any time', row('1', '49'), evening, 1],
    ['for a band', row('1', '49', { band: 'peak' }), monday, 1],
    ['for a band: other times are the deck’s', row('1', '49', { band: 'peak' }), evening, 9],
    [
      'a longer prefix for a band: other times are the deck’s',
      row('1', '4930', { band: 'peak' }),
      evening,
      9,
    ],
  ])('%s', (_, agreedRow, startAt, expected) => {
    const known = {
      directory: new SubscriberDirectory([account({ overrides: [agreed('a', agreedRow, always)] })]),
      catalog: compileCatalog(
        [offering()],
        [compileDeck({ ...deckVersion, calendar }, [row('9', '49'), peak])],
      ),
      periods: new CyclePeriods(),
    };
    const usage = guideUsage(call({ quantity: 1, startAt }), known);
    if (typeof usage === 'string') throw new Error(usage);
    const [first] = foldGroup(emptyState(), [usage]).folded;
    expect(first && 'rated' in first.outcome && first.outcome.rated.amountMicro).toBe(expected * 1_000_000);
  });

  it('is named by the explanation', () => {
    const overrides = [agreed('pov_1', row('0.01', '4930'))];
    const usage = guided(call({ quantity: 60 }), { entries: list, accounts: [account({ overrides })] });
    const outcome = rateRecord(usage, emptyState());
    if (!('rated' in outcome)) throw new Error('not rated');
    expect(outcome.rated.explanation).toMatchObject({ prefix: '4930', rate: '0.01', override: 'pov_1' });
    expect(sentenceOf({ usageType: 'voice', quantity: 60, currency: 'EUR', ...outcome.rated })).toContain(
      'row "4930" in home; as agreed with the customer (pov_1); 60 s charged; 0.01 EUR per 1 s;',
    );
  });
});

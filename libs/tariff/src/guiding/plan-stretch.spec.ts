import fc from 'fast-check';
import { compileCatalog, versionAt } from '../catalog/compile-catalog';
import { compileDeck } from '../deck/compile-deck';
import { account, call, deckVersion, entry, offering, subscription } from '../sample-tariff';
import { guideUsage } from './guide-usage';
import { SubscriberDirectory } from './subscriber-directory';
import { CyclePeriods, paidPeriodAt } from './usage-periods';

const day = (no: number): string => new Date(Date.UTC(2026, 0, 1 + no)).toISOString();
const days = fc.integer({ min: 1, max: 120 });

/** What a look at every list says, with nothing remembered. */
it('what was found for one record is found for the next only while it holds', () => {
  fc.assert(
    fc.property(
      fc.array(days, { maxLength: 4 }),
      fc.array(days, { maxLength: 4 }),
      fc.array(days, { maxLength: 3 }),
      fc.integer({ min: 1, max: 31 }),
      fc.array(fc.record({ no: days, isPrepaid: fc.boolean() }), { minLength: 1, maxLength: 12 }),
      (planDays, deckDays, changes, anchorDay, records) => {
        const versions = [...new Set(planDays)].map((no, index) =>
          offering({ version: index + 2, validFrom: day(no) }),
        );
        const paid = offering({ offeringId: 'paid', paidInAdvance: { days: 30, amountMinor: 1 } });
        const decks = [0, ...new Set(deckDays)].map((no, index) =>
          compileDeck({ ...deckVersion, version: index + 1, validFrom: day(no) }, [entry()]),
        );
        const catalog = compileCatalog([offering(), ...versions, paid], decks);
        const cuts = [0, ...[...new Set(changes)].sort((left, right) => left - right)];
        const plans = cuts.map((from, index) => ({
          offeringId: index % 2 === 0 ? 'plan' : 'paid',
          from: day(from),
          to: cuts[index + 1] === undefined ? null : day(cuts[index + 1] ?? 0),
        }));
        const paidPeriods = [
          { from: day(10), to: day(40) },
          { from: day(50), to: day(80) },
        ];
        const cycle = { frequency: 'monthly' as const, anchorDay, zone: 'Europe/Berlin' };
        const payer = account({ cycle, subscriptions: [subscription({ plans, paidPeriods })] });
        const known = { directory: new SubscriberDirectory([payer]), catalog, periods: new CyclePeriods() };
        for (const { no } of records) {
          const at = day(no);
          const plan = plans.find(({ from, to }) => from <= at && (to === null || at < to));
          const planned = versionAt(catalog.offerings.get(plan?.offeringId ?? ''), at);
          expect(guideUsage(call({ startAt: at }), known)).toMatchObject({
            offering: { offeringId: planned?.offeringId, version: planned?.version },
            deck: { label: versionAt(catalog.decks.get('retail'), at)?.label },
            period: planned?.paidInAdvance ? paidPeriodAt(paidPeriods, at) : new CyclePeriods().at(cycle, at),
          });
        }
      },
    ),
    { numRuns: 300 },
  );
});

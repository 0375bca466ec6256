import { describe, expect, it } from '@jest/globals';
import { type Buyer, checkEligibility, notSold, wrongKind } from './check-sale';
import type { OfferingPrice } from './offering-price';

const offering = (change: Partial<OfferingPrice> = {}): OfferingPrice => ({
  offeringId: 'talk',
  version: 1,
  name: 'Talk',
  currency: 'EUR',
  validFrom: '2026-01-01T00:00:00.000Z',
  paidInAdvance: null,
  ...change,
});
const buyer = (change: Partial<Buyer> = {}): Buyer => ({
  kind: 'person',
  segment: null,
  country: 'DE',
  creditClass: null,
  isNew: true,
  plan: 'base',
  addOns: [],
  ...change,
});
const [march, may] = ['2026-03-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z'];
const justBefore = (instant: string) => new Date(Date.parse(instant) - 1).toISOString();

describe('when an offering is sold', () => {
  it.each([
    ['always', offering(), march, null],
    ['before it is retired', offering({ salesEndAt: march }), justBefore(march), null],
    ['retired', offering({ salesEndAt: march }), march, /retired/],
    ['sold again', offering({ salesEndAt: null }), march, null],
    ['before its sale', offering({ eligibility: { salesFrom: march } }), justBefore(march), /from .* on/],
    ['in its sale', offering({ eligibility: { salesFrom: march, salesTo: may } }), march, null],
    ['after its sale', offering({ eligibility: { salesTo: may } }), may, /was sold until/],
  ])('%s', (_, offered, from, reason) => {
    if (reason === null) expect(notSold(offered, from)).toBeNull();
    else expect(notSold(offered, from)).toMatch(reason);
  });
});

describe('what it is sold as', () => {
  it.each([
    [undefined, true, true],
    ['plan', true, false],
    ['bundle', true, false],
    ['addOn', false, true],
  ] as const)('%s: as a plan %s, on top of one %s', (kind, asPlan, asAddOn) => {
    const offered = offering(kind ? { kind } : {});
    expect(wrongKind(offered, 'plan') === null).toBe(asPlan);
    expect(wrongKind(offered, 'addOn') === null).toBe(asAddOn);
  });
});

describe('who may have it', () => {
  it.each([
    ['everybody', {}, {}, []],
    ['students', { eligibility: { segments: ['student'] } }, { segment: 'student' }, []],
    ['no students', { eligibility: { segments: ['student'] } }, {}, [/segment student, this is none/]],
    ['companies', { eligibility: { customerTypes: ['organisation'] } }, {}, [/kind organisation, this is person/]],
    ['another country', { eligibility: { countries: ['AT', 'CH'] } }, {}, [/in AT, CH, this is DE/]],
    ['good payers', { eligibility: { creditClasses: ['gold'] } }, { creditClass: 'gold' }, []],
    ['who was here before', { eligibility: { newCustomersOnly: true } }, { isNew: false }, [/new customers/]],
    ['its base plan', { kind: 'addOn', compatiblePlans: ['base', 'big'] }, {}, []],
    ['another plan', { kind: 'addOn', compatiblePlans: ['big'] }, {}, [/goes with big, not with base. Change the plan/]],
    ['what it excludes', { eligibility: { excludes: ['roam'] } }, { addOns: ['roam'] }, [/together with roam. End that/]],
    ['all that is wrong', { eligibility: { segments: ['x'], countries: ['AT'] } }, {}, [/segment/, /AT/]],
  ] as [string, Partial<OfferingPrice>, Partial<Buyer>, RegExp[]][])('%s', (_, offered, who, reasons) => {
    const findings = checkEligibility(offering(offered), buyer(who));
    expect(findings).toHaveLength(reasons.length);
    findings.forEach(({ reason }, at) => expect(reason).toMatch(reasons[at] ?? /never/));
  }); // prettier-ignore
});

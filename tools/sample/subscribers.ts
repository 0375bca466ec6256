import type { UsageSubscriber } from '../usage-generator';
import { clockStartsAt } from './operator';

/** How an account pays: a script of the sandbox gateway's tokens, or by bank transfer without a card. */
type Payment = { script: string; autoPay: boolean } | null;

interface Group {
  offeringId: string;
  profile: UsageSubscriber['profile'];
  accounts: number;
  simsPerAccount: number;
  /** Of the group's accounts, in order; the rest pay by a card that works. */
  payments: Payment[];
}

const card = (script: string): Payment => ({ script, autoPay: true });
const repeat = (count: number, payment: Payment): Payment[] => Array.from({ length: count }, () => payment);
const byBank: Payment = null;

/** 200 SIMs on five plans, with every way a payment can go. */
const groups: Group[] = [
  {
    offeringId: 'smart-5',
    profile: 'smart',
    accounts: 90,
    simsPerAccount: 1,
    payments: [
      ...repeat(6, card('soft-ok')),
      ...repeat(3, card('soft-soft-soft-ok')),
      ...repeat(4, card('hard')),
      card('timeoutCharged-ok'),
      card('timeoutLost-ok'),
      card('expired'),
      ...repeat(4, byBank),
    ],
  },
  {
    offeringId: 'pay-as-you-go',
    profile: 'payg',
    accounts: 40,
    simsPerAccount: 1,
    payments: [card('soft-ok'), card('ok-timeoutCharged-ok'), card('error-ok')],
  },
  {
    offeringId: 'family-3',
    profile: 'family',
    accounts: 10,
    simsPerAccount: 3,
    payments: [card('soft-soft-ok')],
  },
  { offeringId: 'iot-fleet', profile: 'iot', accounts: 4, simsPerAccount: 5, payments: [byBank] },
  {
    offeringId: 'prepaid-30',
    profile: 'prepaid',
    accounts: 20,
    simsPerAccount: 1,
    payments: [card('soft-ok'), card('hard'), card('ok-soft-ok')],
  },
];

const firstNames = [
  'Ada',
  'Ben',
  'Cora',
  'Dan',
  'Elle',
  'Finn',
  'Gwen',
  'Hugo',
  'Ivy',
  'Jon',
  'Kate',
  'Leo',
  'Mia',
  'Noah',
  'Olga',
  'Paul',
];
const lastNames = [
  'Archer',
  'Baker',
  'Carver',
  'Dyer',
  'Fisher',
  'Gardener',
  'Hunter',
  'Mason',
  'Porter',
  'Sawyer',
  'Tanner',
  'Weaver',
  'Wright',
];

export interface SampleAccount {
  externalId: string;
  offeringId: string;
  payment: Payment;
  token: string | null;
  request: object;
  sims: UsageSubscriber[];
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** Every account with its import request, its SIMs and how it pays; always the same. */
export function sampleAccounts(cycleId: string, size = 1): SampleAccount[] {
  let accountNo = 0;
  let simNo = 0;
  return groups.flatMap(({ offeringId, profile, accounts, simsPerAccount, payments }) =>
    Array.from({ length: Math.max(1, Math.round(accounts * size)) }, (_, index) => {
      accountNo += 1;
      const externalId = `pinewood-${digits(accountNo, 4)}`;
      const payment = index < payments.length ? (payments[index] ?? null) : card('ok');
      const sims = Array.from({ length: simsPerAccount }, () => {
        simNo += 1;
        return {
          msisdn: `+1518555${digits(simNo, 4)}`,
          imsi: `310990${digits(simNo, 9)}`,
          profile,
          iccid: `8901990${digits(simNo, 12)}`,
        };
      });
      const token = payment ? `tok_${payment.script}.${externalId}` : null;
      return {
        externalId,
        offeringId,
        payment,
        token,
        sims,
        request: requestOf({ externalId, accountNo, offeringId, sims, cycleId }),
      };
    }),
  );
}

interface Given {
  externalId: string;
  accountNo: number;
  offeringId: string;
  sims: (UsageSubscriber & { iccid: string })[];
  cycleId: string;
}

function requestOf({ externalId, accountNo, offeringId, sims, cycleId }: Given): object {
  const name = `${firstNames[accountNo % firstNames.length]} ${lastNames[accountNo % lastNames.length]}`;
  const prepaid = offeringId.startsWith('prepaid');
  return {
    externalId,
    customerName: name,
    email: `${name.toLowerCase().replace(' ', '.')}.${digits(accountNo, 4)}@subscribers.example`,
    language: 'en',
    address: {
      lines: [`${accountNo} Maple Avenue`],
      city: 'Albany',
      region: 'NY',
      postalCode: '12207',
      country: 'US',
    },
    ...(prepaid ? { cycleId: null } : { cycleId }),
    termsDays: 14,
    subscriptions: sims.map(({ msisdn, imsi, iccid }) => ({
      externalId: iccid,
      offeringId,
      activeFrom: clockStartsAt,
      ...(sims.length > 1 && offeringId.startsWith('family') ? { poolId: `pool-${externalId}` } : {}),
      identifiers: [
        { kind: 'msisdn', value: msisdn.replace('+', '') },
        { kind: 'imsi', value: imsi },
        { kind: 'iccid', value: iccid },
      ],
    })),
  };
}

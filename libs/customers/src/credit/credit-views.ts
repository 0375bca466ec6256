import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { microToMinor } from '@tollkeeper/money';
import { idField, moneyField, pageQuery, reasonField } from '@tollkeeper/platform';
import { creditView, termsShape } from '../accounts/account-terms-views';
import { refundableAt } from '../domain/offering-deposits';
import { usageBarOf } from '../domain/usage-caps';
import type { CreditAccountRow } from './credit-account.schema';
import type { CreditStanding } from './credit-desk.service';

const money = z.object({ minor: z.number().int(), currency: z.string() });

const period = z.object({
  periodKey: z.string(),
  fromAt: z.string(),
  toAt: z.string(),
  rated: money.describe('Without tax, rounded up'),
  roamingData: money,
  billed: z.boolean(),
});
const bar = z.object({
  cause: z.enum(['usageCap', 'roamingCap']),
  periodKey: z.string(),
  state: z.enum(['barRoamingData', 'barData', 'barOutgoing']),
  since: z.string(),
  until: z.string(),
});
const standing = z.object({
  accountId: z.string(),
  terms: termsShape.nullable(),
  exposure: money
    .nullable()
    .describe('Unbilled usage and open debt, less account credit; null: not followed'),
  openDebt: money.nullable(),
  accountCredit: money.nullable(),
  usage: z.array(period),
  roamingDataCap: money.nullable(),
  thresholds: z.array(
    z.object({
      cause: z.enum(['usageCap', 'roamingCap']),
      periodKey: z.string(),
      percent: z.number().int(),
      at: z.string(),
    }),
  ),
  usageBar: z.enum(['barRoamingData', 'barData', 'barOutgoing']).nullable(),
  bars: z.array(bar),
  deposit: z.object({
    demanded: money,
    held: money,
    since: z.string().nullable(),
    /** Asked for and not in the books yet. */
    onItsWay: money,
    goodPaymentAt: z.string().nullable().describe('When it goes back if payment stays good'),
    offerings: z
      .array(
        z.object({
          subscriptionId: z.string(),
          offeringId: z.string(),
          amount: money,
          refundableAt: z
            .string()
            .nullable()
            .describe('When it goes back if payment stays good; null: at the end'),
        }),
      )
      .describe('What sold offerings ask for besides the class'),
    waiver: z.object({ reason: z.string(), by: z.string(), at: z.string() }).nullable(),
    topUp: z
      .object({
        amount: money,
        attempt: z.number().int(),
        state: z.enum(['asked', 'waiting', 'refused']),
        reason: z.string().nullable(),
        at: z.string(),
      })
      .nullable()
      .describe('What a live account lacks'),
    giveBack: z
      .object({
        amount: money,
        cause: z.enum(['goodPayment', 'ended', 'orderUndone']),
        state: z.enum(['due', 'given']),
        at: z.string(),
      })
      .nullable(),
  }),
});

export class CreditStandingView extends createZodDto(standing) {}
export class CreditListView extends createZodDto(
  z.object({
    data: z.array(
      z.object({
        accountId: z.string(),
        usageBar: z.enum(['barRoamingData', 'barData', 'barOutgoing']).nullable(),
        bars: z.array(bar),
        topUpRefused: z.boolean(),
      }),
    ),
    hasMore: z.boolean(),
  }),
) {}
export class CreditSettingsView extends createZodDto(z.object({ roamingDataCap: money.nullable() })) {}

export class CreditListQuery extends createZodDto(
  pageQuery.extend({ barred: z.stringbool().optional().describe('True: only those that usage has barred') }),
) {}
export class WaiveDeposit extends createZodDto(
  z.strictObject({ waived: z.boolean(), reason: reasonField }),
) {}
export class RetryDeposit extends createZodDto(z.strictObject({ reason: reasonField })) {}
export class ChooseRoamingCap extends createZodDto(
  z.strictObject({
    cap: z
      .union([z.literal('usual'), z.literal('none'), moneyField])
      .describe('An amount without tax; `none`: no limit; `usual`: the operator’s or the law’s'),
    reason: reasonField,
  }),
) {}
export class SetCreditSettings extends createZodDto(
  z.strictObject({ roamingDataCap: moneyField.nullable(), reason: reasonField }),
) {}
export class CreditParams extends createZodDto(z.strictObject({ accountId: idField })) {}

const barsOf = (row: CreditAccountRow) => ({
  usageBar: usageBarOf(row.bars),
  bars: row.bars.map(({ cause, periodKey, state, since, until }) => ({
    ...{ cause, periodKey, state, since, until },
  })),
});

export const creditListView = (row: CreditAccountRow) => ({
  accountId: row.accountId,
  ...barsOf(row),
  topUpRefused: row.topUp?.state === 'refused',
});

export function standingView({ account, row, ...found }: CreditStanding) {
  const { currency } = account;
  const amount = (minor: number) => ({ minor, currency });
  const rounded = (micro: number) => amount(microToMinor(micro, currency, 'up'));
  const { balance, claims, topUp, giveBack, waiver } = row;
  const ifFollowed = (minor: number) => (account.creditTerms || balance ? amount(minor) : null);
  return {
    accountId: account._id,
    terms: creditView(account.creditTerms, currency),
    exposure: ifFollowed(microToMinor(found.exposureMicro, currency, 'up')),
    openDebt: ifFollowed(balance?.openDebtMinor ?? 0),
    accountCredit: ifFollowed(balance?.creditMinor ?? 0),
    usage: row.usage.map(({ ratedMicro, roamingDataMicro, periodKey, fromAt, toAt, billed }) => ({
      ...{ periodKey, fromAt, toAt, billed },
      rated: rounded(ratedMicro),
      roamingData: rounded(roamingDataMicro),
    })),
    roamingDataCap: found.roamingCapMinor === null ? null : amount(found.roamingCapMinor),
    thresholds: row.told.map(({ cause, periodKey, percent, at }) => ({ cause, periodKey, percent, at })),
    ...barsOf(row),
    deposit: {
      demanded: amount(found.demandedMinor),
      held: amount(balance?.depositMinor ?? 0),
      since: balance?.depositSince ?? null,
      onItsWay: amount(claims.reduce((sum, { amountMinor }) => sum + amountMinor, 0)),
      goodPaymentAt: found.goodPaymentAt,
      offerings: (row.offeringDeposits ?? []).map((each) => ({
        ...{ subscriptionId: each.subscriptionId, offeringId: each.offeringId },
        amount: amount(each.amountMinor),
        refundableAt: refundableAt(each, { lateAt: row.lateAt, zone: account.zone }),
      })),
      waiver: waiver && { reason: waiver.reason, by: waiver.by, at: waiver.at },
      topUp: topUp && {
        amount: amount(topUp.amountMinor),
        ...{ attempt: topUp.attempt, state: topUp.state, reason: topUp.reason, at: topUp.at },
      },
      giveBack: giveBack && {
        amount: amount(giveBack.amountMinor),
        ...{ cause: giveBack.cause, state: giveBack.state, at: giveBack.at },
      },
    },
  };
}

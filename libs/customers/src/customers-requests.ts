import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { idField, pageQuery, reasonField } from '@tollkeeper/platform';
import { accountChangeFields, accountFields, subscriptionFields } from './accounts/account-fields';

const rowId = z.string().regex(/^[0-9a-f]{24}$/, 'must be the id of the last row seen');

export class CreateAccount extends createZodDto(accountFields) {}
export class ImportAccounts extends createZodDto(
  z.strictObject({ accounts: z.array(accountFields).min(1).max(1000) }),
) {}
export class ChangeAccount extends createZodDto(
  accountChangeFields.extend({ reason: reasonField.optional() }),
) {}
export class AddSubscription extends createZodDto(subscriptionFields) {}
export class AccountParams extends createZodDto(z.strictObject({ accountId: idField })) {}

export class AccountsQuery extends createZodDto(
  pageQuery.extend({
    customerId: idField.optional(),
    parentAccountId: idField.optional(),
  }),
) {}
export class TimelineQuery extends createZodDto(pageQuery.extend({ startingAfter: rowId.optional() })) {}

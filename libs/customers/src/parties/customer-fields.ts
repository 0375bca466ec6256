import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { idField, pageQuery, reasonField } from '@tollkeeper/platform';
import type { CustomerRow } from './customer.schema';

const line = z.string().trim().min(1).max(120);

const contact = z
  .strictObject({
    name: line,
    role: z.string().trim().min(1).max(40).describe('What the person is asked about, such as billing.'),
    email: z.email('must be an e-mail address').max(254).nullable().default(null),
    phone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, 'must be an international number such as +15185550101')
      .nullable()
      .default(null),
  })
  .refine(({ email, phone }) => email !== null || phone !== null, {
    path: ['email'],
    message: 'a contact has an e-mail address or a phone number',
  });

const fields = {
  name: line,
  segment: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .nullable()
    .describe('For whom offers are made: student, staff, sme. Offerings may be for some segments only'),
  registrationNumber: z.string().trim().min(1).max(60).nullable(),
  contacts: z.array(contact).max(20),
};

const customerFields = z
  .strictObject({
    ...fields,
    externalId: idField.nullable().default(null),
    kind: z.enum(['person', 'organisation']),
    segment: fields.segment.default(null),
    registrationNumber: fields.registrationNumber.default(null),
    contacts: fields.contacts.default([]),
  })
  .refine(({ kind, registrationNumber }) => kind === 'organisation' || registrationNumber === null, {
    path: ['registrationNumber'],
    message: 'only an organisation is in the register of companies',
  });

export type NewCustomer = z.output<typeof customerFields>;

export class CreateCustomer extends createZodDto(customerFields) {}
export class ChangeCustomer extends createZodDto(
  z.strictObject(fields).partial().extend({ reason: reasonField }),
) {}
export class CustomersQuery extends createZodDto(
  pageQuery.extend({ q: z.string().trim().min(2, 'search for at least 2 characters').max(120).optional() }),
) {}
export class CustomerParams extends createZodDto(z.strictObject({ customerId: idField })) {}

const view = z.object({
  customerId: z.string(),
  externalId: z.string().nullable(),
  kind: z.enum(['person', 'organisation']),
  name: z.string(),
  segment: z.string().nullable(),
  registrationNumber: z.string().nullable(),
  contacts: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
    }),
  ),
  createdAt: z.string(),
});

export class CustomerView extends createZodDto(view) {}
export class CustomerPageView extends createZodDto(z.object({ data: z.array(view), hasMore: z.boolean() })) {}

export const customerView = ({
  _id,
  externalId,
  kind,
  name,
  segment = null,
  registrationNumber,
  contacts,
  createdAt,
}: CustomerRow) => ({
  ...{ customerId: _id, externalId, kind, name, segment },
  ...{ registrationNumber, contacts, createdAt },
});

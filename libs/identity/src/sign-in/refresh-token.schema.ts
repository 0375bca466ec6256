import { defineCollection, rowSchema } from '@tollkeeper/platform';

export type SessionKind = 'staff' | 'subscriber';

export interface RefreshTokenRow {
  /** Hash of the token: the token itself is nowhere. */
  _id: string;
  kind: SessionKind;
  /** The user or subscriber login. */
  subject: string;
  /** One sign-in and all that was rotated from it. */
  familyId: string;
  expiresAt: Date;
  used: boolean;
  revoked: boolean;
}

export const RefreshTokens = defineCollection<RefreshTokenRow>(
  'refreshTokens',
  rowSchema({
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    subject: { type: String, required: true },
    familyId: { type: String, required: true },
    expiresAt: { type: Date, required: true },
    used: { type: Boolean, required: true },
    revoked: { type: Boolean, required: true },
  }),
  [{ keys: { familyId: 1 } }, { keys: { subject: 1 } }, { keys: { expiresAt: 1 }, expireAfterSeconds: 0 }],
);

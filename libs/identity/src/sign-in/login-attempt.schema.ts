import { defineCollection, rowSchema } from '@tollkeeper/platform';

export interface LoginAttemptRow {
  /** Hash of tenant, door, account and address: no addresses of people are kept. */
  _id: string;
  failures: number;
  lockedUntil: Date;
  lastAt: Date;
}

const forgottenAfterSeconds = 24 * 3600;

export const LoginAttempts = defineCollection<LoginAttemptRow>(
  'loginAttempts',
  rowSchema({
    _id: { type: String, required: true },
    failures: { type: Number, required: true },
    lockedUntil: { type: Date, required: true },
    lastAt: { type: Date, required: true },
  }),
  [{ keys: { lastAt: 1 }, expireAfterSeconds: forgottenAfterSeconds }],
);

import type { DeclineCategory } from '@tollkeeper/contracts';
import { declineCategoryOf } from '../../domain/retries/decline-codes';

/** Stripe's decline codes (docs.stripe.com/declines/codes) are the neutral names; what is not listed is tried again by the rules of the schemes. */
export const stripeDeclineCategory = (code: string): DeclineCategory => declineCategoryOf(code) ?? 'soft';

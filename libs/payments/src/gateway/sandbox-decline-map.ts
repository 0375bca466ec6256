import type { DeclineCategory } from '@tollkeeper/contracts';

const categories: Readonly<Record<string, DeclineCategory>> = {
  insufficient_funds: 'soft',
  stolen_card: 'hard',
  expired_card: 'hard',
  invalid_token: 'hard',
  suspected_fraud: 'fraud',
  authentication_required: 'actionRequired',
};

/** A code that the map does not know is tried again: the schemes list the final ones. */
export const declineCategory = (code: string): DeclineCategory =>
  Object.hasOwn(categories, code) ? (categories[code] ?? 'soft') : 'soft';

import type { DeclineCategory } from '@tollkeeper/contracts';
import { visaCategoryOf } from './network-advice';

/**
 * Decline codes by what they mean for another try, in the lower-case names that processors publish. `soft`: the same
 * method may be tried again by itself; `actionRequired`: only with its holder; `hard`: not this method; `fraud`: not
 * this method, and nobody is told why.
 */
const byCategory: Readonly<Record<DeclineCategory, readonly string[]>> = {
  soft: [
    ...['approve_with_id', 'call_issuer', 'card_velocity_exceeded', 'do_not_honor', 'do_not_honour'],
    ...['duplicate_transaction', 'generic_decline', 'insufficient_funds', 'insufficient_funds_debit'],
    ...['issuer_not_available', 'issuer_unavailable', 'no_action_taken', 'processing_error', 'rate_limit'],
    ...['reenter_transaction', 'try_again_later', 'withdrawal_count_limit_exceeded', 'limit_exceeded'],
    ...['declined', 'card_declined', 'call_to_authorize', 'over_credit_limit', 'exceeds_amount_limit'],
    ...['processor_timeout', 'system_error', 'issuer_timeout', 'temporarily_unavailable'],
  ],
  actionRequired: [
    ...['authentication_required', 'authentication_not_handled', 'mobile_device_authentication_required'],
    ...['offline_pin_required', 'online_or_offline_pin_required', 'payment_intent_authentication_failure'],
    ...['three_d_secure_required', 'sca_required', 'incorrect_pin', 'invalid_pin', 'pin_required'],
    ...['pin_try_exceeded', 'new_account_information_available', 'invalid_amount'],
  ],
  hard: [
    ...['account_closed', 'closed_account', 'bank_account_closed', 'bank_account_restricted'],
    ...['bank_account_unusable', 'card_not_supported', 'currency_not_supported', 'debit_not_authorized'],
    ...['do_not_try_again', 'expired_card', 'incorrect_address', 'incorrect_cvc', 'incorrect_number'],
    ...['incorrect_zip', 'invalid_account', 'invalid_account_number', 'invalid_card'],
    ...[
      'invalid_card_number',
      'invalid_cvc',
      'invalid_expiry_month',
      'invalid_expiry_year',
      'invalid_number',
    ],
    ...['invalid_token', 'invalid_transaction', 'lost_card', 'lost_or_stolen_card', 'no_account'],
    ...['no_such_issuer', 'not_permitted', 'payment_method_customer_decline', 'payment_method_not_available'],
    ...['payment_method_unactivated', 'pick_up_card', 'pickup_card', 'recurring_payment_stopped'],
    ...['restricted_card', 'revocation_of_all_authorizations', 'revocation_of_authorization'],
    ...['service_not_allowed', 'stolen_card', 'stop_payment_order', 'stop_recurring', 'testmode_decline'],
    ...['transaction_not_allowed', 'transaction_not_permitted', 'authorization_revoked', 'card_not_active'],
  ],
  fraud: [
    ...['fraudulent', 'fraud', 'fraud_suspected', 'suspected_fraud', 'merchant_blacklist', 'blocked'],
    ...['security_violation', 'highest_risk_level', 'elevated_risk_level'],
  ],
};

const categories = new Map(
  Object.entries(byCategory).flatMap(([category, codes]) =>
    codes.map((code) => [code, category as DeclineCategory] as const),
  ),
);

/** Response codes of ISO 8583, field 39, where a gateway hands them on as they are; fraud is not to be told apart from theft. */
const ofResponseCode = { 1: 'hard', 2: 'soft', 3: 'actionRequired', 4: 'soft' } as const;
const fraudCodes = ['59', '63'];
const expiredCode = '54';

function ofIssuer(code: string): DeclineCategory {
  if (fraudCodes.includes(code)) return 'fraud';
  return code === expiredCode ? 'hard' : ofResponseCode[visaCategoryOf(code)];
}

/** Null: nobody listed it. A code in capitals, `INSUFFICIENT_FUNDS`, means the same. */
export function declineCategoryOf(code: string): DeclineCategory | null {
  const known = categories.get(code.toLowerCase());
  if (known) return known;
  return /^\d{2}$/.test(code) ? ofIssuer(code) : null;
}

/** For the door that tells what each code does. */
export const declineCodes: Readonly<Record<DeclineCategory, readonly string[]>> = byCategory;

import type { DeclineCategory } from '@tollkeeper/contracts';

/** Stripe's decline codes (docs.stripe.com/declines/codes); what is not here is tried again by the rules of the schemes. */
const categories: Readonly<Record<string, DeclineCategory>> = {
  ...of('hard', [
    ...['account_closed', 'bank_account_closed', 'bank_account_restricted', 'bank_account_unusable'],
    ...['card_not_supported', 'currency_not_supported', 'debit_not_authorized', 'expired_card'],
    ...['incorrect_address', 'incorrect_cvc', 'incorrect_number', 'incorrect_zip', 'invalid_account'],
    ...['invalid_cvc', 'invalid_expiry_month', 'invalid_expiry_year', 'invalid_number', 'lost_card'],
    ...['new_account_information_available', 'no_account', 'not_permitted', 'pickup_card', 'restricted_card'],
    ...['revocation_of_all_authorizations', 'revocation_of_authorization', 'service_not_allowed'],
    ...['stolen_card', 'stop_payment_order', 'testmode_decline', 'transaction_not_allowed'],
    ...['payment_method_customer_decline', 'payment_method_not_available', 'payment_method_unactivated'],
  ]),
  ...of('fraud', ['fraudulent', 'merchant_blacklist', 'security_violation', 'highest_risk_level']),
  ...of('actionRequired', [
    ...['authentication_required', 'authentication_not_handled', 'mobile_device_authentication_required'],
    ...['offline_pin_required', 'online_or_offline_pin_required', 'payment_intent_authentication_failure'],
  ]),
  ...of('soft', [
    ...['approve_with_id', 'call_issuer', 'card_velocity_exceeded', 'do_not_honor'],
    ...['duplicate_transaction', 'generic_decline', 'insufficient_funds', 'issuer_not_available'],
    ...['no_action_taken', 'processing_error', 'reenter_transaction', 'try_again_later'],
    ...['withdrawal_count_limit_exceeded', 'insufficient_funds_debit', 'rate_limit'],
  ]),
  // The issuer says that another try will be refused too, and the schemes fine for it.
  do_not_try_again: 'hard',
};

function of(category: DeclineCategory, codes: readonly string[]): Record<string, DeclineCategory> {
  return Object.fromEntries(codes.map((code) => [code, category]));
}

export const stripeDeclineCategory = (code: string): DeclineCategory =>
  Object.hasOwn(categories, code) ? (categories[code] ?? 'soft') : 'soft';

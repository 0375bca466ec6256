import { createHash } from 'node:crypto';
import { effectOf, readScript } from './token-script';

export interface StoredCard {
  brand: string;
  last4: string;
  expiry: string;
  fingerprint: string;
  /** In whose wallet it lies; left out: in none. */
  wallet?: 'applePay' | 'googlePay';
}

const WALLETS = ['applePay', 'googlePay'] as const;
const BRANDS = ['visa', 'mastercard', 'amex', 'discover'] as const;

/** The card behind a test token: made from the token alone, so it is the same whenever it is asked for. */
export function storedCard(token: string): StoredCard | undefined {
  const script = readScript(token);
  if (!script) return undefined;
  // Tokens of one card: `tok_ok.same-blue-1` and `tok_soft.same-blue-2`.
  const card = /same-[A-Za-z0-9]+/.exec(token)?.[0] ?? token;
  const digest = createHash('sha256').update(card).digest();
  const first = effectOf(script, 1);
  const hasExpired = first.kind === 'declined' && first.declineCode === 'expired_card';
  // A wallet holds a number of the device: another fingerprint, the same last digits on its picture.
  const wallet = WALLETS.find((name) => token.includes(`wallet-${name}`));
  const number = wallet ? createHash('sha256').update(`${wallet} ${card}`).digest() : digest;
  const month = 1 + (digest.readUInt8(3) % 12);
  const brand = BRANDS.find((name) => token.includes(`brand-${name}`));
  const wanted = /expires-(\d{4}-\d{2})/.exec(token)?.[1];
  return {
    brand: brand ?? BRANDS[digest.readUInt8(0) % BRANDS.length] ?? BRANDS[0],
    last4: String(digest.readUInt16BE(1) % 10_000).padStart(4, '0'),
    expiry: wanted ?? `${hasExpired ? 2020 : 2035}-${String(month).padStart(2, '0')}`,
    fingerprint: `fp_${number.toString('hex').slice(0, 24)}`,
    ...(wallet ? { wallet } : {}),
  };
}

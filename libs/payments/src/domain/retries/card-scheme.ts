export type CardScheme = 'visa' | 'mastercard';

/** By the brand as gateways write it: `visa`, `Mastercard`, `visa (apple_pay)`; null for a scheme without rules of its own here. */
export function schemeOf(brand: string): CardScheme | null {
  const name = brand.toLowerCase();
  if (name.startsWith('visa')) return 'visa';
  return name.startsWith('mastercard') || name.startsWith('maestro') ? 'mastercard' : null;
}

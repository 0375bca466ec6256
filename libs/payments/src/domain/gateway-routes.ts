/** An instrument as one gateway knows it. */
export interface KeptToken {
  gateway: string;
  token: string;
  /** Whose token it is there; left out: it needs no name for the payer. */
  gatewayCustomerId?: string | null;
}

/** The first rule that fits decides; `gateways` in the order in which they are tried. */
export interface RoutingRule {
  /** Left out: every kind of method. */
  kinds?: readonly string[];
  /** Left out: every currency. */
  currencies?: readonly string[];
  gateways: readonly string[];
}

/**
 * Where a method is charged, in order. Only gateways that know its token count; without a rule that fits it is charged
 * where it was added, and nowhere else.
 */
export function routeOf(
  rules: readonly RoutingRule[],
  { kind, currency }: { kind: string; currency: string },
  tokens: readonly [KeptToken, ...KeptToken[]],
): [KeptToken, ...KeptToken[]] {
  const rule = rules.find(
    ({ kinds, currencies }) => (kinds?.includes(kind) ?? true) && (currencies?.includes(currency) ?? true),
  );
  const [first, ...rest] = (rule?.gateways ?? []).flatMap(
    (gateway) => tokens.find((each) => each.gateway === gateway) ?? [],
  );
  return first ? [first, ...rest] : [tokens[0]];
}

/** Causes by which the charge was certainly never made, and never will be under this key. */
const certainCauses = /^(unavailable|rateLimit|refused)/;

/** Another gateway may be asked only when this one has certainly not charged: never while that is unknown. */
export const mayFailOver = ({ state, cause }: { state: string; cause: string | null }): boolean =>
  state === 'gatewayFailure' && cause !== null && certainCauses.test(cause);

/** Each try has a key of its own, so that no gateway ever sees the key of another. */
export const keyAt = (key: string, place: string): string => `${key.split('@')[0] ?? key}@${place}`;

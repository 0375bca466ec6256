const cards = ['card', 'wallet', 'applePay', 'googlePay'];

/**
 * The gateway knows better than its caller in whose wallet a card lies; a bank account is no card, whoever says so.
 * `null`: the two do not agree.
 */
export function kindOf<Kind extends string>(asked: Kind | undefined, told: Kind | undefined): Kind | null {
  const wanted = asked ?? ('card' as Kind);
  if (told === undefined || told === wanted) return wanted;
  return cards.includes(told) && cards.includes(wanted) ? told : null;
}

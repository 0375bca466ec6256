import type { Finding } from '../file/finding';

/** What the law does not allow, by which article, and what would be allowed. */
export interface RoamingFinding extends Finding {
  law: string;
  wayOut: string;
}

export const inOneSentence = ({ field, reason, law, wayOut }: RoamingFinding): Finding => ({
  field,
  reason: `${reason} (${law}); ${wayOut}`,
});

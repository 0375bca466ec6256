/** Length beats composition rules (NIST SP 800-63B); the upper bound keeps hashing affordable. */
export const passwordLength = { min: 12, max: 128 } as const;

const tooCommon = [
  'password',
  'passw0rd',
  '123456789',
  'qwertyuiop',
  'iloveyou',
  'letmein',
  'tollkeeper',
  'administrator',
];
const fewestDistinctCharacters = 5;

interface PasswordOwner {
  email: string;
  name: string;
}

/** What is wrong with the password, in words for its owner; `null` when it may be used. */
export function passwordProblem(password: string, owner: PasswordOwner): string | null {
  const length = [...password].length;
  if (length < passwordLength.min) return `must have at least ${passwordLength.min} characters`;
  if (length > passwordLength.max) return `must have at most ${passwordLength.max} characters`;
  if (new Set(password).size < fewestDistinctCharacters) return 'repeats too few characters';
  const plain = password.toLowerCase();
  if (tooCommon.some((word) => plain.startsWith(word) || plain.endsWith(word)))
    return 'is built on one of the most common passwords';
  if (namesOf(owner).some((name) => plain.includes(name)))
    return 'must not contain your name or e-mail address';
  return null;
}

const shortestTellingName = 4;

const namesOf = ({ email, name }: PasswordOwner): string[] =>
  [email, email.split('@')[0] ?? '', ...name.split(/\s+/)]
    .map((part) => part.toLowerCase())
    .filter((part) => part.length >= shortestTellingName);

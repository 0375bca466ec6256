/** Letters that Unicode does not take apart into a plain one and a mark. */
const plain: { [letter: string]: string } = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const mostWords = 12;

/** "Müller-Østby, Zoë" is found as "muller ostby zoe": lower case, without marks, words with one blank between. */
export const foldedName = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => plain[letter] ?? letter)
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The name as it reads from each of its words on, so that one index finds it by any word and those behind it. */
export function nameWordsOf(name: string): string[] {
  const words = foldedName(name).split(' ').slice(0, mostWords);
  const turned = words.map((_, start) => [...words.slice(start), ...words.slice(0, start)].join(' '));
  return [...new Set(turned)].filter((reading) => reading !== '');
}

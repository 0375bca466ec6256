const oneAddress = /^[^\s@,;:<>()[\]\\"\p{Cc}]+@[^\s@,;:<>()[\]\\"\p{Cc}]+$/u;

/** One plain address: nothing that a mail program could read as two, as a name or as a header. */
export const isMailAddress = (text: string): boolean => text.length <= 254 && oneAddress.test(text);

const longestSubject = 200;

/** One line, whatever was put into it. */
export const subjectLine = (text: string): string =>
  [...text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()].slice(0, longestSubject).join('');

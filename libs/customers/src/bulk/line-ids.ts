const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const placeLength = 6;
const importLength = 10;

/**
 * The id of what a line creates: a part of the import's own random id, then the place in the file. Ids of one file
 * ascend in its order however it is cut into batches, and a batch that runs again makes the same ones.
 */
export function idOfLine(prefix: string, importId: string, lineNumber: number): string {
  let place = '';
  for (let rest = lineNumber, digit = 0; digit < placeLength; digit++) {
    place = `${alphabet[rest % alphabet.length]}${place}`;
    rest = Math.floor(rest / alphabet.length);
  }
  return `${prefix}_${importId.slice(importId.indexOf('_') + 1).slice(0, importLength)}${place}`;
}

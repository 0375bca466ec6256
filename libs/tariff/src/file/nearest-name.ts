/** How many letters must be changed, added, dropped or swapped with their neighbour to make one name of the other. */
function distance(left: string, right: string): number {
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1];
      const swapped = i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1];
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (same ? 0 : 1),
        swapped ? before[j - 2]! + 1 : Infinity,
      );
    }
    [before, row] = [row, next];
  }
  return row[right.length]!;
}

const longest = 64;

/** The known name that was probably meant; a third of its letters may differ, letter case does not count. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (name.length > longest) return null;
  const wanted = name.toLowerCase();
  let nearest: string | null = null;
  let least = Infinity;
  for (const candidate of known) {
    if (candidate.length > longest) continue;
    const far = distance(wanted, candidate.toLowerCase());
    if (far < least && far <= Math.max(1, Math.floor(candidate.length / 3)))
      [nearest, least] = [candidate, far];
  }
  return nearest;
}

const mostListed = 8;

/** ` (did you mean "peak"?)`, or what there is when nothing is near; '' when there is nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  if (nearest !== null) return ` (did you mean "${nearest}"?)`;
  if (known.length === 0) return '';
  const listed = known.slice(0, mostListed).join(', ');
  return ` (there is ${listed}${known.length > mostListed ? ' ...' : ''})`;
}

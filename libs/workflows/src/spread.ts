const msPerMinute = 60_000;

/** FNV-1a: the same place for the same process in every replay, and even ones for thousands of them. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1)
    hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193) >>> 0;
  // Ids differ in their last characters: without this their places would lie side by side.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** How much later than its instant a process wakes, below so many minutes. */
export const spreadMs = (processId: string, minutes: number): number =>
  minutes > 0 ? hashOf(processId) % (minutes * msPerMinute) : 0;

const digits = 10;
const zeroCode = 48;
const firstSize = 32;

/**
 * Prefixes of digits as a tree in two flat arrays: a look-up follows the number digit by digit and builds no text, so it
 * costs the length of the number and not the size of the deck.
 */
export class PrefixTree<Entry> {
  /** Node by parent and digit; 0: none. */
  private next = new Int32Array(firstSize * digits);
  /** Entry of a node, counted from 1; 0: none. */
  private entryAt = new Int32Array(firstSize);
  private readonly entries: Entry[] = [];
  private nodes = 1;

  /** False when the prefix has an entry already, or is not made of digits. */
  add(prefix: string, entry: Entry): boolean {
    let node = 0;
    for (let place = 0; place < prefix.length; place += 1) {
      const digit = prefix.charCodeAt(place) - zeroCode;
      if (!(digit >= 0 && digit < digits)) return false;
      const index = node * digits + digit;
      node = this.next[index]!;
      if (node === 0) {
        node = this.grow();
        this.next[index] = node;
      }
    }
    if (this.entryAt[node] !== 0) return false;
    this.entries.push(entry);
    this.entryAt[node] = this.entries.length;
    return true;
  }

  get(prefix: string): Entry | undefined {
    let node = 0;
    for (let place = 0; place < prefix.length; place += 1) {
      const digit = prefix.charCodeAt(place) - zeroCode;
      if (!(digit >= 0 && digit < digits)) return undefined;
      node = this.next[node * digits + digit]!;
      if (node === 0) return undefined;
    }
    return this.entries[this.entryAt[node]! - 1];
  }

  longest(text: string): Entry | undefined {
    const { next, entryAt } = this;
    let node = 0;
    let found = entryAt[0]!;
    for (let place = 0; place < text.length; place += 1) {
      const digit = text.charCodeAt(place) - zeroCode;
      if (!(digit >= 0 && digit < digits)) break;
      node = next[node * digits + digit]!;
      if (node === 0) break;
      const entry = entryAt[node]!;
      if (entry !== 0) found = entry;
    }
    return found === 0 ? undefined : this.entries[found - 1];
  }

  /** Gives back what growing took ahead. */
  trim(): void {
    this.next = this.next.slice(0, this.nodes * digits);
    this.entryAt = this.entryAt.slice(0, this.nodes);
  }

  private grow(): number {
    if (this.nodes === this.entryAt.length) {
      const [next, entryAt] = [this.next, this.entryAt];
      this.next = new Int32Array(next.length * 2);
      this.next.set(next);
      this.entryAt = new Int32Array(entryAt.length * 2);
      this.entryAt.set(entryAt);
    }
    this.nodes += 1;
    return this.nodes - 1;
  }
}

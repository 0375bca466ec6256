const digits = 10;
const zeroCode = 48;
const firstNodes = 32;
/** Ten children and the node's entry in 64 bytes: one line of the processor's cache. */
const stride = 16;
const entryPlace = 10;

/**
 * Prefixes of digits as a tree in one flat array: a look-up follows the number digit by digit and builds no text, so it
 * costs the length of the number and not the size of the deck.
 */
export class PrefixTree<Entry> {
  /** Of each node: where its children begin, by digit, then its entry, counted from 1; 0: none. */
  private cells = new Int32Array(firstNodes * stride);
  private readonly entries: Entry[] = [];
  private nodes = 1;

  /** False when the prefix has an entry already, or is not made of digits. */
  add(prefix: string, entry: Entry): boolean {
    let node = 0;
    for (let place = 0; place < prefix.length; place += 1) {
      const digit = prefix.charCodeAt(place) - zeroCode;
      if (!(digit >= 0 && digit < digits)) return false;
      const index = node + digit;
      node = this.cells[index]!;
      if (node === 0) {
        node = this.grow();
        this.cells[index] = node;
      }
    }
    if (this.cells[node + entryPlace] !== 0) return false;
    this.entries.push(entry);
    this.cells[node + entryPlace] = this.entries.length;
    return true;
  }

  get(prefix: string): Entry | undefined {
    let node = 0;
    for (let place = 0; place < prefix.length; place += 1) {
      const digit = prefix.charCodeAt(place) - zeroCode;
      if (!(digit >= 0 && digit < digits)) return undefined;
      node = this.cells[node + digit]!;
      if (node === 0) return undefined;
    }
    return this.entries[this.cells[node + entryPlace]! - 1];
  }

  longest(text: string): Entry | undefined {
    const { cells } = this;
    let node = 0;
    let found = cells[entryPlace]!;
    for (let place = 0; place < text.length; place += 1) {
      const digit = text.charCodeAt(place) - zeroCode;
      if (!(digit >= 0 && digit < digits)) break;
      node = cells[node + digit]!;
      if (node === 0) break;
      const entry = cells[node + entryPlace]!;
      if (entry !== 0) found = entry;
    }
    return found === 0 ? undefined : this.entries[found - 1];
  }

  /** Gives back what growing took ahead. */
  trim(): void {
    this.cells = this.cells.slice(0, this.nodes * stride);
  }

  private grow(): number {
    const node = this.nodes * stride;
    if (node === this.cells.length) {
      const { cells } = this;
      this.cells = new Int32Array(cells.length * 2);
      this.cells.set(cells);
    }
    this.nodes += 1;
    return node;
  }
}

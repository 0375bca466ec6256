const digits = 10;
const zeroCode = 48;
const firstNodes = 32;

/** While it grows: of each node ten children by digit, then its entry, counted from 1; 0: none. */
const wideStride = 11;
const wideEntry = 10;

/** Packed: which digits have children, the number of the first of them (they lie side by side), the entry. */
const packedStride = 4;
const childrenAt = 1;
const entryAt = 2;

/** How many bits a mask of digits has. */
const bitsOf = new Uint8Array(1 << digits);
for (let mask = 1; mask < bitsOf.length; mask += 1) bitsOf[mask] = bitsOf[mask >> 1]! + (mask & 1);

/**
 * Prefixes of digits as a tree in one flat array. A look-up follows the number digit by digit and builds no text, so it costs
 * the length of the prefix and not the size of the deck; packed, a node takes 16 bytes, so that a deck stays in the
 * processor's cache.
 */
export class PrefixTree<Entry> {
  private wide: Int32Array | null = new Int32Array(firstNodes * wideStride);
  private packed = new Int32Array(packedStride);
  private readonly entries: Entry[] = [];
  private nodes = 1;

  /** False when the prefix has an entry already, or is not made of digits. Not after `pack`. */
  add(prefix: string, entry: Entry): boolean {
    let node = 0;
    for (let place = 0; place < prefix.length; place += 1) {
      const digit = prefix.charCodeAt(place) - zeroCode;
      if (!(digit >= 0 && digit < digits)) return false;
      node = this.childOf(node, digit);
    }
    const cells = this.growing();
    if (cells[node * wideStride + wideEntry] !== 0) return false;
    this.entries.push(entry);
    cells[node * wideStride + wideEntry] = this.entries.length;
    return true;
  }

  /** The entry of just this prefix. */
  get(prefix: string): Entry | undefined {
    const found = this.wide === null ? this.packedAt(prefix) : wideAt(this.wide, prefix);
    return this.entries[found - 1];
  }

  /** After `pack`: the entry of the longest prefix of the number. */
  longest(number: string): Entry | undefined {
    const { packed } = this;
    let node = 0;
    let found = packed[entryAt]!;
    for (let place = 0; place < number.length; place += 1) {
      const digit = number.charCodeAt(place) - zeroCode;
      if (!(digit >= 0 && digit < digits)) break;
      const mask = packed[node]!;
      const bit = 1 << digit;
      if ((mask & bit) === 0) break;
      node = (packed[node + childrenAt]! + bitsOf[mask & (bit - 1)]!) * packedStride;
      const entry = packed[node + entryAt]!;
      if (entry !== 0) found = entry;
    }
    return found === 0 ? undefined : this.entries[found - 1];
  }

  /** Level by level, so that the children of a node lie side by side. */
  pack(): void {
    const wide = this.growing();
    const packed = new Int32Array(this.nodes * packedStride);
    const order = [0];
    for (const [at, node] of order.entries()) {
      const first = order.length;
      let mask = 0;
      for (let digit = 0; digit < digits; digit += 1) {
        const child = wide[node * wideStride + digit]!;
        if (child === 0) continue;
        mask |= 1 << digit;
        order.push(child);
      }
      packed[at * packedStride] = mask;
      packed[at * packedStride + childrenAt] = first;
      packed[at * packedStride + entryAt] = wide[node * wideStride + wideEntry]!;
    }
    this.packed = packed;
    this.wide = null;
  }

  private growing(): Int32Array {
    if (this.wide === null) throw new RangeError('a packed tree takes no more prefixes');
    return this.wide;
  }

  private childOf(node: number, digit: number): number {
    const cells = this.growing();
    const known = cells[node * wideStride + digit]!;
    if (known !== 0) return known;
    if (this.nodes * wideStride === cells.length) {
      this.wide = new Int32Array(cells.length * 2);
      this.wide.set(cells);
    }
    this.growing()[node * wideStride + digit] = this.nodes;
    this.nodes += 1;
    return this.nodes - 1;
  }

  private packedAt(prefix: string): number {
    const { packed } = this;
    let node = 0;
    for (let place = 0; place < prefix.length; place += 1) {
      const bit = 1 << (prefix.charCodeAt(place) - zeroCode);
      const mask = packed[node]!;
      if (!isDigit(prefix, place) || (mask & bit) === 0) return 0;
      node = (packed[node + childrenAt]! + bitsOf[mask & (bit - 1)]!) * packedStride;
    }
    return packed[node + entryAt]!;
  }
}

const isDigit = (text: string, place: number): boolean => {
  const digit = text.charCodeAt(place) - zeroCode;
  return digit >= 0 && digit < digits;
};

function wideAt(cells: Int32Array, prefix: string): number {
  let node = 0;
  for (let place = 0; place < prefix.length; place += 1) {
    if (!isDigit(prefix, place)) return 0;
    node = cells[node * wideStride + prefix.charCodeAt(place) - zeroCode]!;
    if (node === 0) return 0;
  }
  return cells[node * wideStride + wideEntry]!;
}

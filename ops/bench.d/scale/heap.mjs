/** The least first; of what is equal, what came first. */
export class Heap {
  #items = [];
  #count = 0;

  get size() {
    return this.#items.length;
  }

  get least() {
    return this.#items[0]?.key;
  }

  push(key, value) {
    const items = this.#items;
    let at = items.push({ key, order: this.#count++, value }) - 1;
    for (let parent; at > 0 && before(items[at], items[(parent = (at - 1) >> 1)]); at = parent) [items[at], items[parent]] = [items[parent], items[at]];
  }

  pop() {
    const items = this.#items;
    const [first, last] = [items[0], items.pop()];
    if (items.length > 0) {
      items[0] = last;
      this.#sink();
    }
    return first.value;
  }

  #sink() {
    const items = this.#items;
    for (let at = 0; ;) {
      let child = 2 * at + 1;
      if (child + 1 < items.length && before(items[child + 1], items[child])) child++;
      if (child >= items.length || !before(items[child], items[at])) return;
      [items[at], items[child]] = [items[child], items[at]];
      at = child;
    }
  }
}

const before = (a, b) => a.key < b.key || (a.key === b.key && a.order < b.order);

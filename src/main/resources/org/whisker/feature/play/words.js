// The page is written for cats; for a model that is asked for another class it names that one.

const ATTRIBUTES = ['title', 'aria-label'];
const KEPT = 'select, code, script, style, .name, #copied, #error';

/** A text of cats as one of another class. */
export function inWords(text, name) {
  return name === 'cat' ? text : text.replace(/\b(an? )?(not-)?cat\b/g, (all, article, not = '') => {
    const first = /^[aeiou]/i.test(not + name) ? 'an ' : 'a ';
    return (article ? first : '') + not + name;
  });
}

export class Words {
  #name;
  /** What was written of a text or an attribute, and what is shown for it. */
  #known = new WeakMap();

  /**
   * Watches what is written on the page.
   *
   * @param name gives the class of the model that is chosen by the element of this id
   */
  constructor(name) {
    this.#name = name;
    const what = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES };
    new MutationObserver(changes => changes.forEach(({ target, addedNodes }) => {
      [target, ...addedNodes].forEach(node => this.#all(node));
    })).observe(document.body, what);
  }

  /** To be called when another model is chosen. */
  refresh() {
    this.#all(document.body);
  }

  #all(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        this.#say(node, 'data', node.parentElement, node.data, text => { node.data = text; });
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        ATTRIBUTES.filter(key => node.hasAttribute(key)).forEach(key =>
          this.#say(node, key, node, node.getAttribute(key), text => node.setAttribute(key, text)));
      }
    }
  }

  #say(node, key, element, present, put) {
    if (!element || element.closest(KEPT)) {
      return;
    }
    const known = this.#known.get(node) ?? {};
    const written = known[key]?.shown === present ? known[key].written : present;
    const shown = inWords(written, this.#name(element.closest('#score-beside') ? 'beside' : 'model'));
    this.#known.set(node, { ...known, [key]: { written, shown } });
    if (shown !== present) {
      put(shown);
    }
  }
}

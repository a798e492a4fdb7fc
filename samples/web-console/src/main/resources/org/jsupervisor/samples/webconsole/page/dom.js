// The only place that makes elements. What services write becomes text nodes, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; strings become text. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    attribute(node, name, value);
  }
  node.append(...children);
  return node;
}

/** Sets an attribute, or takes it away if the value is null or false. Leaves it if it is the same. */
export function attribute(node, name, value) {
  if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
  } else {
    const text = value === true ? "" : String(value);
    if (node.getAttribute(name) !== text) {
      node.setAttribute(name, text);
    }
  }
}

/** Changes the text of a node, only if it is another one: a reader's selection survives. */
export function text(node, words) {
  if (node.textContent !== words) {
    node.textContent = words;
  }
}

/** The mark of a tone; for eyes only, since the word stands beside it. */
export function mark(tone) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "mark");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  svg.append(use);
  tone && setMark(svg, tone);
  return svg;
}

/** Changes a mark. */
export function setMark(svg, tone) {
  attribute(svg, "data-tone", tone);
  attribute(svg.firstChild, "href", `#mark-${tone}`);
}

/**
 * Makes the children of a node those of the items, in their order, and keeps what is there: focus
 * and selection stay where they are.
 */
export function reconcile(parent, items, keyOf, create, update) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let child = old.get(key);
    if (child === undefined) {
      child = create(item);
      child.dataset.key = key;
    }
    old.delete(key);
    update(child, item);
    if (child === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(child, place);
    }
  }
  old.forEach((child) => child.remove());
}

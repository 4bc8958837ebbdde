export const byId = (id) => document.getElementById(id);

/** Makes an element; text is always text, never markup. */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== false && value != null) {
      made.setAttribute(name, value === true ? '' : value);
    }
  }
  made.append(...children);
  return made;
}

/** Writes only what differs, so that screen readers and selections are left alone. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** The same for elements: what is there already is left alone, with the focus it may have. */
export function setContent(target, ...content) {
  const next = target.cloneNode(false);
  next.append(...content);
  if (!next.isEqualNode(target)) {
    target.replaceChildren(...next.childNodes);
  }
}

/**
 * Makes a list's elements those of its items: kept where the key is known, made where it is new, removed where it is
 * gone; so that focus, selection and transitions survive. An element that stays where it is is not touched, for to take
 * it out and put it back takes the focus from it.
 */
export function reconcile(parent, items, keyOf, make, update) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const children = items.map((item) => {
    const child = known.get(keyOf(item)) ?? make(item);
    child.dataset.key = keyOf(item);
    update(child, item);
    return child;
  });
  const staying = new Set(children);
  [...parent.children].filter((child) => !staying.has(child)).forEach((child) => child.remove());
  let next = parent.firstElementChild;
  for (const child of children) {
    if (child === next) {
      next = next.nextElementSibling;
    } else {
      parent.insertBefore(child, next);
    }
  }
}

/** Whether a key is pressed together with one that makes it the browser's or the system's. */
export const isShortcut = ({ altKey, ctrlKey, metaKey }) => altKey || ctrlKey || metaKey;

export function badge(kind) {
  return element('span', { class: 'badge', 'data-kind': kind }, kind);
}

/** Shows a state that is designed rather than accidental: a title, a sentence, perhaps more; hides it without a title. */
export function showState(target, title, ...content) {
  target.hidden = !title;
  setContent(target, ...(title ? [element('div', {}, element('h3', {}, title), ...content)] : []));
}

export function spinner() {
  return element('div', { class: 'spinner' });
}

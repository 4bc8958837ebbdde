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

/**
 * Makes a list's elements those of its items: kept where the key is known, made where it is new, removed where it is
 * gone; so that focus, selection and transitions survive.
 */
export function reconcile(parent, items, keyOf, make, update) {
  const known = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const children = items.map((item) => {
    const child = known.get(keyOf(item)) ?? make(item);
    child.dataset.key = keyOf(item);
    update(child, item);
    return child;
  });
  if (children.length !== parent.children.length || children.some((child, at) => child !== parent.children[at])) {
    parent.replaceChildren(...children);
  }
}

export function badge(kind) {
  return element('span', { class: 'badge', 'data-kind': kind }, kind);
}

/** Shows a state that is designed rather than accidental: a title, a sentence, perhaps more; hides it without a title. */
export function showState(target, title, ...content) {
  target.hidden = !title;
  target.replaceChildren(...(title ? [element('div', {}, element('h3', {}, title), ...content)] : []));
}

export function spinner() {
  return element('div', { class: 'spinner' });
}

export const byId = (id) => document.getElementById(id);

/** Makes an element; text is always text, never markup. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
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

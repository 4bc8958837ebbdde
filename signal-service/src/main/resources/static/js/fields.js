import { byId, element } from './dom.js';

/** Returns whether a field has a value that the page can send, and says beside it what is expected if not. */
export function isUsable(field) {
  judge(field);
  return field.checkValidity();
}

/**
 * Marks a field as wrong and says why beside it, or takes both back.
 *
 * @param expected what the service expects instead of the value; without it the field is right, as far as the page sees
 */
export function judge(field, expected) {
  const reason = field.checkValidity() ? expected : accepted(field);
  const id = `${field.id}-problem`;
  byId(id)?.remove();
  if (reason) {
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', id);
    field.closest('.field').after(element('span', { class: 'field-problem', id }, `Expected: ${reason}`));
  } else {
    field.removeAttribute('aria-invalid');
    field.removeAttribute('aria-describedby');
  }
}

function accepted({ type, step, min, max }) {
  return type === 'date' ? `a date${min ? ` from ${min} on` : ''}` : `a ${step === '1' ? 'whole ' : ''}number from ${min} to ${max}`;
}

/** Returns what a refusal expects of a parameter; undefined if it does not name it. */
export const expectedOf = (name, errors = []) => errors.find(({ parameter }) => parameter === name)?.expected;

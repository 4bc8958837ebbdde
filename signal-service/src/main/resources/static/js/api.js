/** A failure in words for people: what the service said as a problem detail (RFC 9457), or that it said nothing. */
export class Problem extends Error {
  constructor(title, detail, status) {
    super(detail);
    this.title = title;
    this.status = status;
  }
}

export async function getJson(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  let response;
  try {
    response = await fetch(`api/v1/${path}${query ? `?${query}` : ''}`, { headers: { Accept: 'application/json' } });
  } catch {
    throw new Problem('signal-service does not answer', 'It may be starting or stopped. This page keeps trying.', 0);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Problem(body.title ?? `Status ${response.status}`, body.detail ?? '', response.status);
  }
  return body;
}

/** Runs a job again and again, each time so long after it has ended, and not while nobody looks. */
export function repeat(job, milliseconds) {
  const round = async () => {
    if (!document.hidden) {
      await job();
    }
    setTimeout(round, milliseconds);
  };
  round();
}

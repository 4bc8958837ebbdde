/** Milliseconds until a request without an answer counts as failed; the service itself answers much earlier. */
const MAX_WAIT = 30000;

/** A failed request: the problem detail of the service (RFC 9457), or that there was no answer. */
export class Problem extends Error {
  constructor(title, detail, status, errors = []) {
    super(detail);
    this.title = title;
    this.status = status;
    this.errors = errors;
  }

  /** @param body a problem detail, or anything else */
  static of(status, body) {
    return new Problem(body?.title ?? `Status ${status}`, body?.detail ?? '', status, body?.errors ?? []);
  }

  /** Whether the request itself is wrong, so that the same request fails again. */
  get refused() {
    return this.status === 400 || this.status === 422;
  }

  static silence() {
    return new Problem('signal-service does not answer', 'It may be starting or stopped. This page keeps trying.', 0);
  }
}

/** The address of a resource, with every parameter encoded. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return `api/v1/${path}${query ? `?${query}` : ''}`;
}

export function get(path, parameters, accept, signal) {
  return send(path, parameters, { headers: { Accept: accept }, signal });
}

/** Sends a body and returns the JSON of the answer. */
export async function postJson(path, parameters, body, headers, signal) {
  const response = await send(path, parameters, {
    method: 'POST', headers: { ...headers, Accept: 'application/json' }, body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(MAX_WAIT)]),
  });
  return response.json().catch(() => {
    throw Problem.silence();
  });
}

async function send(path, parameters, options) {
  let response;
  try {
    response = await fetch(address(path, parameters), options);
  } catch (reason) {
    throw reason.name === 'AbortError' ? reason : Problem.silence();
  }
  if (!response.ok) {
    throw Problem.of(response.status, await response.json().catch(() => null));
  }
  return response;
}

export async function getJson(path, parameters = {}) {
  const response = await get(path, parameters, 'application/json', AbortSignal.timeout(MAX_WAIT));
  const body = await response.json().catch(() => {
    // It broke off in the middle
    throw Problem.silence();
  });
  return body.source ? { ...body, source: { ...body.source, ...sourceOf(response.headers) } } : body;
}

/** Where an answer came from by its headers: a body that was revalidated may be older than its answer. */
function sourceOf(headers) {
  if (!headers.has('Source-Endpoint')) {
    return {};
  }
  return {
    endpoint: headers.get('Source-Endpoint'),
    revision: Number(headers.get('Source-Revision')),
    dataAsOf: headers.get('Source-As-Of'),
    stale: headers.get('Source-Stale') === 'true',
    staleSeconds: Number(headers.get('Source-Stale-Seconds') ?? 0),
  };
}

/** Runs a job again and again, each time so many milliseconds after its end, and not while the page is hidden. */
export function repeat(job, milliseconds) {
  const round = async () => {
    try {
      if (!document.hidden) {
        await job();
      }
    } finally {
      setTimeout(round, milliseconds);
    }
  };
  round();
}

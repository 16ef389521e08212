// Requests to the server. The key comes from the fragment of the address and goes into a header.

export function fragment() {
  return new URLSearchParams(location.hash.slice(1));
}

function headers(type) {
  return { 'X-Whisker-Token': fragment().get('token') ?? '', 'Content-Type': type };
}

/** The address of a path of the server, which a proxy may serve below a path of its own. */
function below(path) {
  return new URL('.' + path, location.href);
}

/** What the server said against a request. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function sent(path, body, type) {
  let answer;
  try {
    answer = await fetch(below(path), { method: 'POST', headers: headers(type), body, credentials: 'omit' });
  } catch {
    throw new Refused(0, 'whisker does not answer; is it still running?');
  }
  if (!answer.ok) {
    const why = await answer.json().catch(() => ({ error: `status ${answer.status}` }));
    throw new Refused(answer.status, why.error);
  }
  return answer;
}

export async function post(path, body = {}) {
  return (await sent(path, JSON.stringify(body), 'application/json')).json();
}

export async function postForBlob(path, body) {
  return (await sent(path, JSON.stringify(body), 'application/json')).blob();
}

export async function postFile(path, file) {
  return (await sent(path, file, 'application/octet-stream')).json();
}

/** Server-sent events, by fetch since EventSource sends no header; opened again when they end. */
export async function listen(hear, state) {
  let replaced = false;
  const heard = (name, data) => {
    replaced ||= name === 'replaced';
    hear(name, data);
  };
  for (let wait = 500; ; wait = Math.min(10000, wait * 2)) {
    try {
      const answer = await fetch(below('/api/events'), { headers: headers('text/plain'), credentials: 'omit' });
      if (!answer.ok) {
        state((await answer.json()).error);
        return;
      }
      state('');
      wait = 500;
      await read(answer.body, heard);
    } catch {
      // below
    }
    if (replaced) {
      state('This page is open too many times; reload it to use it here.');
      return;
    }
    state('whisker does not answer; is it still running?');
    await new Promise(done => setTimeout(done, wait));
  }
}

async function read(stream, heard) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      event(text.slice(0, end), heard);
      text = text.slice(end + 2);
    }
  }
}

function event(block, heard) {
  const lines = block.split('\n');
  const name = lines.find(line => line.startsWith('event: '));
  const data = lines.find(line => line.startsWith('data: '));
  if (name && data) {
    heard(name.slice(7), JSON.parse(data.slice(6)));
  }
}

export function toBase64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(text);
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), c => c.charCodeAt(0));
}

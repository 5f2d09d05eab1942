// The worker as the page sees it: calls with answers, progress, a stop, and what happens if it dies.

export class Refused extends Error {}
export class Stopped extends Error {}

const OLD = "This browser is too old for this page: use a current Firefox, Chrome, Edge or Safari.";
const MEMORY = "There is not enough memory: close other programs and tabs, or take a smaller file.";
const FILE =
  "The file could not be read: it is damaged, or asks for more memory than a web page has. Save it as a new .xlsx in Excel, or split it.";

export class Engine {
  #worker = null;
  #waiting = new Map();
  #next = 0;

  // `onState` is called with "starting", "ready" and the version, or "broken" and a sentence.
  constructor(onState) {
    this.onState = onState;
  }

  start() {
    this.#end(new Stopped());
    this.onState("starting", "");
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") {
      this.onState("broken", OLD);
      return;
    }
    // A worker that starts from a blob has the Content-Security-Policy of the page.
    const code = `import ${JSON.stringify(new URL("worker.js", import.meta.url).href)};`;
    const place = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    this.#worker = new Worker(place, { type: "module" });
    this.#worker.onmessage = (event) => {
      URL.revokeObjectURL(place);
      this.#take(event.data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#break(event.message);
    };
  }

  // Ask for something: the name of a method and its arguments, as JSON. The answer is what it
  // returned; a file has its bytes too. A Refused says what the user can do.
  ask(request, { bytes, onProgress } = {}) {
    if (this.#worker === null) return Promise.reject(new Stopped());
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, onProgress });
      this.#worker.postMessage({ id, request, bytes, tells: onProgress !== undefined });
    });
  }

  #take(message) {
    if (message.ready !== undefined) return this.onState("ready", message.ready);
    if (message.failed !== undefined) return this.#break(message.failed);
    const waiting = this.#waiting.get(message.id);
    if (waiting === undefined) return undefined;
    if (message.rows !== undefined) return waiting.onProgress(message.rows, message.total);
    if (message.crashed !== undefined) return this.#break(message.crashed);
    this.#waiting.delete(message.id);
    const { done, refused } = JSON.parse(message.text);
    if (refused !== undefined) return waiting.reject(new Refused(refused));
    return waiting.resolve(message.made ? { name: done, bytes: message.made } : done);
  }

  #break(reason) {
    this.#end(new Stopped());
    this.onState("broken", sentence(reason));
  }

  #end(error) {
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

function sentence(reason) {
  if (/memory|allocat|out of bounds|Maximum call stack/i.test(reason)) return MEMORY;
  if (/CompileError|LinkError|SyntaxError|not supported|not defined/i.test(reason)) return OLD;
  if (/unreachable|abort/i.test(reason)) return FILE;
  const last = String(reason).trim().split("\n").pop();
  return `The reader of titles has stopped: ${last || "no reason was given"}.`;
}

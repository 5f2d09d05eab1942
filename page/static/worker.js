// The worker: Python with the library, and one session for one person's file.
import { loadPyodide } from "./engine/pyodide.mjs";

const ENGINE = new URL("./engine/", import.meta.url).href;

async function start() {
  const packages = fetch(`${ENGINE}packages.zip`).then((answer) => {
    if (!answer.ok) throw new Error(`packages.zip: ${answer.status}`);
    return answer.arrayBuffer();
  });
  const python = await loadPyodide({ indexURL: ENGINE });
  const place = python.runPython("import site; site.getsitepackages()[0]");
  python.unpackArchive(await packages, "zip", { extractDir: place });
  const call = python.runPython(`
from pathlib import Path
from pmo_classify.page.session import Session
session = Session(Path("/session"))
session.read("PMO")  # loads the tables of words
session.call
`);
  const version = python.runPython("from pmo_classify import __version__; __version__");
  return { python, call, version };
}

const ready = start();
ready.then(
  ({ version }) => postMessage({ ready: version }),
  (error) => postMessage({ failed: String(error) }),
);

onmessage = async ({ data: { id, request, bytes, tells } }) => {
  try {
    const { python, call } = await ready;
    const extra = [];
    if (bytes !== undefined) extra.push(python.toPy(new Uint8Array(bytes)));
    if (tells) extra.push((rows, total) => postMessage({ id, rows, total }));
    const result = call(JSON.stringify(request), ...extra);
    const [text, made] = result.toJs();
    result.destroy();
    postMessage({ id, text, made });
  } catch (error) {
    // What the user can put right comes back as "refused"; this is a fault, or memory ran out.
    postMessage({ id, crashed: String(error.message ?? error) });
  }
};

// The worker: Python with the library, and one session for one person's file.
import { loadPyodide } from "./engine/pyodide.mjs";

const ENGINE = new URL("./engine/", import.meta.url).href;

async function unpacked(name) {
  const answer = await fetch(ENGINE + name);
  if (!answer.ok) throw new Error(`${name} is missing (${answer.status})`);
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

// Write the files of a tar archive into a folder of Python.
function unpack(archive, files, folder) {
  const text = new TextDecoder();
  const bytes = new Uint8Array(archive);
  for (let at = 0; bytes[at]; ) {
    const field = (from, to) => text.decode(bytes.subarray(at + from, at + to)).replace(/\0.*$/s, "");
    const path = [folder, field(345, 500), field(0, 100)].filter(Boolean).join("/");
    const size = Number.parseInt(field(124, 136), 8);
    files.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    files.writeFile(path, bytes.subarray(at + 512, at + 512 + size));
    at += 512 + 512 * Math.ceil(size / 512);
  }
}

async function start() {
  const packages = unpacked("packages.bin");
  // The memory of a Python that has started and loaded the library: starting takes longer.
  const snapshot = unpacked("snapshot.bin");
  const python = await loadPyodide({ indexURL: ENGINE, _loadSnapshot: snapshot });
  const place = python.runPython("import site; site.getsitepackages()[0]");
  unpack(await packages, python.FS, place);
  const call = python.runPython(`
import importlib
from pathlib import Path
importlib.invalidate_caches()
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

// Write the memory of a Python that has started and loaded the library, so that a browser need not
// do that each time: node page/snapshot.mjs ENGINE
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const engine = resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(join(engine, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: engine, _makeSnapshot: true });
const place = python.runPython("import site; site.getsitepackages()[0]");
const packages = new Uint8Array(readFileSync(join(engine, "packages.bin"))).buffer;
python.unpackArchive(packages, "gztar", { extractDir: place });
const before = python._module.HEAP8.length;
// In parts, because what compiling takes is given back after each; the session needs them all.
for (const part of [
  "classifier",
  "labelling.columns",
  "labelling.labeller",
  "files.kinds",
  "files.tables",
  "labelling.title_column",
  "labelling.label_file",
  "page.found",
  "page.title",
  "review.apply",
  "review.doubtful",
  "review.examples",
  "report.page",
  "page.session",
]) {
  python.runPython(`import pmo_classify.${part}`);
}
if (python._module.HEAP8.length !== before) {
  // A browser starts with as much memory as Pyodide, and puts no more than that back.
  throw new Error("the library no longer fits into the memory that Pyodide starts with");
}
writeFileSync(join(engine, "snapshot.bin"), gzipSync(python.makeMemorySnapshot(), { level: 9 }));

// The page: what a person does, in the order in which they do it. Nothing is kept when it is closed.

import { Engine, Refused, Stopped } from "./engine.js";
import { answer, badge, bars, capital, counted, h, number, preview, title } from "./view.js";

const MOST_BYTES = 256 * 2 ** 20;
const TYPING = 80;
const READY = "Ready. From now on it works without a network, too.";

const $ = (id) => document.getElementById(id);
const show = (id, visible = true) => ($(id).hidden = !visible);

// All that a new worker needs to go on is here: the file, where its titles are, the decisions.
const state = {
  file: null, // name and bytes
  found: null, // what was found in it
  sheets: [], // the names of all its sheets
  where: [null, null, null], // column, sheet, header
  earlier: null, // name and bytes of last month's decisions
  isLabelled: false,
  deck: [], // the titles in doubt: title, rows
  skipped: new Set(),
  card: null, // the title shown
  coming: null, // the title that is shown next
  decisions: [], // title, choice; in the order in which they were made
  isDecided: true, // whether the worker knows them all
  isSaved: true,
};

const engine = new Engine((what, text) => {
  if (what === "starting") say("Getting ready …");
  if (what === "ready") {
    say(READY);
    $("version").textContent = `pmo-classify ${text}`;
    show("broken", false);
  }
  if (what === "broken") {
    say("");
    $("broken-text").textContent = text;
    show("broken");
    // What broke it is not done again by itself.
    if (state.found === null) state.file = null;
    if (!$("working").hidden) state.isLabelled = false;
    show("working", false);
    $("restart").focus();
  }
});

const say = (text) => ($("status").textContent = text);

function refuse(error) {
  if (error instanceof Stopped) return;
  $("refused").textContent = error instanceof Refused ? error.message : `This failed: ${error.message}`;
  show("refused");
}

// Run what a person asked for; what is refused is said, and everything stays usable.
const action = (run) => async (event) => {
  show("refused", false);
  try {
    await run(event);
  } catch (error) {
    refuse(error);
  }
};

// One title

let typed = 0;
let isReading = false;

async function readTitle() {
  const text = $("title").value;
  if (!text.trim()) {
    $("title-answer").replaceChildren();
    return;
  }
  // Only the last of what was typed meanwhile is read.
  if (isReading) return;
  isReading = true;
  try {
    await tellDecisions();
    const shown = await engine.ask(["read", text]);
    if ($("title").value.trim()) $("title-answer").replaceChildren(answer(shown));
  } catch (error) {
    refuse(error);
  } finally {
    isReading = false;
  }
  if ($("title").value !== text) await readTitle();
}

$("title").addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(readTitle, TYPING);
});

// A file

const take = action(async (file) => {
  if (!$("working").hidden) throw new Refused("A file is being read: wait for it, or stop it first.");
  if (file.size > MOST_BYTES) {
    const most = `${MOST_BYTES / 2 ** 20} MiB`;
    throw new Refused(`${file.name}: it is larger than ${most}, too much for a web page: split it`);
  }
  const bytes = await file.arrayBuffer().catch(() => {
    throw new Refused(`${file.name}: it cannot be read: if it is a folder, choose a file in it`);
  });
  if (!$("broken").hidden) await restart({ withFile: false });
  await keepDecisions();
  forget();
  state.file = { name: file.name, bytes };
  say(`Looking at ${file.name} …`);
  try {
    state.found = await engine.ask(["open", file.name], { bytes });
  } finally {
    if ($("broken").hidden) say(READY);
  }
  shownFound();
  $("found-heading").focus();
});

// Decisions on one file hold for the next one, too.
async function keepDecisions() {
  if (state.decisions.length === 0) return;
  await tellDecisions();
  await useTitles(await engine.ask(["titles"]));
}

async function useTitles(file) {
  const count = await engine.ask(["use_titles", file.name], { bytes: file.bytes });
  state.earlier = file.bytes.byteLength ? file : null;
  const said = `${file.name}: ${counted(count, "decision")} in use.`;
  $("earlier-said").textContent = state.earlier ? said : "";
  show("drop-earlier", state.earlier !== null);
}

function forget() {
  Object.assign(state, { file: null, found: null, where: [null, null, null] });
  Object.assign(state, { deck: [], card: null, coming: null, decisions: [], isDecided: false });
  state.skipped.clear();
  show("found", false);
  forgetLabels();
  $("search").value = "";
  $("hits").replaceChildren();
}

function forgetLabels() {
  state.isLabelled = false;
  for (const id of ["counts", "settle", "back"]) show(id, false);
}

const labelOf = (column) => (column.name ? `${column.name} (${column.letter})` : column.letter);

function shownFound() {
  const { tables, has_header: hasHeader } = state.found;
  const [, sheet] = state.where;
  const withTitles = tables.filter((table) => table.column !== null);
  const table = withTitles[0] ?? tables[0];
  show("found");
  $("found-said").textContent = state.found.fault || foundText(withTitles);
  show("found-change", table !== undefined);
  show("preview", table !== undefined);
  $("label").disabled = withTitles.length === 0;
  if (table === undefined) return;
  if (sheet === null) state.sheets = tables.map((each) => each.sheet);
  const { sheets } = state;
  const all = withTitles.length > 1 || sheet !== null ? "All that hold titles" : "The one with titles";
  choose($("sheet"), [["", all], ...sheets.map((each) => [each, each])], sheet ?? "");
  $("sheet").parentElement.hidden = sheets.length < 2;
  const columns = table.columns.map((column) => [column.letter, labelOf(column)]);
  const at = table.column === null ? "" : table.columns[table.column]?.letter;
  choose($("column"), at ? columns : [["", "Choose one"], ...columns], at ?? "");
  $("header").parentElement.hidden = !hasHeader;
  $("header").value = table.header_row ?? 0;
  preview($("preview"), table);
}

function foundText(withTitles) {
  const where = withTitles
    .map((each) => {
      const column = each.columns[each.column];
      const sheet = each.sheet === null ? "" : `sheet ${each.sheet}, `;
      const row = each.header_row;
      const none = state.found.has_header ? ", no header" : "";
      const header = row === null ? none : `, header in row ${row}`;
      return `${sheet}column ${column?.name || column?.letter}${header}`;
    })
    .join("; ");
  return `${state.found.name}: ${where}.`;
}

function choose(select, options, value) {
  select.replaceChildren(...options.map(([key, text]) => h("option", { value: key }, text)));
  select.value = value;
}

const look = action(async ({ target }) => {
  const [column, sheet, header] = state.where;
  const chosen = {
    sheet: [null, $("sheet").value || null, null],
    column: [$("column").value || null, sheet, header],
    header: [column, sheet, Number.parseInt($("header").value, 10) || 0],
  };
  const before = state.where;
  state.where = chosen[target.id];
  try {
    state.found = await engine.ask(["look", ...state.where]);
  } catch (error) {
    state.where = before;
    throw error;
  }
  forgetLabels();
  shownFound();
});

for (const id of ["sheet", "column", "header"]) $(id).addEventListener("change", look);
for (const id of ["file", "earlier"]) {
  // The same file can be chosen again.
  $(id).addEventListener("click", ({ target }) => (target.value = ""));
}
$("file").addEventListener("change", ({ target: { files } }) => files[0] && take(files[0]));
for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    $("drop").classList.toggle("over", kind === "dragenter" || kind === "dragover");
    const [file] = kind === "drop" ? event.dataTransfer.files : [];
    if (file) take(file);
  });
}

// Last month's decisions

$("earlier").addEventListener(
  "change",
  action(async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    await useTitles({ name: file.name, bytes: await file.arrayBuffer() });
    await readAgain();
  }),
);

$("drop-earlier").addEventListener(
  "click",
  action(async () => {
    $("earlier").value = "";
    await useTitles({ name: "", bytes: new ArrayBuffer(0) });
    await readAgain();
    $("earlier").focus();
  }),
);

async function readAgain() {
  readTitle();
  if (state.isLabelled) await labelFile();
}

// Labels

function onProgress(rows, total) {
  $("working-said").textContent =
    total && total > rows ? `${number(rows)} of about ${number(total)} rows` : counted(rows, "row");
  if (total) $("progress").value = Math.min(1, rows / total);
}

async function working(text, run) {
  $("working-said").textContent = text;
  $("progress").removeAttribute("value");
  show("working");
  setBusy(true);
  try {
    return await run();
  } finally {
    show("working", false);
    setBusy(false);
  }
}

const WHILE_BUSY = ["file", "earlier", "drop-earlier", "sheet", "column", "header", "label"];

function setBusy(isBusy) {
  for (const id of [...WHILE_BUSY, "save-labelled", "save-report", "save-titles"]) $(id).disabled = isBusy;
}

async function labelFile() {
  const started = performance.now();
  const counts = await working(`Reading ${state.file.name} …`, () =>
    engine.ask(["label"], { onProgress }),
  );
  state.isLabelled = true;
  state.deck = await engine.ask(["doubts"]);
  const seconds = (performance.now() - started) / 1000;
  showCounts(counts, seconds);
  show("back");
  state.skipped.clear();
  nextCard();
}

function showCounts(counts, seconds) {
  const said = [counted(counts.rows, "row"), counted(counts.distinct, "distinct title")];
  said.push(`${number(counts.to_review)} to review`);
  const time = seconds === undefined ? "" : `, read in ${seconds.toFixed(1)} s`;
  $("counts-heading").textContent = said.join(", ") + time;
  bars($("levels"), counts.levels, (row) => row.kind);
  bars($("scopes"), counts.scopes, () => "scope");
  $("warnings").replaceChildren(...counts.warnings.map((text) => h("li", {}, text)));
  show("warnings", counts.warnings.length > 0);
  show("counts");
  $("to-cards").disabled = state.deck.length === 0;
  $("to-cards").textContent = state.deck.length ? "Settle the doubts" : "Nothing is in doubt";
}

$("label").addEventListener(
  "click",
  action(async () => {
    await labelFile();
    $("counts-heading").focus();
  }),
);

$("stop").addEventListener(
  "click",
  action(async () => {
    forgetLabels();
    await restart();
    const kept = state.decisions.length ? " Your decisions are kept." : "";
    $("found-said").textContent += ` Stopped: nothing was read.${kept}`;
    $("found-heading").focus();
  }),
);

// A new worker takes up where the old one was stopped, or broke.
async function restart({ withFile = true } = {}) {
  engine.start();
  state.isDecided = state.decisions.length === 0;
  const { earlier, file, where, isLabelled } = state;
  if (earlier) await engine.ask(["use_titles", earlier.name], { bytes: earlier.bytes });
  if (file === null || !withFile) return;
  state.found = await engine.ask(["open", file.name], { bytes: file.bytes });
  if (where.some((each) => each !== null)) state.found = await engine.ask(["look", ...where]);
  shownFound();
  if (isLabelled) await labelFile();
}

$("restart").addEventListener(
  "click",
  action(async () => {
    show("broken", false);
    await restart();
  }),
);

// Cards

const decided = () => new Map(state.decisions);

function nextCard(focus = false) {
  const done = decided();
  const open = state.deck.filter(({ title: text }) => !done.has(text));
  const next = open.find(({ title: text }) => !state.skipped.has(text));
  show("settle", state.isLabelled);
  if (next === undefined) {
    state.card = state.coming = null;
    showEnd(open.length);
    showSettled(done);
    if (focus) $("settle").focus();
    return undefined;
  }
  return showCard(next.title, focus).catch(refuse);
}

function showSettled(done) {
  const all = state.deck.length;
  const settled = state.deck.filter(({ title: text }) => done.has(text)).length;
  const others = done.size - settled;
  const more = others ? `, and ${counted(others, "other title")} read as you say` : "";
  $("settled").textContent = all ? `${number(settled)} of ${number(all)} settled${more}` : `Nothing is in doubt${more}`;
  $("settled-bar").max = Math.max(1, all);
  $("settled-bar").value = all ? settled : 1;
}

function showEnd(left) {
  const again = h("button", { type: "button", click: () => (state.skipped.clear(), nextCard(true)) }, "Go through the skipped ones");
  $("card").replaceChildren(
    h("p", {}, left ? `${counted(left, "title")} skipped.` : "All is settled: take your file back below."),
    h("p", { class: "actions" }, left ? again : null, undoButton()),
  );
}

const undoButton = () =>
  h("button", { type: "button", disabled: state.decisions.length === 0, click: undo }, "Undo");

async function showCard(text, focus) {
  // Until the next card is there, no key decides on a title that nobody has seen.
  state.card = null;
  state.coming = text;
  const shown = await engine.ask(["card", text]);
  // Meanwhile another one may have been asked for.
  if (state.coming !== text) return;
  state.card = text;
  const choices = shown.choices.map((choice, at) =>
    h(
      "li",
      {},
      h("button", { type: "button", class: "choice", click: () => decide(choice) }, h("kbd", { "aria-hidden": "true" }, String(at + 1)), h("span", {}, capital(choice))),
    ),
  );
  const heading = h("h3", { id: "card-heading", tabindex: "-1" }, title(shown));
  $("card").replaceChildren(
    heading,
    h("p", { class: "note" }, cardText(shown)),
    shown.examples.length ? h("ul", { class: "examples", "aria-label": "Rows with this title" }, ...shown.examples.map((row) => h("li", {}, h("bdi", {}, row)))) : null,
    h("p", { class: "note" }, whyText(shown)),
    h("ol", { class: "choices", "aria-label": "What is it?" }, ...choices),
    elseForm(shown),
    h(
      "p",
      { class: "actions" },
      h("button", { type: "button", click: skip }, "Skip"),
      undoButton(),
    ),
  );
  showSettled(decided());
  if (focus) heading.focus();
}

function cardText({ rows, spellings }) {
  const also = spellings.length ? `, also written ${spellings.map((text) => `“${text}”`).join(", ")}` : "";
  return rows === null ? "Not in doubt: choose what it is." : counted(rows, "row") + also;
}

function whyText({ doubts, why, review }) {
  const reasons = doubts.length ? doubts.join("; ") : why.slice(0, 2).join(" ");
  return `Why it is ${review ? "in doubt" : "read so"}: ${reasons}`;
}

// Something else: any level with any scopes, or off the ladder.
function elseForm(shown) {
  const scopes = ["project", "programme", "portfolio", "enterprise"];
  const level = h(
    "select",
    { id: "else-level" },
    ...[1, 2, 3, 4].map((each) => h("option", { value: each }, `Level ${each}`)),
  );
  level.value = shown.level ?? 2;
  const boxes = scopes.map((scope) => h("input", { type: "checkbox", value: scope, checked: shown.scope.includes(scope) }));
  const take = () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    decide(`Level ${level.value}, ${chosen.join("+") || "no scope"}`);
  };
  return h(
    "details",
    { class: "else" },
    h("summary", {}, "Something else"),
    h("p", {}, h("label", { for: "else-level" }, "Level "), level),
    h(
      "fieldset",
      {},
      h("legend", {}, "Scope: what the title names"),
      ...scopes.map((scope, at) => h("label", {}, boxes[at], ` ${scope}`)),
    ),
    h("p", { class: "actions" }, h("button", { type: "button", click: take }, "Take this")),
  );
}

function decide(choice) {
  const text = state.card;
  if (text === null) return;
  state.decisions.push([text, choice]);
  state.skipped.delete(text);
  changed();
  nextCard(true);
}

function skip() {
  if (state.card === null) return;
  state.skipped.add(state.card);
  nextCard(true);
}

function undo() {
  const last = state.decisions.pop();
  if (last === undefined) return;
  state.skipped.delete(last[0]);
  changed();
  showCard(last[0], true).catch(refuse);
}

function changed() {
  state.isDecided = false;
  state.isSaved = false;
  $("saved").textContent = "";
  if ($("search").value) findTitles();
}

// The worker learns the decisions when it needs them.
async function tellDecisions() {
  if (state.isDecided) return;
  const told = state.decisions.length;
  await engine.ask(["decide", state.decisions]);
  state.isDecided = told === state.decisions.length;
}

$("settle").addEventListener("keydown", (event) => {
  const isText = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (isText || event.ctrlKey || event.altKey || event.metaKey) return;
  const key = event.key.toLowerCase();
  const choice = $("card").querySelectorAll(".choice")[Number(key) - 1];
  if (choice) choice.click();
  else if (key === "s") skip();
  else if (key === "u") undo();
  else return;
  event.preventDefault();
});

$("to-cards").addEventListener("click", () => {
  ($("card-heading") ?? $("settle")).focus();
  $("settle").scrollIntoView();
});

// Another title

async function findTitles() {
  const text = $("search").value.trim();
  if (!text) return $("hits").replaceChildren();
  try {
    await tellDecisions();
    const found = await engine.ask(["search", text]);
    if ($("search").value.trim() !== text) return undefined;
    const hits = found.map((shown) =>
      h("li", {}, title(shown), " ", badge(shown), ` ${counted(shown.rows, "row")} `, h("button", { type: "button", "aria-label": `Change ${shown.title}`, click: () => showCard(shown.title, true).catch(refuse) }, "Change")),
    );
    return $("hits").replaceChildren(...(hits.length ? hits : [h("li", {}, "No title has these letters.")]));
  } catch (error) {
    return refuse(error);
  }
}

let searched = 0;
$("search").addEventListener("input", () => {
  clearTimeout(searched);
  searched = setTimeout(findTitles, 2 * TYPING);
});

// Take it back

const save = (what, ask) =>
  action(async () => {
    const made = await working(`Making the ${what} …`, async () => {
      await tellDecisions();
      const output = await ask();
      const counts = await engine.ask(["counts"]);
      return { ...output, counts };
    });
    const place = URL.createObjectURL(new Blob([made.bytes]));
    h("a", { href: place, download: made.name }).click();
    setTimeout(() => URL.revokeObjectURL(place), 60_000);
    $("saved").textContent = `Saved by your browser: ${made.name} (${number(made.bytes.length)} bytes).`;
    showCounts(made.counts);
    if (what === "decisions") state.isSaved = true;
  });

$("save-labelled").addEventListener("click", save("labelled file", () => engine.ask(["labelled"], { onProgress })));
$("save-report").addEventListener("click", save("report", () => engine.ask(["report"], { onProgress })));
$("save-titles").addEventListener("click", save("decisions", () => engine.ask(["titles"])));

addEventListener("beforeunload", (event) => {
  if (!state.isSaved) event.preventDefault();
});

engine.start();

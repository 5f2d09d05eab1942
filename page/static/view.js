// How things look: elements, titles with coloured words, bars.

const PARTS = {
  track: "What it is about",
  level: "Level",
  scope: "Scope",
  doubt: "In doubt",
  ignored: "Ignored",
};

// Make an element: h("p", { class: "note" }, "text", h("b", {}, "more")).
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export const number = (value) => value.toLocaleString("en-GB");
export const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
export const kindOf = (shown) => (shown.level === null ? shown.track : `level-${shown.level}`);
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const WHOLE = { delivery: "runs projects or programmes", other: "other work" };

export function badge(shown) {
  const text = shown.level === null ? "Not on the ladder" : `Level ${shown.level}`;
  return h("span", { class: `badge ${kindOf(shown)}` }, text);
}

// The title with its words coloured; what each colour means is also said in words.
export function title(shown) {
  const parts = shown.parts.map((part) =>
    part.meaning
      ? h("span", { class: `word ${part.decides[0] ?? ""}`, title: part.meaning }, part.text)
      : part.text,
  );
  return h("bdi", { class: "title" }, ...parts);
}

function words(shown) {
  const rows = Object.entries(PARTS).map(([decides, name]) => {
    const found = shown.parts.filter((part) => part.decides.includes(decides));
    if (found.length === 0) return null;
    const texts = found.flatMap(({ text }) => [" ", h("bdi", { class: `word ${decides}` }, text)]);
    return h("li", {}, `${name}:`, ...texts);
  });
  return h("ul", { class: "words", "aria-label": "What each word decides" }, ...rows);
}

const list = (heading, texts) =>
  texts.length === 0
    ? null
    : h("div", {}, h("h3", {}, heading), h("ul", {}, ...texts.map((text) => h("li", {}, text))));

// The whole answer for one title.
export function answer(shown) {
  const name = shown.level === null ? capital(WHOLE[shown.track] ?? "") : shown.level_name;
  const scope = shown.level === null ? null : `Scope: ${shown.scope.replaceAll("+", " + ") || "none named"}`;
  return h(
    "div",
    { class: "answer" },
    h("p", { class: "shown" }, title(shown)),
    h("p", { class: "verdict" }, badge(shown), " ", h("strong", {}, name), scope ? ` · ${scope}` : ""),
    shown.review ? h("p", { class: "doubt" }, "In doubt: a person should decide this title.") : null,
    shown.is_own ? h("p", { class: "own" }, "As you decided.") : null,
    h("p", { class: "note" }, "Clean title: ", h("bdi", {}, shown.clean_title || "–")),
    words(shown),
    h(
      "div",
      { class: "reasons" },
      list("Why", shown.why),
      list("What is in doubt", shown.doubts.map(capital)),
      list("It could also be", shown.others.map(capital)),
    ),
  );
}

// Bars on one scale, with what is settled and what is in doubt.
export function bars(place, rows, kindFor) {
  const longest = Math.max(1, ...rows.map((row) => row.rows));
  place.replaceChildren(
    ...rows.map((row) => {
      const text = number(row.rows) + (row.review ? ` (${number(row.review)} to review)` : "");
      const settled = h("i", { class: "settled" });
      const doubtful = h("i", { class: "doubtful" });
      settled.style.width = `${(100 * (row.rows - row.review)) / longest}%`;
      doubtful.style.width = `${(100 * row.review) / longest}%`;
      const name = row.about ? h("span", {}, row.name, h("small", {}, row.about)) : h("span", {}, row.name);
      const bar = h("span", { class: "bar", "aria-hidden": "true" }, settled, doubtful);
      return h("li", { class: kindFor(row) }, name, h("span", { class: "count" }, text), bar);
    }),
  );
}

export function preview(place, table) {
  const at = table.column;
  const mark = (column) => (column === at ? "titles" : "");
  const head = table.columns.map((column, index) =>
    h("th", { scope: "col", class: mark(index) }, h("small", {}, column.letter), " ", column.name || "–"),
  );
  const rows = table.rows.map((row) =>
    h("tr", {}, ...table.columns.map((_, index) => h("td", { class: mark(index) }, row[index] ?? ""))),
  );
  place.replaceChildren(
    h("table", {}, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)),
  );
}

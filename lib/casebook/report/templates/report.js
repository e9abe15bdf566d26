"use strict";
(() => {
  const data = JSON.parse(document.getElementById("lead-data").textContent);
  const { texts, words, columns } = data;
  const table = document.getElementById("lead-table");
  const body = table.tBodies[0];
  const tools = document.getElementById("lead-tools");
  tools.setAttribute("role", "search");
  tools.setAttribute("aria-label", words.tools);
  const PAGE = 50;
  const heads = [...table.tHead.rows[0].cells].map((th) => th.classList.contains("number"));
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const leads = data.leads.map(([cells, bin, kinds, fen, dossier]) => ({
    cells: cells.map((i) => texts[i]), bin, kinds: kinds.map((i) => texts[i]), fen, dossier,
  }));
  for (const lead of leads) lead.hay = lead.cells.join("\n").toLowerCase();
  const state = { search: "", bin: "", kind: "", place: "", column: -1, down: false, page: 0 };
  let found = leads;

  const make = (tag, text = "", name = "") => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    if (name) element.className = name;
    return element;
  };
  const fill = (pattern, facts) => pattern.replace(/\{(\w+)\}/g, (_, key) => facts[key].toLocaleString("en-US"));

  const cellOf = (value) => Array.isArray(value) ? make("span", texts[value[1]], "bin bin-" + value[0]) : document.createTextNode(texts[value]);
  const breadth = (texts) => "scroll" + (texts >= 6 ? " wide" : texts >= 3 ? " roomy" : "");
  const shape = (text) => text.length <= 10 || /^[0-9A-Za-z*.,:/+ \u2013-]{1,36}$/.test(text) ? "short" : text.length > 18 ? "long" : "middling";
  const classes = (number, text) => [number ? "number" : "", shape(text)].filter(Boolean).join(" ");
  const headClass = (number, text) => number ? "number" : text.length <= 8 ? "short" : "";
  const textOf = (value) => texts[Array.isArray(value) ? value[1] : value];
  const tableOf = ([, caption, names, rows]) => {
    const made = make("table");
    if (texts[caption]) made.append(make("caption", texts[caption]));
    const line = made.createTHead().insertRow();
    for (const [name, number] of names) {
      const th = make("th", texts[name], headClass(number, texts[name]));
      th.scope = "col";
      line.append(th);
    }
    const inside = made.createTBody();
    for (const row of rows) {
      const tr = inside.insertRow();
      if (row.length === 1 && names.length > 1) {
        const th = make("th", textOf(row[0]));
        th.scope = "colgroup";
        th.colSpan = names.length;
        tr.className = "group";
        tr.append(th);
        continue;
      }
      row.forEach((value, i) => {
        const td = tr.insertCell();
        td.className = classes(names[i][1], textOf(value));
        td.append(cellOf(value));
      });
    }
    const box = make("div", "", breadth(names.filter(([, number]) => !number).length));
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", texts[caption]);
    box.append(made);
    return box;
  };
  const linesOf = ([, title, lines]) => {
    const box = make("div", "", "lines");
    if (texts[title]) box.append(make("p", texts[title], "title"));
    for (const line of lines) box.append(make("p", texts[line]));
    return box;
  };
  const dossierOf = (blocks) => {
    const box = make("div", "", "opened-lead");
    if (!blocks) box.append(make("p", words.elsewhere));
    else for (const block of blocks) box.append(block[0] === 0 ? tableOf(block) : linesOf(block));
    return box;
  };

  const say = (button, lead, isOpen) => {
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-label", fill(isOpen ? words.close : words.open, { lead: lead.cells[columns.lead_id] }));
  };
  const open = (button, tr, lead) => {
    const isOpen = button.getAttribute("aria-expanded") === "true";
    say(button, lead, !isOpen);
    if (isOpen) { tr.nextElementSibling.remove(); return; }
    const below = make("tr", "", "opened");
    const td = below.insertCell();
    td.colSpan = heads.length;
    td.append(dossierOf(lead.dossier));
    tr.after(below);
  };
  const rowOf = (lead) => {
    const tr = make("tr");
    lead.cells.forEach((text, i) => {
      const td = tr.insertCell();
      td.className = classes(heads[i], text);
      if (i === columns.lead_id) {
        const button = make("button", text);
        button.type = "button";
        say(button, lead, false);
        button.addEventListener("click", () => open(button, tr, lead));
        td.append(button);
      } else if (i === columns.bin) td.append(make("span", text, "bin bin-" + lead.bin));
      else td.textContent = text;
    });
    return tr;
  };

  const status = make("p");
  status.setAttribute("role", "status");
  const back = make("button", words.back), next = make("button", words.next);
  const draw = () => {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    state.page = Math.min(Math.max(0, state.page), pages - 1);
    const from = state.page * PAGE;
    body.replaceChildren(...found.slice(from, from + PAGE).map(rowOf));
    status.textContent = fill(words.status, { found: found.length, all: leads.length, page: state.page + 1, pages });
    back.disabled = state.page === 0;
    next.disabled = state.page === pages - 1;
  };
  const order = (a, b) => state.column === columns.amount_yuan ? a.fen - b.fen : collator.compare(a.cells[state.column], b.cells[state.column]);
  const choose = () => {
    const hay = state.search.trim().toLowerCase();
    found = leads.filter((lead) => (!state.bin || lead.bin === state.bin) && (!state.kind || lead.kinds.includes(state.kind))
      && (!state.place || lead.cells[columns.place] === state.place) && (!hay || lead.hay.includes(hay)));
    if (state.column >= 0) found.sort((a, b) => state.down ? order(b, a) : order(a, b));
    state.page = 0;
    draw();
  };

  const labelled = (name, control) => {
    const label = make("label", name);
    label.append(control);
    tools.append(label);
    return control;
  };
  const search = labelled(words.search, make("input"));
  search.type = "search";
  search.id = "lead-search";
  search.addEventListener("input", () => { state.search = search.value; choose(); });
  const pick = (key, name, options) => {
    const select = labelled(name, make("select"));
    select.id = "lead-" + key;
    select.append(new Option(words.all, ""), ...options.map(([value, text]) => new Option(text, value)));
    select.addEventListener("change", () => { state[key] = select.value; choose(); });
  };
  const distinct = (values) => [...new Set(values)].filter(Boolean).sort(collator.compare).map((text) => [text, text]);
  pick("bin", words.bin, [...new Map(leads.map((lead) => [lead.bin, lead.cells[columns.bin]]))]);
  pick("kind", words.kind, distinct(leads.flatMap((lead) => lead.kinds)));
  pick("place", words.place, distinct(leads.map((lead) => lead.cells[columns.place])));
  const turn = (button, by) => {
    button.type = "button";
    button.addEventListener("click", () => { state.page += by; draw(); });
    tools.append(button);
  };
  turn(back, -1);
  turn(next, 1);
  tools.append(status);

  [...table.tHead.rows[0].cells].forEach((th, i) => {
    const button = make("button", th.textContent);
    button.type = "button";
    button.addEventListener("click", () => {
      state.down = state.column === i && !state.down;
      state.column = i;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      th.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      choose();
    });
    th.replaceChildren(button);
  });
  document.getElementById("lead-dossiers").hidden = true;
  draw();
})();

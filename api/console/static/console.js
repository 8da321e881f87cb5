/* The console's script (办公台脚本). Everything works without it; with it, less waiting and fewer hands. */
"use strict";

(() => {
  const one = (what, where = document) => where.querySelector(what);
  const every = (what, where = document) => [...where.querySelectorAll(what)];
  const told = one("#told");

  const tell = (what, href) => {
    if (!told) return;
    told.textContent = told.dataset[what] || what;
    if (href) {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = " ↻";
      link.setAttribute("aria-label", told.textContent);
      told.append(link);
    }
    told.hidden = false;
  };

  /* A part of a page. Each place keeps count of its questions; an answer that was overtaken is dropped. */
  const asked = new Map();
  const ask = async (place, address, options = {}) => {
    const number = (asked.get(place) || 0) + 1;
    asked.set(place, number);
    const headers = { "Huiyin-Fragment": place, ...options.headers };
    try {
      const answer = await fetch(address, { ...options, headers, credentials: "same-origin" });
      const go = answer.headers.get("Huiyin-Go");
      const text = answer.status === 204 ? "" : await answer.text();
      if (asked.get(place) !== number) return null;
      return { go, text, ok: answer.ok, address: answer.url };
    } catch {
      tell("failed");
      return null;
    }
  };

  /* --- the queue: search as you type, keys, ticks */
  const filters = one("#filters");
  const list = one("#list");
  let waiting = 0;

  const search = async () => {
    const said = new URLSearchParams();
    for (const [name, value] of new FormData(filters)) if (value) said.append(name, value);
    const address = filters.action.split("?")[0] + (said.size ? "?" + said : "");
    const found = await ask("list", address);
    if (!found || !found.ok) return;
    list.innerHTML = found.text; // only the list: the search box keeps its focus and caret
    history.replaceState(null, "", address);
    ready(list);
    listen();
  };
  const soon = (wait) => {
    clearTimeout(waiting);
    waiting = setTimeout(search, wait);
  };
  if (filters && list) {
    const box = one("input[type=search]", filters);
    box.addEventListener("input", (event) => { if (!event.isComposing) soon(250); });
    box.addEventListener("compositionend", () => soon(0));
    filters.addEventListener("change", (event) => { if (event.target !== box) soon(0); });
    filters.addEventListener("submit", (event) => { event.preventDefault(); soon(0); });
  }

  const ready = (where) => {
    for (const button of every("[data-tick-all]", where)) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const boxes = every("input[name=_case]:not(:disabled)");
        const all = boxes.every((box) => box.checked);
        for (const box of boxes) box.checked = !all;
      });
    }
  };

  const step = (way) => {
    const links = every("table.cases td.number a");
    const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = links[here < 0 ? (way > 0 ? 0 : links.length - 1) : here + way];
    if (next) { next.focus(); next.closest("tr").scrollIntoView({ block: "nearest" }); }
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "/": () => { const box = one("#q"); if (box) { box.focus(); box.select(); } else location.assign("/console"); },
    "[": () => { const link = one("a[rel=prev]"); if (link) link.click(); },
    "]": () => { const link = one("a[rel=next]"); if (link) link.click(); },
    "?": () => { const keyTable = one("#keys"); if (keyTable && !keyTable.open) keyTable.showModal(); },
  };
  const typing = (node) => node.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form") || one("dialog[open] form.step");
      if (form) { event.preventDefault(); form.requestSubmit(one("button.main", form) || undefined); }
      return;
    }
    if (event.key === "Escape" && event.target.id === "q") event.target.blur();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || one("dialog[open]")) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });

  /* --- steps in a dialog; what the browser's own dialog does not do, the page does */
  const dialog = one("#step");
  const show = (found) => {
    if (!found) return;
    if (found.go) { location.assign(found.go); return; }
    const form = one("form.step", dialog);
    const answer = document.createElement("template");
    answer.innerHTML = found.text;
    if (!found.ok && form && dialog.open && !one("form, details", answer.content)) {
      // logged out, or the server failed: what was typed stays, the reason stands above it
      for (const old of every(".refused", dialog)) old.remove();
      const box = document.createElement("div");
      box.className = "said bad refused";
      box.setAttribute("role", "alert");
      box.append(...every(".problem > .lead, .problem > .lead ~ p", answer.content));
      form.before(box);
      box.scrollIntoView({ block: "nearest" });
      return;
    }
    dialog.innerHTML = found.text;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    const first = one("[data-focus], [aria-invalid=true], input:not([type=hidden]), textarea, select, button.main", dialog);
    if (first) first.focus();
  };
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (dialog && link.matches("[data-close]") && dialog.contains(link)) { event.preventDefault(); dialog.close(); return; }
    if (dialog && link.matches("[data-step]")) { event.preventDefault(); show(await ask("step", link.href)); return; }
    if (link.matches("[data-back]") && document.referrer.startsWith(location.origin + "/console?")) {
      event.preventDefault();
      history.back();
    }
  });
  if (dialog) {
    dialog.addEventListener("submit", async (event) => {
      const form = event.target;
      if (!form.matches("form.step")) return;
      event.preventDefault();
      const button = event.submitter;
      const filled = new FormData(form);
      if (button && button.name) filled.append(button.name, button.value);
      for (const each of every("button", form)) each.disabled = true;
      const found = await ask("step", form.action, { method: "POST", body: filled });
      for (const each of every("button", form)) each.disabled = false;
      show(found);
    });
  }
  /* a form sent twice by a nervous hand is sent once */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || (event.submitter && event.submitter.matches("[data-again]"))) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
  addEventListener("pageshow", () => { for (const form of every("form[data-sent]")) delete form.dataset.sent; });
  /* a column of numbers copied from a table fills the lines of the cases below */
  for (const hint of every("[data-pasting]")) hint.hidden = false;
  document.addEventListener("paste", (event) => {
    const cell = event.target.closest("input[data-each]");
    const lines = event.clipboardData.getData("text").trim().split(/\r?\n/);
    if (!cell || lines.length < 2) return;
    event.preventDefault();
    const alike = every("input[data-each]", cell.form).filter((one) => one.dataset.each === cell.dataset.each);
    const below = alike.slice(alike.indexOf(cell));
    below.forEach((one, n) => { if (n < lines.length) one.value = lines[n].trim(); });
    below[Math.min(lines.length, below.length) - 1].focus();
    if (lines.length > below.length) tell(one("[data-pasting]").dataset.pasting);
  });
  const loud = one("[data-focus]");
  if (loud) loud.focus();

  /* --- registering: likely matters and likely duplicates while one writes */
  const register = one("form[data-beside]");
  if (register) {
    const beside = one("#beside");
    let later = 0;
    const look = async () => {
      const filled = new FormData();
      for (const [name, value] of new FormData(register)) if (typeof value === "string") filled.append(name, value);
      const found = await ask("beside", register.action, { method: "POST", body: filled });
      if (found && found.ok) beside.innerHTML = found.text;
    };
    const changed = (event) => {
      if (event.isComposing || !["description", "community", "building", "matter"].includes(event.target.name)) return;
      clearTimeout(later);
      later = setTimeout(look, 400);
    };
    register.addEventListener("input", changed);
    register.addEventListener("compositionend", changed);
    beside.addEventListener("click", (event) => {
      const button = event.target.closest("[data-matter]");
      if (!button) return;
      event.preventDefault();
      register.elements.matter.value = button.dataset.matter;
      register.elements.matter.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  /* --- live: rows that change are drawn anew by the server; a hidden page does not listen */
  let stream = null;
  const quiet = () => { if (stream) { stream.close(); stream = null; } };
  const listen = () => {
    quiet();
    const sheet = one("#sheet");
    const ids = sheet ? [sheet.dataset.case] : every("tr[id^=c-]").map((row) => row.id.slice(2));
    if ((!sheet && !list) || document.hidden || !window.EventSource) return;
    const first = one("tr[id^=c-]") && one(".tick") ? "1" : "";
    stream = new EventSource("/console/stream?ids=" + ids.join(",") + (first && "&ticks=1"));
    stream.addEventListener("row", (event) => {
      const { id, html } = JSON.parse(event.data);
      if (sheet) { if (!(dialog && dialog.open)) tell("changed", location.href); return; }
      const row = document.getElementById("c-" + id);
      if (!row) return;
      const box = document.createElement("template");
      box.innerHTML = html.trim();
      const fresh = box.content.firstElementChild;
      if (!fresh) { row.remove(); return; }
      const focused = row.contains(document.activeElement);
      fresh.classList.add("changed");
      row.replaceWith(fresh);
      if (focused) { const link = one("a", fresh); if (link) link.focus(); }
    });
    stream.addEventListener("more", () => { if (!sheet) tell("more", location.href); });
    stream.addEventListener("stale", () => tell("stale", location.href));
    stream.addEventListener("over", () => { quiet(); tell("over", location.href); });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? quiet() : listen()));
  addEventListener("pagehide", quiet);

  ready(document);
  if (one("#step")) listen();
})();

/* What is being written at the table (现场记录): kept on this device until the office has it; checked while one writes.
   Pages work without it. */
"use strict";

(() => {
  const every = (what, where = document) => [...where.querySelectorAll(what)];
  const MARK = "huiyin:";
  const store = (() => {
    try {
      localStorage.setItem(MARK + "try", "1");
      localStorage.removeItem(MARK + "try");
      return localStorage;
    } catch (error) {
      return null; // private windows and full devices keep nothing; the page then works as without scripts
    }
  })();
  const offline = document.querySelector("[data-offline]");

  const written = (form) =>
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !name.startsWith("_"));
  const key = (form) => MARK + form.dataset.keep;
  const kept = (form) => {
    try {
      return JSON.parse(store.getItem(key(form)) || "null");
    } catch (error) {
      return null; // somebody else's words under our name
    }
  };
  const keep = (form) => {
    const what = { version: form.dataset.version, fields: written(form) };
    try {
      store.setItem(key(form), JSON.stringify(what));
    } catch (error) {
      if (offline) offline.hidden = navigator.onLine;
    }
  };

  const restore = (form, fields) => {
    for (const box of every("input[type=checkbox], input[type=radio]", form)) box.checked = false;
    const left = new Map();
    const byName = new Map();
    for (const [name, value] of fields) byName.set(name, [...(byName.get(name) || []), value]);
    for (const [name, values] of byName) {
      const found = every("input, textarea, select", form).filter((one) => one.name === name);
      if (!found.length) { left.set(name, values); continue; }
      for (const one of found) {
        if (one.type === "checkbox" || one.type === "radio") one.checked = values.includes(one.value);
        else if (one.type !== "file") one.value = values[0];
      }
    }
    return left;
  };

  for (const form of store ? every("form[data-keep]") : []) {
    const before = JSON.stringify(written(form));
    const old = kept(form);
    const offer = form.querySelector("[data-offer]");
    const mine = document.querySelector(`[data-drop="${CSS.escape(form.dataset.keep)}"]`);
    if (mine) store.removeItem(key(form));
    else if (old && JSON.stringify(old.fields) !== before) {
      if (offer) {
        offer.hidden = false;
        if (old.version !== form.dataset.version) offer.querySelector("span").append(" " + offer.dataset.older);
        offer.querySelector("[data-forget]").addEventListener("click", () => { store.removeItem(key(form)); offer.hidden = true; });
        offer.querySelector("[data-restore]").addEventListener("click", () => {
          const left = restore(form, old.fields);
          offer.hidden = true;
          form.dispatchEvent(new Event("input", { bubbles: true }));
          if (!left.size) return;
          for (const [name, values] of left) for (const value of values) {
            const field = document.createElement("input");
            field.type = "hidden";
            field.name = name;
            field.value = value;
            form.append(field);
          }
          const again = form.querySelector("button[name=_check]"); // the server draws the items that are not there yet
          if (again) again.click();
        });
      } else restore(form, old.fields);
    }
    form.addEventListener("input", () => keep(form));
    form.addEventListener("submit", (event) => {
      keep(form);
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (offline) { offline.hidden = false; offline.scrollIntoView({ block: "nearest" }); }
    }, true);
  }
  for (const gone of store ? every("[data-drop]") : []) store.removeItem(MARK + gone.dataset.drop);
  addEventListener("online", () => { if (offline) offline.hidden = true; });
  /* Whoever logs out leaves nothing of a case on this device. */
  for (const form of store ? every("form[action='/console/logout']") : []) {
    form.addEventListener("submit", () => {
      for (const name of Object.keys(store)) if (name.startsWith(MARK)) store.removeItem(name);
    });
  }

  /* The server's own check, a moment after the last key; an answer that was overtaken is dropped. */
  for (const form of every("form[data-check]")) {
    const place = document.querySelector(form.dataset.check);
    let later = 0;
    let asked = 0;
    const look = async () => {
      const number = (asked += 1);
      const filled = new FormData();
      for (const [name, value] of written(form)) filled.append(name, value);
      try {
        const answer = await fetch(form.action, { method: "POST", body: filled, headers: { "Huiyin-Fragment": "check" } });
        const text = await answer.text();
        if (answer.ok && number === asked) place.innerHTML = text;
      } catch (error) {
        if (offline) offline.hidden = navigator.onLine;
      }
    };
    const soon = (event) => {
      if (event.isComposing) return;
      clearTimeout(later);
      later = setTimeout(look, 500);
    };
    form.addEventListener("input", soon);
    form.addEventListener("compositionend", soon);
  }

  for (const button of every("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
})();

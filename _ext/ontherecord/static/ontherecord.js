// Comfort only: every page reads the same without it.
(() => {
  const $ = (s, e = document) => e.querySelector(s), $$ = (s, e = document) => [...e.querySelectorAll(s)];
  const root = document.documentElement;

  // Light, dark, or as the system has it.
  const mode = $(".record-mode");
  if (mode) {
    const names = mode.dataset.names.split(";"), modes = ["", "light", "dark"];
    const label = $("span", mode), show = () => { label.textContent = names[modes.indexOf(root.dataset.mode || "")] };
    mode.hidden = false; show();
    mode.onclick = () => {
      const now = modes[(modes.indexOf(root.dataset.mode || "") + 1) % 3];
      if (now) root.dataset.mode = now; else delete root.dataset.mode;
      try { if (now) localStorage.setItem("record-mode", now); else localStorage.removeItem("record-mode"); } catch {}
      show();
    };
  }

  // Cards at a mark or a reference: seen on hover and focus, pinned by click or tap.
  const words = { close: "Close", card: "Record", ...($("#record-script")?.dataset || {}) };
  const pop = document.createElement("div");
  pop.id = "record-pop"; pop.popover = "auto";
  const sheet = matchMedia("(max-width: 47.99rem)");
  let from, pinned, timer;
  // In the margin and in sight: then it is lit, and need not be shown again.
  const beside = card => {
    if (!card || getComputedStyle(card).position !== "absolute") return false;
    const { top, bottom } = card.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const byId = id => document.getElementById(id);
  const cardOf = a => {
    if (a.dataset.card) return byId(a.dataset.card);
    const target = decodeURIComponent((a.hash || "").slice(1));
    return target.startsWith("card-") ? byId(target) : byId("record-" + target)?.content?.firstElementChild;
  };
  const open = (a, pin) => {
    const card = cardOf(a); if (!card || !pop.showPopover) return;
    clearTimeout(timer);
    if (from !== a) {
      const copy = card.cloneNode(true);
      for (const e of [copy, ...$$("[id]", copy)]) e.removeAttribute("id");
      copy.removeAttribute("style");
      pop.replaceChildren(copy);
      if (from) from.style.anchorName = "";
      from = a; a.style.anchorName = "--record-here"; pop.style.positionAnchor = "--record-here";
    }
    if (pin && !$("button", pop)) {
      const b = document.createElement("button"); b.type = "button"; b.setAttribute("aria-label", words.close); b.textContent = "×"; b.onclick = () => pop.hidePopover();
      pop.prepend(b);
    }
    pinned = pin; pop.setAttribute("aria-label", ($(".record-who", pop) || a).textContent.trim().slice(0, 80) || words.card);
    if (pin) pop.setAttribute("role", "dialog"); else pop.removeAttribute("role");
    if (!pop.matches(":popover-open")) pop.showPopover({ source: a });
    if (pin) {
      $("button", pop).focus();
      const { bottom } = a.getBoundingClientRect(), { top, left } = pop.getBoundingClientRect();
      if (!left && bottom > top) a.scrollIntoView({ block: "center" }); // A sheet at the foot hides no words.
    }
  };
  const away = () => { if (!pinned) timer = setTimeout(() => pop.hidePopover(), 250); };
  pop.onpointerenter = () => clearTimeout(timer); pop.onpointerleave = away;
  pop.addEventListener("focusin", () => clearTimeout(timer));
  pop.addEventListener("toggle", e => {
    if (e.newState === "open" || !from) return;
    const a = from; a.style.anchorName = ""; from = null;
    if (pinned) { pinned = false; (a.matches("a") ? a : $(`a[href="#${a.dataset.card}"]`))?.focus({ preventScroll: true }); }
  });
  // Who goes on by keyboard leaves the card, and it closes.
  pop.addEventListener("focusout", e => { if (pinned && e.relatedTarget && !pop.contains(e.relatedTarget)) { pinned = false; pop.hidePopover(); } });
  const marks = $$("[data-card], a.record-note, a.record-ref").filter(cardOf);
  if (marks.length && pop.showPopover !== undefined) document.body.append(pop);
  for (const a of marks) {
    const card = cardOf(a), inText = card.isConnected;
    const lit = on => { card.classList.toggle("lit", on); $$(`[data-card="${card.id}"]`).forEach(x => x.classList.toggle("lit", on)); };
    const enter = e => {
      if (inText && beside(card)) return lit(true);
      if (e.pointerType === "touch" || pinned) return;
      clearTimeout(timer); timer = setTimeout(() => open(a), e.type === "focus" ? 0 : 200);
    };
    const leave = () => { if (inText) lit(false); if (pinned) return; clearTimeout(timer); if (from) away(); };
    a.onpointerenter = enter; a.onpointerleave = leave;
    a.onfocus = e => { if (a.matches(":focus-visible") && from !== a && !sheet.matches && !a.closest(".record-card")) enter(e); };
    if (a.matches("a") && !(inText && beside(card))) a.setAttribute("aria-haspopup", "dialog"); a.onblur = leave;
    a.onclick = e => {
      if (e.metaKey || e.ctrlKey || e.shiftKey || (inText && beside(card)) || e.target.closest("a") && e.target.closest("a") !== a) return;
      if (!a.matches("a") && (e.pointerType || "mouse") === "mouse" && getSelection().toString()) return;
      e.preventDefault(); open(a, true);
    };
    if (inText) { card.onpointerenter = () => lit(true); card.onpointerleave = () => lit(false); }
  }

  // Sort and filter a register.
  for (const table of $$("table.record-table")) {
    const rows = [...table.tBodies[0].rows], form = table.previousElementSibling?.matches("form.record-filters") ? table.previousElementSibling : null;
    if (form) {
      const said = $(".record-shown", table), template = said.dataset.shown;
      const lists = new Map(rows.map(row => [row, Object.fromEntries(["speaker", "topic", "kind", "status"].map(k => [k, JSON.parse(row.dataset[k] || "[]")]))]));
      form.hidden = false; form.onsubmit = e => e.preventDefault();
      form.oninput = () => {
        const f = Object.fromEntries(new FormData(form)), w = (f.words || "").trim().toLowerCase(); let n = 0;
        for (const row of rows) {
          const year = row.dataset.date || "";
          const ok = Object.entries(lists.get(row)).every(([k, values]) => !f[k] || values.includes(f[k]))
            && (!f.from || year.slice(0, f.from.length) >= f.from) && (!f.to || (year && year.slice(0, f.to.length) <= f.to)) && (!w || row.textContent.toLowerCase().includes(w));
          row.hidden = !ok; n += ok;
        }
        said.textContent = template.replace("{n}", n).replace("{all}", rows.length);
      };
    }
    const heads = $$("thead th", table);
    heads.forEach((th, i) => {
      if (!("sort" in th.dataset)) return;
      const b = document.createElement("button"); b.className = "record-sort"; b.type = "button"; b.textContent = th.textContent; th.replaceChildren(b);
      b.onclick = () => {
        const up = th.ariaSort !== "ascending"; heads.forEach(x => x.removeAttribute("aria-sort")); th.ariaSort = up ? "ascending" : "descending";
        const value = row => row.cells[i].dataset.v ?? row.cells[i].textContent.trim();
        const compare = new Intl.Collator(root.lang, { numeric: true }).compare;
        table.tBodies[0].append(...rows.sort((x, y) => compare(value(x), value(y)) * (up ? 1 : -1)));
      };
    });
  }

  // Copy a citation.
  for (const b of $$("[data-copy]")) {
    b.hidden = false; const before = b.firstChild.data;
    b.onclick = async () => { await navigator.clipboard.writeText(byId(b.dataset.copy).textContent); b.firstChild.data = b.dataset.done; setTimeout(() => { b.firstChild.data = before; }, 1500); };
  }

  // On Read the Docs: the other versions of this page, and the one to cite.
  document.addEventListener("readthedocs-addons-data-ready", e => {
    const line = $(".record-versions"), data = e.detail.data(); if (!line || !data?.versions) return;
    const { active, current } = data.versions, path = data.readthedocs?.resolver?.filename || "";
    const to = (version, label = version.slug) => {
      const a = document.createElement("a"); a.textContent = label; a.href = version.urls.documentation + path.replace(/^\//, "");
      if (version.slug === current.slug) a.setAttribute("aria-current", "true");
      return a;
    };
    line.append(line.dataset.versions, ...active.flatMap(v => [" ", to(v)]));
    const stable = active.find(v => v.slug === "stable");
    if (stable) line.append(". ", line.dataset.cite, " ", to(stable), ".");
    line.hidden = false;
  });
})();

// The search page: asks the index, and keeps what was asked in the address.
(() => {
  const byId = id => document.getElementById(id);
  const form = byId("record-search"), list = byId("record-results"), said = byId("record-found"), more = byId("record-more");
  const root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  const facets = [...form.querySelectorAll("select")], AT_ONCE = 10;
  const labels = Object.fromEntries(facets.map(s => [s.name, Object.fromEntries([...s.options].map(o => [o.value, o.text]))]));
  let index, asked = 0, results = [], shown = 0, timer;

  const make = (name, text, className) => {
    const e = document.createElement(name);
    if (text) e.textContent = text;
    if (className) e.className = className;
    return e;
  };

  // The address is what is asked; the form only shows it.
  const read = () => { const p = new URLSearchParams(location.search); for (const e of [form.q, ...facets]) { choose(e, p.get(e.name) || ""); } };
  const choose = (e, value) => {
    if (value && e.options && ![...e.options].some(o => o.value === value)) e.add(new Option(value, value));
    e.value = value;
  };
  const keep = push => {
    const p = new URLSearchParams();
    for (const e of [form.q, ...facets]) if (e.value.trim()) p.set(e.name, e.value.trim());
    const url = location.pathname + (`${p}` && "?" + p);
    if (url !== location.pathname + location.search) history[push ? "pushState" : "replaceState"](null, "", url);
  };

  // The words found stand in <mark> in what the index gives, and every other angle bracket is escaped.
  // The title, which stands before the words so that it is found, is shown above them already.
  const excerpt = ({ excerpt: markup, content, meta }) => {
    const p = make("p", "", "record-excerpt"), plain = s => s.replace(/<\/?mark>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">");
    p.dir = "auto"; if (meta.lang) p.lang = meta.lang;
    const whole = plain(markup).trim(), at = content.indexOf(whole), begins = meta.title.length + 3;
    let skip = at < 0 ? 0 : Math.max(0, begins - at);
    if (at > begins) p.append("… ");
    for (const part of markup.split(/(<mark>.*?<\/mark>)/s)) {
      const text = plain(part), rest = text.slice(skip);
      skip = Math.max(0, skip - text.length);
      if (rest) p.append(part.startsWith("<mark>") ? make("mark", rest) : rest);
    }
    if (at >= 0 && at + whole.length < content.trimEnd().length) p.append(" …");
    return p;
  };

  // The index shortens a word until something matches: what begins otherwise was not asked for.
  const fold = s => s.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const isMeant = found => {
    const words = fold(form.q.value).match(/[\p{L}\p{N}]+/gu) || [], marks = (found.excerpt.match(/<mark>.*?<\/mark>/gs) || []).map(m => fold(m.slice(6, -7)));
    const text = fold(found.content);
    return !words.length || words.some(w => text.includes(w.slice(0, 4)) && (text.includes(w) || marks.some(m => m.includes(w.slice(0, Math.max(4, w.length - 3))))));
  };

  const show = async () => {
    const now = asked, next = await Promise.all(results.slice(shown, shown + AT_ONCE).map(r => r.data()));
    if (now !== asked) return;
    const before = list.children.length;
    for (const found of next.filter(isMeant)) {
      const li = make("li"), head = make("p"), a = make("a", found.meta.title);
      a.href = new URL(found.url, root);
      const sort = labels.sort[found.filters.sort?.[0]] || "";
      head.append(a, make("span", [sort, found.meta.when].filter(Boolean).join(", "), "record-where"));
      li.append(head, excerpt(found));
      list.append(li);
    }
    const first = shown ? list.children[before] : null;
    shown += next.length;
    more.hidden = shown >= results.length;
    if (!list.children.length && shown && !more.hidden) return show();
    if (!list.children.length && shown) said.textContent = said.dataset.none;
    first?.querySelector("a").focus();
  };

  // A facet offers what would be found with another of its values, and how many.
  const offer = (select, counts) => {
    const chosen = select.value, known = labels[select.name];
    const values = Object.entries(counts || {}).filter(([v, n]) => n || v === chosen);
    if (chosen && !values.some(([v]) => v === chosen)) values.push([chosen, 0]);
    const order = Object.keys(known), compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
    values.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b) || compare(a, b));
    select.replaceChildren(select.options[0], ...values.map(([v, n]) => new Option(`${known[v] || v} (${n})`, v)));
    select.value = chosen;
    select.parentElement.hidden = !values.length;
  };

  const ask = async () => {
    const now = ++asked, q = form.q.value.trim() || null;
    const chosen = without => Object.fromEntries(facets.filter(s => s.value && s !== without).map(s => [s.name, s.value]));
    const find = without => index.search(q, { filters: chosen(without), ...(q ? {} : { sort: { date: "asc" } }) });
    const all = await find(), others = await Promise.all(facets.map(s => s.value ? find(s) : all));
    if (now !== asked) return;
    facets.forEach((s, i) => offer(s, others[i].filters[s.name]));
    const any = q || facets.some(s => s.value), n = any ? all.results.length : 0;
    results = any ? all.results : []; shown = 0; list.replaceChildren(); more.hidden = true;
    said.textContent = !any ? "" : n === 0 ? said.dataset.none : n === 1 ? said.dataset.one : said.dataset.many.replace("{n}", n.toLocaleString(document.documentElement.lang));
    await show();
  };

  const fail = () => { for (const id of [location.protocol === "file:" ? "record-unserved" : "record-unreached", "record-elsewhere"]) byId(id).hidden = false; form.hidden = true; };

  form.onsubmit = e => { e.preventDefault(); clearTimeout(timer); keep(true); ask().catch(fail); };
  form.oninput = e => { clearTimeout(timer); timer = setTimeout(() => { keep(false); ask().catch(fail); }, e.target === form.q ? 250 : 0); };
  more.onclick = show;
  addEventListener("popstate", () => { read(); ask().catch(fail); });

  import(new URL("pagefind/pagefind.js", root)).then(async pagefind => {
    index = pagefind.createInstance({ noWorker: true, basePath: new URL("pagefind/", root).href, baseUrl: root.href });
    await index.init();
    // The other volumes of the edition; one that does not answer keeps nobody from the rest.
    const others = (form.dataset.others || "").split(" ").filter(Boolean).map(other => new URL(other, root).href);
    await Promise.allSettled(others.map(baseUrl => index.mergeIndex(`${baseUrl}pagefind/`, { baseUrl })));
    read();
    // Half of what is loaded counts the choices: so only for whoever looks at them.
    const choices = byId("record-choices"), count = async () => { await index.filters(); await ask(); };
    choices.open = facets.some(s => s.value);
    await (choices.open ? count() : ask());
    choices.ontoggle = () => { if (choices.open) count().catch(fail); };
    form.hidden = false;
  }).catch(fail);
})();

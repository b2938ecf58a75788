// Youthcourt: every task works without this file. It only adds comfort.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const live = $('#live');
const say = (line, words) => { if (line && words !== undefined && line.textContent.trim() !== words) line.textContent = words; };
const parse = (html) => [...new DOMParser().parseFromString(html, 'text/html').body.childNodes];
const get = async (url, options) => {
  const answer = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(8000), ...options });
  if (options?.method === 'POST' && answer.ok && !answer.redirected) dispatchEvent(new Event('seen'));
  return answer;
};
const online = (is) => { const note = $('[data-offline]'); if (note) note.hidden = is; };

// 1. Focus goes to what the reader must see first: the error summary, or a refusal.
const first = $('[data-focus]');
if (first) { first.focus(); first.scrollIntoView({ block: 'nearest' }); }
document.addEventListener('click', (event) => {
  const link = event.target.closest('.errors a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  (target.closest('.group') || target).scrollIntoView({ block: 'start' });
  target.focus({ preventScroll: true });
});

// 2. Live regions: <div data-poll="/url" data-every="4" data-etag='"7"'>. One request at a time,
//    304 costs nothing, asleep in a hidden tab, slower and slower while the network is bad.
//    Put nothing focusable inside. A [data-say] in the answer is spoken once, when it changes.
//    A [data-over] says that what was waited for is there: the page is asked for anew, but not while a form
//    of it is on its way, which would cut it off.
//    Where there are buttons, each stands in a [data-row]: a row that says the same stays, and so does the focus.
const renew = (old, now) => {
  if (old.isEqualNode(now)) return;
  const is_same_shape = now.nodeType === 1 && $('[data-row]', now) && old.childNodes.length === now.childNodes.length;
  if (!is_same_shape) return old.replaceWith(now);
  const pairs = [...now.childNodes].map((child, number) => [old.childNodes[number], child]);
  old.className = now.className;
  old.hidden = now.hidden;
  for (const [before, after] of pairs) renew(before, after);
};
// Nothing changes under a finger that is down, nor while a link or a form that was begun is on its way:
// what changes then would take the page from under the reader, or cut them off.
let pressed = null, on_its_way = 0;
addEventListener('pointerdown', (event) => { pressed = event.target.closest?.('[data-poll]') || null; }, true);
for (const end of ['pointerup', 'pointercancel', 'blur']) addEventListener(end, () => setTimeout(() => { pressed = null; }), true);
const leave = () => { clearTimeout(on_its_way); on_its_way = setTimeout(() => { on_its_way = 0; }, 12000); };
const leads_away = ({ protocol, target, href, hash }) => /^http/.test(protocol) && /^(_self)?$/.test(target) && !(hash && href.split('#')[0] === location.href.split('#')[0]);
addEventListener('click', (event) => {
  const link = event.target.closest?.('a[href]');
  const is_plain = !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (link && is_plain && !link.hasAttribute('download') && leads_away(link)) leave();
});
addEventListener('submit', (event) => { if (!event.defaultPrevented) leave(); });
addEventListener('pageshow', () => { clearTimeout(on_its_way); on_its_way = 0; });
const swap = (region, parts) => {
  if (on_its_way || pressed === region) return false;
  const row = document.activeElement?.closest('[data-row]')?.id, fresh = region.cloneNode(false);
  fresh.append(...parts);
  if (!$('[data-row]', fresh)) {
    if (region.contains(document.activeElement)) return false;
    region.replaceChildren(...fresh.childNodes);
    return true;
  }
  const before = [...region.children], after = [...fresh.children];
  if (before.length !== after.length) region.replaceChildren(...after);
  else before.forEach((part, number) => renew(part, after[number]));
  if (row && document.activeElement === document.body) $('button, a', document.getElementById(row) || region)?.focus({ preventScroll: true });
  region.dispatchEvent(new Event('renewed'));
  return true;
};
for (const region of $$('[data-poll]')) {
  const every = (+region.dataset.every || 10) * 1000;
  let etag = region.dataset.etag || '', wait = every, timer = 0, busy = false, again = false, over = false, refused = 0;
  const next = () => {
    clearTimeout(timer);
    if (!over && !document.hidden) timer = setTimeout(look, wait * (0.9 + Math.random() * 0.2));
  };
  const look = async () => {
    if (busy || over) { again = busy; return; }
    busy = true;
    again = false;
    try {
      const answer = await get(region.dataset.poll, { headers: { 'X-Background': '1', ...(etag && { 'If-None-Match': etag }) } });
      // A redirect leads to the sign-in page, and these refusals will not go away by asking again: but once may
      // have been while another window showed a second step, which changes the secret of the sign-in.
      const is_refused = answer.redirected || [401, 403, 404, 410].includes(answer.status);
      refused = is_refused ? refused + 1 : 0;
      over = refused > 1;
      if (!is_refused && answer.status === 200) {
        const parts = parse(await answer.text());
        if (swap(region, parts)) {
          etag = answer.headers.get('ETag') || '';
          say(live, $('[data-say]', region)?.dataset.say);
          if ($('[data-over]', region)) {
            if (!$('form[data-sent], form[data-asking]')) return location.reload();
            etag = '';
          }
        }
      }
      wait = answer.status < 400 || is_refused ? every : Math.min(wait * 2, 60000);
      online(true);
    } catch {
      wait = Math.min(wait * 2, 60000);
      online(false);
    }
    busy = false;
    if (again) look();
    else next();
  };
  region.addEventListener('look', () => (over ? location.reload() : look()));
  const wake = () => { if (!document.hidden) { wait = every; look(); } };
  document.addEventListener('visibilitychange', wake);
  addEventListener('online', wake);
  next();
}

// 3. Words not sent yet: <form data-draft="/drafts/">. Kept on the server, for this person alone, while
//    they type; nothing stays in the browser, because tablets are shared and the words are confidential.
const STOPS_KEEPING = [400, 401, 403, 404, 413, 422];
$$('form[data-draft]').forEach((form) => {
  const note = $('[data-saved]', form);
  let timer = 0, kept = words(form), over = false, refused = 0;
  function words(of) { return new URLSearchParams(new FormData(of)).toString(); }
  const later = (wait) => { clearTimeout(timer); timer = setTimeout(keep, wait); };
  async function keep() {
    timer = 0;
    const now = words(form);
    if (over || form.dataset.sent || now === kept) return;
    try {
      const answer = await get(form.dataset.draft, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      if (answer.redirected && !refused++) { later(1500); return; }  // see 2: it may be the next secret's turn
      if (answer.redirected || STOPS_KEEPING.includes(answer.status)) { over = true; return; }
      if (!answer.ok) throw answer;
      kept = now;
      refused = 0;
      const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: 'numeric', minute: '2-digit' });
      say(note, note?.dataset.ok.replace('TIME', time));
      form.dataset.keptAt = time;
      online(true);
    } catch {
      cut(form);
      later(10000);
    }
  }
  form.addEventListener('input', () => later(1500));
  form.addEventListener('submit', () => clearTimeout(timer));
  addEventListener('online', () => later(0));
  addEventListener('pagehide', () => {
    if (!timer || over || form.dataset.sent) return;
    navigator.sendBeacon(form.dataset.draft, new URLSearchParams(new FormData(form)));
  });
});

// 4. Sending while the network comes and goes: a form stays in sight until the server answers. What holds a
//    [data-steady] asks first whether it does.
function cut(form) {
  const note = $('[data-saved]', form), { since, off } = note?.dataset || {};
  say(note, since && form.dataset.keptAt ? since.replace('TIME', form.dataset.keptAt) : off);
  online(false);
}
document.addEventListener('submit', async (event) => {
  const form = event.target, button = event.submitter;
  if (form.method !== 'post' || button?.formMethod === 'dialog' || form.dataset.reached) return;
  const asks = $('[data-steady]', form);
  if (navigator.onLine && !asks) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.dataset.asking) return;
  form.dataset.asking = '1';
  const icon = $('link[rel=icon]').href;
  const is_there = navigator.onLine && await get(icon, { method: 'HEAD' }).then((answer) => answer.ok, () => false);
  delete form.dataset.asking;
  if (!is_there) return cut(form);
  online(true);
  form.dataset.reached = '1';
  form.requestSubmit(button);
  delete form.dataset.reached;
}, true);

// 5. Sending once. The button is not disabled, so its own value still travels with the form.
document.addEventListener('submit', (event) => {
  const form = event.target, button = event.submitter;
  if (form.method !== 'post' || button?.formMethod === 'dialog') return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = '1';
  button?.setAttribute('aria-disabled', 'true');
  const again = () => { delete form.dataset.sent; button?.removeAttribute('aria-disabled'); };
  setTimeout(again, 12000);
  addEventListener('pageshow', again, { once: true });
});

// 6. Sums of hours and minutes: <output for="id id">. A box that is not ticked does not count.
for (const output of $$('output[for]')) {
  const sum = () => {
    const total = [...output.htmlFor].reduce((so_far, id) => {
      const el = document.getElementById(id), box = el?.closest('.act')?.querySelector('[type=checkbox]');
      return so_far + (el && (!box || box.checked) ? parseFloat(el.value.replace(',', '.')) || 0 : 0);
    }, 0);
    const words = String(Math.round(total * 100) / 100);
    if (output.value !== words) output.value = words;
  };
  output.form?.addEventListener('input', sum);
}

// 7. Search that follows the typing: <input data-find="list-id">. The words are sent, never put into an address;
//    with part=1 the server answers with the list alone, and its [data-say] is spoken.
for (const input of $$('input[data-find]')) {
  const list = document.getElementById(input.dataset.find);
  let last, timer = 0;
  if (list) input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      last?.abort(); last = new AbortController();
      const body = new URLSearchParams(new FormData(input.form));
      body.set('part', '1');
      try {
        const answer = await fetch(input.form.action, { method: 'POST', body, signal: last.signal });
        if (!answer.ok || answer.redirected) return;
        list.replaceChildren(...parse(await answer.text()));
        say(live, $('[data-say]', list)?.dataset.say);
      } catch { /* the next letter came first */ }
    }, 250);
  });
}

// 8. Dialogs instead of the confirm page, and menus that close when the reader looks elsewhere.
document.addEventListener('click', (event) => {
  const opener = event.target.closest('[data-confirm]');
  const dialog = opener && document.getElementById(opener.dataset.confirm);
  if (dialog?.showModal && !event.ctrlKey && !event.metaKey) { event.preventDefault(); dialog.showModal(); }
  event.target.closest('[data-close]')?.closest('dialog')?.close();
  for (const menu of $$('details.more[open]')) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', (event) => {
  const menu = event.key === 'Escape' && event.target.closest?.('details.more[open]');
  if (menu) { menu.open = false; $('summary', menu).focus(); }
});
// 9. Printing from a button: <button type="button" data-print hidden>, shown only where it works.
for (const button of $$('[data-print]')) { button.hidden = false; button.addEventListener('click', () => print()); }

// 10. Two minutes before a sign-in ends by itself: a word, and a button for whoever is still there.
const leaving = $('[data-leaving]'), idle = (+document.body.dataset.idle - 120) * 1000;
if (leaving && idle > 0) {
  let timer = 0;
  const stay = $('[data-stay]', leaving);
  const wait = () => {
    clearTimeout(timer);
    leaving.hidden = true;
    timer = setTimeout(() => { leaving.hidden = false; say(live, $('span', leaving).textContent); }, idle);
  };
  stay.addEventListener('click', async () => {
    const body = new URLSearchParams({ csrf_token: $('input[name=csrf_token]').value });
    const answer = await get(stay.dataset.stay, { method: 'POST', body }).catch(() => null);
    if (!answer?.ok || answer.redirected) location.reload();
  });
  addEventListener('seen', wait);
  wait();
}

// 10. Taps: <form data-taps> round a live region. A tapped button is sent without leaving the page, and the
//     region looks again at once. What is refused is sent as usual, so that its page says why.
document.addEventListener('submit', async (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches('[data-taps]') || !button || form.dataset.plainly) return;
  event.preventDefault();
  event.stopPropagation();
  if (button.getAttribute('aria-disabled')) return;
  button.setAttribute('aria-disabled', 'true');
  try {
    const answer = await get(button.formAction, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' });
    if (answer.type === 'opaqueredirect') { $('[data-poll]', form).dispatchEvent(new Event('look')); return; }
    form.dataset.plainly = '1';
    form.requestSubmit(button);
  } catch {
    online(false);
    button.removeAttribute('aria-disabled');
  }
}, true);

// 11. Rows that are sifted while somebody types: <input data-sift="list-id">; each row says its data-name.
for (const input of $$('input[data-sift]')) {
  const list = document.getElementById(input.dataset.sift);
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const sift = () => {
    const sought = plain(input.value.trim());
    for (const row of $$('[data-name]', list)) row.hidden = !!sought && !plain(row.dataset.name).includes(sought);
  };
  input.addEventListener('input', sift);
  list?.addEventListener('renewed', sift);
}

// Keeps the figures of a wish up to date while somebody looks at it. Without it the page is as it was when it was opened.
let news;

function follow() {
  news?.close();
  const panel = document.querySelector("[data-live]");
  if (!panel || document.hidden) return;
  news = new EventSource(panel.dataset.live);
  news.addEventListener("progress", event => show(panel, JSON.parse(event.data)));
}

function show(panel, progress) {
  const paid = panel.querySelector("[data-live-paid] .m");
  const before = paid.textContent;
  write(paid, progress.paidMinor);
  const left = panel.querySelector("[data-live-left] .m");
  if (left) write(left, progress.goalMinor - progress.paidMinor);
  count(panel.querySelector("[data-live-gave]"), progress.pledgeCount);
  if (paid.textContent === before && progress.status === panel.dataset.status) return;
  light(panel.querySelector(".lantern"), progress.paidMinor / progress.goalMinor);
  panel.querySelector("[data-live-news] a").hidden = false;
}

// An amount keeps the sign and the places that the server wrote it with.
function write(amount, minor) {
  const [whole, part] = [amount.firstChild, amount.querySelector("small")];
  const places = Math.max(part.textContent.length - 1, 0);
  const text = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: places })
    .format(minor / 10 ** places);
  const end = text.length - part.textContent.length;
  whole.data = whole.data.match(/^\D*/)[0] + text.slice(0, end);
  part.textContent = text.slice(end);
}

// The server wrote the sentence for one and for several.
function count(gave, number) {
  gave.textContent = number === 1
    ? gave.dataset.one
    : gave.dataset.other.replace("{0}", new Intl.NumberFormat(document.documentElement.lang).format(number));
}

function light(lantern, share) {
  if (!lantern.querySelector(".lit")) {
    lantern.lastElementChild.insertAdjacentHTML(
      "beforebegin", '<rect class="lit" width="48" clip-path="url(#in)"/><use href="#flame" class="fire"/>');
  }
  const height = Math.max(Math.min(share, 1) * 47, 4);
  const lit = lantern.querySelector(".lit");
  lit.setAttribute("y", 51 - height);
  lit.setAttribute("height", height);
}

follow();
document.addEventListener("visibilitychange", follow);
globalThis.Blazor?.addEventListener("enhancedload", follow);

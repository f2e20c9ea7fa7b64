// Has people arrive on a page that the script put in place of another as the browser has them arrive on one it loads: at
// what needs something of them, or else at its beginning. Who goes back finds the page as they left it.
const here = () => location.pathname + location.search;
let place = here();
let isBack = false;

addEventListener("popstate", () => isBack = here() !== place);
globalThis.Blazor?.addEventListener("enhancedload", () => {
  const hasMoved = here() !== place && !isBack && !location.hash;
  place = here();
  isBack = false;
  const alert = document.querySelector("main [role=alert][autofocus]");
  if (hasMoved) scrollTo(0, 0);
  if (alert) alert.focus();
  else if (hasMoved) begin(document.querySelector("h1"));
});

function begin(title) {
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
}

#include "command/watch_parts.hpp"

namespace waystone::command {

std::string_view watch_markup() {
  return R"html(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Waystone</title>
<link rel="stylesheet" href="watch.css">
<iframe id="page" title="The report"></iframe>
<section id="problem" role="alert" hidden>
<h1>The page could not be made</h1>
<p>It is made again as soon as a file is saved. Below stands the last one that was sound.</p>
<pre></pre>
</section>
<p id="ended" role="status" hidden>waystone watch has ended.</p>
<script src="watch.js"></script>
</html>
)html";
}

std::string_view watch_style() {
  return R"css(:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column-reverse; }
[hidden] { display: none; }
#page { flex: 1; border: 0; width: 100%; }
#problem { padding: 1rem 1.5rem; border-bottom: 3px solid #b3261e; max-height: 60vh; overflow: auto; }
#problem h1 { font-size: 1.1rem; margin: 0; }
#problem p { margin: 0 0 .5rem; }
#problem pre { font: .9rem/1.4 ui-monospace, monospace; margin: 0; white-space: pre-wrap; }
#ended { margin: 0; padding: .25rem 1.5rem; border-bottom: 1px solid; }
)css";
}

// The page's own address holds what is opened in it, so that is taken over, and how far it is
// scrolled.
std::string_view watch_script() {
  return R"js('use strict';
const frame = document.getElementById('page'), problem = document.getElementById('problem');
const ended = document.getElementById('ended');
let shown = 0, place = { hash: location.hash, x: 0, y: 0 };

function load(page) {
  const inner = frame.contentWindow;
  if (shown) place = { hash: inner.location.hash, x: inner.scrollX, y: inner.scrollY };
  shown = page;
  inner.location.replace(`page?${page}${place.hash}`);
}

frame.addEventListener('load', () => {
  const inner = frame.contentWindow;
  if (!shown || inner.location.pathname.endsWith('blank')) return;
  document.title = inner.document.title || 'Waystone';
  inner.scrollTo(place.x, place.y);
  inner.addEventListener('hashchange', () => history.replaceState(null, '', inner.location.hash || '#'));
});

const events = new EventSource('events');
events.onopen = () => { ended.hidden = true; };
events.onerror = () => { ended.hidden = false; };
events.onmessage = ({ data }) => {
  const now = JSON.parse(data);
  if (now.page && now.page !== shown) load(now.page);
  problem.hidden = now.problem === null;
  problem.querySelector('pre').textContent = now.problem ?? '';
};
)js";
}

}  // namespace waystone::command

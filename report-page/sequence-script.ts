/** The style sheet of sequence diagrams. */
export const sequenceStyles = `
.sequence-split { display: grid; grid-template-columns: minmax(0, 1fr) minmax(16rem, 24rem); gap: 1rem; align-items: start; }
.sequence-box { overflow: auto; max-height: min(38rem, 75vh); border: 1px solid var(--rule); border-radius: .4rem; background: var(--page); }
.sequence-head { position: sticky; top: 0; background: var(--panel); border-bottom: 1px solid var(--rule); z-index: 1; width: max-content; min-width: 100%; }
.sequence svg { display: block; min-width: 100%; font-size: 12px; fill: var(--ink); }
.sequence svg text { text-anchor: middle; }
.sequence .lane { font-weight: 600; font-size: 13px; }
.sequence svg .quiet { fill: var(--quiet); font-size: 11px; }
.sequence .life { stroke: var(--rule); stroke-width: 1.5; }
.sequence .span { fill: var(--panel); stroke: var(--quiet); }
.sequence .back { fill: transparent; }
.sequence .step { --step: var(--ink); cursor: pointer; }
.sequence .step.quiet { --step: var(--quiet); } .sequence .step.warn { --step: var(--warn); }
.sequence .step.bad, .sequence .step.named .label { --step: var(--bad); }
.sequence .step:hover .back { fill: color-mix(in srgb, var(--link) 8%, transparent); }
.sequence .step.current .back { fill: color-mix(in srgb, var(--link) 18%, transparent); stroke: var(--link); }
.sequence .time { fill: var(--quiet); font: 11px ui-monospace, "DejaVu Sans Mono", monospace; }
.sequence .label, .sequence .note { fill: var(--step); paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; }
.sequence svg .note, .sequence svg .start { text-anchor: start; } .sequence svg .end, .sequence svg .time { text-anchor: end; }
.sequence .current .label, .sequence .current .note { stroke: none; font-weight: 600; }
.sequence .arrow, .sequence .sign { stroke: var(--step); stroke-width: 1.6; fill: none; }
.sequence .sign { stroke-width: 2.4; } .sequence .dashed { stroke-dasharray: 4 4; }
.sequence .tip, .sequence .bolt { fill: var(--step); } .sequence .dot { fill: var(--page); stroke: var(--step); stroke-width: 1.6; }
.sequence .bolt { fill: var(--bad); } .sequence .pin { fill: var(--bad); }
.sequence-tools { margin: 0 0 .5rem; } .sequence-tools .quiet { margin-left: .5rem; white-space: nowrap; }
.sequence-tools .keys { font-size: .8rem; color: var(--quiet); white-space: nowrap; } @media (hover: none) { .sequence-tools .keys { display: none; } }
.sequence-step { border-left: 3px solid var(--link); padding-left: .75rem; min-height: 7rem; overflow-wrap: anywhere; }
.sequence-step p { margin: .1rem 0 .4rem; } .sequence-step pre { max-height: 22rem; }
.sequence pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.sequence-table td { min-width: 0; } .sequence-table pre { margin: .3rem 0 0; padding: .3rem .5rem; }
.named { color: var(--bad); font-size: .8rem; }
@media (max-width: 60rem) { .sequence-split { grid-template-columns: minmax(0, 1fr); }
  .sequence-box { max-height: 55vh; } .sequence-step { min-height: 9rem; } .sequence-step pre { max-height: 12rem; } }
@media print { .sequence-box { max-height: none; overflow: hidden; } .sequence-split { display: block; } .sequence-panel { display: none; } .sequence-head { position: static; width: auto; } .sequence svg { min-width: 0; max-width: 100%; height: auto; } }
`;

/** For the page, once: `stepThrough(element)` lets keys and clicks move in the diagrams in it. */
export const sequenceScript = `
const stepThrough = (element) => {
  for (const diagram of element.querySelectorAll('.sequence')) {
    const box = diagram.querySelector('.sequence-box');
    const panel = diagram.querySelector('.sequence-step');
    const place = diagram.querySelector('.sequence-tools .quiet');
    const steps = [...diagram.querySelectorAll('g[data-step]')];
    const rows = [...diagram.querySelectorAll('tbody tr')];
    if (steps.length === 0) continue;
    let current;
    const show = (at) => {
      const next = Math.max(0, Math.min(steps.length - 1, at));
      if (current !== undefined) steps[current].classList.remove('current');
      current = next;
      const step = steps[next];
      step.classList.add('current');
      place.textContent = (next + 1) + ' of ' + steps.length;
      const [, time, event] = rows[next].cells;
      const when = document.createElement('p');
      when.className = 'quiet';
      when.textContent = time.textContent + ' ms';
      const what = document.createElement('div');
      what.innerHTML = event.innerHTML;
      for (const bytes of what.querySelectorAll('pre')) {
        bytes.tabIndex = 0;
        bytes.setAttribute('role', 'group');
        bytes.setAttribute('aria-label', 'Bytes of this step');
      }
      panel.replaceChildren(when, what);
      const { y, height } = step.firstElementChild.getBBox();
      const head = box.firstElementChild.offsetHeight;
      if (y < box.scrollTop) box.scrollTop = y - 40;
      else if (y + height + head > box.scrollTop + box.clientHeight) {
        box.scrollTop = y + height + head + 40 - box.clientHeight;
      }
      const label = step.lastElementChild.getBBox();
      // A long note may go on outside of the box: the panel has all of it.
      const width = Math.min(label.width, box.clientWidth / 2);
      const isSeen = label.x >= box.scrollLeft && label.x + width <= box.scrollLeft + box.clientWidth;
      if (!isSeen) box.scrollLeft = label.x + width / 2 - box.clientWidth / 2;
    };
    const moves = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 10, PageUp: -10, End: 1e9, Home: -1e9 };
    box.addEventListener('keydown', (event) => {
      const move = moves[event.key];
      if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      show(current + move);
    });
    for (const button of diagram.querySelectorAll('[data-move]')) {
      button.addEventListener('click', () => show(current + Number(button.dataset.move)));
    }
    box.addEventListener('click', (event) => {
      const step = event.target.closest('g[data-step]');
      if (step) show(Number(step.dataset.step));
    });
    show(Math.max(0, steps.findIndex((step) => step.classList.contains('named'))));
  }
};`;

/**
 * The hints of an edit form: links that open the block, a button that files a date of the text, and the list made again
 * when the form was saved by itself.
 */
(() => {
  "use strict";

  const PANEL = "[data-hsec-hints]";

  /** Return the blocks of a block, each with its id if it has one. */
  function childrenOf(block) {
    if (block.children) return block.children.map((child) => ({ id: child.id, block: child.block }));
    return Object.values(block.childBlocks || {}).map((child) => ({ block: child }));
  }

  /** Return the blocks from `block` down to the one with the id, or null. */
  function pathTo(id, block) {
    for (const child of childrenOf(block)) {
      if (child.id === id) return [child.block];
      const path = pathTo(id, child.block);
      if (path) return [child.block, ...path];
    }
    return null;
  }

  /** Return the block with the id, with its fields; a list may make those of an item only when it is opened. */
  function find(id) {
    const roots = [...document.querySelectorAll("[id$='-root']")].filter((element) => element.rootBlock);
    for (const { rootBlock } of roots) {
      const path = pathTo(id, rootBlock);
      if (!path) continue;
      const block = path.at(-1);
      if (block.open) block.open();
      return block.block || block;
    }
    return null;
  }

  /** Expand all panels around and of the element, and go there. */
  function reveal(element) {
    for (let at = element.closest("[data-panel]"); at; at = at.parentElement.closest("[data-panel]")) {
      const toggle = at.querySelector("[data-panel-toggle]");
      if (toggle && toggle.getAttribute("aria-expanded") === "false") toggle.click();
    }
    element.scrollIntoView({ block: "start" });
  }

  function show(id) {
    find(id);
    const section = document.getElementById(`block-${id}-section`);
    if (!section) return false;
    reveal(section);
    section.querySelector("[data-panel-toggle]")?.focus({ preventScroll: true });
    return true;
  }

  function fileDate(button) {
    const panel = button.closest(PANEL);
    const status = panel.querySelector("[data-hsec-hints-status]");
    const { block: id, edtf, text, label } = button.dataset;
    const dates = find(id)?.childBlocks?.dates;
    if (!dates?.insert) {
      status.textContent = panel.dataset.hsecFailed;
      return;
    }
    const added = dates.insert({ edtf, label, text }, dates.children.length, { focus: false });
    const section = document.getElementById(`block-${added.id}-section`) || added.element;
    reveal(section);
    // What watches the form for changes sees only those of its fields.
    section.querySelector("input")?.dispatchEvent(new Event("change", { bubbles: true }));
    status.textContent = `${text}: ${panel.dataset.hsecFiled}`;
    button.closest("li").remove();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-hsec-file-date]");
    if (button) fileDate(button);
    const link = event.target.closest(`${PANEL} a[href^="#block-"]`);
    const id = link && /^#block-(.+)-section$/.exec(link.getAttribute("href"))?.[1];
    if (id && show(id)) event.preventDefault();
  });

  // A page that was only begun has a number now.
  document.addEventListener("w-autosave:success", async (event) => {
    const number = event.detail?.response?.pk;
    for (const panel of document.querySelectorAll(PANEL)) {
      const url = panel.dataset.hsecHints.replace(/\/0\/$/, number ? `/${number}/` : "/0/");
      if (url.endsWith("/0/")) continue;
      panel.dataset.hsecHints = url;
      try {
        const response = await fetch(url, { headers: { "X-Requested-With": "XMLHttpRequest" } });
        if (response.ok) panel.querySelector("[data-hsec-hints-list]").innerHTML = await response.text();
      } catch {
        // The hints of before stay.
      }
    }
  });
})();

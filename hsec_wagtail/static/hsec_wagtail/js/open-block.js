/* Opens the block that the address of an editor names, and what is around it: Wagtail only scrolls to its heading. */
window.addEventListener("load", () => {
    const id = window.location.hash.slice(1);
    const panel = /^block-[\w-]+-section$/.test(id) ? document.getElementById(id) : null;
    if (!panel) {
        return;
    }
    for (let one = panel; one; one = one.parentElement.closest("[data-panel]")) {
        const toggle = one.querySelector(":scope > .w-panel__header [data-panel-toggle]");
        if (toggle && toggle.getAttribute("aria-expanded") === "false") {
            toggle.click();
        }
    }
    panel.scrollIntoView();
});

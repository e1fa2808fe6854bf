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
    // Wagtail scrolls slowly and is interrupted, and editors and lists grow when they are ready: the block is brought
    // back into sight until somebody does something.
    const keeping = window.setInterval(() => {
        const { top } = panel.getBoundingClientRect();
        if (top < 0 || top > window.innerHeight / 2) {
            panel.scrollIntoView({ behavior: "instant" });
        }
    }, 200);
    const stop = () => window.clearInterval(keeping);
    for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) {
        window.addEventListener(event, stop, { once: true, passive: true });
    }
    window.setTimeout(stop, 10000);
});

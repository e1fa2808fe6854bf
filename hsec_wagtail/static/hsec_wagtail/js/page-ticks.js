/**
 * Lists of pages in the edit form as check boxes: one click for each page that is offered.
 *
 * What is offered comes from the address in the block's definition, once for all lists of the form. Where it offers
 * nothing, or cannot be reached, the list is Wagtail's own, with a page chooser for each page; so it is without this script.
 */
(() => {
  "use strict";

  const NAME = "wagtail.blocks.ListBlock";
  // That of Wagtail, or what another script made of it.
  const ListBlockDefinition = window.telepath.constructors[NAME];
  // More than this are easier to search than to look through.
  const MANY = 12;

  /** What is offered, by address. */
  const offers = new Map();

  function fetchOffer(address) {
    if (!offers.has(address)) {
      const url = new URL(address, window.location.href);
      url.searchParams.set("at", window.location.pathname);
      const offer = fetch(url, { headers: { Accept: "application/json" } })
        .then((response) => (response.ok ? response.json() : { topics: [] }))
        .then(({ topics }) => topics)
        .catch(() => []);
      offers.set(address, offer);
    }
    return offers.get(address);
  }

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  /** The pages of a list: those chosen as boxes with a tick, those offered beside them. */
  class PageTicks {
    constructor(definition, placeholder, prefix, state, error, makeList) {
      Object.assign(this, { blockDef: definition, type: definition.name, prefix, makeList });
      this.list = null;
      this.offered = [];
      this.boxes = make("ul", { class: "hsec-ticks__list" });
      this.posted = make("div");
      this.errors = make("div", { class: "w-field__errors", role: "alert" });
      this.element = make(
        "div",
        { class: "hsec-ticks", role: "group", "aria-label": definition.meta.label },
        this.errors, this.boxes, this.posted,
      );
      if (definition.meta.helpText) this.element.prepend(make("div", { class: "help" }, definition.meta.helpText));
      placeholder.replaceWith(this.element);
      this.setState(state || []);
      this.setError(error);
      fetchOffer(definition.meta.hsecTicks.url).then((offered) => this.offer(offered));
    }

    offer(offered) {
      if (!offered.length) {
        const placeholder = make("div");
        const state = this.getState();
        this.element.replaceChildren(this.errors, placeholder);
        this.list = this.makeList(placeholder, state);
        return;
      }
      this.offered = offered;
      if (offered.length > MANY) this.addSearch();
      this.draw();
    }

    addSearch() {
      const { search } = this.blockDef.meta.hsecTicks;
      const input = make("input", { type: "search", class: "hsec-ticks__search", "aria-label": search, placeholder: search });
      input.addEventListener("input", () => {
        const wanted = input.value.trim().toLocaleLowerCase();
        for (const row of this.boxes.children) {
          const isHidden = !row.textContent.toLocaleLowerCase().includes(wanted);
          row.hidden = isHidden && !row.querySelector("input").checked;
        }
      });
      // The key would save the page.
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter") event.preventDefault();
      });
      this.boxes.before(input);
    }

    draw() {
      const ids = new Set(this.offered.flatMap(({ id, same }) => [id, ...same]));
      const elsewhere = this.chosen.filter(({ value }) => !ids.has(value.id));
      const rows = [
        ...this.offered.map(({ id, same, title }) => ({ ids: [id, ...same], title })),
        ...elsewhere.map(({ value }) => ({ ids: [value.id], title: value.adminTitle })),
      ];
      this.boxes.replaceChildren(...rows.map((row) => this.makeRow(row)));
      this.write();
    }

    makeRow({ ids, title }) {
      const box = make("input", { type: "checkbox" });
      box.checked = this.chosen.some(({ value }) => ids.includes(value.id));
      box.addEventListener("change", () => {
        this.chosen = this.chosen.filter(({ value }) => !ids.includes(value.id));
        if (box.checked) this.chosen.push({ id: "", value: { id: ids[0], parentId: null, adminTitle: title, editUrl: "" } });
        this.write();
      });
      return make("li", {}, make("label", {}, box, " ", title));
    }

    /** Write what the form posts: the fields of Wagtail's own list in their order, so that taking its place changes nothing. */
    write() {
      const fields = [["count", this.chosen.length]];
      this.chosen.forEach(({ id, value }, place) => {
        const own = { deleted: "", order: place, type: "", id: id || "", value: value.id };
        for (const [name, one] of Object.entries(own)) fields.push([`${place}-${name}`, one]);
      });
      this.posted.replaceChildren(
        ...fields.map(([name, value]) => make("input", { type: "hidden", name: `${this.prefix}-${name}`, value })),
      );
    }

    setState(state) {
      if (this.list) {
        this.list.setState(state);
        return;
      }
      this.chosen = state.filter(({ value }) => value);
      this.draw();
    }

    getState() {
      return this.list ? this.list.getState() : this.chosen;
    }

    getDuplicatedState() {
      return this.list ? this.list.getDuplicatedState() : this.chosen.map(({ value }) => ({ value }));
    }

    getValue() {
      return this.list ? this.list.getValue() : this.chosen.map(({ value }) => value.id);
    }

    getTextLabel(options) {
      if (this.list) return this.list.getTextLabel(options);
      return this.chosen.map(({ value }) => value.adminTitle).join(", ");
    }

    setError(error) {
      if (this.list) this.list.setError(error);
      const messages = this.list || !error ? [] : error.messages || [];
      this.errors.replaceChildren(...messages.map((message) => make("p", { class: "error-message" }, message)));
    }

    focus(options) {
      if (this.list) this.list.focus(options);
      else this.boxes.querySelector("input")?.focus();
    }
  }

  window.telepath.register(
    NAME,
    class extends ListBlockDefinition {
      render(placeholder, prefix, state, error) {
        const makeList = (place, given) => super.render(place, prefix, given);
        return this.meta.hsecTicks
          ? new PageTicks(this, placeholder, prefix, state, error, makeList)
          : super.render(placeholder, prefix, state, error);
      }
    },
  );
})();

/**
 * Lists of many items in the edit form: the fields of an item are made when it is opened.
 *
 * An item that is closed is a panel with a label. The whole list is posted as one field, in which an item that was not
 * changed is what the server sent, signed; hsec_wagtail/blocks/posted_items.py reads it. Without this script the form has
 * Wagtail's own list, of the same state.
 */
(() => {
  "use strict";

  const NAME = "wagtail.blocks.ListBlock";
  const { ListBlock, StructBlockDefinition } = window.wagtailStreamField.blocks;
  // That of Wagtail, or what another script made of it.
  const ListBlockDefinition = window.telepath.constructors[NAME];

  /** The state of an item as the server sent it. */
  class StoredState {
    constructor({ value, label, stored }) {
      Object.assign(this, { value, label, stored });
    }
  }

  const LIST = "[data-hsec-items]";
  const NOT_POSTED = ["file", "button", "submit", "reset", "image"];

  /** Return what a form would post of one field. */
  function valuesOf(field) {
    if (field.matches(":disabled") || NOT_POSTED.includes(field.type)) return [];
    if (["checkbox", "radio"].includes(field.type)) return field.checked ? [field.value] : [];
    if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => option.value);
    return [field.value];
  }

  /** Return what a form would post of `element`: pairs of a name, without `prefix`, and a value. A list inside is one field. */
  function fieldsIn(element, prefix) {
    const above = element.closest(LIST);
    const isOwn = (one) => one.parentElement.closest(LIST) === above;
    const fields = [...element.querySelectorAll("input, select, textarea")]
      .filter((field) => field.name.startsWith(prefix) && isOwn(field))
      .flatMap((field) => valuesOf(field).map((value) => [field.name.slice(prefix.length), value]));
    const lists = [...element.querySelectorAll(LIST)]
      .filter(isOwn)
      .map(({ hsecItemList: list }) => [list.prefix.slice(prefix.length), JSON.stringify(list.getPosted())]);
    return [...fields, ...lists];
  }

  /** Return `value` with its keys in order, without what is empty. */
  function inOrder(value) {
    if (Array.isArray(value)) return value.map(inOrder);
    if (value === null || typeof value !== "object") return value;
    const kept = Object.entries(value).filter(([, one]) => typeof one !== "object" || Object.keys(one ?? {}).length);
    return kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, inOrder(one)]);
  }

  /** Return a text that differs where `fields` say something else: the rich text editor writes its JSON anew unasked. */
  function meaningOf(fields) {
    const values = fields.map(([name, value]) => {
      try {
        return [name, inOrder(JSON.parse(value))];
      } catch {
        return [name, value];
      }
    });
    return JSON.stringify(values);
  }

  /** The block of an item: a label until it is opened. */
  class Item {
    constructor(childBlockDef, placeholder, prefix, state, capabilities) {
      Object.assign(this, { childBlockDef, prefix, capabilities });
      this.block = null;
      this.stored = state instanceof StoredState ? state : null;
      this.element = document.createElement("div");
      this.element.dataset.hsecItem = "";
      placeholder.replaceWith(this.element);
      if (!this.stored) this.make(state);
    }

    make(state) {
      const placeholder = document.createElement("div");
      this.element.append(placeholder);
      this.block = this.childBlockDef.render(placeholder, this.prefix, state, undefined, this.capabilities);
    }

    open() {
      if (this.block) return;
      this.make(this.stored.value);
      this.untouched = meaningOf(fieldsIn(this.element, this.prefix));
    }

    /** Return what to post: the item as the server sent it if nothing was changed, else its fields. */
    getPosted() {
      if (!this.block) return { stored: this.stored.stored };
      const fields = fieldsIn(this.element, this.prefix);
      if (this.stored && meaningOf(fields) === this.untouched) return { stored: this.stored.stored };
      return { fields };
    }

    getState() {
      return this.block ? this.block.getState() : this.stored;
    }

    getDuplicatedState() {
      if (!this.block) return this.stored;
      return this.block.getDuplicatedState ? this.block.getDuplicatedState() : this.block.getState();
    }

    setState(state) {
      if (state instanceof StoredState) {
        this.block = null;
        this.element.replaceChildren();
        this.stored = state;
      } else {
        this.open();
        this.block.setState(state);
      }
    }

    getValue() {
      return this.block ? this.block.getValue() : this.stored.value;
    }

    getTextLabel(options) {
      if (!this.block) return this.stored.label;
      return this.block.getTextLabel ? this.block.getTextLabel(options) : null;
    }

    setError(error) {
      if (error) this.open();
      if (this.block) this.block.setError(error);
    }

    setCapabilityOptions(name, options) {
      Object.assign(this.capabilities.get(name), options);
      if (this.block && this.block.setCapabilityOptions) this.block.setCapabilityOptions(name, options);
    }

    focus(options) {
      this.open();
      this.block.focus(options);
    }
  }

  /** Stands for the definition of the items' block. */
  class ItemDefinition {
    constructor(childBlockDef) {
      this.childBlockDef = childBlockDef;
      this.name = childBlockDef.name;
      this.meta = childBlockDef.meta;
      // The panel of the item is the one that collapses.
      if (childBlockDef instanceof StructBlockDefinition) childBlockDef.collapsible = false;
    }

    render(placeholder, prefix, state, error, capabilities) {
      return new Item(this.childBlockDef, placeholder, prefix, state, capabilities);
    }
  }

  /** Calls back when an item that is expanded comes near the window: "Expand all" opens only what is seen. */
  const nearby = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (isIntersecting) {
          nearby.unobserve(target);
          target.dispatchEvent(new CustomEvent("hsec:near"));
        }
      }
    },
    { rootMargin: "100% 0%" },
  );

  /** Return whether somebody was led to the item: by its address, or by a comment on it. */
  function isWanted(id) {
    if (window.location.hash === `#block-${id}-section`) return true;
    const data = document.getElementById("comments-data");
    return Boolean(id && data && data.textContent.includes(id));
  }

  class ItemList extends ListBlock {
    constructor(definition, placeholder, prefix, state, error) {
      super(definition, placeholder, prefix, state, error);
      this.element = this.container[0];
      this.element.dataset.hsecItems = "";
      this.element.hsecItemList = this;
    }

    setState(items) {
      super.setState(
        items.map(({ id, value, label, stored }) => ({
          id,
          value: typeof stored === "string" ? new StoredState({ value, label, stored }) : value,
        })),
      );
    }

    _createChild(definition, placeholder, prefix, index, id, state, sequence, options) {
      const child = super._createChild(
        new ItemDefinition(definition), placeholder, prefix, index, id, state, sequence, options,
      );
      const item = child.block;
      if (item.block || !item.stored) return child;
      if (index < this.blockDef.meta.hsecItems.open || isWanted(id)) {
        item.open();
        return child;
      }
      child.collapse();
      item.element.addEventListener("hsec:near", () => item.open());
      child.toggleElement.addEventListener("wagtail:panel-toggle", ({ detail }) => {
        if (detail.expanded && !item.block) nearby.observe(item.element);
      });
      return child;
    }

    /** Return the items in their order, each with its id and what is to be posted of it. */
    getPosted() {
      const start = this.prefix.length + 1;
      return this.children.map((child) => ({
        id: child.id || "",
        at: Number(child.prefix.slice(start)),
        ...child.block.getPosted(),
      }));
    }
  }

  window.telepath.register(
    NAME,
    class extends ListBlockDefinition {
      render(...args) {
        return this.meta.hsecItems ? new ItemList(this, ...args) : super.render(...args);
      }
    },
  );

  // Also made for each check for unsaved changes, and for previews.
  document.addEventListener("formdata", ({ target, formData }) => {
    for (const element of target.querySelectorAll(LIST)) {
      if (element.parentElement.closest(LIST)) continue;
      const list = element.hsecItemList;
      for (const name of new Set(formData.keys())) {
        if (name.startsWith(`${list.prefix}-`) && !(formData.get(name) instanceof File)) formData.delete(name);
      }
      formData.set(list.prefix, JSON.stringify(list.getPosted()));
    }
  });
})();

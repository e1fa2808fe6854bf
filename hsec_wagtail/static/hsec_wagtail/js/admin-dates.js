/* Dates in the editor: says below a field what was understood of it, and offers what dates are called.

   Stimulus, which Wagtail brings along, connects the inputs of blocks that are added later. What a text means is
   asked of the server, for all fields in sight at once; nothing is written into a field unless a button is pressed. */
(() => {
  "use strict";

  const { Controller } = window.StimulusModule;
  // What is longer is no date; see LONGEST_ENTRY.
  const LONGEST_TEXT = 121;
  const LONGEST_QUERY = 1500;
  const MOST_TEXTS = 50;
  const TYPING = 300;
  const GATHERING = 50;

  const answers = new Map();
  let waiting = [];
  let gathering = null;

  const fetchJson = async (url, query) => {
    const response = await fetch(`${url}?${query}`, {
      headers: { "X-Requested-With": "XMLHttpRequest" },
      credentials: "same-origin",
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  };

  /* Returns the texts in groups, each of which one address can hold. */
  const grouped = (texts) => {
    const groups = [[]];
    let length = 0;
    texts.forEach((text) => {
      const added = encodeURIComponent(text).length + 6;
      const last = groups[groups.length - 1];
      if (last.length && (length + added > LONGEST_QUERY || last.length >= MOST_TEXTS)) {
        groups.push([text]);
        length = added;
      } else {
        last.push(text);
        length += added;
      }
    });
    return groups;
  };

  const askAll = (url) => {
    const asked = waiting;
    waiting = [];
    gathering = null;
    const texts = [...new Set(asked.map((one) => one.text))];
    grouped(texts).forEach(async (group) => {
      const query = new URLSearchParams(group.map((text) => ["text", text]));
      let read = [];
      try {
        ({ read } = await fetchJson(url, query));
      } catch {
        // Without an answer nothing is said; publishing says what is wrong.
      }
      group.forEach((text, place) => {
        if (read[place]) answers.set(text, read[place]);
      });
      asked
        .filter((one) => group.includes(one.text))
        .forEach((one) => one.resolve(answers.get(one.text)));
    });
  };

  /* Returns what is understood of a text, undefined if the server does not say. */
  const ask = (url, text) => {
    const clipped = Array.from(text).slice(0, LONGEST_TEXT).join("");
    if (answers.has(clipped)) return Promise.resolve(answers.get(clipped));
    return new Promise((resolve) => {
      waiting.push({ text: clipped, resolve });
      gathering = gathering || setTimeout(() => askAll(url), GATHERING);
    });
  };

  class DateController extends Controller {
    static values = { url: String };

    connect() {
      this.echo = document.getElementById(`${this.element.id}-echo`);
      if (!this.echo) return;
      this.describe();
      this.typed = () => this.wait();
      // Only what the editor writes is read aloud, not the dates of a whole page when it opens.
      this.entered = () => this.echo.setAttribute("aria-live", "polite");
      this.left = () => this.echo.setAttribute("aria-live", "off");
      this.element.addEventListener("input", this.typed);
      this.element.addEventListener("focus", this.entered);
      this.element.addEventListener("blur", this.left);
      this.sight = new IntersectionObserver((entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.read();
      });
      this.sight.observe(this.element);
    }

    disconnect() {
      clearTimeout(this.timer);
      if (!this.sight) return;
      this.sight.disconnect();
      this.element.removeEventListener("input", this.typed);
      this.element.removeEventListener("focus", this.entered);
      this.element.removeEventListener("blur", this.left);
    }

    describe() {
      const ids = (this.element.getAttribute("aria-describedby") || "").split(/\s+/);
      if (!ids.includes(this.echo.id)) ids.push(this.echo.id);
      this.element.setAttribute("aria-describedby", ids.filter(Boolean).join(" "));
    }

    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.read(), TYPING);
    }

    async read() {
      const text = this.element.value;
      const answer = text.trim() ? await ask(this.urlValue, text) : null;
      if (text === this.element.value) this.show(answer);
    }

    show(answer) {
      const fault = (answer && answer.fault) || "";
      const shown = JSON.stringify(answer || null);
      if (shown === this.shown) return;
      this.shown = shown;
      this.echo.classList.toggle("hsec-date-echo--fault", Boolean(fault));
      this.echo.textContent = fault || (answer && answer.said) || "";
      ((answer && answer.choices) || []).forEach((choice) => {
        this.echo.append(" ", this.button(choice));
      });
    }

    button(choice) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-small button-secondary hsec-date-echo__choice";
      button.textContent = choice.words;
      button.title = choice.edtf;
      button.addEventListener("click", () => {
        this.element.value = choice.edtf;
        this.element.focus();
        this.element.dispatchEvent(new Event("input", { bubbles: true }));
        this.element.dispatchEvent(new Event("change", { bubbles: true }));
        this.read();
      });
      return button;
    }
  }

  const LIST = "hsec-date-labels";
  let loaded = null;

  /* Returns the id of the page that the form edits, or below which it makes one; "" in other forms. */
  const pageOf = (element) => {
    const form = element.closest("form");
    const found = form && /\/(\d+)\/(?:edit\/)?$/.exec(new URL(form.action, location).pathname);
    return found ? found[1] : "";
  };

  const offer = (labels) => {
    const list = document.createElement("datalist");
    list.id = LIST;
    labels.forEach((label) => {
      const option = document.createElement("option");
      option.value = label;
      list.append(option);
    });
    document.body.append(list);
  };

  class DateLabelController extends Controller {
    static values = { url: String };

    connect() {
      this.element.setAttribute("list", LIST);
      this.entered = () => this.load();
      this.element.addEventListener("focus", this.entered);
    }

    disconnect() {
      this.element.removeEventListener("focus", this.entered);
    }

    /* Loads the labels once for all fields, with those that this form has but that are not public yet. */
    load() {
      if (loaded) return;
      const query = new URLSearchParams({ page: pageOf(this.element) });
      loaded = fetchJson(this.urlValue, query)
        .then(({ labels }) => {
          const fields = document.querySelectorAll('[data-controller~="hsec-date-label"]');
          const own = Array.from(fields, (field) => field.value.trim()).filter(Boolean);
          offer(new Set([...own, ...labels]));
        })
        .catch(() => {
          loaded = null;
        });
    }
  }

  window.wagtail.app.register("hsec-date", DateController);
  window.wagtail.app.register("hsec-date-label", DateLabelController);
})();

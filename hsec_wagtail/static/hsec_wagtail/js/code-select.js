/* A list of countries or languages that keeps a stored code which is not in it. */
(() => {
    "use strict";

    const Select = window.telepath.constructors["wagtail.widgets.Select"];

    class CodeSelect extends Select {
        constructor(html, kind, unknown) {
            super(html);
            this.kind = kind;
            this.unknown = unknown;
        }

        render(placeholder, name, id, state, ...others) {
            const bound = super.render(placeholder, name, id, state, ...others);
            const setState = bound.setState.bind(bound);
            bound.setState = (value) => {
                this.offer(bound.input, codeOf(value));
                setState([codeOf(value)]);
            };
            bound.setState(state);
            return bound;
        }

        offer(select, code) {
            if ([...select.options].some((option) => option.value === code)) return;
            const name = nameOf(code, this.kind);
            select.add(new Option(name ? `${name} (${code})` : this.unknown.replace("%(code)s", code), code), 1);
        }
    }

    /* Returns the name that the browser knows, as of a regional variant of a language; "" for none. */
    function nameOf(code, type) {
        try {
            const names = new Intl.DisplayNames([document.documentElement.lang], { type, fallback: "none" });
            return names.of(code) || "";
        } catch {
            return "";
        }
    }

    /* A select gives its state as a list. */
    const codeOf = (value) => (Array.isArray(value) ? value[0] : value) || "";

    window.telepath.register("hsec_wagtail.widgets.CodeSelect", CodeSelect);
})();

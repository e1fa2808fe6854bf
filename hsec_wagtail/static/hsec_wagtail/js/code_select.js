/* A list of countries or languages that keeps a stored code which is not in it. */
(() => {
    "use strict";

    const Select = window.telepath.constructors["wagtail.widgets.Select"];

    class CodeSelect extends Select {
        constructor(html, unknown) {
            super(html);
            this.unknown = unknown;
        }

        render(placeholder, name, id, state, ...others) {
            const bound = super.render(placeholder, name, id, state, ...others);
            const setState = bound.setState.bind(bound);
            bound.setState = (value) => {
                addUnknown(bound.input, codeOf(value), this.unknown);
                setState([codeOf(value)]);
            };
            bound.setState(state);
            return bound;
        }
    }

    /* A select gives its state as a list. */
    const codeOf = (value) => (Array.isArray(value) ? value[0] : value) || "";

    function addUnknown(select, code, unknown) {
        if ([...select.options].some((option) => option.value === code)) return;
        select.add(new Option(unknown.replace("%(code)s", code), code), 1);
    }

    window.telepath.register("hsec_wagtail.widgets.CodeSelect", CodeSelect);
})();

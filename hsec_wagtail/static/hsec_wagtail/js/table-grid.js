/* The grid in which the rows of a table are edited.
 *
 * One hidden input holds all rows as JSON, so that a long table is one field of the form. Cells are shown as they are;
 * the one being edited gets Wagtail's own rich text editor. A cell that nobody edits is sent back as it came.
 */
(() => {
    "use strict";

    const text = window.hsecTableText;
    const { Rows, serialised } = window.hsecTableRows;
    const PAGE = 10;
    const MISSING = "hsec-grid__cell--missing";
    const ACTIONS = [
        ["rowAbove", "plus"], ["rowBelow", "plus"], ["columnBefore", "plus"], ["columnAfter", "plus"],
        ["deleteRow", "bin"], ["deleteColumn", "bin"], ["undo", "rotate"],
    ];
    let editors = 0;

    function make(name, attributes = {}, ...children) {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.append(...children);
        return element;
    }

    const say = (message, values) => message.replace(/%\((\w+)\)[sd]/g, (_, name) => values[name]);

    class Grid {
        constructor(definition, placeholder, prefix, state, error) {
            this.definition = definition;
            this.strings = definition.meta.strings;
            this.prefix = prefix;
            this.type = definition.name;
            this.build(placeholder);
            this.setState(state);
            if (error) this.setError(error);
        }

        /* ------------------------------------------------------------------ the elements */

        build(placeholder) {
            const { prefix, strings } = this;
            this.input = make("input", { type: "hidden", name: prefix, id: prefix });
            this.errors = make("div", { class: "hsec-grid__errors", id: `${prefix}-errors` });
            this.toolbar = make("div", { class: "hsec-grid__toolbar", role: "toolbar", "aria-label": strings.toolbar });
            this.buttons = {};
            for (const [name, icon] of ACTIONS) this.addButton(name, icon);
            this.table = make("table", {
                class: "hsec-grid__table", role: "grid", "aria-label": strings.rows,
                "aria-describedby": `${prefix}-help ${prefix}-errors`,
            });
            this.head = make("thead");
            this.body = make("tbody");
            this.table.append(this.head, this.body);
            this.status = make("p", { class: "hsec-grid__status", role: "status" });
            this.element = make(
                "div", { class: "hsec-grid", "data-hsec-grid": "" },
                this.input,
                make("p", { class: "help", id: `${prefix}-help` }, strings.help),
                this.errors, this.toolbar, make("div", { class: "hsec-grid__scroll" }, this.table), this.status,
            );
            placeholder.replaceWith(this.element);
            this.listen();
        }

        addButton(name, icon) {
            const symbol = document.createElementNS("http://www.w3.org/2000/svg", "svg");
            symbol.setAttribute("class", `icon icon-${icon}`);
            symbol.setAttribute("aria-hidden", "true");
            const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
            use.setAttribute("href", `#icon-${icon}`);
            symbol.append(use);
            const button = make(
                "button", { type: "button", class: "button button-small button-secondary bicolor button--icon" },
                make("span", { class: "icon-wrapper" }, symbol), this.strings[name],
            );
            button.addEventListener("click", () => this[name]());
            this.buttons[name] = button;
            this.toolbar.append(button);
        }

        listen() {
            this.table.addEventListener("keydown", (event) => this.onKey(event), true);
            this.table.addEventListener("paste", (event) => this.onPaste(event), true);
            this.table.addEventListener("mousedown", (event) => {
                const cell = event.target.closest("[role=gridcell]");
                if (!cell || cell === this.edited?.cell) return;
                this.closeEditor();
                this.moveTo(this.placeOf(cell));
                event.preventDefault();
            });
            this.table.addEventListener("dblclick", (event) => {
                if (event.target.closest("[role=gridcell]") && !this.edited) this.edit();
            });
            this.table.addEventListener("focusin", (event) => {
                const cell = event.target.closest("[role=gridcell]");
                if (cell && event.target === cell && !this.edited) this.mark(this.placeOf(cell));
            });
            // A dialog that chooses a link belongs to the cell: only another place in the form ends editing.
            document.addEventListener("focusin", ({ target }) => {
                const form = this.element.closest("form");
                if (this.edited && form?.contains(target) && !this.edited.cell.contains(target)) this.closeEditor();
            });
            document.addEventListener("submit", () => this.closeEditor(), true);
        }

        placeOf(cell) {
            return { row: cell.parentNode.sectionRowIndex, column: cell.cellIndex - 1 };
        }

        cellAt({ row, column }) {
            return this.body.rows[row]?.cells[column + 1];
        }

        render() {
            const { width } = this.rows;
            const numbers = Array.from({ length: width }, (_, column) => make(
                "th", { scope: "col", class: "hsec-grid__number" }, String(column + 1),
            ));
            this.head.replaceChildren(make("tr", {}, make("td", { class: "hsec-grid__number" }), ...numbers));
            this.body.replaceChildren(...this.rows.all.map((row, number) => {
                const cells = Array.from({ length: width }, (_, column) => {
                    const cell = make("td", { role: "gridcell", tabindex: "-1" });
                    this.show(cell, row.cells[column]?.html, { row: number, column });
                    return cell;
                });
                return make("tr", {}, make("th", { scope: "row", class: "hsec-grid__number" }, String(number + 1)), ...cells);
            }));
            this.mark(this.current);
            this.store();
        }

        /* Shows the HTML of a cell, which is undefined where its row is shorter than others. */
        show(cell, html, { row, column }) {
            const name = say(this.strings.cell, { row: row + 1, column: column + 1 });
            cell.replaceChildren(text.toShown(html || ""));
            cell.classList.toggle(MISSING, html === undefined);
            cell.setAttribute("aria-label", `${name}: ${text.toText(html || "") || this.strings.empty}`);
        }

        /* Makes a cell the one that Tab leads to and that the buttons mean. */
        mark({ row, column }) {
            this.body.querySelector("[aria-selected]")?.removeAttribute("aria-selected");
            const before = this.cellAt(this.current);
            if (before) before.tabIndex = -1;
            this.current = {
                row: Math.min(Math.max(row, 0), this.rows.height - 1),
                column: Math.min(Math.max(column, 0), this.rows.width - 1),
            };
            const cell = this.cellAt(this.current);
            cell.tabIndex = 0;
            cell.setAttribute("aria-selected", "true");
            this.buttons.undo.disabled = this.rows.undoable.length === 0;
            return cell;
        }

        moveTo(place) {
            this.mark(place).focus();
        }

        announce(message, values = {}) {
            this.status.textContent = say(message, values);
        }

        /* ------------------------------------------------------------------ what is stored */

        store() {
            const stored = this.rows.serialised();
            if (stored === this.input.value) return;
            this.input.value = stored;
            this.input.dispatchEvent(new Event("change", { bubbles: true }));
        }

        /* Stores the text of a cell, without showing it a second time while it is edited. */
        set(place, html) {
            this.rows.set(place, html);
            this.body.querySelectorAll(`.${MISSING}`).forEach((cell) => cell.classList.remove(MISSING));
            this.store();
        }

        setAndShow(place, html) {
            if ((this.rows.html(place) || "") === html) return;
            this.rows.remember(place);
            this.set(place, html);
            this.show(this.cellAt(place), html, place);
            this.mark(place);
        }

        /* Makes a change of rows or columns. */
        change(work, message, values) {
            this.closeEditor();
            this.rows.remember(this.current);
            work();
            this.render();
            this.announce(message, values);
        }

        /* ------------------------------------------------------------------ the buttons */

        addRow(row) {
            this.change(() => {
                this.rows.addRow(row);
                this.current = { ...this.current, row };
            }, this.strings.rowAdded, { row: row + 1 });
        }

        rowAbove() {
            this.addRow(this.current.row);
        }

        rowBelow() {
            this.addRow(this.current.row + 1);
        }

        addColumn(column) {
            this.change(() => {
                this.rows.addColumn(column);
                this.current = { ...this.current, column };
            }, this.strings.columnAdded, { column: column + 1 });
        }

        columnBefore() {
            this.addColumn(this.current.column);
        }

        columnAfter() {
            this.addColumn(this.current.column + 1);
        }

        deleteRow() {
            const { row } = this.current;
            this.change(() => this.rows.deleteRow(row), this.strings.rowDeleted, { row: row + 1 });
        }

        deleteColumn() {
            const { column } = this.current;
            this.change(() => this.rows.deleteColumn(column), this.strings.columnDeleted, { column: column + 1 });
        }

        undo() {
            this.closeEditor();
            const place = this.rows.undo();
            if (!place) return;
            this.current = place;
            this.render();
            this.announce(this.strings.undid);
        }

        /* ------------------------------------------------------------------ the keyboard */

        onKey(event) {
            if (this.edited) {
                this.onEditorKey(event);
                return;
            }
            if (!event.target.matches("[role=gridcell]")) return;
            const isCommand = event.ctrlKey || event.metaKey;
            const target = this.targetOf(event.key, isCommand);
            if (target) this.moveTo(target);
            else if (isCommand && event.key === "z") this.undoFromKeyboard();
            else if (event.key === "Enter" || event.key === "F2") this.edit();
            else if (event.key === "Delete" || event.key === "Backspace") this.setAndShow(this.current, "");
            else if (event.key.length === 1 && !isCommand && !event.altKey) this.edit(event.key);
            else return;
            event.preventDefault();
        }

        undoFromKeyboard() {
            this.undo();
            this.moveTo(this.current);
        }

        targetOf(key, isCommand) {
            const { row, column } = this.current;
            const targets = {
                ArrowUp: { row: row - 1, column },
                ArrowDown: { row: row + 1, column },
                ArrowLeft: { row, column: column - 1 },
                ArrowRight: { row, column: column + 1 },
                PageUp: { row: row - PAGE, column },
                PageDown: { row: row + PAGE, column },
                Home: { row: isCommand ? 0 : row, column: 0 },
                End: { row: isCommand ? Infinity : row, column: Infinity },
            };
            return targets[key];
        }

        /* While a cell is edited, Tab leads to the next and edits it; after the last cell it leads on. */
        onEditorKey(event) {
            if (event.key === "Escape" && !event.isComposing && !isOffering()) {
                this.closeEditor();
                this.moveTo(this.current);
            } else if (event.key === "Tab" && !event.ctrlKey && event.target.isContentEditable) {
                const place = this.neighbour(event.shiftKey ? -1 : 1);
                this.closeEditor();
                this.moveTo(place || this.current);
                if (!place) return;
                this.edit();
            } else {
                return;
            }
            event.preventDefault();
            event.stopPropagation();
        }

        neighbour(step) {
            const { width, height } = this.rows;
            const next = this.current.row * width + this.current.column + step;
            if (next < 0 || next >= height * width) return null;
            return { row: Math.floor(next / width), column: next % width };
        }

        /* ------------------------------------------------------------------ editing a cell */

        edit(typed = "") {
            const place = { ...this.current };
            const content = text.toContent(this.rows.html(place) || "", this.links);
            const before = text.toHtml(content);
            content.blocks[0].text += typed;
            const cell = this.cellAt(place);
            this.editor ||= this.makeEditor();
            this.edited = { cell, place, before, rows: this.rows.copied(), changed: false };
            cell.classList.add("hsec-grid__cell--edited");
            cell.replaceChildren(this.editor.wrapper);
            cell.querySelector("[contenteditable=true]").focus();
            this.fillEditor(content);
            const name = say(this.strings.cell, { row: place.row + 1, column: place.column + 1 });
            cell.querySelector("[contenteditable=true]").setAttribute("aria-label", name);
            if (typed) this.take(content);
        }

        /* Makes the one editor of this grid, which is moved from cell to cell. */
        makeEditor() {
            editors += 1;
            const input = make("input", { type: "hidden", id: `hsec-grid-editor-${editors}` });
            input.value = JSON.stringify(text.toContent(""));
            // A comment on a place in a text would lose it: the editor moves on to other texts.
            this.parked = make("div", { hidden: "", "data-contentpath-disabled": "" }, input);
            this.element.append(this.parked);
            window.draftail.initEditor(`#${input.id}`, {
                ...this.definition.editor.options,
                placeholder: null,
                stateSaveInterval: 100,
                onSave: (raw) => this.take(raw),
            }, document.currentScript);
            return { input, wrapper: this.parked.querySelector("[data-draftail-editor-wrapper]") };
        }

        /* Shows content in the editor; undoing there does not lead to another cell. */
        fillEditor(content) {
            const { convertFromRaw, EditorState } = window.DraftJS;
            const { draftailEditor } = this.editor.input;
            const decorator = draftailEditor.getEditorState().getDecorator();
            const state = EditorState.createWithContent(convertFromRaw(content), decorator);
            draftailEditor.onChange(EditorState.moveFocusToEnd(state));
        }

        /* Takes over what the editor holds. */
        take(raw) {
            if (!this.edited) return;
            const html = raw ? text.toHtml(raw) : "";
            if (html === this.edited.before && !this.edited.changed) return;
            this.edited.changed = true;
            this.set(this.edited.place, html);
        }

        closeEditor() {
            if (!this.edited) return;
            // What was typed in the last moment is not saved yet.
            this.take(window.Draftail.serialiseEditorStateToRaw(this.editor.input.draftailEditor.getEditorState()));
            const { cell, place, rows, changed } = this.edited;
            this.edited = null;
            this.parked.append(this.editor.wrapper);
            cell.classList.remove("hsec-grid__cell--edited");
            if (changed) this.rows.remember(place, rows);
            this.buttons.undo.disabled = this.rows.undoable.length === 0;
            this.show(cell, this.rows.html(place), place);
        }

        /* ------------------------------------------------------------------ the clipboard */

        onPaste(event) {
            const clipboard = event.clipboardData;
            if (!clipboard || !event.target.closest("[role=gridcell]")) return;
            const pasted = text.readClipboard(clipboard, { plainLines: !this.edited });
            if (!pasted && this.edited) return;
            event.preventDefault();
            event.stopPropagation();
            if (pasted) {
                this.paste(pasted);
            } else {
                this.setAndShow(this.current, text.readCell(clipboard));
            }
            this.moveTo(this.current);
        }

        paste({ rows, outside }) {
            this.closeEditor();
            const all = this.rows.withPasted(rows, this.current);
            if (this.isTooLarge(all)) {
                this.announce(this.strings.tooLarge, { rows: rows.length });
                return;
            }
            this.change(() => {
                this.rows.all = all;
            }, this.strings.pasted, { rows: rows.length, columns: rows[0].length });
            if (outside) this.status.append(` ${this.strings.outside}`);
        }

        isTooLarge(rows) {
            const { maxBytes } = this.definition.meta;
            return maxBytes !== null && new Blob([serialised(rows)]).size > maxBytes;
        }

        /* ------------------------------------------------------------------ what Wagtail asks of a block */

        setState(state) {
            this.closeEditor();
            this.links = state.links;
            this.rows = new Rows(state.rows);
            this.current = { row: 0, column: 0 };
            this.input.value = this.rows.serialised();
            this.render();
        }

        getState() {
            this.closeEditor();
            return { rows: JSON.parse(this.input.value), links: this.links };
        }

        getDuplicatedState() {
            const { rows, links } = this.getState();
            return { rows: rows.map(([, cells]) => [null, cells.map(([, html]) => [null, html])]), links };
        }

        getValue() {
            return this.input.value;
        }

        getTextLabel({ maxLength } = {}) {
            const label = this.rows.all[0].cells.map(({ html }) => text.toText(html)).filter(Boolean).join(", ");
            return maxLength && label.length > maxLength ? `${label.slice(0, maxLength - 1)}…` : label;
        }

        setError(error) {
            this.errors.replaceChildren();
            this.body.querySelectorAll("[aria-invalid]").forEach((cell) => cell.removeAttribute("aria-invalid"));
            for (const message of error?.messages || []) this.addError(message);
            for (const [row, rowError] of Object.entries(error?.blockErrors || {})) {
                for (const message of rowError.messages || []) this.addError(message);
                for (const [column, cellError] of Object.entries(rowError.blockErrors || {})) {
                    const name = say(this.strings.cell, { row: Number(row) + 1, column: Number(column) + 1 });
                    this.cellAt({ row: Number(row), column: Number(column) })?.setAttribute("aria-invalid", "true");
                    for (const message of cellError.messages || []) this.addError(`${name}: ${message}`);
                }
            }
        }

        addError(message) {
            this.errors.append(make("p", { class: "error-message" }, message));
        }

        focus() {
            this.moveTo(this.current);
        }
    }

    /* Tells whether the editor offers commands in a list, which Escape closes first. */
    function isOffering() {
        return Boolean(document.querySelector(".w-combobox, .Draftail-ComboBox"));
    }

    class GridDefinition {
        constructor(name, editor, meta) {
            this.name = name;
            this.editor = editor;
            this.meta = meta;
        }

        render(placeholder, prefix, state, error) {
            return new Grid(this, placeholder, prefix, state, error);
        }
    }

    window.telepath.register("hsec_wagtail.blocks.Grid", GridDefinition);
})();

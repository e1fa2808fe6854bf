/* The grid in which the rows of a table are edited.
 *
 * One hidden input holds all rows as JSON, so that a long table is one field of the form. Cells are shown as they are;
 * the one being edited gets Wagtail's own rich text editor. A cell that nobody edits is sent back as it came.
 */
(() => {
    "use strict";

    const text = window.hsecTableText;
    const MOST_UNDONE = 20;
    const PAGE = 10;
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

    /* Ids are made here: drafts are saved again and again, and a part keeps its id. */
    function newId() {
        // crypto.randomUUID is only there over https.
        const bytes = window.crypto.getRandomValues(new Uint8Array(16));
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
    }

    const emptyCell = () => ({ id: newId(), html: "" });
    const emptyRow = (cells = []) => ({ id: newId(), cells });

    /* Returns rows as the server reads them. */
    const serialised = (rows) => JSON.stringify(
        rows.map(({ id, cells }) => [id, cells.map((cell) => [cell.id, cell.html])]),
    );

    const say = (message, values) => message.replace(/%\((\w+)\)[sd]/g, (_, name) => values[name]);

    class Grid {
        constructor(definition, placeholder, prefix, state, error) {
            this.definition = definition;
            this.strings = definition.meta.strings;
            this.prefix = prefix;
            this.type = definition.name;
            this.undone = [];
            this.current = { row: 0, column: 0 };
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

        get width() {
            return Math.max(1, ...this.rows.map((row) => row.cells.length));
        }

        render() {
            const { width } = this;
            const numbers = Array.from({ length: width }, (_, column) => make(
                "th", { scope: "col", class: "hsec-grid__number" }, String(column + 1),
            ));
            this.head.replaceChildren(make("tr", {}, make("td", { class: "hsec-grid__number" }), ...numbers));
            this.body.replaceChildren(...this.rows.map((row, number) => {
                const cells = Array.from({ length: width }, (_, column) => {
                    const cell = make("td", { role: "gridcell", tabindex: "-1" });
                    this.show(cell, row.cells[column], number, column);
                    return cell;
                });
                return make("tr", {}, make("th", { scope: "row", class: "hsec-grid__number" }, String(number + 1)), ...cells);
            }));
            this.mark(this.current);
            this.store();
        }

        show(element, cell, row, column) {
            const html = cell?.html || "";
            const name = say(this.strings.cell, { row: row + 1, column: column + 1 });
            element.replaceChildren(text.toShown(html));
            element.classList.toggle("hsec-grid__cell--missing", !cell);
            element.setAttribute("aria-label", `${name}: ${text.toText(html) || this.strings.empty}`);
        }

        /* Makes a cell the one that Tab leads to and that the buttons mean. */
        mark({ row, column }) {
            this.body.querySelector("[aria-selected]")?.removeAttribute("aria-selected");
            const before = this.cellAt(this.current);
            if (before) before.tabIndex = -1;
            this.current = {
                row: Math.min(Math.max(row, 0), this.rows.length - 1),
                column: Math.min(Math.max(column, 0), this.width - 1),
            };
            const cell = this.cellAt(this.current);
            cell.tabIndex = 0;
            cell.setAttribute("aria-selected", "true");
            this.buttons.undo.disabled = this.undone.length === 0;
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
            const stored = serialised(this.rows);
            if (stored === this.input.value) return;
            this.input.value = stored;
            this.input.dispatchEvent(new Event("change", { bubbles: true }));
        }

        /* Keeps the rows as they are for undoing. Cells are replaced, never changed. */
        remember() {
            this.undone.push({ rows: this.copied(), current: this.current });
            if (this.undone.length > MOST_UNDONE) this.undone.shift();
        }

        copied() {
            return this.rows.map(({ id, cells }) => ({ id, cells: [...cells] }));
        }

        /* Fills the rows that are shorter than others: what is edited is a rectangle. */
        square() {
            const { width } = this;
            for (const row of this.rows) while (row.cells.length < width) row.cells.push(emptyCell());
        }

        setHtml({ row, column }, html) {
            const cells = this.rows[row].cells;
            if ((cells[column]?.html || "") === html) return;
            this.remember();
            this.square();
            cells[column] = { ...(cells[column] || emptyCell()), html };
            this.show(this.cellAt({ row, column }), cells[column], row, column);
            this.body.querySelectorAll(".hsec-grid__cell--missing")
                .forEach((cell) => cell.classList.remove("hsec-grid__cell--missing"));
            this.buttons.undo.disabled = false;
            this.store();
        }

        /* Makes a change of rows or columns. */
        change(work, message, values) {
            this.closeEditor();
            this.remember();
            this.square();
            work();
            this.render();
            this.announce(message, values);
        }

        /* ------------------------------------------------------------------ the buttons */

        addRow(row) {
            const cells = Array.from({ length: this.width }, () => emptyCell());
            this.change(() => {
                this.rows.splice(row, 0, emptyRow(cells));
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
                for (const row of this.rows) row.cells.splice(column, 0, emptyCell());
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
            this.change(() => {
                if (this.rows.length > 1) this.rows.splice(row, 1);
                else this.rows[0].cells = this.rows[0].cells.map(() => emptyCell());
            }, this.strings.rowDeleted, { row: row + 1 });
        }

        deleteColumn() {
            const { column } = this.current;
            this.change(() => {
                if (this.width > 1) for (const row of this.rows) row.cells.splice(column, 1);
                else for (const row of this.rows) row.cells = [emptyCell()];
            }, this.strings.columnDeleted, { column: column + 1 });
        }

        undo() {
            this.closeEditor();
            const before = this.undone.pop();
            if (!before) return;
            this.rows = before.rows;
            this.current = before.current;
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
            else if (event.key === "Delete" || event.key === "Backspace") this.setHtml(this.current, "");
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
            const { width } = this;
            const next = this.current.row * width + this.current.column + step;
            if (next < 0 || next >= this.rows.length * width) return null;
            return { row: Math.floor(next / width), column: next % width };
        }

        /* ------------------------------------------------------------------ editing a cell */

        edit(typed = "") {
            const place = { ...this.current };
            const content = text.toContent(this.rows[place.row].cells[place.column]?.html || "", this.links);
            const before = text.toHtml(content);
            content.blocks[0].text += typed;
            const cell = this.cellAt(place);
            this.editor ||= this.makeEditor();
            this.edited = { cell, place, before, rows: this.copied(), changed: false };
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
            this.setWhileEditing(this.edited.place, html);
        }

        /* Stores what is typed without showing it a second time; all of it is undone at once. */
        setWhileEditing({ row, column }, html) {
            this.square();
            const cells = this.rows[row].cells;
            cells[column] = { ...cells[column], html };
            this.store();
        }

        closeEditor() {
            if (!this.edited) return;
            // What was typed in the last moment is not saved yet.
            this.take(window.Draftail.serialiseEditorStateToRaw(this.editor.input.draftailEditor.getEditorState()));
            const { cell, place, rows, changed } = this.edited;
            this.edited = null;
            this.parked.append(this.editor.wrapper);
            cell.classList.remove("hsec-grid__cell--edited");
            if (changed) {
                this.undone.push({ rows, current: place });
                this.buttons.undo.disabled = false;
            }
            this.show(cell, this.rows[place.row].cells[place.column], place.row, place.column);
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
                this.setHtml(this.current, text.readCell(clipboard));
            }
            this.moveTo(this.current);
        }

        paste({ rows, outside }) {
            const { row, column } = this.current;
            const pasted = this.withPasted(rows, row, column);
            if (this.isTooLarge(pasted)) {
                this.announce(this.strings.tooLarge, { rows: rows.length });
                return;
            }
            this.change(() => {
                this.rows = pasted;
            }, this.strings.pasted, { rows: rows.length, columns: rows[0].length });
            if (outside) this.status.append(` ${this.strings.outside}`);
        }

        /* Returns the rows with others in them, as many rows and columns larger as those need. */
        withPasted(pasted, row, column) {
            const rows = this.copied();
            const width = Math.max(this.width, column + pasted[0].length);
            while (rows.length < row + pasted.length) rows.push(emptyRow());
            for (const { cells } of rows) while (cells.length < width) cells.push(emptyCell());
            pasted.forEach((texts, down) => texts.forEach((html, right) => {
                const { cells } = rows[row + down];
                cells[column + right] = { ...cells[column + right], html };
            }));
            return rows;
        }

        isTooLarge(rows) {
            const { maxBytes } = this.definition.meta;
            return maxBytes !== null && new Blob([serialised(rows)]).size > maxBytes;
        }

        /* ------------------------------------------------------------------ what Wagtail asks of a block */

        setState(state) {
            this.closeEditor();
            this.links = state.links;
            this.rows = state.rows.map(([id, cells]) => ({
                id: id || newId(), cells: cells.map(([cellId, html]) => ({ id: cellId || newId(), html })),
            }));
            if (!this.rows.length) this.rows = [emptyRow()];
            this.undone = [];
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
            const label = this.rows[0].cells.map(({ html }) => text.toText(html)).filter(Boolean).join(", ");
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

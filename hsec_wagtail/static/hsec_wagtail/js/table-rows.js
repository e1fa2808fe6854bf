/* The rows of a table, with what was done to them.
 *
 * Rows may have different lengths until something is changed: then they become a rectangle. A cell is replaced, never
 * changed, so that rows are copied without copying their texts.
 */
(() => {
    "use strict";

    const MOST_UNDONE = 20;

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
    const emptyRow = (width = 0) => ({ id: newId(), cells: Array.from({ length: width }, () => emptyCell()) });

    function square(rows, width) {
        for (const { cells } of rows) while (cells.length < width) cells.push(emptyCell());
    }

    /* Returns rows as the server reads them. */
    const serialised = (rows) => JSON.stringify(
        rows.map(({ id, cells }) => [id, cells.map((cell) => [cell.id, cell.html])]),
    );

    class Rows {
        /* Takes rows as the server sends them; parts without an id get one. */
        constructor(state) {
            this.all = state.map(([id, cells]) => ({
                id: id || newId(), cells: cells.map(([cellId, html]) => ({ id: cellId || newId(), html })),
            }));
            if (!this.all.length) this.all = [emptyRow()];
            this.undoable = [];
        }

        get height() {
            return this.all.length;
        }

        get width() {
            return Math.max(1, ...this.all.map((row) => row.cells.length));
        }

        /* Returns the HTML of a cell; undefined where its row is shorter. */
        html({ row, column }) {
            return this.all[row].cells[column]?.html;
        }

        copied() {
            return this.all.map(({ id, cells }) => ({ id, cells: [...cells] }));
        }

        /* Keeps rows as they are for undoing. */
        remember(place, rows = this.copied()) {
            this.undoable.push({ rows, place });
            if (this.undoable.length > MOST_UNDONE) this.undoable.shift();
        }

        /* Brings the last rows back and returns the place of the change; null where there is nothing to undo. */
        undo() {
            const before = this.undoable.pop();
            if (!before) return null;
            this.all = before.rows;
            return before.place;
        }

        set({ row, column }, html) {
            square(this.all, this.width);
            const { cells } = this.all[row];
            cells[column] = { ...cells[column], html };
        }

        addRow(row) {
            const { width } = this;
            square(this.all, width);
            this.all.splice(row, 0, emptyRow(width));
        }

        addColumn(column) {
            square(this.all, this.width);
            for (const { cells } of this.all) cells.splice(column, 0, emptyCell());
        }

        /* Takes a row out; the last one is emptied instead. */
        deleteRow(row) {
            square(this.all, this.width);
            if (this.height > 1) this.all.splice(row, 1);
            else this.all = [emptyRow(this.width)];
        }

        /* Takes a column out; the last one is emptied instead. */
        deleteColumn(column) {
            square(this.all, this.width);
            const isLast = this.width === 1;
            for (const { cells } of this.all) cells.splice(column, 1, ...(isLast ? [emptyCell()] : []));
        }

        get isEmpty() {
            return this.all.every(({ cells }) => cells.every(({ html }) => !html));
        }

        /* Returns the rows with other cells in them, and as many more rows and columns as those need.
         *
         * What is pasted at the beginning of an empty table is the table: the rows and columns that were offered go. */
        withPasted(pasted, { row, column }) {
            const isAll = this.isEmpty && row === 0 && column === 0;
            const rows = isAll ? [] : this.copied();
            while (rows.length < row + pasted.length) rows.push(emptyRow());
            square(rows, Math.max(isAll ? 0 : this.width, column + pasted[0].length));
            pasted.forEach((texts, down) => texts.forEach((html, right) => {
                const { cells } = rows[row + down];
                cells[column + right] = { ...cells[column + right], html };
            }));
            return rows;
        }

        serialised() {
            return serialised(this.all);
        }
    }

    window.hsecTableRows = { Rows, serialised };
})();

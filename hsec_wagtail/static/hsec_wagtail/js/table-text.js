/* The texts of a table: inline HTML, Draft.js content, and what a spreadsheet or a page puts on the clipboard.
 *
 * A cell is stored as inline HTML: b, i, sup, sub, a and br. Draft.js content is made of it while it is edited, and
 * inline HTML of that again.
 */
(() => {
    "use strict";

    const STYLES = { BOLD: "b", ITALIC: "i", SUPERSCRIPT: "sup", SUBSCRIPT: "sub" };
    const STYLE_OF = {
        B: "BOLD", STRONG: "BOLD", I: "ITALIC", EM: "ITALIC", SUP: "SUPERSCRIPT", SUB: "SUBSCRIPT",
    };
    const BLOCKS = /^(P|DIV|LI|UL|OL|TR|TABLE|H[1-6]|BLOCKQUOTE|PRE|SECTION|DL|DT|DD)$/;
    const IGNORED = /^(SCRIPT|STYLE|TITLE|META|LINK|HEAD|TEMPLATE)$/;
    const SAFE = /^(https?:\/\/[^/?#\s]|mailto:\S|tel:\S|\/|#)/i;
    const SPACE = /[ \t\r\n\f]+/g;
    /* Browsers show no more columns of a merged cell either. */
    const MOST_SPANNED = 1000;

    const isPlain = (html) => !/[<&]/.test(html);

    /* Raw offsets of Draft.js count characters, those of strings units: an emoji is one character of two units. */
    const countOf = (text) => Array.from(text).length;

    function parse(html) {
        // A template runs no script and loads no image.
        const template = document.createElement("template");
        template.innerHTML = html;
        return template.content;
    }

    /* Collects text, styles and links of a cell. */
    class Content {
        constructor(links) {
            this.links = links;
            this.text = "";
            this.styles = [];
            this.entities = [];
            this.entityMap = {};
        }

        add(text) {
            let added = text.replace(SPACE, " ");
            if (/(^|[ \n])$/.test(this.text)) added = added.replace(/^ /, "");
            this.text += added;
        }

        breakLine() {
            this.text = this.text.replace(/ $/, "") + "\n";
        }

        /* Begins a line where the text so far does not end one. */
        separate() {
            if (this.text && !this.text.endsWith("\n")) this.breakLine();
        }

        walk(node) {
            for (const child of node.childNodes) {
                if (child.nodeType === Node.TEXT_NODE) this.add(child.data);
                else if (child.nodeType === Node.ELEMENT_NODE) this.element(child);
            }
        }

        element(element) {
            const name = element.nodeName;
            if (IGNORED.test(name)) return;
            if (name === "BR") {
                this.breakLine();
                return;
            }
            if (BLOCKS.test(name)) this.separate();
            const start = this.text.length;
            this.walk(element);
            const length = this.text.length - start;
            if (length > 0) {
                for (const style of stylesOf(element)) this.styles.push({ offset: start, length, style });
                this.link(element, start, length);
            }
            if (BLOCKS.test(name)) this.separate();
        }

        link(element, offset, length) {
            const entity = element.nodeName === "A" ? entityOf(element, this.links) : null;
            if (!entity) return;
            const key = Object.keys(this.entityMap).length;
            this.entityMap[key] = entity;
            this.entities.push({ offset, length, key });
        }

        raw() {
            const text = this.text.replace(/[ \n]+$/, "");
            const within = (range) => ({
                ...range,
                offset: countOf(text.slice(0, range.offset)),
                length: countOf(text.slice(range.offset, range.offset + range.length)),
            });
            const block = {
                key: "cell0", type: "unstyled", depth: 0, text, data: {},
                inlineStyleRanges: this.styles.map(within).filter((range) => range.length > 0),
                entityRanges: this.entities.map(within).filter((range) => range.length > 0),
            };
            return { blocks: [block], entityMap: this.entityMap };
        }
    }

    function stylesOf(element) {
        const found = new Set();
        const own = STYLE_OF[element.nodeName];
        const { fontWeight, fontStyle, verticalAlign } = element.style;
        // Google Docs wraps all it copies into <b style="font-weight:normal">.
        if (own && !(own === "BOLD" && /^(normal|400)$/.test(fontWeight))) found.add(own);
        if (fontWeight === "bold" || fontWeight === "bolder" || Number(fontWeight) >= 600) found.add("BOLD");
        if (fontStyle === "italic") found.add("ITALIC");
        if (verticalAlign === "super") found.add("SUPERSCRIPT");
        if (verticalAlign === "sub") found.add("SUBSCRIPT");
        return found;
    }

    function entityOf(anchor, links) {
        const kind = anchor.getAttribute("linktype");
        const url = anchor.getAttribute("href") || "";
        if (kind) {
            // What leads somewhere by its attributes keeps them, whatever kind of link a site has made.
            const attributes = {};
            for (const { name, value } of anchor.attributes) attributes[name] = value;
            const id = Number(anchor.getAttribute("id"));
            const known = links[`${kind}-${id}`] || { url: null, parentId: null };
            const type = kind === "document" ? "DOCUMENT" : "LINK";
            return { type, mutability: "MUTABLE", data: { id, ...known, attributes } };
        }
        return SAFE.test(url) ? { type: "LINK", mutability: "MUTABLE", data: { url } } : null;
    }

    /* Returns the content of a cell for Draft.js. */
    function toContent(html, links = {}) {
        const content = new Content(links);
        if (isPlain(html)) content.add(html);
        else content.walk(parse(html));
        return content.raw();
    }

    function attributesOf({ type, data }) {
        if (data.attributes) return data.attributes;
        if (data.id !== undefined && data.id !== null) {
            return { linktype: type === "DOCUMENT" ? "document" : "page", id: String(data.id) };
        }
        return { href: data.url || "" };
    }

    function edgesOf(block) {
        const edges = new Set([0, countOf(block.text)]);
        for (const { offset, length } of [...block.inlineStyleRanges, ...block.entityRanges]) {
            edges.add(offset).add(offset + length);
        }
        return [...edges].sort((one, other) => one - other);
    }

    const covers = (range, at) => range.offset <= at && at < range.offset + range.length;

    function appendLines(parent, text) {
        text.split("\n").forEach((line, number) => {
            if (number) parent.append(document.createElement("br"));
            if (line) parent.append(line);
        });
    }

    /* Returns the elements of Draft.js content; `makeLink` returns that of a link. */
    function toFragment({ blocks, entityMap }, makeLink) {
        const fragment = document.createDocumentFragment();
        blocks.forEach((block, number) => {
            if (number) fragment.append(document.createElement("br"));
            const edges = edgesOf(block);
            const characters = Array.from(block.text);
            let link = null;
            let linkKey = null;
            edges.slice(0, -1).forEach((start, place) => {
                const entity = block.entityRanges.find((range) => covers(range, start));
                const key = entity ? entity.key : null;
                if (key !== linkKey) {
                    link = key === null ? null : makeLink(entityMap[key]);
                    linkKey = key;
                    if (link) fragment.append(link);
                }
                let parent = link || fragment;
                for (const style of Object.keys(STYLES)) {
                    const has = block.inlineStyleRanges.some((range) => range.style === style && covers(range, start));
                    if (has) parent = parent.appendChild(document.createElement(STYLES[style]));
                }
                appendLines(parent, characters.slice(start, edges[place + 1]).join(""));
            });
        });
        return fragment;
    }

    /* Returns the inline HTML of Draft.js content. */
    function toHtml(raw) {
        const box = parse("").ownerDocument.createElement("div");
        box.append(toFragment(raw, (entity) => {
            const link = box.ownerDocument.createElement("a");
            for (const [name, value] of Object.entries(attributesOf(entity))) link.setAttribute(name, value);
            return link;
        }));
        return box.innerHTML;
    }

    /* Returns the elements that show a cell; its links lead nowhere while it is edited. */
    function toShown(html) {
        if (isPlain(html)) return document.createTextNode(html);
        return toFragment(toContent(html), () => {
            const link = document.createElement("span");
            link.className = "hsec-grid__link";
            return link;
        });
    }

    function toText(html) {
        return isPlain(html) ? html : toContent(html).blocks[0].text;
    }

    /* Returns the rows of the first table in HTML, and whether there is text outside it; null without a table. */
    function readTable(html) {
        const found = new DOMParser().parseFromString(html, "text/html");
        const table = found.querySelector("table");
        if (!table) return null;
        const rows = [];
        [...table.rows].forEach((row, number) => {
            rows[number] ||= [];
            let column = 0;
            for (const cell of row.cells) {
                while (rows[number][column] !== undefined) column += 1;
                fill(rows, cell, number, column, table.rows.length);
            }
        });
        table.remove();
        const outside = Boolean(found.body.textContent.trim());
        return { rows: rectangular(rows), outside };
    }

    /* Puts a cell into its first place; the others that it is merged over are empty. */
    function fill(rows, cell, number, column, height) {
        const last = Math.min(number + Math.max(cell.rowSpan, 1), height);
        const width = Math.min(Math.max(cell.colSpan, 1), MOST_SPANNED);
        for (let row = number; row < last; row += 1) {
            rows[row] ||= [];
            for (let place = column; place < column + width; place += 1) rows[row][place] = "";
        }
        const content = new Content({});
        content.element(cell);
        rows[number][column] = toHtml(content.raw());
    }

    const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

    /* Returns the rows of text in which tabs separate cells; a cell in quotes may hold line ends. */
    function readLines(text) {
        const rows = [[]];
        const cells = /(?:"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)|([^\t\r\n]*))(\t|\r?\n|\r|$)/gy;
        let match;
        while (cells.lastIndex < text.length && (match = cells.exec(text))) {
            const value = match[1] === undefined ? match[2] : match[1].replace(/""/g, '"');
            rows[rows.length - 1].push(escaped(value.trim()).replace(/\r?\n|\r/g, "<br>"));
            if (match[3] !== "\t" && cells.lastIndex < text.length) rows.push([]);
            if (match[3] === "\t" && cells.lastIndex === text.length) rows[rows.length - 1].push("");
        }
        return rectangular(rows);
    }

    function rectangular(rows) {
        const width = Math.max(0, ...rows.map((row) => row.length));
        return rows.map((row) => Array.from({ length: width }, (_, place) => row[place] ?? ""));
    }

    /* Returns the rows on the clipboard, null where it holds no more than one cell. */
    function readClipboard(clipboard, { plainLines }) {
        const table = readTable(clipboard.getData("text/html"));
        if (table && (table.rows.length > 1 || table.rows[0]?.length > 1)) return table;
        const text = clipboard.getData("text/plain").replace(/(\r?\n|\r)$/, "");
        const isTable = text.includes("\t") || (plainLines && /[\r\n]/.test(text));
        return isTable ? { rows: readLines(text), outside: false } : null;
    }

    /* Returns the one text on the clipboard as inline HTML. */
    function readCell(clipboard) {
        const html = clipboard.getData("text/html");
        if (!html) return escaped(clipboard.getData("text/plain").trim());
        const content = new Content({});
        content.walk(new DOMParser().parseFromString(html, "text/html").body);
        return toHtml(content.raw());
    }

    window.hsecTableText = { toContent, toHtml, toShown, toText, readClipboard, readCell, readLines, readTable };
})();

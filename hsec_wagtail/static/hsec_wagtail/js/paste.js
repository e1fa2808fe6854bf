/**
 * Pasting from Word or a page into rich text: what Draft.js drops is kept.
 *
 * Draft.js reads neither sub- and superscript nor links without a host, and makes each cell of a table a paragraph. Here
 * it reads them too, and a table becomes a block of the page. All else is pasted as Wagtail does; see admin/pasting.py.
 */
(() => {
  "use strict";

  const { ContentState, EditorState, Modifier, convertFromHTML, convertFromRaw, convertToRaw } = window.DraftJS;

  /** Characters that no text has stand for where a style begins and ends. */
  const MARKS = { SUBSCRIPT: ["\ufdd0", "\ufdd1"], SUPERSCRIPT: ["\ufdd2", "\ufdd3"] };
  const ANY_MARK = /[\ufdd0-\ufdd3]/;
  /** Stands for the host of links without one, as Draft.js keeps only those with one. */
  const NO_HOST = "https://hsec-relative.invalid/";
  const HAS_SCHEME = /^([a-z][a-z0-9+.-]*:|\/\/)/i;
  /** Word's own anchors, of footnotes and of tables of contents: nothing on a page has them. */
  const OF_WORD = /^#_/;

  function styleOf(element) {
    if (element.matches("sub")) return "SUBSCRIPT";
    if (element.matches("sup")) return "SUPERSCRIPT";
    return { sub: "SUBSCRIPT", super: "SUPERSCRIPT" }[element.style.verticalAlign];
  }

  function markStyles(body) {
    const found = body.querySelectorAll("sub, sup, [style*='vertical-align']");
    const marked = [...found].filter((element) => styleOf(element) && !element.parentElement.closest("sub, sup"));
    for (const element of marked) {
      const [start, end] = MARKS[styleOf(element)];
      element.prepend(start);
      element.append(end);
    }
    return marked.length;
  }

  function markLinks(body) {
    const links = [...body.querySelectorAll("a[href]")].filter((link) => !HAS_SCHEME.test(link.getAttribute("href")));
    for (const link of links) {
      const address = link.getAttribute("href").trim();
      if (!address || OF_WORD.test(address)) link.replaceWith(...link.childNodes);
      else link.setAttribute("href", NO_HOST + encodeURIComponent(address));
    }
    return links.length;
  }

  /** Return a raw block with styles where its text has marks. Raw offsets count characters, not units. */
  function withStyles(block) {
    if (!ANY_MARK.test(block.text)) return block;
    const characters = [];
    const moved = [];
    const open = {};
    const added = [];
    for (const character of Array.from(block.text)) {
      moved.push(characters.length);
      const [style, [start]] = Object.entries(MARKS).find(([, marks]) => marks.includes(character)) || [null, []];
      if (!style) {
        characters.push(character);
      } else if (character === start) {
        open[style] = characters.length;
      } else if (style in open) {
        added.push({ style, offset: open[style], length: characters.length - open[style] });
        delete open[style];
      }
    }
    moved.push(characters.length);
    const move = (range) => {
      const offset = moved[range.offset];
      return { ...range, offset, length: moved[range.offset + range.length] - offset };
    };
    return {
      ...block,
      text: characters.join(""),
      inlineStyleRanges: [...block.inlineStyleRanges.map(move), ...added].filter(({ length }) => length),
      entityRanges: block.entityRanges.map(move).filter(({ length }) => length),
    };
  }

  /** Return the data of a link as Wagtail keeps it. */
  function withAddress(entity) {
    const { url, href } = entity.data;
    const address = url || href || "";
    if (!address.startsWith(NO_HOST)) return entity;
    return { ...entity, data: { url: decodeURIComponent(address.slice(NO_HOST.length)) } };
  }

  /** Return the content of HTML in which styles and links are marked, or null if there is no text. */
  function contentOf(html) {
    const { contentBlocks, entityMap } = convertFromHTML(html);
    const raw = convertToRaw(ContentState.createFromBlockArray(contentBlocks || [], entityMap));
    const blocks = raw.blocks.map(withStyles);
    if (!blocks.some(({ text }) => text.trim())) return null;
    const entities = Object.entries(raw.entityMap).map(([key, entity]) => [key, withAddress(entity)]);
    return convertFromRaw({ blocks, entityMap: Object.fromEntries(entities) });
  }

  function insert(editorState, content) {
    const pasted = Modifier.replaceWithFragment(
      editorState.getCurrentContent(), editorState.getSelection(), content.getBlockMap(),
    );
    // As Draft.js names it: Draftail then filters what its editor does not offer.
    return EditorState.push(editorState, pasted, "insert-fragment");
  }

  /** Return the stream around the editor that takes tables, and the place of its block in it; null if there is none. */
  function streamAround(editor) {
    const root = editor?.closest("[id$='-root']");
    const stream = root?.rootBlock;
    if (!stream?.blockDef?.childBlockDefsByName?.table) return null;
    const place = stream.children.findIndex(({ element }) => element.contains(editor));
    const type = stream.children[place]?.type;
    return type && type !== "table" ? { stream, place, type } : null;
  }

  function isTable(table) {
    return !table.parentElement.closest("table") && (table.rows.length > 1 || table.rows[0]?.cells.length > 1);
  }

  /** Take the tables out of `body`; return the HTML before, between and after them, and the HTML of the tables. */
  function split(body) {
    const parts = [];
    for (const table of [...body.querySelectorAll("table")].filter(isTable)) {
      const range = body.ownerDocument.createRange();
      range.setStart(body, 0);
      range.setEndBefore(table);
      const before = body.ownerDocument.createElement("div");
      before.append(range.extractContents());
      parts.push({ html: before.innerHTML }, { table: table.outerHTML });
      table.remove();
    }
    return [...parts, { html: body.innerHTML }];
  }

  function insertBlock(stream, type, place) {
    stream.insert({ type, value: stream.blockDef.initialChildStates[type] }, place);
    return stream.children[place].block;
  }

  /** Paste the parts: texts into the editor, and below the first table into paragraphs of their own; tables below. */
  function pasteParts(parts, editorState, { stream, place, type }, setEditorState) {
    let below = place + 1;
    let state = editorState;
    for (const { html, table } of parts) {
      const content = html && contentOf(html);
      if (table) {
        const { rows } = insertBlock(stream, "table", below).childBlocks;
        rows.setState({ rows: [[null, [[null, ""]]]], links: {} });
        // The grid refuses, and says so, what would make the form too large to be saved.
        rows.paste(window.hsecTableText.readTable(table));
        below += 1;
      } else if (content && (below === place + 1 || type !== "paragraph")) {
        state = insert(state, content);
      } else if (content) {
        const { widget } = insertBlock(stream, "paragraph", below);
        widget.setState(insert(widget.getState(), content));
        below += 1;
      }
    }
    if (state !== editorState) setEditorState(state);
    const panel = document.querySelector("[data-hsec-hints]");
    if (panel) panel.querySelector("[data-hsec-hints-status]").textContent = panel.dataset.hsecTable;
  }

  /** Paste what Draft.js would drop; all else is left to it. */
  function handlePastedText(text, html, editorState, { setEditorState }) {
    if (!html || html.includes("data-draftjs-conductor-fragment")) return "not-handled";
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const around = streamAround(document.activeElement);
    const marked = markStyles(body) + markLinks(body);
    const parts = around ? split(body) : [{ html: body.innerHTML }];
    if (parts.length > 1) {
      pasteParts(parts, editorState, around, setEditorState);
      return "handled";
    }
    const content = marked && contentOf(parts[0].html);
    if (!content) return "not-handled";
    setEditorState(insert(editorState, content));
    return "handled";
  }

  window.draftail.registerPlugin({ type: "hsec-paste", handlePastedText }, "plugins");
})();

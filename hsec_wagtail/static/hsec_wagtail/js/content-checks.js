/* What our rules for Wagtail's content checker look for. The rules and their messages: admin/content_checks.py. */
(() => {
    const userbar = document.querySelector('wagtail-userbar');
    if (!userbar || !userbar.registerCheck) {
        return;
    }

    const NO_BREAK = '\u00a0\u202f';
    /* Code, and addresses that links show, have spaces and marks of their own. */
    const OTHER = 'code, pre, kbd, samp, var, script, style';
    const BLOCKS = 'p, li, dt, dd, th, td, h1, h2, h3, h4, h5, h6, figcaption, blockquote, summary, ul, ol, dl, table, details, div';
    const ADDRESS = /\b(?:https?:\/\/|www\.|mailto:)\S+|\S+@\S+\.\S+/gi;
    /* After a mark the sentence goes on or ends: so not those of 14:30, 1:2, a:hover. */
    const AFTER = '(?=[\\s»”")\\]]|$)';
    const BEFORE_MARK = {
        france: new RegExp(`[^${NO_BREAK};:!?.…(«"“‘\\[]([;:!?])${AFTER}`, 'u'),
        canada: new RegExp(`[^${NO_BREAK};:!?.…(«"“‘\\[]:${AFTER}|\\s[;!?]${AFTER}`, 'u'),
    };
    const GUILLEMETS = new RegExp(`«[^${NO_BREAK}]|[^${NO_BREAK}]»`, 'u');

    function languageOf(element) {
        const named = element.closest('[lang]');
        return named ? named.lang.toLowerCase().replace('_', '-') : '';
    }

    /* The text of an element, without that of the blocks in it, which are looked at by themselves. */
    function ownText(element, language) {
        let text = '';
        element.childNodes.forEach((node) => {
            if (node.nodeType === Node.TEXT_NODE) {
                text += node.textContent;
            } else if (node.nodeType === Node.ELEMENT_NODE) {
                const other = node.matches(OTHER) || (node.lang && languageOf(node) !== language);
                if (other) {
                    text += 'x';
                } else if (node.matches(BLOCKS)) {
                    text += '\n\n';
                } else {
                    text += ownText(node, language);
                }
            }
        });
        return text;
    }

    function hasFrenchSpacing(element, options) {
        const language = languageOf(element);
        const isCanadian = language === 'fr-ca';
        if (!/^fr(-|$)/.test(language) || isCanadian !== options.canada) {
            return true;
        }
        const text = ownText(element, language).replace(ADDRESS, 'x').trim();
        return !BEFORE_MARK[isCanadian ? 'canada' : 'france'].test(text) && !GUILLEMETS.test(text);
    }

    function plain(text) {
        return text
            .toLowerCase()
            .replace(/'/g, '’')
            .replace(/[\s\u00a0\u202f]+/g, ' ')
            .replace(/^[\s.…:;!?»«›>→(\[]+|[\s.…:;!?»«›>→)\]]+$/g, '');
    }

    function saysWhereItLeads(link, options) {
        const named = link.getAttribute('aria-label') || link.title;
        const text = plain(link.textContent);
        if (!text || (named && plain(named) !== text) || link.hasAttribute('aria-labelledby')) {
            return true;
        }
        const isAddress = /^(https?:\/\/|www\.)\S+$/.test(text);
        return !isAddress && !options.empty.includes(text);
    }

    userbar.registerCheck('hsec-link-text-check', saysWhereItLeads);
    userbar.registerCheck('hsec-french-spacing-check', hasFrenchSpacing);
    userbar.registerCheck('hsec-french-spacing-canada-check', hasFrenchSpacing);
})();

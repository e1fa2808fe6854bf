"""Messages of the files of an import: found, opened, decoded, or refused."""

from __future__ import annotations

from hsec_wagtail.importer.messages.templates import Catalogue, gettext_noop

__all__ = ["FILES"]

FILES: Catalogue = {
    # What a SOURCE names.
    "cannot-be-read": gettext_noop(
        "%(name)s: cannot be read: %(fault)s. Check the file and its permissions."
    ),
    "files-read": gettext_noop("%(name)s: %(done)s of %(total)s files were read"),
    "not-a-file": gettext_noop(
        "%(name)s: a pipe or a device, not a file. Save what comes out of it, or hand it over on standard"
        " input (-)."
    ),
    "no-pages": gettext_noop(
        "%(name)s: neither pages nor section documents in it (%(known)s). Name the files to import."
    ),
    "no-such-file": gettext_noop(
        "%(name)s: no such file. Give the path of a file, a folder or a ZIP archive, - for standard input, or"
        " the name of packaged content (%(known)s)."
    ),
    "pages-and-documents": gettext_noop(
        "%(name)s: holds saved pages (%(page)s) and section documents (%(document)s). Import them one by one."
    ),
    "took-too-long": gettext_noop(
        "%(done)s: the import took longer than %(seconds)s seconds and was given up. Nothing was written."
        " Import less at a time, or raise HSEC_MAX_SECONDS."
    ),
    "too-many-bytes": gettext_noop(
        "%(name)s: its files have more than %(most)s bytes, the most that are read at once. Import parts of"
        " it, or raise HSEC_MAX_TOTAL_BYTES."
    ),
    "too-many-files": gettext_noop(
        "%(name)s: more than %(most)s files, the most that are read at once. Import parts of it, or raise"
        " HSEC_MAX_FILES."
    ),
    # What is left out of a folder, or changes while it is read.
    "beside-documents": gettext_noop("%(name)s: left out; it stands beside section documents."),
    "file-gone": gettext_noop("%(name)s: no such file any more. Start the import again."),
    "outside-folder": gettext_noop(
        "%(name)s: outside of the folder; it is not read. Name it itself, or leave it out."
    ),
    "symbolic-link": gettext_noop("%(name)s: a symbolic link; it is not followed."),
    # ZIP archives.
    "archive-broken": gettext_noop(
        "%(name)s: not a ZIP archive that can be read: %(fault)s. Pack it again."
    ),
    "archive-directory-too-large": gettext_noop(
        "%(name)s: its directory has %(bytes)s bytes, more than %(most)s files need. Import parts of it, or"
        " raise HSEC_MAX_FILES."
    ),
    "archive-expands": gettext_noop(
        "%(name)s: it would unpack to %(bytes)s bytes, more than %(times)s times its size. Unpack it and"
        " import the folder if it is sound, or raise HSEC_MAX_EXPANSION."
    ),
    "archived-file-broken": gettext_noop(
        "%(name)s: cannot be read from the archive: %(fault)s. Pack it again."
    ),
    "archived-file-encrypted": gettext_noop(
        "%(name)s: '%(path)s' is encrypted. Unpack it and import the folder."
    ),
    "archived-file-is-archive": gettext_noop(
        "%(name)s: '%(path)s' is an archive itself, which is not opened. Take it out, or import it alone."
    ),
    "archived-file-is-link": gettext_noop(
        "%(name)s: '%(path)s' is a symbolic link. Pack the file that it leads to."
    ),
    "archived-file-leads-out": gettext_noop(
        "%(name)s: '%(path)s' leads out of the archive. Nothing of it was read; do not trust it."
    ),
    "archived-file-twice": gettext_noop("%(name)s: '%(path)s' is in it twice. Pack it again."),
    # Bytes that are no text.
    "control-byte": gettext_noop(
        "%(name)s: not text: control byte 0x%(byte)s at byte %(offset)s. %(remedy)s"
    ),
    "control-character": gettext_noop(
        "%(name)s: not text: control character U+%(character)s at character %(offset)s. %(remedy)s"
    ),
    "not-as-marked": gettext_noop(
        "%(name)s: begins as %(encoding)s and is not at byte %(offset)s. Save it as UTF-8."
    ),
    "not-text": gettext_noop(
        "%(name)s: this is %(kind)s, not text. Save its text and import that."
    ),
    "not-utf-8": gettext_noop(
        "%(name)s: not UTF-8 at byte %(offset)s (0x%(byte)s, line %(line)s). Convert it first, for example:"
        " iconv -f WINDOWS-1252 -t UTF-8"
    ),
    "source-empty": gettext_noop(
        "%(name)s: there is nothing in it. Save it again, or leave it out."
    ),
    "source-too-large": gettext_noop(
        "%(name)s: more than %(most)s bytes, the largest source that is read. Split the source, or raise"
        " HSEC_MAX_SOURCE_BYTES."
    ),
    "remedy-plain-text": gettext_noop("Save the page as plain text."),
    "remedy-utf-16": gettext_noop("If it is UTF-16, save it with a byte order mark, or as UTF-8."),
    "kind-gzip": gettext_noop("a gzip archive"),
    "kind-image": gettext_noop("an image"),
    "kind-office": gettext_noop("an old Office document"),
    "kind-pdf": gettext_noop("a PDF file"),
    "kind-zip": gettext_noop("a ZIP archive or an Office document"),
    # Reader profiles.
    "no-such-profile": gettext_noop(
        "There is no profile '%(profile)s'. Give the path of one, or one of: %(known)s."
    ),
    "profile-cannot-be-read": gettext_noop(
        "%(name)s: cannot be read as a profile: %(fault)s. Correct the file, or name another profile."
    ),
    "profile-invalid": gettext_noop("%(name)s: %(path)s: %(fault)s. Correct the profile."),
    "profile-nested-too-deep": gettext_noop(
        "%(name)s: nested too deep to be a reader profile. Correct the profile."
    ),
    "profile-not-yaml": gettext_noop("%(name)s: not YAML: %(fault)s. Correct the profile."),
    "profile-of-no-format": gettext_noop(
        '%(name)s: not a reader profile: expected "format: %(format)s". Correct the profile, or name another.'
    ),
}

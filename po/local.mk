# The catalogue of texts: English stands in the sources, cy.po has the Welsh. A build folder has the compiled one where an
# installed prefix would, so that programs find it by the same way.
TEXT_FILES = src/action/notice_words.c src/action/untouched.c src/review/digest_facts.c src/review/digest_html.c src/review/digest_text.c \
	src/review/digest_words.c src/review/due_remind.c src/review/due_tell.c src/review/remedy.c src/review/remedy_words.c src/review/report_html.c src/review/report_text.c \
	src/review/report_words.c src/review/tend.c src/review/tend_letter.c
EXTRA_DIST += po/copyhold.pot po/cy.po

cydir = $(localedir)/cy/LC_MESSAGES
nodist_cy_DATA = po/cy/LC_MESSAGES/copyhold.mo
CLEANFILES += po/cy/LC_MESSAGES/copyhold.mo
po/cy/LC_MESSAGES/copyhold.mo: $(srcdir)/po/cy.po
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(MSGFMT) --check -o $@ $(srcdir)/po/cy.po

XGETTEXT_CALL = xgettext --keyword=N_ --language=C --from-code=UTF-8 --add-comments=TRANSLATORS: --sort-by-file --no-wrap \
	--package-name=copyhold --copyright-holder="The authors of Copyhold"

# For who changes a text: takes it into both files, which are kept in the sources.
update-po:
	cd $(srcdir) && $(XGETTEXT_CALL) -o po/copyhold.pot $(TEXT_FILES) && \
		msgmerge --quiet --update --backup=none --no-wrap --no-fuzzy-matching po/cy.po po/copyhold.pot
.PHONY: update-po

# No text is missing in a language, none is doubtful, and the catalogue has what the sources have.
TESTS += tests/lint/check-catalogue
EXTRA_DIST += tests/lint/check-catalogue

# Installed and distributed files of contrib/.
systemdunitdir = $(prefix)/lib/systemd/system
sysusersdir = $(prefix)/lib/sysusers.d
tmpfilesdir = $(prefix)/lib/tmpfiles.d
postfixlinesdir = $(pkgdatadir)/postfix
proxydir = $(pkgdatadir)/proxy

nodist_systemdunit_DATA = contrib/systemd/copyhold-console.service contrib/systemd/copyhold-desk.service contrib/systemd/copyhold-milter.service
dist_postfixlines_DATA = contrib/postfix/main.cf contrib/postfix/master.cf
governancedir = $(pkgdatadir)/governance
dist_governance_DATA = contrib/governance/READ contrib/governance/resolution.txt contrib/governance/dpia.txt \
	contrib/governance/retention.txt contrib/governance/notice-staff.txt contrib/governance/notice-staff-cy.txt \
	contrib/governance/notice-members.txt contrib/governance/notice-members-cy.txt contrib/governance/website.txt \
	contrib/governance/website-cy.txt contrib/governance/footer.txt contrib/governance/footer-cy.txt
dist_proxy_DATA = contrib/proxy/nginx.conf contrib/proxy/apache.conf contrib/proxy/Caddyfile

# The manuals, to read as they are; "make html" makes pages of them where cmark-gfm is installed.
dist_doc_DATA = contrib/manual/administrators.md contrib/manual/clerks.md contrib/manual/developers.md
manualpicturesdir = $(docdir)/pictures
dist_manualpictures_DATA = contrib/manual/pictures/decide.png contrib/manual/pictures/desk.png contrib/manual/pictures/figures.png \
	contrib/manual/pictures/login.png contrib/manual/pictures/message.png contrib/manual/pictures/phone.png contrib/manual/pictures/undo.png
EXTRA_DIST += contrib/manual/page.awk contrib/manual/pictures.mjs
manual_pages = contrib/manual/administrators.html contrib/manual/clerks.html contrib/manual/developers.html
CLEANFILES += $(manual_pages)
# The pages show the pictures beside them, in a build folder of its own, too.
html-local: $(manual_pages)
	test -e contrib/manual/pictures || $(LN_S) "$(abs_srcdir)/contrib/manual/pictures" contrib/manual/pictures
.md.html:
	@test -n "$(CMARK)" || { echo 'make html needs cmark-gfm (contrib/install-packages)' >&2; exit 69; }
	$(AM_V_GEN)$(MKDIR_P) contrib/manual && $(CMARK) -e table $< >$@.body && $(AWK) -f $(srcdir)/contrib/manual/page.awk $@.body >$@.tmp && \
		rm -f $@.body && mv $@.tmp $@
SUFFIXES = .md .html

# The clerks' pictures anew, as root, in a browser; pngquant makes them small.
manual-pictures: $(bin_PROGRAMS) $(sbin_PROGRAMS) $(pkglibexec_PROGRAMS) po/cy/LC_MESSAGES/copyhold.mo
	COPYHOLD_PICTURES=$(abs_srcdir)/contrib/manual/pictures COPYHOLD_BUILD=$(abs_builddir) \
		$(srcdir)/tests/console/run $(abs_srcdir)/contrib/manual/pictures.mjs
	cd $(srcdir)/contrib/manual/pictures && pngquant --force --speed 1 --strip --ext .png 16 -- *.png
.PHONY: manual-pictures

contrib_made = $(nodist_systemdunit_DATA) contrib/systemd/copyhold.sysusers contrib/systemd/copyhold.tmpfiles
noinst_DATA = $(contrib_made)
CLEANFILES += $(contrib_made)
EXTRA_DIST += \
	contrib/install-packages \
	contrib/quickstart \
	contrib/tour.py \
	contrib/systemd/copyhold-console.service.in \
	contrib/systemd/copyhold-desk.service.in \
	contrib/systemd/copyhold-milter.service.in \
	contrib/systemd/copyhold.sysusers.in \
	contrib/systemd/copyhold.tmpfiles.in

# Folders are known to make only, so configure cannot fill them in.
$(contrib_made): Makefile
	$(AM_V_GEN)$(MKDIR_P) contrib/systemd && sed -e 's|@bindir[@]|$(bindir)|g' -e 's|@sbindir[@]|$(sbindir)|g' \
		-e 's|@sysconfdir[@]|$(sysconfdir)|g' -e 's|@localstatedir[@]|$(localstatedir)|g' $(srcdir)/$@.in > $@.tmp && mv $@.tmp $@
contrib/systemd/copyhold-console.service: contrib/systemd/copyhold-console.service.in
contrib/systemd/copyhold-desk.service: contrib/systemd/copyhold-desk.service.in
contrib/systemd/copyhold-milter.service: contrib/systemd/copyhold-milter.service.in
contrib/systemd/copyhold.sysusers: contrib/systemd/copyhold.sysusers.in
contrib/systemd/copyhold.tmpfiles: contrib/systemd/copyhold.tmpfiles.in

# The folders of systemd want the files by the package's name.
install-data-hook:
	$(MKDIR_P) $(DESTDIR)$(sysusersdir) $(DESTDIR)$(tmpfilesdir)
	$(INSTALL_DATA) contrib/systemd/copyhold.sysusers $(DESTDIR)$(sysusersdir)/copyhold.conf
	$(INSTALL_DATA) contrib/systemd/copyhold.tmpfiles $(DESTDIR)$(tmpfilesdir)/copyhold.conf
uninstall-hook:
	rm -f $(DESTDIR)$(sysusersdir)/copyhold.conf $(DESTDIR)$(tmpfilesdir)/copyhold.conf

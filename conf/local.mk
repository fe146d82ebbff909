# Installed and distributed files of conf/. packdir comes from configure.
dist_pack_DATA = conf/packs/dunstable.conf

sampledir = $(pkgdatadir)/sample
dist_sample_DATA = conf/sample/copyhold.conf conf/sample/people.csv

# A build folder apart from the sources finds the packs beside its programs.
all-local:
	$(AM_V_at)test -e conf/packs || { $(MKDIR_P) conf && $(LN_S) $(abs_top_srcdir)/conf/packs conf/packs; }
distclean-local:
	-test ! -L conf/packs || rm -f conf/packs

# Installed and distributed files of conf/. packdir comes from configure.
dist_pack_DATA = conf/packs/dunstable.conf conf/packs/dunstable-tests.conf conf/packs/maldon.conf conf/packs/maldon-tests.conf conf/packs/small-town.conf \
	conf/packs/small-town-tests.conf

sampledir = $(pkgdatadir)/sample
dist_sample_DATA = conf/sample/copyhold.conf conf/sample/people.csv

# Installed and distributed files of conf/. packdir and librarydir come from configure.
dist_pack_DATA = \
	conf/packs/dunstable.conf conf/packs/dunstable-tests.conf conf/packs/dunstable-actions-tests.conf conf/packs/code-tests.conf conf/packs/dunstable-conduct-tests.conf conf/packs/dunstable-press-tests.conf conf/packs/dunstable-staff-tests.conf \
	conf/packs/maldon.conf conf/packs/maldon-tests.conf conf/packs/maldon-conduct-tests.conf conf/packs/maldon-party-tests.conf conf/packs/maldon-staff-tests.conf conf/packs/party-people.csv \
	conf/packs/small-town.conf conf/packs/small-town-tests.conf conf/packs/small-town-conduct-tests.conf conf/packs/small-town-party-tests.conf conf/packs/small-town-press-tests.conf conf/packs/small-town-staff-tests.conf \
	conf/packs/practice.conf conf/packs/practice-tests.conf
clausedir = $(packdir)/clauses
dist_clause_DATA = conf/packs/clauses/reasons.conf \
	conf/packs/clauses/dunstable.conf conf/packs/clauses/maldon.conf conf/packs/clauses/small-town.conf conf/packs/clauses/practice.conf
dist_library_DATA = \
	conf/library/blame.conf conf/library/code.conf conf/library/complaints.conf conf/library/confidence.conf conf/library/copies.conf conf/library/disputes.conf \
	conf/library/groups.conf conf/library/influence.conf conf/library/instructions.conf conf/library/markings.conf conf/library/names.conf \
	conf/library/obligations.conf conf/library/party.conf conf/library/practice.conf conf/library/press.conf conf/library/public-conduct.conf conf/library/replies.conf \
	conf/library/speech.conf conf/library/unreadable.conf conf/library/unsigned.conf

sampledir = $(pkgdatadir)/sample
dist_sample_DATA = conf/sample/copyhold.conf conf/sample/people.csv

distclean-local:
	test "$(srcdir)" = . || rm -f conf/packs conf/library

# How often ordinary mail is judged wrongly. By name only: it needs real mail, which is not ours to ship.
EXTRA_DIST += tests/accuracy/corpus.py tests/accuracy/deal.py tests/accuracy/oracle.py tests/accuracy/READ
.PHONY: accuracy
accuracy: copyhold$(EXEEXT) copyhold-reader$(EXEEXT)
	COPYHOLD_PACKS=$(top_srcdir)/conf/packs $(top_srcdir)/tests/accuracy/corpus.py ./copyhold$(EXEEXT) || test $$? = 77

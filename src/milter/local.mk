noinst_LIBRARIES += src/milter/libmilter.a
src_milter_libmilter_a_SOURCES =

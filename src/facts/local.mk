noinst_LIBRARIES += src/facts/libfacts.a
src_facts_libfacts_a_SOURCES =

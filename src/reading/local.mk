noinst_LIBRARIES += src/reading/libreading.a
src_reading_libreading_a_SOURCES =

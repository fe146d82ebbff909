noinst_LIBRARIES += src/action/libaction.a
src_action_libaction_a_SOURCES =

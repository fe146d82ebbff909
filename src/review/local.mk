noinst_LIBRARIES += src/review/libreview.a
src_review_libreview_a_SOURCES = include/review/queue.h include/review/release_service.h include/review/report.h \
	include/review/export.h include/review/finding.h include/review/retention.h \
	src/review/certificate.c \
	include/review/digest.h src/review/digest.c src/review/digest_facts.c src/review/digest_html.c src/review/digest_page.c src/review/digest_page.h \
	src/review/digest_text.c src/review/digest_words.c \
	src/review/voice.c src/review/voice.h \
	src/review/export.c src/review/export_entry.c src/review/export_forms.c src/review/export_model.h \
	src/review/evidence.c src/review/evidence.h \
	src/review/finding.c \
	src/review/hold.c \
	include/review/link.h src/review/link.c src/review/link_keys.c src/review/link_keys.h \
	src/review/keep.c \
	src/review/letter.c src/review/letter.h \
	src/review/masking.c src/review/masking.h \
	src/review/meant.c src/review/meant.h \
	src/review/outbox_run.c \
	include/review/remedy.h src/review/remedy.c src/review/remedy_words.c src/review/remedy_open.c src/review/remedy_open.h \
	src/review/queue.c \
	src/review/recusal.c src/review/recusal.h \
	src/review/traces.c src/review/traces.h \
	src/review/release_service.c \
	src/review/report.c src/review/report_model.h \
	src/review/report_due.c \
	src/review/report_html.c \
	src/review/report_json.c \
	src/review/report_mail.c src/review/report_mail.h \
	src/review/report_text.c \
	src/review/retention.c \
	src/review/report_words.c \
	src/review/schedule.c \
	src/review/paper.h src/review/paper_html.h include/review/statistics.h \
	src/review/statistics.c \
	src/review/statistics_annual.c \
	src/review/statistics_csv.c \
	src/review/statistics_html.c \
	src/review/statistics_json.c \
	src/review/statistics_print.c \
	src/review/statistics_proof.c \
	src/review/statistics_text.c \
	src/review/statistics_words.c

src_review_libreview_a_SOURCES += \
	include/review/duties_due.h src/review/due_message.h src/review/due_remind.c src/review/due_tell.c src/review/reminder.h src/review/duties_due.c src/review/due_times.c \
	include/review/decide.h include/review/office_hours.h include/review/tend.h include/review/terms.h \
	src/review/carry.c src/review/carry.h \
	src/review/decide.c \
	src/review/decide_run.c src/review/decide_run.h \
	src/review/decide_words.c \
	src/review/offers.c \
	src/review/office_hours.c \
	src/review/tend.c \
	src/review/tend_letter.c src/review/tend_letter.h \
	src/review/who_has.c src/review/who_has.h

review_test_libs = src/review/libreview.a src/store/libstore.a $(action_test_libs)

check_PROGRAMS += test_release_service
TESTS += test_release_service
test_release_service_SOURCES = tests/unit/test_release_service.c tests/unit/smtp_server.c tests/unit/smtp_server.h
test_release_service_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_release_service_LDADD = src/review/libreview.a src/base/libbase.a $(DEPS_LIBS) $(CMOCKA_LIBS)

check_PROGRAMS += test_queue
TESTS += test_queue
test_queue_SOURCES = tests/unit/test_queue.c tests/unit/council_case.h tests/unit/council_folder.h tests/unit/smtp_server.c tests/unit/smtp_server.h
test_queue_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_queue_LDADD = $(review_test_libs)

check_PROGRAMS += test_masking
TESTS += test_masking
test_masking_SOURCES = tests/unit/test_masking.c
test_masking_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_masking_LDADD = $(review_test_libs)

check_PROGRAMS += test_retention
TESTS += test_retention
test_retention_SOURCES = tests/unit/test_retention.c tests/unit/council_folder.h
test_retention_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_retention_LDADD = $(review_test_libs)

check_PROGRAMS += test_report
TESTS += test_report
test_report_SOURCES = tests/unit/test_report.c tests/unit/council_case.h tests/unit/council_folder.h
test_report_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_report_LDADD = $(review_test_libs)

check_PROGRAMS += test_link
TESTS += test_link
test_link_SOURCES = tests/unit/test_link.c tests/unit/council_case.h tests/unit/council_folder.h
test_link_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_link_LDADD = $(review_test_libs)

check_PROGRAMS += test_remedy
TESTS += test_remedy
test_remedy_SOURCES = tests/unit/test_remedy.c tests/unit/council_case.h tests/unit/council_folder.h
test_remedy_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_remedy_LDADD = $(review_test_libs)

check_PROGRAMS += test_office_hours
TESTS += test_office_hours
test_office_hours_SOURCES = tests/unit/test_office_hours.c
test_office_hours_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_office_hours_LDADD = $(review_test_libs)

review_fixture = tests/unit/review_fixture.c tests/unit/review_fixture.h tests/unit/smtp_server.c tests/unit/smtp_server.h

check_PROGRAMS += test_decide
TESTS += test_decide
test_decide_SOURCES = tests/unit/test_decide.c $(review_fixture)
test_decide_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_decide_LDADD = $(review_test_libs)

check_PROGRAMS += test_decide_run
TESTS += test_decide_run
test_decide_run_SOURCES = tests/unit/test_decide_run.c $(review_fixture)
test_decide_run_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_decide_run_LDADD = $(review_test_libs)


check_PROGRAMS += test_decision_faults
TESTS += test_decision_faults
test_decision_faults_SOURCES = tests/faults/test_decision_faults.c tests/faults/faulty_vfs.c tests/faults/faulty_vfs.h $(review_fixture)
test_decision_faults_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_decision_faults_LDADD = $(review_test_libs)

check_PROGRAMS += test_tend
TESTS += test_tend
test_tend_SOURCES = tests/unit/test_tend.c $(review_fixture)
test_tend_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_tend_LDADD = $(review_test_libs)

check_PROGRAMS += test_letters
TESTS += test_letters
test_letters_SOURCES = tests/unit/test_letters.c $(review_fixture)
test_letters_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_letters_LDADD = $(review_test_libs)

check_PROGRAMS += test_digest
TESTS += test_digest
test_digest_SOURCES = tests/unit/test_digest.c tests/unit/council_case.h tests/unit/council_folder.h
test_digest_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_digest_LDADD = $(review_test_libs)

check_PROGRAMS += test_figures
TESTS += test_figures
test_figures_SOURCES = tests/unit/test_figures.c tests/unit/store_case.h
test_figures_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_figures_LDADD = $(review_test_libs)

check_PROGRAMS += test_due_times
TESTS += test_due_times
test_due_times_SOURCES = tests/unit/test_due_times.c
test_due_times_CFLAGS = $(AM_CFLAGS) $(CMOCKA_CFLAGS)
test_due_times_LDADD = $(review_test_libs)

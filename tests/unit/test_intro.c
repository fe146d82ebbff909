/* test_intro.c - the lines above quoted and forwarded letters, as mail programs write them in many languages.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "base/text.h"
#include "reading/intro.h"

static struct intro read_first(struct arena *arena, const char *text, bool *known_out)
{
	struct text_lines lines = lines_of_plain(arena, bytes_of(text), 100);
	const struct text_line **items = arena_array(arena, lines.count, sizeof *items);
	for (size_t i = 0; i < lines.count; i++)
		items[i] = &lines.items[i];
	struct intro intro;
	*known_out = intro_read(arena, items, lines.count, 0, &intro);
	return intro;
}

static const char *or_dash(const char *text)
{
	return text == NULL ? "-" : text;
}

/* 1 when it is wrong. */
static int check(const char *text, const char *what, const char *said, const char *due)
{
	if (strcmp(said, due) == 0)
		return 0;
	print_error("%s\n  %s: \"%s\" instead of \"%s\"\n", text, what, said, due);
	return 1;
}

struct attribution_case {
	const char *text;
	const char *name, *address, *date;
};

static const struct attribution_case attributions[] = {
	{ "On Tue, 3 Mar 2026 at 10:02, Ruth Ames <clerk@x.example> wrote:", "Ruth Ames", "clerk@x.example", "Tue, 3 Mar 2026 at 10:02" },
	{ "On Mar 3, 2026, at 10:02 AM, Ruth Ames <clerk@x.example> wrote:", "Ruth Ames", "clerk@x.example", "Mar 3, 2026, at 10:02 AM" },
	{ "On 03/03/2026 10:02, Ruth Ames wrote:", "Ruth Ames", "", "03/03/2026 10:02" },
	{ "On 2026-03-03 10:02, Ruth Ames via Councillors wrote:", "Ruth Ames via Councillors", "", "2026-03-03 10:02" },
	{ "On Tue, 2026-03-03 at 10:02 +0000, Ruth Ames wrote:", "Ruth Ames", "", "Tue, 2026-03-03 at 10:02 +0000" },
	{ "On Tuesday, 3 March 2026 at 10:02:11 GMT, Ruth Ames\n<clerk@x.example> wrote:", "Ruth Ames", "clerk@x.example",
	  "Tuesday, 3 March 2026 at 10:02:11 GMT" },
	{ "On Tue, Mar 3, 2026 at 10:02 AM Ruth Ames <clerk@x.example<mailto:clerk@x.example>>\nwrote:", "Ruth Ames", "clerk@x.example",
	  "Tue, Mar 3, 2026 at 10:02 AM" },
	{ "On 3 March 2026 at 10:02 Ruth Ames\n(clerk@x.example)\nwrote:", "Ruth Ames", "clerk@x.example", "3 March 2026 at 10:02" },
	{ "On 3 Mar 2026 10:02 a.m., \"Ruth Ames\" <clerk@x.example> wrote:", "Ruth Ames", "clerk@x.example", "3 Mar 2026 10:02 a.m." },
	{ "Ruth Ames wrote:", "Ruth Ames", "", "-" },
	{ "Ruth Ames <clerk@x.example> wrote:", "Ruth Ames", "clerk@x.example", "-" },
	{ "Ruth Ames <clerk@x.example> wrote on 03/03/2026 10:02:", "Ruth Ames", "clerk@x.example", "03/03/2026 10:02" },
	{ "Quoting Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "-" },
	{ "2026-03-03 10:02 GMT+00:00 Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "2026-03-03 10:02 GMT+00:00" },
	{ "03.03.2026, 10:02, \"Ruth Ames\" <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "03.03.2026, 10:02" },
	/* Welsh */
	{ "Ar Maw, 3 Maw 2026 am 10:02, ysgrifennodd Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "Maw, 3 Maw 2026 am 10:02" },
	{ "Ar 03/03/2026 10:02, ysgrifennodd Ruth Ames:", "Ruth Ames", "", "03/03/2026 10:02" },
	{ "Ar 3 Maw 2026, am 10:02, ysgrifennwyd gan Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "3 Maw 2026, am 10:02" },
	/* French */
	{ "Le mar. 3 mars 2026 à 10:02, Ruth Ames <clerk@x.example> a écrit :", "Ruth Ames", "clerk@x.example", "mar. 3 mars 2026 à 10:02" },
	{ "Le 03/03/2026 à 10:02, Ruth Ames a écrit :", "Ruth Ames", "", "03/03/2026 à 10:02" },
	{ "Le mardi 3 mars 2026 à 10:02:11 UTC, Ruth Ames <clerk@x.example> a\nécrit :", "Ruth Ames", "clerk@x.example", "mardi 3 mars 2026 à 10:02:11 UTC" },
	/* German */
	{ "Am Di., 3. März 2026 um 10:02 Uhr schrieb Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "Di., 3. März 2026 um 10:02 Uhr" },
	{ "Am 03.03.26 um 10:02 schrieb Ruth Ames:", "Ruth Ames", "", "03.03.26 um 10:02" },
	{ "Ruth Ames <clerk@x.example> schrieb am Di., 3. März 2026, 10:02:", "Ruth Ames", "clerk@x.example", "Di., 3. März 2026, 10:02" },
	{ "Am 03.03.2026 um 10:02 hat Ruth Ames <clerk@x.example> geschrieben:", "Ruth Ames", "clerk@x.example", "03.03.2026 um 10:02" },
	/* Polish */
	{ "wt., 3 mar 2026 o 10:02 Ruth Ames <clerk@x.example> napisał(a):", "Ruth Ames", "clerk@x.example", "wt., 3 mar 2026 o 10:02" },
	{ "W dniu 3.03.2026 o 10:02, Ruth Ames pisze:", "Ruth Ames", "", "3.03.2026 o 10:02" },
	{ "Dnia 3 marca 2026 10:02 Ruth Ames <clerk@x.example> napisał(a):", "Ruth Ames", "clerk@x.example", "3 marca 2026 10:02" },
	{ "Wiadomość napisana przez Ruth Ames <clerk@x.example> w dniu 3 mar 2026, o godz. 10:02:", "Ruth Ames", "clerk@x.example",
	  "3 mar 2026, o godz. 10:02" },
	/* Spanish, Italian, Portuguese, Romanian */
	{ "El mar, 3 mar 2026 a las 10:02, Ruth Ames (<clerk@x.example>) escribió:", "Ruth Ames", "clerk@x.example", "mar, 3 mar 2026 a las 10:02" },
	{ "El 3/3/26 a las 10:02, Ruth Ames escribió:", "Ruth Ames", "", "3/3/26 a las 10:02" },
	{ "Il giorno mar 3 mar 2026 alle ore 10:02 Ruth Ames <\nclerk@x.example> ha scritto:", "Ruth Ames", "clerk@x.example", "mar 3 mar 2026 alle ore 10:02" },
	{ "Il 03/03/26 10:02, Ruth Ames ha scritto:", "Ruth Ames", "", "03/03/26 10:02" },
	{ "Em ter., 3 de mar. de 2026 às 10:02, Ruth Ames <clerk@x.example> escreveu:", "Ruth Ames", "clerk@x.example", "ter., 3 de mar. de 2026 às 10:02" },
	{ "Ruth Ames <clerk@x.example> escreveu no dia terça, 3/03/2026 à(s) 10:02:", "Ruth Ames", "clerk@x.example", "terça, 3/03/2026 à(s) 10:02" },
	{ "mar., 3 mar. 2026 la 10:02, Ruth Ames <clerk@x.example> a scris:", "Ruth Ames", "clerk@x.example", "mar., 3 mar. 2026 la 10:02" },
	{ "Pe mar., 3 mar. 2026 la 10:02, Ruth Ames <clerk@x.example> a scris:", "Ruth Ames", "clerk@x.example", "mar., 3 mar. 2026 la 10:02" },
	/* Dutch, Danish, Norwegian, Swedish, Finnish, Estonian */
	{ "Op di 3 mrt 2026 om 10:02 schreef Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "di 3 mrt 2026 om 10:02" },
	{ "Op 3-3-2026 om 10:02 heeft Ruth Ames <clerk@x.example> het volgende geschreven:", "Ruth Ames", "clerk@x.example", "3-3-2026 om 10:02" },
	{ "Den tirs. 3. mar. 2026 kl. 10.02 skrev Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "tirs. 3. mar. 2026 kl. 10.02" },
	{ "tir. 3. mars 2026 kl. 10:02 skrev Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "tir. 3. mars 2026 kl. 10:02" },
	{ "Den tis 3 mars 2026 kl 10:02 skrev Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "tis 3 mars 2026 kl 10:02" },
	{ "3 mars 2026 kl. 10:02 skrev Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "3 mars 2026 kl. 10:02" },
	{ "ti 3. maalisk. 2026 klo 10.02 Ruth Ames (clerk@x.example) kirjoitti:", "Ruth Ames", "clerk@x.example", "ti 3. maalisk. 2026 klo 10.02" },
	{ "Ruth Ames kirjoitti 3.3.2026 klo 10.02:", "Ruth Ames", "", "3.3.2026 klo 10.02" },
	{ "Kuupäev T, 3. märts 2026 kell 10:02 kirjutas Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "T, 3. märts 2026 kell 10:02" },
	/* Czech, Slovak, Croatian, Slovene, Hungarian, Turkish, Russian, Ukrainian, Lithuanian, Latvian, Bulgarian, Greek */
	{ "út 3. 3. 2026 v 10:02 odesílatel Ruth Ames <clerk@x.example> napsal:", "Ruth Ames", "clerk@x.example", "út 3. 3. 2026 v 10:02" },
	{ "Dne 03. 03. 26 v 10:02 Ruth Ames napsal(a):", "Ruth Ames", "", "03. 03. 26 v 10:02" },
	{ "ut 3. 3. 2026 o 10:02 Ruth Ames <clerk@x.example> napísal(a):", "Ruth Ames", "clerk@x.example", "ut 3. 3. 2026 o 10:02" },
	{ "Dňa 3. 3. 2026 o 10:02 Ruth Ames napísal(a):", "Ruth Ames", "", "3. 3. 2026 o 10:02" },
	{ "uto, 3. ožu 2026. u 10:02 Ruth Ames <clerk@x.example> napisao je:", "Ruth Ames", "clerk@x.example", "uto, 3. ožu 2026. u 10:02" },
	{ "V V tor., 3. mar. 2026 ob 10:02 je oseba Ruth Ames <clerk@x.example> napisala:", "Ruth Ames", "clerk@x.example", "tor., 3. mar. 2026 ob 10:02" },
	{ "Ruth Ames <clerk@x.example> ezt írta (időpont: 2026. márc. 3., K, 10:02):", "Ruth Ames", "clerk@x.example", "2026. márc. 3., K, 10:02" },
	{ "2026. 03. 03. 10:02 keltezéssel, Ruth Ames írta:", "Ruth Ames", "", "2026. 03. 03. 10:02" },
	{ "Ruth Ames <clerk@x.example>, 3 Mar 2026 Sal, 10:02 tarihinde şunu yazdı:", "Ruth Ames", "clerk@x.example", "3 Mar 2026 Sal, 10:02" },
	{ "вт, 3 мар. 2026 г. в 10:02, Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "вт, 3 мар. 2026 г. в 10:02" },
	{ "3 марта 2026 г., в 10:02, Ruth Ames <clerk@x.example> написал(а):", "Ruth Ames", "clerk@x.example", "3 марта 2026 г., в 10:02" },
	{ "вт, 3 бер. 2026 р. о 10:02 Ruth Ames <clerk@x.example> пише:", "Ruth Ames", "clerk@x.example", "вт, 3 бер. 2026 р. о 10:02" },
	{ "2026-03-03, an, 10:02 Ruth Ames <clerk@x.example> rašė:", "Ruth Ames", "clerk@x.example", "2026-03-03, an, 10:02" },
	{ "otrd., 2026. g. 3. marts, plkst. 10:02 — lietotājs Ruth Ames (<clerk@x.example>) rakstīja:", "Ruth Ames", "clerk@x.example",
	  "otrd., 2026. g. 3. marts, plkst. 10:02" },
	{ "На вт, 3.03.2026 г. в 10:02 Ruth Ames <clerk@x.example> написа:", "Ruth Ames", "clerk@x.example", "вт, 3.03.2026 г. в 10:02" },
	{ "Στις Τρί 3 Μαρ 2026 στις 10:02 π.μ., ο χρήστης Ruth Ames <clerk@x.example> έγραψε:", "Ruth Ames", "clerk@x.example",
	  "Τρί 3 Μαρ 2026 στις 10:02 π.μ." },
	/* Arabic, Chinese, Japanese */
	{ "في الثلاثاء، ٣ مارس ٢٠٢٦ في 10:02 ص تمت كتابة ما يلي بواسطة Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "*" },
	{ "Ruth Ames <clerk@x.example> 于2026年3月3日周二 10:02写道：", "Ruth Ames", "clerk@x.example", "*" },
	{ "2026年3月3日(火) 10:02 Ruth Ames <clerk@x.example>:", "Ruth Ames", "clerk@x.example", "*" },
};

static int check_attribution(const struct attribution_case *c)
{
	struct arena *arena = arena_new();
	bool known;
	struct intro intro = read_first(arena, c->text, &known);
	int wrong = check(c->text, "kind", known && intro.kind == INTRO_ATTRIBUTION && intro.from.count == 1 ? "attribution" : "none", "attribution");
	if (wrong == 0) {
		wrong += check(c->text, "name", or_dash(intro.from.items[0].name), c->name);
		wrong += check(c->text, "address", intro.from.items[0].address, c->address);
		wrong += strcmp(c->date, "*") == 0 ? 0 : check(c->text, "date", or_dash(intro.date), c->date);
	}
	arena_free(&arena);
	return wrong;
}

static void test_attributions(void **state)
{
	(void)state;
	int wrong = 0;
	for (size_t i = 0; i < sizeof attributions / sizeof *attributions; i++)
		wrong += check_attribution(&attributions[i]);
	assert_int_equal(wrong, 0);
}

static const char *const no_attributions[] = {
	"On 3 March we met, and I said what you wrote:",
	"On the other hand, in 2026 nobody wrote:\nand so we wait.",
	"I wrote on 3 March to Ruth Ames that the following would have to be done before the end of the year:",
	"At 10:30 we shall discuss the items that the county has asked us about, in the order in which they wrote to us about them:",
	"The following are invited (2026):",
	"Ruth, you wrote to me that",
	"Please see what clerk@x.example wrote:",
	"On 3 March at 10:02 I wrote:",
	"I am quoting clerk@x.example on 3 March 2026:",
	"Contact: clerk@x.example",
	"12.30 Lunch with clerk@x.example",
	"Le roi est mort.",
};

static void test_sentences_are_none(void **state)
{
	(void)state;
	int wrong = 0;
	for (size_t i = 0; i < sizeof no_attributions / sizeof *no_attributions; i++) {
		struct arena *arena = arena_new();
		bool known;
		struct intro intro = read_first(arena, no_attributions[i], &known);
		/* A weak one counts only where lines marked as quoted follow it. */
		bool taken = known && (intro.kind != INTRO_ATTRIBUTION || intro.strong);
		wrong += check(no_attributions[i], "kind", taken ? "introduction" : "none", "none");
		arena_free(&arena);
	}
	assert_int_equal(wrong, 0);
}

/* From, date, To, Cc, Subject in that order. */
static const char *const labels[][5] = {
	{ "From", "Sent", "To", "Cc", "Subject" },
	{ "From", "Date", "To", "Cc", "Subject" },
	{ "Oddi wrth", "Anfonwyd", "At", "Cc", "Pwnc" },
	{ "Oddi wrth", "Dyddiad", "At", "Copi", "Testun" },
	{ "De ", "Envoyé ", "À ", "Cc ", "Objet " },
	{ "Expéditeur", "Date", "Destinataire", "Cc", "Objet" },
	{ "Von", "Gesendet", "An", "Cc", "Betreff" },
	{ "Von", "Datum", "An", "Kopie", "Betreff" },
	{ "Od", "Wysłano", "Do", "DW", "Temat" },
	{ "Od", "Data", "Do", "Kopia", "Temat" },
	{ "De", "Enviado el", "Para", "CC", "Asunto" },
	{ "De", "Fecha", "Para", "CC", "Asunto" },
	{ "De", "Enviada em", "Para", "Cc", "Assunto" },
	{ "Da", "Inviato", "A", "Cc", "Oggetto" },
	{ "Mittente", "Data", "Destinatario", "CC", "Oggetto" },
	{ "Van", "Verzonden", "Aan", "CC", "Onderwerp" },
	{ "Van", "Datum", "Aan", "Kopie", "Onderwerp" },
	{ "Från", "Skickat", "Till", "Kopia", "Ämne" },
	{ "Fra", "Sendt", "Til", "Kopi", "Emne" },
	{ "Lähettäjä", "Lähetetty", "Vastaanottaja", "Kopio", "Aihe" },
	{ "Saatja", "Saadetud", "Adressaat", "Koopia", "Teema" },
	{ "Od", "Odesláno", "Komu", "Kopie", "Předmět" },
	{ "Od", "Odoslané", "Komu", "Kópia", "Predmet" },
	{ "Šalje", "Poslano", "Prima", "Kopija", "Predmet" },
	{ "Od", "Poslano", "Za", "Kp", "Zadeva" },
	{ "Feladó", "Elküldve", "Címzett", "Másolatot kap", "Tárgy" },
	{ "De la", "Trimis", "Către", "Cc", "Subiect" },
	{ "Kimden", "Gönderildi", "Kime", "Bilgi", "Konu" },
	{ "От", "Отправлено", "Кому", "Копия", "Тема" },
	{ "Від", "Надіслано", "Кому", "Копія", "Тема" },
	{ "От", "Изпратено", "До", "Копие", "Относно" },
	{ "Nuo", "Išsiųsta", "Kam", "Kopija", "Tema" },
	{ "Από", "Στάλθηκε", "Προς", "Κοιν.", "Θέμα" },
	{ "من", "تاريخ الإرسال", "إلى", "نسخة", "الموضوع" },
	{ "差出人", "送信日時", "宛先", "CC", "件名" },
	{ "发件人", "发送时间", "收件人", "抄送", "主题" },
};

static int check_block(const char *text)
{
	struct arena *arena = arena_new();
	bool known;
	struct intro intro = read_first(arena, text, &known);
	bool whole = known && intro.from.count == 1 && intro.to.count == 2 && intro.cc.count == 1;
	int wrong = check(text, "fields", whole ? "read" : "not read", "read");
	if (wrong == 0) {
		wrong += check(text, "from", intro.from.items[0].address, "clerk@x.example");
		wrong += check(text, "to", intro.to.items[1].address, "khan@x.example");
		wrong += check(text, "cc", intro.cc.items[0].address, "rees@x.example");
		wrong += check(text, "date", or_dash(intro.date), "3 March 2026 10:02");
		wrong += check(text, "subject", or_dash(intro.subject), "Y parc");
	}
	arena_free(&arena);
	return wrong;
}

static void test_header_blocks(void **state)
{
	(void)state;
	static const char *const shapes[] = {
		"%s: Ruth Ames <clerk@x.example>\n%s: 3 March 2026 10:02\n%s: Carl Moss <moss@x.example>; Amir Khan <khan@x.example>\n"
		"%s: Siân Rees <rees@x.example>\n%s: Y parc\n\nText\n",
		"*%s:* Ruth Ames <clerk@x.example>\n*%s:* 3 March 2026 10:02\n*%s:* Carl Moss <moss@x.example>; Amir Khan <khan@x.example>\n"
		"*%s:* Siân Rees <rees@x.example>\n*%s:* Y parc\n\nText\n",
		"________________________________\n%s: Ruth Ames <clerk@x.example>\n%s: 3 March 2026 10:02\n%s: Carl Moss <moss@x.example>;\n"
		" Amir Khan <khan@x.example>\n%s: Siân Rees <rees@x.example>\n%s: Y parc\n\nText\n",
	};
	int wrong = 0;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		for (size_t n = 0; n < sizeof shapes / sizeof *shapes; n++) {
			const char *shape = shapes[n];
			struct text text = TEXT_INIT;
			for (size_t word = 0; *shape != '\0'; shape++)
				if (shape[0] == '%' && shape[1] == 's')
					text_add(&text, labels[i][word++]), shape++;
				else
					text_add_char(&text, *shape);
			wrong += check_block(text_string(&text));
			text_release(&text);
		}
	assert_int_equal(wrong, 0);
}

static const struct {
	const char *line;
	bool forwards;
} markers[] = {
	{ "-----Original Message-----", false },
	{ "-------- Original message --------", false },
	{ "-----Neges Wreiddiol-----", false },
	{ "-----Message d'origine-----", false },
	{ "-----Ursprüngliche Nachricht-----", false },
	{ "-----Original Appointment-----", false },
	{ "---------- Forwarded message ---------", true },
	{ "-------- Forwarded Message --------", true },
	{ "Forwarded message:", true },
	{ "Begin forwarded message:", true },
	{ "-------- Neges wedi'i hanfon ymlaen --------", true },
	{ "Début du message transféré :", true },
	{ "Anfang der weitergeleiteten Nachricht:", true },
	{ "Anfang der weitergeleiteten E-Mail:", true },
	{ "Początek przekazywanej wiadomości:", true },
	{ "-------- Treść przekazanej wiadomości --------", true },
	{ "Välitetty viesti alkaa:", true },
	{ "Vidarebefordrat brev:", true },
	{ "Vidarebefordrat mejl:", true },
	{ "Továbbított levél kezdete:", true },
	{ "Započni proslijeđenu poruku:", true },
	{ "Начало переадресованного сообщения:", true },
	{ "İleti başlangıcı:", true },
	{ "-------- İletilmiş İleti --------", true },
	{ "-------- Edastatud kiri --------", true },
	{ "Begin doorgestuurd bericht:", true },
	{ "Inizio messaggio inoltrato:", true },
	{ "------ Weitergeleitete Nachricht ------", true },
	{ "===== Original Message =====", false },
};

static void test_markers(void **state)
{
	(void)state;
	int wrong = 0;
	for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
		struct arena *arena = arena_new();
		bool known;
		struct intro intro = read_first(arena, arena_printf(arena, "%s\n\nText\n", markers[i].line), &known);
		const char *said = !known || intro.kind != INTRO_MARKER ? "none" : intro.forwards ? "forwarded" : "original";
		wrong += check(markers[i].line, "marker", said, markers[i].forwards ? "forwarded" : "original");
		arena_free(&arena);
	}
	assert_int_equal(wrong, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attributions),
		cmocka_unit_test(test_sentences_are_none),
		cmocka_unit_test(test_header_blocks),
		cmocka_unit_test(test_markers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

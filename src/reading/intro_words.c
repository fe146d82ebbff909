/* intro_words.c - see intro_words.h. Capitals outside ASCII are listed as clients write them.
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/intro_words.h"

static const struct {
	const char *label;
	enum intro_field field;
} labels[] = {
	{ "From", FIELD_FROM },          { "Sent", FIELD_DATE },          { "Date", FIELD_DATE },
	{ "To", FIELD_TO },              { "Cc", FIELD_CC },              { "Bcc", FIELD_OTHER },
	{ "Subject", FIELD_SUBJECT },    { "Reply-To", FIELD_OTHER },     { "Importance", FIELD_OTHER },
	{ "Priority", FIELD_OTHER },     { "Sensitivity", FIELD_OTHER },  { "Attachments", FIELD_OTHER },
	{ "Attachment", FIELD_OTHER },   { "Organization", FIELD_OTHER }, { "Organisation", FIELD_OTHER },
	{ "Received", FIELD_DATE },      { "Posted At", FIELD_DATE },     { "Message-ID", FIELD_OTHER },
	{ "Sender", FIELD_OTHER },       { "Categories", FIELD_OTHER },   { "When", FIELD_OTHER },
	{ "Where", FIELD_OTHER },        { "Newsgroups", FIELD_TO },      { "Conversation", FIELD_OTHER },
	/* Welsh */
	{ "Oddi wrth", FIELD_FROM },     { "Oddiwrth", FIELD_FROM },      { "Gan", FIELD_FROM },
	{ "Anfonwyd", FIELD_DATE },      { "Dyddiad", FIELD_DATE },       { "At", FIELD_TO },
	{ "I", FIELD_TO },               { "Copi", FIELD_CC },            { "Copi at", FIELD_CC },
	{ "Testun", FIELD_SUBJECT },     { "Pwnc", FIELD_SUBJECT },       { "Atodiadau", FIELD_OTHER },
	{ "Pwysigrwydd", FIELD_OTHER },
	/* French */
	{ "De", FIELD_FROM },            { "Envoyé", FIELD_DATE },        { "Envoyé le", FIELD_DATE },
	{ "À", FIELD_TO },               { "Pour", FIELD_TO },            { "Copie à", FIELD_CC },
	{ "Objet", FIELD_SUBJECT },      { "Sujet", FIELD_SUBJECT },      { "Répondre à", FIELD_OTHER },
	/* German */
	{ "Von", FIELD_FROM },           { "Gesendet", FIELD_DATE },      { "Datum", FIELD_DATE },
	{ "An", FIELD_TO },              { "Kopie", FIELD_CC },           { "Betreff", FIELD_SUBJECT },
	{ "Antwort an", FIELD_OTHER },   { "Wichtigkeit", FIELD_OTHER },  { "Priorität", FIELD_OTHER },
	/* Spanish, Portuguese, Italian */
	{ "Enviado", FIELD_DATE },       { "Enviado el", FIELD_DATE },    { "Fecha", FIELD_DATE },
	{ "Para", FIELD_TO },            { "A", FIELD_TO },               { "Asunto", FIELD_SUBJECT },
	{ "Data", FIELD_DATE },          { "Enviada", FIELD_DATE },       { "Enviado em", FIELD_DATE },
	{ "Assunto", FIELD_SUBJECT },    { "Da", FIELD_FROM },            { "Mittente", FIELD_FROM },
	{ "Inviato", FIELD_DATE },       { "Oggetto", FIELD_SUBJECT },    { "Destinatario", FIELD_TO },
	{ "Risposta", FIELD_OTHER },     { "Destinatários", FIELD_TO },
	/* Polish, Czech, Slovak, Croatian */
	{ "Od", FIELD_FROM },            { "Nadawca", FIELD_FROM },       { "Wysłano", FIELD_DATE },
	{ "Wysłane", FIELD_DATE },       { "Do", FIELD_TO },              { "DW", FIELD_CC },
	{ "Dw.", FIELD_CC },             { "Temat", FIELD_SUBJECT },      { "Odesláno", FIELD_DATE },
	{ "Odesílatel", FIELD_FROM },    { "Komu", FIELD_TO },            { "Kopie", FIELD_CC },
	{ "Kópia", FIELD_CC },           { "Předmět", FIELD_SUBJECT },    { "Predmet", FIELD_SUBJECT },
	{ "Dátum", FIELD_DATE },         { "Šalje", FIELD_FROM },         { "Prima", FIELD_TO },
	{ "Naslov", FIELD_SUBJECT },     { "Odosielateľ", FIELD_FROM },
	/* Dutch, Danish, Norwegian, Swedish, Finnish, Estonian */
	{ "Van", FIELD_FROM },           { "Verzonden", FIELD_DATE },     { "Aan", FIELD_TO },
	{ "Onderwerp", FIELD_SUBJECT },  { "Fra", FIELD_FROM },           { "Sendt", FIELD_DATE },
	{ "Dato", FIELD_DATE },          { "Til", FIELD_TO },             { "Kopi", FIELD_CC },
	{ "Emne", FIELD_SUBJECT },       { "Från", FIELD_FROM },          { "Skickat", FIELD_DATE },
	{ "Till", FIELD_TO },            { "Kopia", FIELD_CC },           { "Ämne", FIELD_SUBJECT },
	{ "Lähettäjä", FIELD_FROM },     { "Lähetetty", FIELD_DATE },     { "Päiväys", FIELD_DATE },
	{ "Päivämäärä", FIELD_DATE },    { "Vastaanottaja", FIELD_TO },   { "Kopio", FIELD_CC },
	{ "Aihe", FIELD_SUBJECT },       { "Saatja", FIELD_FROM },        { "Teema", FIELD_SUBJECT },
	/* Hungarian, Romanian, Turkish, Russian, Ukrainian */
	{ "Feladó", FIELD_FROM },        { "Küldve", FIELD_DATE },        { "Elküldve", FIELD_DATE },
	{ "Címzett", FIELD_TO },         { "Másolat", FIELD_CC },         { "Másolatot kap", FIELD_CC },
	{ "Tárgy", FIELD_SUBJECT },      { "De la", FIELD_FROM },         { "Către", FIELD_TO },
	{ "Trimis", FIELD_DATE },        { "Subiect", FIELD_SUBJECT },    { "Subiectul", FIELD_SUBJECT },
	{ "Kimden", FIELD_FROM },        { "Gönderen", FIELD_FROM },      { "Tarih", FIELD_DATE },
	{ "Kime", FIELD_TO },            { "Bilgi", FIELD_CC },           { "Konu", FIELD_SUBJECT },
	{ "От", FIELD_FROM },            { "Дата", FIELD_DATE },          { "Отправлено", FIELD_DATE },
	{ "Кому", FIELD_TO },            { "Копия", FIELD_CC },           { "Тема", FIELD_SUBJECT },
	{ "Від", FIELD_FROM },           { "Надіслано", FIELD_DATE },     { "Відправлено", FIELD_DATE },
	{ "Копія", FIELD_CC },           { "Від кого", FIELD_FROM },
	{ "Expeditor", FIELD_FROM },     { "Expeditorul", FIELD_FROM },   { "Dată", FIELD_DATE },
	{ "Destinatar", FIELD_TO },      { "Destinatarul", FIELD_TO },    { "Pre", FIELD_TO },
	{ "Primatelj", FIELD_TO },       { "Datum slanja", FIELD_DATE },  { "Datum odeslání", FIELD_DATE },
	{ "Gönderildi", FIELD_DATE },    { "Gönderme Tarihi", FIELD_DATE }, { "Alıcı", FIELD_TO },
	{ "от кого", FIELD_FROM },       { "От кого", FIELD_FROM },       { "Trimis la", FIELD_DATE },
	/* more of the languages above, as other programs have them */
	{ "Expéditeur", FIELD_FROM },    { "Destinataire", FIELD_TO },    { "Destinataires", FIELD_TO },
	{ "Date d'envoi", FIELD_DATE },  { "Absender", FIELD_FROM },      { "Empfänger", FIELD_TO },
	{ "Enviada em", FIELD_DATE },    { "Data de envio", FIELD_DATE }, { "Responder a", FIELD_OTHER },
	{ "Rispondi a", FIELD_OTHER },   { "Odpowiedź do", FIELD_OTHER }, { "Adresat", FIELD_TO },
	{ "Odoslané", FIELD_DATE },      { "Odosláno", FIELD_DATE },      { "Poslano", FIELD_DATE },
	{ "Poslato", FIELD_DATE },       { "Kopija", FIELD_CC },          { "Za", FIELD_TO },
	{ "Kp", FIELD_CC },              { "Zadeva", FIELD_SUBJECT },     { "Saadetud", FIELD_DATE },
	{ "Adressaat", FIELD_TO },       { "Kellele", FIELD_TO },         { "Koopia", FIELD_CC },
	{ "Kuupäev", FIELD_DATE },       { "Saaja", FIELD_TO },           { "Ymateb i", FIELD_OTHER },
	/* Bulgarian, Lithuanian, Latvian, Greek */
	{ "Изпратено", FIELD_DATE },     { "До", FIELD_TO },              { "Копие", FIELD_CC },
	{ "Относно", FIELD_SUBJECT },    { "Nuo", FIELD_FROM },           { "Išsiųsta", FIELD_DATE },
	{ "Kam", FIELD_TO },             { "Tema", FIELD_SUBJECT },       { "Nosūtīts", FIELD_DATE },
	{ "Temats", FIELD_SUBJECT },     { "Sūtītājs", FIELD_FROM },      { "Από", FIELD_FROM },
	{ "Στάλθηκε", FIELD_DATE },      { "Ημερομηνία", FIELD_DATE },    { "Προς", FIELD_TO },
	{ "Κοιν.", FIELD_CC },           { "Κοινοποίηση", FIELD_CC },     { "Θέμα", FIELD_SUBJECT },
	/* Arabic, Japanese, Chinese */
	{ "من", FIELD_FROM },            { "تاريخ الإرسال", FIELD_DATE }, { "التاريخ", FIELD_DATE },
	{ "إلى", FIELD_TO },             { "نسخة", FIELD_CC },            { "الموضوع", FIELD_SUBJECT },
	{ "差出人", FIELD_FROM },        { "送信日時", FIELD_DATE },      { "日付", FIELD_DATE },
	{ "日時", FIELD_DATE },          { "宛先", FIELD_TO },            { "件名", FIELD_SUBJECT },
	{ "发件人", FIELD_FROM },        { "发送时间", FIELD_DATE },      { "日期", FIELD_DATE },
	{ "收件人", FIELD_TO },          { "抄送", FIELD_CC },            { "主题", FIELD_SUBJECT },
};
#define LABEL_COUNT (sizeof labels / sizeof *labels)

enum intro_field intro_field_of(struct bytes label)
{
	for (size_t i = 0; i < LABEL_COUNT; i++)
		if (bytes_equal_nocase(label, bytes_of(labels[i].label)))
			return labels[i].field;
	return FIELD_NONE;
}

const char *intro_label(size_t n, enum intro_field *field_out)
{
	if (n >= LABEL_COUNT)
		return NULL;
	*field_out = labels[n].field;
	return labels[n].label;
}

static const struct {
	const char *words;
	bool forwards;
	bool bare; /* also without dashes */
} markers[] = {
	{ "Original Message", false, false },          { "Original Appointment", false, false },
	{ "Original E-mail", false, false },           { "Original email", false, false },
	{ "Reply message", false, false },             { "Reply to message", false, false },
	{ "Begin Message", true, false },              { "Begin Included Message", true, false },
	{ "Forwarded", true, false },                  { "Begin forwarded message", true, true },
	{ "Start of forwarded message", true, false }, { "Message forwarded", true, false },
	{ "Neges wreiddiol", false, false },           { "Neges Gwreiddiol", false, false },
	{ "Y neges wreiddiol", false, false },         { "Neges a anfonwyd ymlaen", true, true },
	{ "Neges wedi'i hanfon ymlaen", true, true },  { "Neges wedi ei hanfon ymlaen", true, true },
	{ "Neges wedi'i blaenyrru", true, true },      { "Neges ymlaen", true, false },
	{ "Dechrau'r neges", true, true },             { "Message d'origine", false, false },
	{ "Message original", false, false },          { "Message transféré", true, false },
	{ "Message transmis", true, false },           { "Début du message transféré", true, true },
	{ "Début du message réexpédié", true, true },  { "Courriel original", false, false },
	{ "Ursprüngliche Nachricht", false, false },   { "Originalnachricht", false, false },
	{ "Original-Nachricht", false, false },        { "Weitergeleitete Nachricht", true, false },
	{ "Anfang der weitergeleiteten", true, true }, { "Weitergeleitet von", true, false },
	{ "Mensaje original", false, false },          { "Mensaje reenviado", true, false },
	{ "Inicio del mensaje reenviado", true, true }, { "Mensagem original", false, false },
	{ "Mensagem encaminhada", true, false },       { "Mensagem reencaminhada", true, false },
	{ "Início da mensagem", true, true },          { "Messaggio originale", false, false },
	{ "Messaggio inoltrato", true, false },        { "Inizio messaggio inoltrato", true, true },
	{ "Wiadomość oryginalna", false, false },      { "Oryginalna wiadomość", false, false },
	{ "Wiadomość przekazana dalej", true, false }, { "Przekazana wiadomość", true, false },
	{ "Treść przekazanej wiadomości", true, true }, { "Treść oryginalnej wiadomości", false, false },
	{ "Przesłana wiadomość", true, false },        { "Původní zpráva", false, false },
	{ "Přeposlaná zpráva", true, false },          { "Začátek přeposílané zprávy", true, true },
	{ "Preposlaná správa", true, false },          { "Začiatok preposlanej správy", true, true },
	{ "Proslijeđena poruka", true, false },        { "Oorspronkelijk bericht", false, false },
	{ "Oorspronkelijk e-mailbericht", false, false }, { "Doorgestuurd bericht", true, false },
	{ "Begin doorgestuurd bericht", true, true },  { "Oprindelig meddelelse", false, false },
	{ "Videresendt", true, true },                { "Start på videresendt", true, true },
	{ "Opprinnelig melding", false, false },       { "Videresendt melding", true, true },
	{ "Begynnelse på videresendt", true, true },   { "Ursprungligt meddelande", false, false },
	{ "Originalmeddelande", false, false },        { "Vidarebefordrat", true, false },
	{ "Vidarebefordrat meddelande", true, false }, { "Vidarebefordrat mejl", true, true },
	{ "Alkuperäinen viesti", false, false },       { "Välitetty viesti", true, false },
	{ "Edelleenlähetetty viesti", true, false },   { "Eredeti üzenet", false, false },
	{ "Továbbított üzenet", true, false },         { "Továbbított levél", true, false },
	{ "Mesaj original", false, false },            { "Mesaj redirecționat", true, false },
	{ "Mesajul redirecționat", true, false },      { "Începe mesajul redirecționat", true, true },
	{ "Orijinal Mesaj", false, false },            { "Yönlendirilen ileti", true, false },
	{ "İletilen mesaj", true, false },             { "Исходное сообщение", false, false },
	{ "Перенаправленное сообщение", true, false }, { "Пересылаемое сообщение", true, false },
	{ "Переслане повідомлення", true, false },     { "Перенаправлене повідомлення", true, false },
	{ "Пересланное сообщение", true, false },      { "Початок листа", true, true },
	{ "Початок переадресованого", true, true },
	{ "Forwarded message", true, true },           { "Start of forwarded", true, true },
	{ "Välitetty viesti", true, true },            { "Vidarebefordrat", true, true },
	{ "Továbbított levél", true, true },           { "Započni proslijeđenu", true, true },
	{ "Początek przekazywanej", true, true },      { "Начало переадресованного", true, true },
	{ "Начало пересылаемого", true, true },        { "İleti başlangıcı", true, true },
	{ "İletilmiş", true, false },                  { "Edastatud", true, true },
	{ "Edasi saadetud", true, true },              { "Preusmjerena poruka", true, false },
	{ "Препратено съобщение", true, false },       { "Оригинално съобщение", false, false },
	{ "Persiųstas laiškas", true, false },         { "Originalus laiškas", false, false },
	{ "Pārsūtīts ziņojums", true, false },         { "Προωθημένο μήνυμα", true, false },
	{ "Αρχικό μήνυμα", false, false },             { "転送されたメッセージ", true, false },
	{ "转发的邮件", true, false },                 { "原始邮件", false, false },
	{ "Pôvodná správa", false, false },            { "Izvorna poruka", false, false },
	{ "Algne kiri", false, false },                { "Mesajul original", false, false },
	{ "Özgün İleti", false, false },               { "Оригінальне повідомлення", false, false },
	{ "Wiadomość przesłana dalej", true, false },  { "Message réexpédié", true, false },
	{ "Mensaje original reenviado", true, false }, { "Doorgestuurde e-mail", true, false },
	{ "Neges wedi'i Hanfon", true, true },         { "Original Mail", false, false },
};

static bool find_marker(struct bytes words, bool bare, bool *forwards_out)
{
	for (size_t i = 0; i < sizeof markers / sizeof *markers; i++) {
		if ((bare && !markers[i].bare) || !bytes_starts_with_nocase(words, bytes_of(markers[i].words)))
			continue;
		*forwards_out = markers[i].forwards;
		return true;
	}
	return false;
}

bool intro_is_marker(struct bytes words, bool *forwards_out)
{
	return find_marker(words, false, forwards_out);
}

bool intro_is_bare_marker(struct bytes line, bool *forwards_out)
{
	/* Short, and nothing but the marker: a sentence may begin with the same words. */
	return line.length < 80 && bytes_ends_with(line, BYTES(":")) && find_marker(line, true, forwards_out);
}

static const char *const verbs[] = {
	"wrote", "writes", "quoting", "zitat von", "citeren", "said", "ysgrifennodd", "ysgrifennwyd gan", "a écrit", "écrit", "schrieb", "hat geschrieben", "geschrieben",
	"escribió", "escribio", "ha escrito", "escreveu", "ha scritto", "scrive", "napisał(a)", "napisał", "napisała", "pisze",
	"napsal(a)", "napsal", "napsala", "napísal(a)", "napísal", "je napisao", "je napisala", "het volgende geschreven", "geschreven", "schreef",
	"skrev følgende", "skrev", "kirjoitti", "írta", "ezt írta", "a scris", "yazdı", "şunu yazdı", "написал(а)", "написал", "написала", "пишет",
	"пише", "написав", "написала", "написав(ла)", "kirjutas", "ha scritto quanto segue", "a scris următoarele", "rašė", "parašė",
	"rakstīja", "написа", "έγραψε", "napisao je", "napisala je", "je napisal", "napisala", "napisal", "napisana przez", "yazmış", "写道",
	"escribió lo siguiente", "wrote the following", "escreveu no dia", "ezt írta (időpont", "şunları yazdı", "تمت كتابة ما يلي بواسطة", "كتب",
};

/* The longest verb that stands at `at`, as a whole word; 0 when none does. */
static size_t verb_at(struct bytes line, size_t at)
{
	size_t longest = 0;
	char first = ascii_lower(line.data[at]);
	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (verbs[i][0] != first)
			continue;
		struct bytes verb = bytes_of(verbs[i]);
		size_t end = at + verb.length;
		if (verb.length > longest && end <= line.length &&
		    bytes_equal_nocase(bytes_slice(line, at, end), verb) &&
		    (end == line.length || !utf8_is_word(line.data[end])))
			longest = verb.length;
	}
	return longest;
}

bool intro_find_verb(struct bytes line, size_t *start_out, size_t *end_out)
{
	bool found = false;
	for (size_t at = 0; at < line.length; at++) {
		/* Chinese stands without blanks. */
		if (at > 0 && utf8_is_word(line.data[at - 1]) && !bytes_starts_with(bytes_slice(line, at, line.length), BYTES("写道")))
			continue;
		size_t length = verb_at(line, at);
		if (length == 0 || (found && at + length <= *end_out))
			continue; /* the last one, and of those that overlap the longest */
		*start_out = at;
		*end_out = at + length;
		found = true;
	}
	return found;
}

size_t intro_opener(struct bytes line)
{
	static const char *const openers[] = {
		"On", "On behalf", "At", "In article", "Quoting", "Ar", "Am", "Den", "På", "Le", "El", "El día", "Il", "Il giorno", "In data",
		"Em", "No dia", "A", "Op", "Citeren", "Zitat von", "W dniu", "Dnia", "D.", "Pe", "La data", "În data de", "Dne", "Dňa", "V", "U",
		"Dana", "Mi", "Kl.", "На", "Στις", "V V", "Kuupäev", "w dniu", "no dia", "on", "am", "den", "op", "il", "le", "el",
	};
	size_t longest = 0;
	for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
		if (line.length == 0 || openers[i][0] != line.data[0])
			continue;
		struct bytes opener = bytes_of(openers[i]);
		bool fits = bytes_starts_with(line, opener) && line.length > opener.length && ascii_is_space(line.data[opener.length]);
		if (fits && opener.length + 1 > longest)
			longest = opener.length + 1;
	}
	return longest;
}

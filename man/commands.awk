# commands.awk - turns what `copyhold completion list` prints into the manual page copyhold-commands(1), so that the page and the command line cannot
# part ways. A command stands at the margin, its options below it; fields end in tabs.
# SPDX-License-Identifier: GPL-3.0-or-later
BEGIN {
	FS = "\t"
	print ".Dd November 26, 2026"
	print ".Dt COPYHOLD-COMMANDS 1"
	print ".Os"
	print ".Sh NAME"
	print ".Nm copyhold-commands"
	print ".Nd every command of copyhold and its options"
	print ".Sh DESCRIPTION"
	print "What"
	print ".Xr copyhold 1"
	print "explains, as the command line itself has it: each command, its operands and its options."
	print "Every command also knows"
	print ".Fl -help ."
	print ".Bl -tag -width Ds"
}
function escaped(text) {
	gsub(/\\/, "\\e", text)
	gsub(/"/, "\\(dq", text)
	return text
}
function sentence(text) {
	text = escaped(toupper(substr(text, 1, 1)) substr(text, 2))
	return "\\&" text (text ~ /[.)]$/ ? "" : ".")
}
function close_options() {
	if (open)
		print ".El"
	open = 0
}
$1 != "" {
	close_options()
	printf ".It Ic %s%s\n%s\n", $1, $2 == "" ? "" : " \"" escaped($2) "\"", sentence($3)
	count++
	next
}
{
	if (!open)
		print ".Bl -tag -width Ds -compact"
	open = 1
	printf ".It Fl %s%s\n\\&%s\n", substr($2, 2), $3 == "" ? "" : " Ar " tolower($3), escaped($4)
}
END {
	close_options()
	print ".El"
	print ".Sh SEE ALSO"
	print ".Xr copyhold 1 ,"
	print ".Xr copyhold.conf 5"
	if (!count)
		exit 1
}

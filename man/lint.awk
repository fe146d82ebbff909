# lint.awk - turns what `copyhold lint --classes` prints into the manual page copyhold-lint(7). A class stands at the margin, its meaning
# and its remedy below it, indented.
# SPDX-License-Identifier: GPL-3.0-or-later
BEGIN {
	print ".Dd November 26, 2026"
	print ".Dt COPYHOLD-LINT 7"
	print ".Os"
	print ".Sh NAME"
	print ".Nm copyhold-lint"
	print ".Nd what is looked for in a configuration"
	print ".Sh DESCRIPTION"
	print ".Ic copyhold lint"
	print "tells each finding with file and line, the reason, the class in brackets, and below it what to do."
	print "Errors are what the configuration is refused for; all of them are told at once, except those that only follow from others."
	print "Everything else is a warning."
	print ".Ss What is certain, and what is not looked for"
	print "Conditions are held against each other as sentences: what is said with and without"
	print ".Dq not: ,"
	print "and what some sentences say of others"
	print ".Dq ( sender is councillor ,"
	print ".Dq sender is of the council ) ."
	print "Of that, what is told is certain: a rule that is called contradictory never fires."
	print "What is not told is not certain: that no message ever meets two conditions at once because of what their words mean, or because of who is"
	print "in the directory, is not found out."
	print "A rule is called shadowed only when it serves the same clause; a rule for another clause tells people something of its own."
	print ".Pp"
	print "An expression is tried on texts in which each repetition in it stands 30 and 120 times; one that gives up has been seen to."
	print "One that does not may still do so on other texts."
	print "Of phrases that never match, those are found that ask for a character that no text has in its plain form, and plain words that have in"
	print "them what takes their own meaning away; not expressions that are otherwise impossible."
	print ".Pp"
	print "A rule is held by words alone when some way for it to fire asks for nothing but families of phrases."
	print "Which action is too strong for a rule is known of the rules that packs are made of, by their names."
	print "Rules that are off are left out, and families of libraries that nobody uses."
	print ".Sh CLASSES"
	print ".Bl -tag -width Ds"
}
function escaped(text) {
	gsub(/\\/, "\\e", text)
	gsub(/"/, "\\(dq", text)
	return text
}
function sentence(text) { return "\\&" escaped(toupper(substr(text, 1, 1)) substr(text, 2)) (text ~ /[.)*]$/ ? "" : ".") }
/^[^ ]/ { printf ".It Ic %s\n", escaped($0); count++; next }
NF { sub(/^ +/, ""); print sentence($0) }
END {
	print ".El"
	print ".Sh EXAMPLES"
	print ".Dl copyhold -c copyhold.conf lint --strict"
	print ".Sh SEE ALSO"
	print ".Xr copyhold 1 ,"
	print ".Xr copyhold.conf 5"
	if (!count)
		exit 1
}

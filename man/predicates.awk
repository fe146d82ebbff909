# predicates.awk - turns what `copyhold predicates` prints into the manual page copyhold-predicates(5), so that the page
# and the program cannot part ways. A sentence stands at the margin, its meaning below it, indented.
# SPDX-License-Identifier: GPL-3.0-or-later
BEGIN {
	print ".Dd March 2, 2026"
	print ".Dt COPYHOLD-PREDICATES 5"
	print ".Os"
	print ".Sh NAME"
	print ".Nm copyhold-predicates"
	print ".Nd the sentences that rules are written with"
	print ".Sh DESCRIPTION"
	print "A rule of"
	print ".Xr copyhold.conf 5"
	print "is made of these sentences."
	print "A word in braces stands for one of its kind: {role} and {office} as in"
	print ".Xr copyhold-people 5 ,"
	print "{family} a family of phrases, {number} a number, {permission} a kind of permission"
	print "as in copyhold.conf(5), {word} any word."
	print "Before a sentence,"
	print ".Dq not:"
	print "turns it round."
	print "One that begins"
	print ".Dq this recipient"
	print "is asked of each recipient by itself."
	print ".Bl -tag -width Ds"
}
function escaped(text) {
	gsub(/\\/, "\\e", text)
	gsub(/"/, "\\(dq", text)
	return text
}
/^[^ ]/ { printf ".It Ic \"%s\"\n", escaped($0); count++; next }
NF { sub(/^ +/, ""); print "\\&" escaped(toupper(substr($0, 1, 1)) substr($0, 2)) (/[.)]$/ ? "" : ".") }
END {
	print ".El"
	print ".Sh EXAMPLES"
	print ".Dl copyhold predicates"
	print ".Sh SEE ALSO"
	print ".Xr copyhold 1 ,"
	print ".Xr copyhold.conf 5"
	if (!count)
		exit 1
}

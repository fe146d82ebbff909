# page.awk - puts a manual, as cmark-gfm turns it into HTML, into a page: a head, a list of contents, and names for headings to point to.
# SPDX-License-Identifier: GPL-3.0-or-later

function name_of(words) {
	gsub(/<[^>]*>|&[a-z]+;/, "", words)
	words = tolower(words)
	gsub(/[^a-z0-9]+/, "-", words)
	gsub(/^-|-$/, "", words)
	return words
}

/^<h1>/ { title = $0; gsub(/<[^>]*>/, "", title) }

/^<h[23]>/ {
	level = substr($0, 3, 1)
	words = substr($0, 5, length($0) - 9)
	contents = contents "<li class=\"level" level "\"><a href=\"#" name_of(words) "\">" words "</a></li>\n"
	$0 = "<h" level " id=\"" name_of(words) "\">" words "</h" level ">"
}

{ lines[++count] = $0 }

END {
	print "<!DOCTYPE html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
	print "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
	print "<title>" title "</title>\n<style>"
	print "body { font: 1.05em/1.5 sans-serif; max-width: 46em; margin: auto; padding: 1em; color: #111; background: #fff }"
	print "pre { overflow-x: auto; padding: .6em; background: #f3f3f3 } code { font-family: monospace, monospace; font-size: .9em } img { max-width: 100%; border: 1px solid #888 }"
	print "table { border-collapse: collapse } td, th { border: 1px solid #888; padding: .3em .5em; text-align: left; vertical-align: top }"
	print "nav li { list-style: none } nav .level3 { margin-left: 1.5em } @media print { nav { display: none } a { color: inherit } }"
	print "</style></head><body><main>"
	for (i = 1; i <= count; i++) {
		print lines[i]
		if (lines[i] ~ /^<h1>/)
			print "<nav aria-label=\"Contents\"><ul>\n" contents "</ul></nav>"
	}
	print "</main></body></html>"
}

# Installed and distributed files of man/.
dist_man_MANS += man/copyhold.1 man/copyhold.conf.5 man/copyhold-people.5 man/copyhold-milter.8

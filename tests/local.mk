# Installed and distributed files of tests/.
EXTRA_DIST += conf/sample/copyhold.conf conf/sample/people.csv tests/contract/copyhold.conf

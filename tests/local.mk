# Installed and distributed files of tests/.

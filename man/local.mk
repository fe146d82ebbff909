# Installed and distributed files of man/.

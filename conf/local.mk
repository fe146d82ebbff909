# Installed and distributed files of conf/.

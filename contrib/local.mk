# Installed and distributed files of contrib/.

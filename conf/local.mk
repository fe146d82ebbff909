# Installed and distributed files of conf/. packdir comes from configure.
dist_pack_DATA = conf/packs/dunstable.conf

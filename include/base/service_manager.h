/* service_manager.h - telling systemd how we are (sd_notify(3)), without its library. */
#ifndef COPYHOLD_BASE_SERVICE_MANAGER_H
#define COPYHOLD_BASE_SERVICE_MANAGER_H

/* "READY=1", "STOPPING=1" ...; nothing happens when no manager listens. */
void service_manager_tell(const char *state);

#endif

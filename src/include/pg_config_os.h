/*
 * pg_config_os.h
 *		Settings of the operating system family. Linux needs none; modules include the name.
 */
#ifndef PG_CONFIG_OS_H
#define PG_CONFIG_OS_H

#define PLATFORM_DEFAULT_SYNC_METHOD SYNC_METHOD_FDATASYNC

#endif /* PG_CONFIG_OS_H */

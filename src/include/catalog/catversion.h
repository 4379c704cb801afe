/*
 * catversion.h
 *		The version of the system catalogs that this one stands for: PostgreSQL 15's.
 */
#ifndef CATVERSION_H
#define CATVERSION_H

#define CATALOG_VERSION_NO 202209061

#endif /* CATVERSION_H */

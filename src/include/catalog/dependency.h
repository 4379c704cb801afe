/*
 * dependency.h
 *		Dependencies between objects.
 *
 * They are kept by the statements that make objects: each function raises ERROR 0A000 with its name.
 */
#ifndef DEPENDENCY_H
#define DEPENDENCY_H

#include "postgres.h"

#include "catalog/objectaddress.h"

PG_BEGIN_EXTERN_C

typedef enum DependencyType
{
	DEPENDENCY_NORMAL = 'n',
	DEPENDENCY_AUTO = 'a',
	DEPENDENCY_INTERNAL = 'i',
	DEPENDENCY_PARTITION_PRI = 'P',
	DEPENDENCY_PARTITION_SEC = 'S',
	DEPENDENCY_EXTENSION = 'e',
	DEPENDENCY_AUTO_EXTENSION = 'x'
} DependencyType;

typedef enum SharedDependencyType
{
	SHARED_DEPENDENCY_OWNER = 'o',
	SHARED_DEPENDENCY_ACL = 'a',
	SHARED_DEPENDENCY_POLICY = 'r',
	SHARED_DEPENDENCY_TABLESPACE = 't',
	SHARED_DEPENDENCY_INVALID = 0
} SharedDependencyType;

typedef enum ObjectClass
{
	OCLASS_CLASS,
	OCLASS_PROC,
	OCLASS_TYPE,
	OCLASS_CAST,
	OCLASS_COLLATION,
	OCLASS_CONSTRAINT,
	OCLASS_CONVERSION,
	OCLASS_DEFAULT,
	OCLASS_LANGUAGE,
	OCLASS_LARGEOBJECT,
	OCLASS_OPERATOR,
	OCLASS_OPCLASS,
	OCLASS_OPFAMILY,
	OCLASS_AM,
	OCLASS_AMOP,
	OCLASS_AMPROC,
	OCLASS_REWRITE,
	OCLASS_TRIGGER,
	OCLASS_SCHEMA,
	OCLASS_STATISTIC_EXT,
	OCLASS_TSPARSER,
	OCLASS_TSDICT,
	OCLASS_TSTEMPLATE,
	OCLASS_TSCONFIG,
	OCLASS_ROLE,
	OCLASS_DATABASE,
	OCLASS_TBLSPACE,
	OCLASS_FDW,
	OCLASS_FOREIGN_SERVER,
	OCLASS_USER_MAPPING,
	OCLASS_DEFACL,
	OCLASS_EXTENSION,
	OCLASS_EVENT_TRIGGER,
	OCLASS_PARAMETER_ACL,
	OCLASS_POLICY,
	OCLASS_PUBLICATION,
	OCLASS_PUBLICATION_NAMESPACE,
	OCLASS_PUBLICATION_REL,
	OCLASS_SUBSCRIPTION,
	OCLASS_TRANSFORM
} ObjectClass;

typedef struct ObjectAddresses ObjectAddresses;

#define PERFORM_DELETION_INTERNAL 0x0001
#define PERFORM_DELETION_CONCURRENTLY 0x0002
#define PERFORM_DELETION_QUIETLY 0x0004
#define PERFORM_DELETION_SKIP_ORIGINAL 0x0008
#define PERFORM_DELETION_SKIP_EXTENSIONS 0x0010
#define PERFORM_DELETION_CONCURRENT_LOCK 0x0020

extern void performDeletion(const ObjectAddress *object, DropBehavior behavior, int flags);
extern void performMultipleDeletions(const ObjectAddresses *objects, DropBehavior behavior,
									 int flags);
extern ObjectClass getObjectClass(const ObjectAddress *object);
extern ObjectAddresses *new_object_addresses(void);
extern void add_exact_object_address(const ObjectAddress *object, ObjectAddresses *addrs);
extern bool object_address_present(const ObjectAddress *object, const ObjectAddresses *addrs);
extern void record_object_address_dependencies(const ObjectAddress *depender,
											   ObjectAddresses *referenced,
											   DependencyType behavior);
extern void free_object_addresses(ObjectAddresses *addrs);
extern void recordDependencyOn(const ObjectAddress *depender, const ObjectAddress *referenced,
							   DependencyType behavior);
extern void recordMultipleDependencies(const ObjectAddress *depender,
									   const ObjectAddress *referenced, int nreferenced,
									   DependencyType behavior);
extern void recordDependencyOnCurrentExtension(const ObjectAddress *object, bool isReplace);
extern long deleteDependencyRecordsFor(Oid classId, Oid objectId, bool skipExtensionDeps);
extern long deleteDependencyRecordsForClass(Oid classId, Oid objectId, Oid refclassId,
											char deptype);
extern long deleteDependencyRecordsForSpecific(Oid classId, Oid objectId, char deptype,
											   Oid refclassId, Oid refobjectId);
extern long changeDependencyFor(Oid classId, Oid objectId, Oid refClassId, Oid oldRefObjectId,
								Oid newRefObjectId);
extern long changeDependenciesOf(Oid classId, Oid oldObjectId, Oid newObjectId);
extern Oid getExtensionOfObject(Oid classId, Oid objectId);
extern void recordSharedDependencyOn(ObjectAddress *depender, ObjectAddress *referenced,
									 SharedDependencyType deptype);
extern void deleteSharedDependencyRecordsFor(Oid classId, Oid objectId, int32 objectSubId);
extern void changeDependencyOnOwner(Oid classId, Oid objectId, Oid newOwnerId);

PG_END_EXTERN_C

#endif /* DEPENDENCY_H */

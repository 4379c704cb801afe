/*
 * catalog/acl.cpp
 *		Rights and roles for modules (utils/acl.h).
 *
 * Backends and workers with a database, within a transaction.  The rules are rights.cpp's; what it says
 * about roles is in membership.cpp.
 */
#include "postgres.h"

#include "utils/acl.h"

#include "catalog/objects.h"
#include "catalog/pg_class_d.h"
#include "catalog/pg_collation_d.h"
#include "catalog/pg_conversion_d.h"
#include "catalog/pg_database_d.h"
#include "catalog/pg_event_trigger_d.h"
#include "catalog/pg_extension_d.h"
#include "catalog/pg_foreign_data_wrapper_d.h"
#include "catalog/pg_foreign_server_d.h"
#include "catalog/pg_language_d.h"
#include "catalog/pg_namespace_d.h"
#include "catalog/pg_opclass_d.h"
#include "catalog/pg_operator_d.h"
#include "catalog/pg_opfamily_d.h"
#include "catalog/pg_proc_d.h"
#include "catalog/pg_publication_d.h"
#include "catalog/pg_statistic_ext_d.h"
#include "catalog/pg_subscription_d.h"
#include "catalog/pg_tablespace_d.h"
#include "catalog/pg_type_d.h"
#include "catalog/rights.h"
#include "miscadmin.h"
#include "utils/adt/registry.h"
#include "utils/builtins.h"
#include "utils/error/wall.h"

namespace pg
{
namespace
{

AclResult
result_of(bool allowed)
{
	return allowed ? ACLCHECK_OK : ACLCHECK_NO_PRIV;
}

struct Absence
{
	Oid class_id;
	const char *noun;
	int sqlstate = ERRCODE_UNDEFINED_OBJECT;
};

/* How it is said that there is no such object. From the second group of kinds there are no objects at all. */
constexpr Absence kAbsences[] = {
	{RelationRelationId, "relation", ERRCODE_UNDEFINED_TABLE},
	{DatabaseRelationId, "database", ERRCODE_UNDEFINED_DATABASE},
	{NamespaceRelationId, "schema", ERRCODE_UNDEFINED_SCHEMA},
	{ProcedureRelationId, "function", ERRCODE_UNDEFINED_FUNCTION},
	{LanguageRelationId, "language"},
	{TypeRelationId, "type"},

	{ForeignDataWrapperRelationId, "foreign-data wrapper"},
	{ForeignServerRelationId, "foreign server"},
	{OperatorClassRelationId, "operator class"},
	{OperatorFamilyRelationId, "operator family"},
	{ConversionRelationId, "conversion"},
	{EventTriggerRelationId, "event trigger"},
	{PublicationRelationId, "publication"},
	{SubscriptionRelationId, "subscription"},
	{StatisticExtRelationId, "statistics object"},
};

/* Who is no superuser is told when an object is not there. */
void
check_existence(Oid class_id, Oid object)
{
	for (const Absence &kind : kAbsences)
		if (kind.class_id == class_id &&
			(AllRights(class_id) == 0 || !FindRights(class_id, object)))
			Raise(Report(ERROR, kind.sqlstate)
					  .msg("%s with OID %u does not exist", kind.noun, object));
}

/* Objects that have no list here are the superusers'. */
bool
has_all(Oid class_id, Oid object, Oid role, AclMode mode)
{
	if (superuser_arg(role))
		return true;
	check_existence(class_id, object);
	return AllRights(class_id) != 0 && HasAll(class_id, object, role, mode);
}

bool
owns(Oid class_id, Oid object, Oid role)
{
	if (superuser_arg(role))
		return true;
	check_existence(class_id, object);
	return AllRights(class_id) != 0 && OwnsObject(class_id, object, role);
}

/* Relations are looked up before rights are. */
bool
relation_exists(Oid relation, bool *is_missing)
{
	if (FindRelation(relation) != nullptr)
		return true;
	if (is_missing == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_TABLE)
				  .msg("relation with OID %u does not exist", relation));
	*is_missing = true;
	return false;
}

AclMode
rights_held(Oid class_id, Oid object, Oid role, AclMode mask)
{
	return RightsHeld(class_id, object, role, mask);
}

/* What messages call a kind of object; null for kinds that have no rights or no owner. */
const char *
kind_name(ObjectType kind)
{
	switch (kind)
	{
		case OBJECT_AGGREGATE: return "aggregate";
		case OBJECT_COLLATION: return "collation";
		case OBJECT_COLUMN: return "column";
		case OBJECT_CONVERSION: return "conversion";
		case OBJECT_DATABASE: return "database";
		case OBJECT_DOMAIN: return "domain";
		case OBJECT_EVENT_TRIGGER: return "event trigger";
		case OBJECT_EXTENSION: return "extension";
		case OBJECT_FDW: return "foreign-data wrapper";
		case OBJECT_FOREIGN_SERVER: return "foreign server";
		case OBJECT_FOREIGN_TABLE: return "foreign table";
		case OBJECT_FUNCTION: return "function";
		case OBJECT_INDEX: return "index";
		case OBJECT_LANGUAGE: return "language";
		case OBJECT_LARGEOBJECT: return "large object";
		case OBJECT_MATVIEW: return "materialized view";
		case OBJECT_OPCLASS: return "operator class";
		case OBJECT_OPERATOR: return "operator";
		case OBJECT_OPFAMILY: return "operator family";
		case OBJECT_PARAMETER_ACL: return "parameter";
		case OBJECT_POLICY: return "policy";
		case OBJECT_PROCEDURE: return "procedure";
		case OBJECT_PUBLICATION: return "publication";
		case OBJECT_ROUTINE: return "routine";
		case OBJECT_SCHEMA: return "schema";
		case OBJECT_SEQUENCE: return "sequence";
		case OBJECT_STATISTIC_EXT: return "statistics object";
		case OBJECT_SUBSCRIPTION: return "subscription";
		case OBJECT_TABLE: return "table";
		case OBJECT_TABLESPACE: return "tablespace";
		case OBJECT_TSCONFIGURATION: return "text search configuration";
		case OBJECT_TSDICTIONARY: return "text search dictionary";
		case OBJECT_TYPE: return "type";
		case OBJECT_VIEW: return "view";
		default: return nullptr;
	}
}

/* Parts of relations are owned with them. */
ObjectType
owned_kind(ObjectType kind)
{
	switch (kind)
	{
		case OBJECT_COLUMN:
		case OBJECT_POLICY:
		case OBJECT_RULE:
		case OBJECT_TABCONSTRAINT:
		case OBJECT_TRIGGER: return OBJECT_TABLE;
		default: return kind;
	}
}

void
raise_refusal(AclResult result, ObjectType kind, const char *object)
{
	if (result == ACLCHECK_OK)
		return;

	const bool by_owner = result == ACLCHECK_NOT_OWNER;
	const char *const name = kind_name(by_owner ? owned_kind(kind) : kind);

	if (name == nullptr)
		Raise(Report(ERROR).msg("unsupported object type: %d", static_cast<int>(kind)));
	if (by_owner && owned_kind(kind) != kind)
		Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
				  .msg("must be owner of relation %s", object));
	Raise(Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
			  .msg(by_owner ? "must be owner of %s %s" : "permission denied for %s %s", name,
				   object));
}

} /* namespace */
} /* namespace pg */

using pg::FromC;

/*
 * Relations and columns
 */
AclResult
pg_class_aclcheck_ext(Oid table_oid, Oid roleid, AclMode mode, bool *is_missing)
{
	return FromC(
		[&]
		{
			return pg::result_of(pg::relation_exists(table_oid, is_missing) &&
								 pg::HasAll(RelationRelationId, table_oid, roleid, mode));
		});
}

AclResult
pg_class_aclcheck(Oid class_oid, Oid roleid, AclMode mode)
{
	return pg_class_aclcheck_ext(class_oid, roleid, mode, nullptr);
}

AclMode
pg_class_aclmask(Oid table_oid, Oid roleid, AclMode mask, AclMaskHow)
{
	return FromC(
		[&]
		{
			return pg::relation_exists(table_oid, nullptr)
					   ? pg::RightsHeld(RelationRelationId, table_oid, roleid, mask)
					   : ACL_NO_RIGHTS;
		});
}

AclResult
pg_attribute_aclcheck(Oid table_oid, AttrNumber, Oid roleid, AclMode mode)
{
	return pg_class_aclcheck(table_oid, roleid, mode);
}

AclResult
pg_attribute_aclcheck_all(Oid table_oid, Oid roleid, AclMode mode, AclMaskHow)
{
	return pg_class_aclcheck(table_oid, roleid, mode);
}

/*
 * Other objects
 */
AclResult
object_aclcheck(Oid classid, Oid objectid, Oid roleid, AclMode mode)
{
	if (classid == RelationRelationId)
		return pg_class_aclcheck(objectid, roleid, mode);
	return FromC([&] { return pg::result_of(pg::has_all(classid, objectid, roleid, mode)); });
}

AclResult
pg_database_aclcheck(Oid database_oid, Oid roleid, AclMode mode)
{
	return object_aclcheck(DatabaseRelationId, database_oid, roleid, mode);
}

AclResult
pg_namespace_aclcheck(Oid namespace_oid, Oid roleid, AclMode mode)
{
	return object_aclcheck(NamespaceRelationId, namespace_oid, roleid, mode);
}

AclResult
pg_tablespace_aclcheck(Oid tablespace_oid, Oid roleid, AclMode mode)
{
	return object_aclcheck(TableSpaceRelationId, tablespace_oid, roleid, mode);
}

AclResult
pg_proc_aclcheck(Oid proc_oid, Oid roleid, AclMode mode)
{
	return object_aclcheck(ProcedureRelationId, proc_oid, roleid, mode);
}

AclResult
pg_language_aclcheck(Oid language_oid, Oid roleid, AclMode mode)
{
	return object_aclcheck(LanguageRelationId, language_oid, roleid, mode);
}

AclResult
pg_type_aclcheck(Oid type_oid, Oid roleid, AclMode mode)
{
	return object_aclcheck(TypeRelationId, type_oid, roleid, mode);
}

AclResult
pg_foreign_data_wrapper_aclcheck(Oid foreign_data_wrapper_oid, Oid roleid, AclMode mode)
{
	return object_aclcheck(ForeignDataWrapperRelationId, foreign_data_wrapper_oid, roleid, mode);
}

AclResult
pg_foreign_server_aclcheck(Oid foreign_server_oid, Oid roleid, AclMode mode)
{
	return object_aclcheck(ForeignServerRelationId, foreign_server_oid, roleid, mode);
}

AclResult
pg_parameter_aclcheck(const char *, Oid roleid, AclMode)
{
	return FromC([&] { return pg::result_of(superuser_arg(roleid)); });
}

AclMode
pg_database_aclmask(Oid db_oid, Oid roleid, AclMode mask, AclMaskHow)
{
	return FromC([&] { return pg::rights_held(DatabaseRelationId, db_oid, roleid, mask); });
}

AclMode
pg_namespace_aclmask(Oid nsp_oid, Oid roleid, AclMode mask, AclMaskHow)
{
	return FromC([&] { return pg::rights_held(NamespaceRelationId, nsp_oid, roleid, mask); });
}

bool
object_ownercheck(Oid classid, Oid objectid, Oid roleid)
{
	return FromC([&] { return pg::owns(classid, objectid, roleid); });
}

bool
pg_class_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(RelationRelationId, object_oid, roleid);
}

bool
pg_type_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(TypeRelationId, object_oid, roleid);
}

bool
pg_oper_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(OperatorRelationId, object_oid, roleid);
}

bool
pg_proc_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(ProcedureRelationId, object_oid, roleid);
}

bool
pg_language_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(LanguageRelationId, object_oid, roleid);
}

bool
pg_namespace_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(NamespaceRelationId, object_oid, roleid);
}

bool
pg_tablespace_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(TableSpaceRelationId, object_oid, roleid);
}

bool
pg_opclass_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(OperatorClassRelationId, object_oid, roleid);
}

bool
pg_opfamily_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(OperatorFamilyRelationId, object_oid, roleid);
}

bool
pg_database_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(DatabaseRelationId, object_oid, roleid);
}

bool
pg_collation_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(CollationRelationId, object_oid, roleid);
}

bool
pg_conversion_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(ConversionRelationId, object_oid, roleid);
}

bool
pg_foreign_data_wrapper_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(ForeignDataWrapperRelationId, object_oid, roleid);
}

bool
pg_foreign_server_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(ForeignServerRelationId, object_oid, roleid);
}

bool
pg_event_trigger_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(EventTriggerRelationId, object_oid, roleid);
}

bool
pg_extension_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(ExtensionRelationId, object_oid, roleid);
}

bool
pg_publication_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(PublicationRelationId, object_oid, roleid);
}

bool
pg_subscription_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(SubscriptionRelationId, object_oid, roleid);
}

bool
pg_statistics_object_ownercheck(Oid object_oid, Oid roleid)
{
	return object_ownercheck(StatisticExtRelationId, object_oid, roleid);
}

void
aclcheck_error(AclResult aclerr, ObjectType objtype, const char *objectname)
{
	FromC([&] { pg::raise_refusal(aclerr, objtype, objectname); });
}

void
aclcheck_error_col(AclResult aclerr, ObjectType objtype, const char *objectname,
				   const char *colname)
{
	FromC(
		[&]
		{
			if (aclerr == ACLCHECK_NO_PRIV)
				pg::Raise(pg::Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
							  .msg("permission denied for column \"%s\" of relation \"%s\"",
								   colname, objectname));
			pg::raise_refusal(aclerr, objtype, objectname);
		});
}

void
aclcheck_error_type(AclResult aclerr, Oid typeOid)
{
	FromC(
		[&]
		{
			const pg::TypeDef *type = pg::FindType(typeOid);

			/* An array is as accessible as its elements. */
			if (type != nullptr && type->category == 'A')
				typeOid = type->element_oid;
			pg::raise_refusal(aclerr, OBJECT_TYPE, pg::FormatType(typeOid).c_str());
		});
}

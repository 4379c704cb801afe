/*
 * catalog/syscache_table.h
 *		Which catalog each system cache shows, and by which columns it is searched.
 *
 * Facts of PostgreSQL 15, in the order of the caches' numbers.  Included by syscache.cpp alone.
 */
#pragma once

#include "catalog/pg_aggregate_d.h"
#include "catalog/pg_am_d.h"
#include "catalog/pg_amop_d.h"
#include "catalog/pg_amproc_d.h"
#include "catalog/pg_attribute_d.h"
#include "catalog/pg_auth_members_d.h"
#include "catalog/pg_authid_d.h"
#include "catalog/pg_cast_d.h"
#include "catalog/pg_class_d.h"
#include "catalog/pg_collation_d.h"
#include "catalog/pg_constraint_d.h"
#include "catalog/pg_conversion_d.h"
#include "catalog/pg_database_d.h"
#include "catalog/pg_default_acl_d.h"
#include "catalog/pg_enum_d.h"
#include "catalog/pg_event_trigger_d.h"
#include "catalog/pg_extension_d.h"
#include "catalog/pg_foreign_data_wrapper_d.h"
#include "catalog/pg_foreign_server_d.h"
#include "catalog/pg_foreign_table_d.h"
#include "catalog/pg_index_d.h"
#include "catalog/pg_language_d.h"
#include "catalog/pg_namespace_d.h"
#include "catalog/pg_opclass_d.h"
#include "catalog/pg_operator_d.h"
#include "catalog/pg_opfamily_d.h"
#include "catalog/pg_parameter_acl_d.h"
#include "catalog/pg_partitioned_table_d.h"
#include "catalog/pg_proc_d.h"
#include "catalog/pg_publication_d.h"
#include "catalog/pg_publication_namespace_d.h"
#include "catalog/pg_publication_rel_d.h"
#include "catalog/pg_range_d.h"
#include "catalog/pg_replication_origin_d.h"
#include "catalog/pg_rewrite_d.h"
#include "catalog/pg_sequence_d.h"
#include "catalog/pg_statistic_d.h"
#include "catalog/pg_statistic_ext_d.h"
#include "catalog/pg_statistic_ext_data_d.h"
#include "catalog/pg_subscription_d.h"
#include "catalog/pg_subscription_rel_d.h"
#include "catalog/pg_tablespace_d.h"
#include "catalog/pg_transform_d.h"
#include "catalog/pg_ts_config_d.h"
#include "catalog/pg_ts_config_map_d.h"
#include "catalog/pg_ts_dict_d.h"
#include "catalog/pg_ts_parser_d.h"
#include "catalog/pg_ts_template_d.h"
#include "catalog/pg_type_d.h"
#include "catalog/pg_user_mapping_d.h"
#include "utils/syscache.h"

namespace pg
{

struct CacheDef
{
	int id;
	const char *name;
	Oid catalog;
	int16 keys[4]; /* column numbers, 0 behind the last */
};

inline constexpr CacheDef kCaches[] = {
	{AGGFNOID, "AGGFNOID", AggregateRelationId, {Anum_pg_aggregate_aggfnoid}},
	{AMNAME, "AMNAME", AccessMethodRelationId, {Anum_pg_am_amname}},
	{AMOID, "AMOID", AccessMethodRelationId, {Anum_pg_am_oid}},
	{AMOPOPID,
	 "AMOPOPID",
	 AccessMethodOperatorRelationId,
	 {Anum_pg_amop_amopopr, Anum_pg_amop_amoppurpose, Anum_pg_amop_amopfamily}},
	{AMOPSTRATEGY,
	 "AMOPSTRATEGY",
	 AccessMethodOperatorRelationId,
	 {Anum_pg_amop_amopfamily, Anum_pg_amop_amoplefttype, Anum_pg_amop_amoprighttype,
	  Anum_pg_amop_amopstrategy}},
	{AMPROCNUM,
	 "AMPROCNUM",
	 AccessMethodProcedureRelationId,
	 {Anum_pg_amproc_amprocfamily, Anum_pg_amproc_amproclefttype, Anum_pg_amproc_amprocrighttype,
	  Anum_pg_amproc_amprocnum}},
	{ATTNAME,
	 "ATTNAME",
	 AttributeRelationId,
	 {Anum_pg_attribute_attrelid, Anum_pg_attribute_attname}},
	{ATTNUM, "ATTNUM", AttributeRelationId, {Anum_pg_attribute_attrelid, Anum_pg_attribute_attnum}},
	{AUTHMEMMEMROLE,
	 "AUTHMEMMEMROLE",
	 AuthMemRelationId,
	 {Anum_pg_auth_members_member, Anum_pg_auth_members_roleid}},
	{AUTHMEMROLEMEM,
	 "AUTHMEMROLEMEM",
	 AuthMemRelationId,
	 {Anum_pg_auth_members_roleid, Anum_pg_auth_members_member}},
	{AUTHNAME, "AUTHNAME", AuthIdRelationId, {Anum_pg_authid_rolname}},
	{AUTHOID, "AUTHOID", AuthIdRelationId, {Anum_pg_authid_oid}},
	{CASTSOURCETARGET,
	 "CASTSOURCETARGET",
	 CastRelationId,
	 {Anum_pg_cast_castsource, Anum_pg_cast_casttarget}},
	{CLAAMNAMENSP,
	 "CLAAMNAMENSP",
	 OperatorClassRelationId,
	 {Anum_pg_opclass_opcmethod, Anum_pg_opclass_opcname, Anum_pg_opclass_opcnamespace}},
	{CLAOID, "CLAOID", OperatorClassRelationId, {Anum_pg_opclass_oid}},
	{COLLNAMEENCNSP,
	 "COLLNAMEENCNSP",
	 CollationRelationId,
	 {Anum_pg_collation_collname, Anum_pg_collation_collencoding, Anum_pg_collation_collnamespace}},
	{COLLOID, "COLLOID", CollationRelationId, {Anum_pg_collation_oid}},
	{CONDEFAULT,
	 "CONDEFAULT",
	 ConversionRelationId,
	 {Anum_pg_conversion_connamespace, Anum_pg_conversion_conforencoding,
	  Anum_pg_conversion_contoencoding, Anum_pg_conversion_oid}},
	{CONNAMENSP,
	 "CONNAMENSP",
	 ConversionRelationId,
	 {Anum_pg_conversion_conname, Anum_pg_conversion_connamespace}},
	{CONSTROID, "CONSTROID", ConstraintRelationId, {Anum_pg_constraint_oid}},
	{CONVOID, "CONVOID", ConversionRelationId, {Anum_pg_conversion_oid}},
	{DATABASEOID, "DATABASEOID", DatabaseRelationId, {Anum_pg_database_oid}},
	{DEFACLROLENSPOBJ,
	 "DEFACLROLENSPOBJ",
	 DefaultAclRelationId,
	 {Anum_pg_default_acl_defaclrole, Anum_pg_default_acl_defaclnamespace,
	  Anum_pg_default_acl_defaclobjtype}},
	{ENUMOID, "ENUMOID", EnumRelationId, {Anum_pg_enum_oid}},
	{ENUMTYPOIDNAME,
	 "ENUMTYPOIDNAME",
	 EnumRelationId,
	 {Anum_pg_enum_enumtypid, Anum_pg_enum_enumlabel}},
	{EVENTTRIGGERNAME, "EVENTTRIGGERNAME", EventTriggerRelationId, {Anum_pg_event_trigger_evtname}},
	{EVENTTRIGGEROID, "EVENTTRIGGEROID", EventTriggerRelationId, {Anum_pg_event_trigger_oid}},
	{FOREIGNDATAWRAPPERNAME,
	 "FOREIGNDATAWRAPPERNAME",
	 ForeignDataWrapperRelationId,
	 {Anum_pg_foreign_data_wrapper_fdwname}},
	{FOREIGNDATAWRAPPEROID,
	 "FOREIGNDATAWRAPPEROID",
	 ForeignDataWrapperRelationId,
	 {Anum_pg_foreign_data_wrapper_oid}},
	{FOREIGNSERVERNAME,
	 "FOREIGNSERVERNAME",
	 ForeignServerRelationId,
	 {Anum_pg_foreign_server_srvname}},
	{FOREIGNSERVEROID, "FOREIGNSERVEROID", ForeignServerRelationId, {Anum_pg_foreign_server_oid}},
	{FOREIGNTABLEREL, "FOREIGNTABLEREL", ForeignTableRelationId, {Anum_pg_foreign_table_ftrelid}},
	{INDEXRELID, "INDEXRELID", IndexRelationId, {Anum_pg_index_indexrelid}},
	{LANGNAME, "LANGNAME", LanguageRelationId, {Anum_pg_language_lanname}},
	{LANGOID, "LANGOID", LanguageRelationId, {Anum_pg_language_oid}},
	{NAMESPACENAME, "NAMESPACENAME", NamespaceRelationId, {Anum_pg_namespace_nspname}},
	{NAMESPACEOID, "NAMESPACEOID", NamespaceRelationId, {Anum_pg_namespace_oid}},
	{OPERNAMENSP,
	 "OPERNAMENSP",
	 OperatorRelationId,
	 {Anum_pg_operator_oprname, Anum_pg_operator_oprleft, Anum_pg_operator_oprright,
	  Anum_pg_operator_oprnamespace}},
	{OPEROID, "OPEROID", OperatorRelationId, {Anum_pg_operator_oid}},
	{OPFAMILYAMNAMENSP,
	 "OPFAMILYAMNAMENSP",
	 OperatorFamilyRelationId,
	 {Anum_pg_opfamily_opfmethod, Anum_pg_opfamily_opfname, Anum_pg_opfamily_opfnamespace}},
	{OPFAMILYOID, "OPFAMILYOID", OperatorFamilyRelationId, {Anum_pg_opfamily_oid}},
	{PARAMETERACLNAME, "PARAMETERACLNAME", ParameterAclRelationId, {Anum_pg_parameter_acl_parname}},
	{PARAMETERACLOID, "PARAMETERACLOID", ParameterAclRelationId, {Anum_pg_parameter_acl_oid}},
	{PARTRELID, "PARTRELID", PartitionedRelationId, {Anum_pg_partitioned_table_partrelid}},
	{PROCNAMEARGSNSP,
	 "PROCNAMEARGSNSP",
	 ProcedureRelationId,
	 {Anum_pg_proc_proname, Anum_pg_proc_proargtypes, Anum_pg_proc_pronamespace}},
	{PROCOID, "PROCOID", ProcedureRelationId, {Anum_pg_proc_oid}},
	{PUBLICATIONNAME, "PUBLICATIONNAME", PublicationRelationId, {Anum_pg_publication_pubname}},
	{PUBLICATIONNAMESPACE,
	 "PUBLICATIONNAMESPACE",
	 PublicationNamespaceRelationId,
	 {Anum_pg_publication_namespace_oid}},
	{PUBLICATIONNAMESPACEMAP,
	 "PUBLICATIONNAMESPACEMAP",
	 PublicationNamespaceRelationId,
	 {Anum_pg_publication_namespace_pnnspid, Anum_pg_publication_namespace_pnpubid}},
	{PUBLICATIONOID, "PUBLICATIONOID", PublicationRelationId, {Anum_pg_publication_oid}},
	{PUBLICATIONREL, "PUBLICATIONREL", PublicationRelRelationId, {Anum_pg_publication_rel_oid}},
	{PUBLICATIONRELMAP,
	 "PUBLICATIONRELMAP",
	 PublicationRelRelationId,
	 {Anum_pg_publication_rel_prrelid, Anum_pg_publication_rel_prpubid}},
	{RANGEMULTIRANGE, "RANGEMULTIRANGE", RangeRelationId, {Anum_pg_range_rngmultitypid}},
	{RANGETYPE, "RANGETYPE", RangeRelationId, {Anum_pg_range_rngtypid}},
	{RELNAMENSP,
	 "RELNAMENSP",
	 RelationRelationId,
	 {Anum_pg_class_relname, Anum_pg_class_relnamespace}},
	{RELOID, "RELOID", RelationRelationId, {Anum_pg_class_oid}},
	{REPLORIGIDENT,
	 "REPLORIGIDENT",
	 ReplicationOriginRelationId,
	 {Anum_pg_replication_origin_roident}},
	{REPLORIGNAME,
	 "REPLORIGNAME",
	 ReplicationOriginRelationId,
	 {Anum_pg_replication_origin_roname}},
	{RULERELNAME,
	 "RULERELNAME",
	 RewriteRelationId,
	 {Anum_pg_rewrite_ev_class, Anum_pg_rewrite_rulename}},
	{SEQRELID, "SEQRELID", SequenceRelationId, {Anum_pg_sequence_seqrelid}},
	{STATEXTDATASTXOID,
	 "STATEXTDATASTXOID",
	 StatisticExtDataRelationId,
	 {Anum_pg_statistic_ext_data_stxoid, Anum_pg_statistic_ext_data_stxdinherit}},
	{STATEXTNAMENSP,
	 "STATEXTNAMENSP",
	 StatisticExtRelationId,
	 {Anum_pg_statistic_ext_stxname, Anum_pg_statistic_ext_stxnamespace}},
	{STATEXTOID, "STATEXTOID", StatisticExtRelationId, {Anum_pg_statistic_ext_oid}},
	{STATRELATTINH,
	 "STATRELATTINH",
	 StatisticRelationId,
	 {Anum_pg_statistic_starelid, Anum_pg_statistic_staattnum, Anum_pg_statistic_stainherit}},
	{SUBSCRIPTIONNAME,
	 "SUBSCRIPTIONNAME",
	 SubscriptionRelationId,
	 {Anum_pg_subscription_subdbid, Anum_pg_subscription_subname}},
	{SUBSCRIPTIONOID, "SUBSCRIPTIONOID", SubscriptionRelationId, {Anum_pg_subscription_oid}},
	{SUBSCRIPTIONRELMAP,
	 "SUBSCRIPTIONRELMAP",
	 SubscriptionRelRelationId,
	 {Anum_pg_subscription_rel_srrelid, Anum_pg_subscription_rel_srsubid}},
	{TABLESPACEOID, "TABLESPACEOID", TableSpaceRelationId, {Anum_pg_tablespace_oid}},
	{TRFOID, "TRFOID", TransformRelationId, {Anum_pg_transform_oid}},
	{TRFTYPELANG,
	 "TRFTYPELANG",
	 TransformRelationId,
	 {Anum_pg_transform_trftype, Anum_pg_transform_trflang}},
	{TSCONFIGMAP,
	 "TSCONFIGMAP",
	 TSConfigMapRelationId,
	 {Anum_pg_ts_config_map_mapcfg, Anum_pg_ts_config_map_maptokentype,
	  Anum_pg_ts_config_map_mapseqno}},
	{TSCONFIGNAMENSP,
	 "TSCONFIGNAMENSP",
	 TSConfigRelationId,
	 {Anum_pg_ts_config_cfgname, Anum_pg_ts_config_cfgnamespace}},
	{TSCONFIGOID, "TSCONFIGOID", TSConfigRelationId, {Anum_pg_ts_config_oid}},
	{TSDICTNAMENSP,
	 "TSDICTNAMENSP",
	 TSDictionaryRelationId,
	 {Anum_pg_ts_dict_dictname, Anum_pg_ts_dict_dictnamespace}},
	{TSDICTOID, "TSDICTOID", TSDictionaryRelationId, {Anum_pg_ts_dict_oid}},
	{TSPARSERNAMENSP,
	 "TSPARSERNAMENSP",
	 TSParserRelationId,
	 {Anum_pg_ts_parser_prsname, Anum_pg_ts_parser_prsnamespace}},
	{TSPARSEROID, "TSPARSEROID", TSParserRelationId, {Anum_pg_ts_parser_oid}},
	{TSTEMPLATENAMENSP,
	 "TSTEMPLATENAMENSP",
	 TSTemplateRelationId,
	 {Anum_pg_ts_template_tmplname, Anum_pg_ts_template_tmplnamespace}},
	{TSTEMPLATEOID, "TSTEMPLATEOID", TSTemplateRelationId, {Anum_pg_ts_template_oid}},
	{TYPENAMENSP, "TYPENAMENSP", TypeRelationId, {Anum_pg_type_typname, Anum_pg_type_typnamespace}},
	{TYPEOID, "TYPEOID", TypeRelationId, {Anum_pg_type_oid}},
	{USERMAPPINGOID, "USERMAPPINGOID", UserMappingRelationId, {Anum_pg_user_mapping_oid}},
	{USERMAPPINGUSERSERVER,
	 "USERMAPPINGUSERSERVER",
	 UserMappingRelationId,
	 {Anum_pg_user_mapping_umuser, Anum_pg_user_mapping_umserver}},
	{EXTENSIONOID, "EXTENSIONOID", ExtensionRelationId, {Anum_pg_extension_oid}},
};

static_assert(
	[]
	{
		int id = 0;

		for (const CacheDef &cache : kCaches)
			if (cache.id != id++)
				return false;
		return id == SysCacheSize;
	}());

} /* namespace pg */

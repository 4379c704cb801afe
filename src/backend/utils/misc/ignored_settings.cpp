/*
 * utils/misc/ignored_settings.cpp
 *		Settings of PostgreSQL that change nothing here.
 *
 * They are known so that a postgresql.conf, ALTER SYSTEM or SET written for PostgreSQL works: names, types, ranges, units and
 * contexts are PostgreSQL 15's, with those that 16 to 18 added.  pg_settings tells them apart by their category, and the
 * server's log names those that the files change.  A setting that would promise something when it is turned on (kStays)
 * takes its default only.  A name that another folder declares is not taken from here.
 */
#include <cfloat>
#include <climits>
#include <cstring>
#include <vector>

#include "access/commit_ts.h"
#include "access/twophase.h"
#include "access/xlog.h"
#include "postmaster/autovacuum.h"
#include "replication/walreceiver.h"
#include "replication/walsender.h"
#include "storage/bufmgr.h"
#include "storage/fd.h"
#include "tcop/tcopprot.h"
#include "utils/guc.h"
#include "utils/misc/settings.h"

bool hot_standby_feedback, log_executor_stats, log_parser_stats, log_planner_stats,
	log_replication_commands, log_statement_stats, track_commit_timestamp, track_io_timing;
int autovacuum_max_workers, client_connection_check_interval, max_files_per_process,
	max_prepared_xacts, wal_receiver_status_interval, wal_receiver_timeout,
	wal_retrieve_retry_interval, wal_sender_timeout;

namespace pg
{

namespace
{

constexpr bool kStays = true;
constexpr size_t kMostValues = 9;

struct BoolRow
{
	const char *name;
	GucContext context;
	bool boot;
	bool stays = false;
	bool *variable = nullptr; /* of a public header */
};

struct IntRow
{
	const char *name;
	GucContext context;
	int boot, min, max;
	int unit = 0;
	int *variable = nullptr; /* of a public header */
};

struct RealRow
{
	const char *name;
	GucContext context;
	double boot, min, max;
	int unit = 0;
};

struct TextRow
{
	const char *name;
	GucContext context;
	const char *boot;
	bool stays = false;
};

/* The first value is the default. */
struct EnumRow
{
	const char *name;
	GucContext context;
	const char *values[kMostValues + 1];
	bool stays = false;
};

/* clang-format off */
constexpr BoolRow kBools[] = {
	{"allow_alter_system", PGC_SIGHUP, true},
	{"allow_in_place_tablespaces", PGC_SUSET, false},
	{"allow_system_table_mods", PGC_SUSET, false},
	{"array_nulls", PGC_USERSET, true, kStays},
	{"autovacuum", PGC_SIGHUP, true},
	{"bonjour", PGC_POSTMASTER, false},
	{"check_function_bodies", PGC_USERSET, true},
	{"data_sync_retry", PGC_POSTMASTER, false, false, &data_sync_retry},
	{"db_user_namespace", PGC_SIGHUP, false, kStays},
	{"debug_pretty_print", PGC_USERSET, true},
	{"debug_print_parse", PGC_USERSET, false},
	{"debug_print_plan", PGC_USERSET, false},
	{"debug_print_rewritten", PGC_USERSET, false},
	{"enable_async_append", PGC_USERSET, true},
	{"enable_bitmapscan", PGC_USERSET, true},
	{"enable_distinct_reordering", PGC_USERSET, true},
	{"enable_gathermerge", PGC_USERSET, true},
	{"enable_group_by_reordering", PGC_USERSET, true},
	{"enable_hashagg", PGC_USERSET, true},
	{"enable_hashjoin", PGC_USERSET, true},
	{"enable_incremental_sort", PGC_USERSET, true},
	{"enable_indexonlyscan", PGC_USERSET, true},
	{"enable_indexscan", PGC_USERSET, true},
	{"enable_material", PGC_USERSET, true},
	{"enable_memoize", PGC_USERSET, true},
	{"enable_mergejoin", PGC_USERSET, true},
	{"enable_nestloop", PGC_USERSET, true},
	{"enable_parallel_append", PGC_USERSET, true},
	{"enable_parallel_hash", PGC_USERSET, true},
	{"enable_partition_pruning", PGC_USERSET, true},
	{"enable_partitionwise_aggregate", PGC_USERSET, false},
	{"enable_partitionwise_join", PGC_USERSET, false},
	{"enable_presorted_aggregate", PGC_USERSET, true},
	{"enable_self_join_elimination", PGC_USERSET, true},
	{"enable_seqscan", PGC_USERSET, true},
	{"enable_sort", PGC_USERSET, true},
	{"enable_tidscan", PGC_USERSET, true},
	{"event_triggers", PGC_SUSET, true},
	{"full_page_writes", PGC_SIGHUP, true},
	{"geqo", PGC_USERSET, true},
	{"gss_accept_delegation", PGC_SIGHUP, false},
	{"hot_standby_feedback", PGC_SIGHUP, false, false, &hot_standby_feedback},
	{"ignore_checksum_failure", PGC_SUSET, false},
	{"ignore_invalid_pages", PGC_POSTMASTER, false},
	{"ignore_system_indexes", PGC_BACKEND, false},
	{"jit", PGC_USERSET, true},
	{"jit_debugging_support", PGC_SU_BACKEND, false},
	{"jit_dump_bitcode", PGC_SUSET, false},
	{"jit_expressions", PGC_USERSET, true},
	{"jit_profiling_support", PGC_SU_BACKEND, false},
	{"jit_tuple_deforming", PGC_USERSET, true},
	{"krb_caseins_users", PGC_SIGHUP, false},
	{"lo_compat_privileges", PGC_SUSET, false},
	{"log_executor_stats", PGC_SUSET, false, false, &log_executor_stats},
	{"log_lock_failures", PGC_SUSET, false},
	{"log_parser_stats", PGC_SUSET, false, false, &log_parser_stats},
	{"log_planner_stats", PGC_SUSET, false, false, &log_planner_stats},
	{"log_recovery_conflict_waits", PGC_SIGHUP, false},
	{"log_replication_commands", PGC_SUSET, false, false, &log_replication_commands},
	{"log_statement_stats", PGC_SUSET, false, false, &log_statement_stats},
	{"md5_password_warnings", PGC_USERSET, true},
	{"parallel_leader_participation", PGC_USERSET, true},
	{"quote_all_identifiers", PGC_USERSET, false},
	{"recovery_target_inclusive", PGC_POSTMASTER, true},
	{"remove_temp_files_after_crash", PGC_SIGHUP, true},
	{"row_security", PGC_USERSET, true},
	{"send_abort_for_crash", PGC_SIGHUP, false},
	{"send_abort_for_kill", PGC_SIGHUP, false},
	{"ssl", PGC_SIGHUP, false, kStays},
	{"ssl_passphrase_command_supports_reload", PGC_SIGHUP, false},
	{"ssl_prefer_server_ciphers", PGC_SIGHUP, true},
	{"summarize_wal", PGC_SIGHUP, false},
	{"sync_replication_slots", PGC_SIGHUP, false},
	{"synchronize_seqscans", PGC_USERSET, true},
	{"syslog_sequence_numbers", PGC_SIGHUP, true},
	{"syslog_split_messages", PGC_SIGHUP, true},
	{"trace_connection_negotiation", PGC_POSTMASTER, false},
	{"trace_notify", PGC_USERSET, false},
	{"trace_sort", PGC_USERSET, false},
	{"track_commit_timestamp", PGC_POSTMASTER, false, false, &track_commit_timestamp},
	{"track_cost_delay_timing", PGC_SUSET, false},
	{"track_counts", PGC_SUSET, true},
	{"track_io_timing", PGC_SUSET, false, false, &track_io_timing},
	{"track_wal_io_timing", PGC_SUSET, false},
	{"transform_null_equals", PGC_USERSET, false, kStays},
	{"vacuum_truncate", PGC_USERSET, true},
	{"wal_init_zero", PGC_SUSET, true},
	{"wal_log_hints", PGC_POSTMASTER, false},
	{"wal_receiver_create_temp_slot", PGC_SIGHUP, false},
	{"wal_recycle", PGC_SUSET, true},
	{"zero_damaged_pages", PGC_SUSET, false},
};

constexpr IntRow kInts[] = {
	{"archive_timeout", PGC_SIGHUP, 0, 0, 1073741823, GUC_UNIT_S},
	{"autovacuum_analyze_threshold", PGC_SIGHUP, 50, 0, INT_MAX},
	{"autovacuum_freeze_max_age", PGC_POSTMASTER, 200000000, 100000, 2000000000},
	{"autovacuum_max_workers", PGC_POSTMASTER, 3, 1, 262143, 0, &autovacuum_max_workers},
	{"autovacuum_multixact_freeze_max_age", PGC_POSTMASTER, 400000000, 10000, 2000000000},
	{"autovacuum_naptime", PGC_SIGHUP, 60, 1, 2147483, GUC_UNIT_S},
	{"autovacuum_vacuum_cost_limit", PGC_SIGHUP, -1, -1, 10000},
	{"autovacuum_vacuum_insert_threshold", PGC_SIGHUP, 1000, -1, INT_MAX},
	{"autovacuum_vacuum_max_threshold", PGC_SIGHUP, 100000000, -1, INT_MAX},
	{"autovacuum_vacuum_threshold", PGC_SIGHUP, 50, 0, INT_MAX},
	{"autovacuum_work_mem", PGC_SIGHUP, -1, -1, INT_MAX, GUC_UNIT_KB},
	{"autovacuum_worker_slots", PGC_POSTMASTER, 16, 1, 262143},
	{"backend_flush_after", PGC_USERSET, 0, 0, 256, GUC_UNIT_BLOCKS},
	{"bgwriter_delay", PGC_SIGHUP, 200, 10, 10000, GUC_UNIT_MS},
	{"bgwriter_flush_after", PGC_SIGHUP, 64, 0, 256, GUC_UNIT_BLOCKS},
	{"bgwriter_lru_maxpages", PGC_SIGHUP, 100, 0, 1073741823},
	{"checkpoint_flush_after", PGC_SIGHUP, 32, 0, 256, GUC_UNIT_BLOCKS},
	{"checkpoint_warning", PGC_SIGHUP, 30, 0, INT_MAX, GUC_UNIT_S},
	{"client_connection_check_interval", PGC_USERSET, 0, 0, INT_MAX, GUC_UNIT_MS, &client_connection_check_interval},
	{"commit_delay", PGC_SUSET, 0, 0, 100000},
	{"commit_siblings", PGC_USERSET, 5, 0, 1000},
	{"commit_timestamp_buffers", PGC_POSTMASTER, 0, 0, 131072, GUC_UNIT_BLOCKS},
	{"debug_discard_caches", PGC_SUSET, 0, 0, 0},
	{"default_statistics_target", PGC_USERSET, 100, 1, 10000},
	{"effective_cache_size", PGC_USERSET, 524288, 1, INT_MAX, GUC_UNIT_BLOCKS},
	{"effective_io_concurrency", PGC_USERSET, 1, 0, 1000},
	{"from_collapse_limit", PGC_USERSET, 8, 1, INT_MAX},
	{"geqo_effort", PGC_USERSET, 5, 1, 10},
	{"geqo_generations", PGC_USERSET, 0, 0, INT_MAX},
	{"geqo_pool_size", PGC_USERSET, 0, 0, INT_MAX},
	{"geqo_threshold", PGC_USERSET, 12, 2, INT_MAX},
	{"gin_fuzzy_search_limit", PGC_USERSET, 0, 0, INT_MAX},
	{"gin_pending_list_limit", PGC_USERSET, 4096, 64, INT_MAX, GUC_UNIT_KB},
	{"huge_page_size", PGC_POSTMASTER, 0, 0, INT_MAX, GUC_UNIT_KB},
	{"idle_replication_slot_timeout", PGC_SIGHUP, 0, 0, INT_MAX, GUC_UNIT_S},
	{"io_combine_limit", PGC_USERSET, 16, 1, 128, GUC_UNIT_BLOCKS},
	{"io_max_combine_limit", PGC_POSTMASTER, 16, 1, 128, GUC_UNIT_BLOCKS},
	{"io_max_concurrency", PGC_POSTMASTER, -1, -1, 1024},
	{"io_workers", PGC_SIGHUP, 3, 1, 32},
	{"join_collapse_limit", PGC_USERSET, 8, 1, INT_MAX},
	{"log_autovacuum_min_duration", PGC_SIGHUP, 600000, -1, INT_MAX, GUC_UNIT_MS},
	{"log_min_duration_sample", PGC_SUSET, -1, -1, INT_MAX, GUC_UNIT_MS},
	{"log_parameter_max_length", PGC_SUSET, -1, -1, 1073741823, GUC_UNIT_BYTE},
	{"log_parameter_max_length_on_error", PGC_USERSET, 0, -1, 1073741823, GUC_UNIT_BYTE},
	{"log_startup_progress_interval", PGC_SIGHUP, 10000, 0, INT_MAX, GUC_UNIT_MS},
	{"log_temp_files", PGC_SUSET, -1, -1, INT_MAX, GUC_UNIT_KB},
	{"logical_decoding_work_mem", PGC_USERSET, 65536, 64, INT_MAX, GUC_UNIT_KB},
	{"maintenance_io_concurrency", PGC_USERSET, 10, 0, 1000},
	{"max_active_replication_origins", PGC_POSTMASTER, 10, 0, 262143},
	{"max_files_per_process", PGC_POSTMASTER, 1000, 64, INT_MAX, 0, &max_files_per_process},
	{"max_logical_replication_workers", PGC_POSTMASTER, 4, 0, 262143},
	{"max_notify_queue_pages", PGC_POSTMASTER, 1048576, 64, INT_MAX},
	{"max_parallel_apply_workers_per_subscription", PGC_SIGHUP, 2, 0, 1024},
	{"max_parallel_maintenance_workers", PGC_USERSET, 2, 0, 1024},
	{"max_parallel_workers_per_gather", PGC_USERSET, 2, 0, 1024},
	{"max_pred_locks_per_page", PGC_SIGHUP, 2, 0, INT_MAX},
	{"max_pred_locks_per_relation", PGC_SIGHUP, -2, -2147483648, INT_MAX},
	{"max_pred_locks_per_transaction", PGC_POSTMASTER, 64, 10, INT_MAX},
	{"max_prepared_transactions", PGC_POSTMASTER, 0, 0, 262143, 0, &max_prepared_xacts},
	{"max_replication_slots", PGC_POSTMASTER, 10, 0, 262143},
	{"max_slot_wal_keep_size", PGC_SIGHUP, -1, -1, INT_MAX, GUC_UNIT_MB},
	{"max_standby_archive_delay", PGC_SIGHUP, 30000, -1, INT_MAX, GUC_UNIT_MS},
	{"max_standby_streaming_delay", PGC_SIGHUP, 30000, -1, INT_MAX, GUC_UNIT_MS},
	{"max_sync_workers_per_subscription", PGC_SIGHUP, 2, 0, 262143},
	{"max_wal_senders", PGC_POSTMASTER, 10, 0, 262143},
	{"min_parallel_index_scan_size", PGC_USERSET, 64, 0, 715827882, GUC_UNIT_BLOCKS},
	{"min_parallel_table_scan_size", PGC_USERSET, 1024, 0, 715827882, GUC_UNIT_BLOCKS},
	{"min_wal_size", PGC_SIGHUP, 80, 2, INT_MAX, GUC_UNIT_MB},
	{"multixact_member_buffers", PGC_POSTMASTER, 32, 16, 131072, GUC_UNIT_BLOCKS},
	{"multixact_offset_buffers", PGC_POSTMASTER, 16, 16, 131072, GUC_UNIT_BLOCKS},
	{"notify_buffers", PGC_POSTMASTER, 16, 16, 131072, GUC_UNIT_BLOCKS},
	{"old_snapshot_threshold", PGC_POSTMASTER, -1, -1, 86400, GUC_UNIT_MIN},
	{"post_auth_delay", PGC_BACKEND, 0, 0, 2147, GUC_UNIT_S},
	{"pre_auth_delay", PGC_SIGHUP, 0, 0, 60, GUC_UNIT_S},
	{"recovery_min_apply_delay", PGC_SIGHUP, 0, 0, INT_MAX, GUC_UNIT_MS},
	{"reserved_connections", PGC_POSTMASTER, 0, 0, 262143},
	{"scram_iterations", PGC_USERSET, 4096, 1, INT_MAX},
	{"serializable_buffers", PGC_POSTMASTER, 32, 16, 131072, GUC_UNIT_BLOCKS},
	{"shared_buffers", PGC_POSTMASTER, 16384, 16, 1073741823, GUC_UNIT_BLOCKS},
	{"subtransaction_buffers", PGC_POSTMASTER, 0, 0, 131072, GUC_UNIT_BLOCKS},
	{"tcp_keepalives_count", PGC_USERSET, 0, 0, INT_MAX},
	{"tcp_keepalives_idle", PGC_USERSET, 0, 0, INT_MAX, GUC_UNIT_S},
	{"tcp_keepalives_interval", PGC_USERSET, 0, 0, INT_MAX, GUC_UNIT_S},
	{"tcp_user_timeout", PGC_USERSET, 0, 0, INT_MAX, GUC_UNIT_MS},
	{"temp_buffers", PGC_USERSET, 1024, 100, 1073741823, GUC_UNIT_BLOCKS},
	{"temp_file_limit", PGC_SUSET, -1, -1, INT_MAX, GUC_UNIT_KB},
	{"transaction_buffers", PGC_POSTMASTER, 0, 0, 131072, GUC_UNIT_BLOCKS},
	{"vacuum_buffer_usage_limit", PGC_USERSET, 2048, 0, 16777216, GUC_UNIT_KB},
	{"vacuum_cost_limit", PGC_USERSET, 200, 1, 10000},
	{"vacuum_cost_page_dirty", PGC_USERSET, 20, 0, 10000},
	{"vacuum_cost_page_hit", PGC_USERSET, 1, 0, 10000},
	{"vacuum_cost_page_miss", PGC_USERSET, 2, 0, 10000},
	{"vacuum_defer_cleanup_age", PGC_SIGHUP, 0, 0, 1000000},
	{"vacuum_failsafe_age", PGC_USERSET, 1600000000, 0, 2100000000},
	{"vacuum_freeze_min_age", PGC_USERSET, 50000000, 0, 1000000000},
	{"vacuum_freeze_table_age", PGC_USERSET, 150000000, 0, 2000000000},
	{"vacuum_multixact_failsafe_age", PGC_USERSET, 1600000000, 0, 2100000000},
	{"vacuum_multixact_freeze_min_age", PGC_USERSET, 5000000, 0, 1000000000},
	{"vacuum_multixact_freeze_table_age", PGC_USERSET, 150000000, 0, 2000000000},
	{"wal_buffers", PGC_POSTMASTER, -1, -1, 262143, GUC_UNIT_BLOCKS},
	{"wal_decode_buffer_size", PGC_POSTMASTER, 524288, 65536, 1073741823, GUC_UNIT_BYTE},
	{"wal_keep_size", PGC_SIGHUP, 0, 0, INT_MAX, GUC_UNIT_MB},
	{"wal_receiver_status_interval", PGC_SIGHUP, 10, 0, 2147483, GUC_UNIT_S, &wal_receiver_status_interval},
	{"wal_receiver_timeout", PGC_SIGHUP, 60000, 0, INT_MAX, GUC_UNIT_MS, &wal_receiver_timeout},
	{"wal_retrieve_retry_interval", PGC_SIGHUP, 5000, 1, INT_MAX, GUC_UNIT_MS, &wal_retrieve_retry_interval},
	{"wal_sender_timeout", PGC_USERSET, 60000, 0, INT_MAX, GUC_UNIT_MS, &wal_sender_timeout},
	{"wal_skip_threshold", PGC_USERSET, 2048, 0, INT_MAX, GUC_UNIT_KB},
	{"wal_summary_keep_time", PGC_SIGHUP, 14400, 0, INT_MAX, GUC_UNIT_MIN},
	{"wal_writer_flush_after", PGC_SIGHUP, 128, 0, INT_MAX, GUC_UNIT_BLOCKS},
};

constexpr RealRow kReals[] = {
	{"autovacuum_analyze_scale_factor", PGC_SIGHUP, 0.1, 0, 100},
	{"autovacuum_vacuum_cost_delay", PGC_SIGHUP, 2, -1, 100, GUC_UNIT_MS},
	{"autovacuum_vacuum_insert_scale_factor", PGC_SIGHUP, 0.2, 0, 100},
	{"autovacuum_vacuum_scale_factor", PGC_SIGHUP, 0.2, 0, 100},
	{"bgwriter_lru_multiplier", PGC_SIGHUP, 2, 0, 10},
	{"checkpoint_completion_target", PGC_SIGHUP, 0.9, 0, 1},
	{"cpu_index_tuple_cost", PGC_USERSET, 0.005, 0, DBL_MAX},
	{"cpu_operator_cost", PGC_USERSET, 0.0025, 0, DBL_MAX},
	{"cpu_tuple_cost", PGC_USERSET, 0.01, 0, DBL_MAX},
	{"cursor_tuple_fraction", PGC_USERSET, 0.1, 0, 1},
	{"geqo_seed", PGC_USERSET, 0, 0, 1},
	{"geqo_selection_bias", PGC_USERSET, 2, 1.5, 2},
	{"hash_mem_multiplier", PGC_USERSET, 2, 1, 1000},
	{"jit_above_cost", PGC_USERSET, 100000, -1, DBL_MAX},
	{"jit_inline_above_cost", PGC_USERSET, 500000, -1, DBL_MAX},
	{"jit_optimize_above_cost", PGC_USERSET, 500000, -1, DBL_MAX},
	{"log_statement_sample_rate", PGC_SUSET, 1, 0, 1},
	{"log_transaction_sample_rate", PGC_SUSET, 0, 0, 1},
	{"parallel_setup_cost", PGC_USERSET, 1000, 0, DBL_MAX},
	{"parallel_tuple_cost", PGC_USERSET, 0.1, 0, DBL_MAX},
	{"random_page_cost", PGC_USERSET, 4, 0, DBL_MAX},
	{"recursive_worktable_factor", PGC_USERSET, 10, 0.001, 1e+06},
	{"seq_page_cost", PGC_USERSET, 1, 0, DBL_MAX},
	{"vacuum_cost_delay", PGC_USERSET, 0, 0, 100, GUC_UNIT_MS},
	{"vacuum_max_eager_freeze_failure_rate", PGC_USERSET, 0.03, 0, 1},
};

constexpr TextRow kTexts[] = {
	{"archive_cleanup_command", PGC_SIGHUP, ""},
	{"archive_command", PGC_SIGHUP, ""},
	{"archive_library", PGC_SIGHUP, ""},
	{"backtrace_functions", PGC_SUSET, ""},
	{"bonjour_name", PGC_POSTMASTER, ""},
	{"createrole_self_grant", PGC_USERSET, ""},
	{"debug_io_direct", PGC_POSTMASTER, ""},
	{"default_table_access_method", PGC_USERSET, "heap", kStays},
	{"default_tablespace", PGC_USERSET, "", kStays},
	{"default_text_search_config", PGC_USERSET, "pg_catalog.simple"},
	{"event_source", PGC_POSTMASTER, "PostgreSQL"},
	{"jit_provider", PGC_POSTMASTER, "llvmjit"},
	{"krb_server_keyfile", PGC_SIGHUP, ""},
	{"oauth_validator_libraries", PGC_SIGHUP, ""},
	{"primary_conninfo", PGC_SIGHUP, ""},
	{"primary_slot_name", PGC_SIGHUP, ""},
	{"recovery_end_command", PGC_SIGHUP, ""},
	{"recovery_target", PGC_POSTMASTER, ""},
	{"recovery_target_lsn", PGC_POSTMASTER, ""},
	{"recovery_target_name", PGC_POSTMASTER, ""},
	{"recovery_target_time", PGC_POSTMASTER, ""},
	{"recovery_target_timeline", PGC_POSTMASTER, "latest"},
	{"recovery_target_xid", PGC_POSTMASTER, ""},
	{"restore_command", PGC_SIGHUP, ""},
	{"restrict_nonsystem_relation_kind", PGC_USERSET, ""},
	{"ssl_ca_file", PGC_SIGHUP, ""},
	{"ssl_cert_file", PGC_SIGHUP, "server.crt"},
	{"ssl_ciphers", PGC_SIGHUP, "HIGH:MEDIUM:+3DES:!aNULL"},
	{"ssl_crl_dir", PGC_SIGHUP, ""},
	{"ssl_crl_file", PGC_SIGHUP, ""},
	{"ssl_dh_params_file", PGC_SIGHUP, ""},
	{"ssl_ecdh_curve", PGC_SIGHUP, "prime256v1"},
	{"ssl_groups", PGC_SIGHUP, "X25519:prime256v1"},
	{"ssl_key_file", PGC_SIGHUP, "server.key"},
	{"ssl_passphrase_command", PGC_SIGHUP, ""},
	{"ssl_tls13_ciphers", PGC_SIGHUP, ""},
	{"synchronized_standby_slots", PGC_SIGHUP, ""},
	{"synchronous_standby_names", PGC_SIGHUP, "", kStays},
	{"syslog_ident", PGC_SIGHUP, "postgres"},
	{"temp_tablespaces", PGC_USERSET, "", kStays},
	{"timezone_abbreviations", PGC_USERSET, ""},
	{"wal_consistency_checking", PGC_SUSET, ""},
};

constexpr EnumRow kEnums[] = {
	{"archive_mode", PGC_POSTMASTER, {"off", "always", "on"}, kStays},
	{"backslash_quote", PGC_USERSET, {"safe_encoding", "on", "off"}},
	{"composite_type_mismatch", PGC_SUSET, {"error", "warn", "disabled"}},
	{"constraint_exclusion", PGC_USERSET, {"partition", "on", "off"}},
	{"debug_logical_replication_streaming", PGC_USERSET, {"buffered", "immediate"}},
	{"debug_parallel_query", PGC_USERSET, {"off", "on", "regress"}},
	{"default_toast_compression", PGC_USERSET, {"pglz", "lz4"}},
	{"file_copy_method", PGC_USERSET, {"copy", "clone"}},
	{"force_parallel_mode", PGC_USERSET, {"off", "on", "regress"}},
	{"huge_pages", PGC_POSTMASTER, {"try", "off", "on"}},
	{"icu_validation_level", PGC_USERSET, {"warning", "error", "log", "notice", "debug1", "disabled"}},
	{"io_method", PGC_POSTMASTER, {"worker", "sync", "io_uring"}},
	{"password_encryption", PGC_USERSET, {"scram-sha-256", "md5"}},
	{"plan_cache_mode", PGC_USERSET, {"auto", "force_generic_plan", "force_custom_plan"}},
	{"recovery_init_sync_method", PGC_SIGHUP, {"fsync", "syncfs"}},
	{"recovery_prefetch", PGC_SIGHUP, {"try", "off", "on"}},
	{"recovery_target_action", PGC_POSTMASTER, {"pause", "promote", "shutdown"}},
	{"session_replication_role", PGC_SUSET, {"origin", "replica", "local"}, kStays},
	{"shared_memory_type", PGC_POSTMASTER, {"mmap", "sysv"}},
	{"ssl_max_protocol_version", PGC_SIGHUP, {"", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"}},
	{"ssl_min_protocol_version", PGC_SIGHUP, {"TLSv1.2", "TLSv1", "TLSv1.1", "TLSv1.3"}},
	{"stats_fetch_consistency", PGC_USERSET, {"cache", "none", "snapshot"}},
	{"syslog_facility", PGC_SIGHUP, {"local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7"}},
	{"trace_recovery_messages", PGC_SIGHUP, {"log", "debug5", "debug4", "debug3", "debug2", "debug1", "notice", "warning", "error"}},
	{"track_functions", PGC_SUSET, {"none", "pl", "all"}},
	{"wal_compression", PGC_SUSET, {"off", "pglz", "lz4", "zstd", "on"}},
	{"wal_level", PGC_POSTMASTER, {"replica", "minimal", "logical"}},
	{"wal_sync_method", PGC_SIGHUP, {"fdatasync", "fsync", "open_sync", "open_datasync"}},
	{"xmlbinary", PGC_USERSET, {"base64", "hex"}},
	{"xmloption", PGC_USERSET, {"content", "document"}},
};
/* clang-format on */

/* Room for the values that no public header shows; nobody but SHOW reads them. */
bool bools[std::size(kBools)];
int ints[std::size(kInts)];
double reals[std::size(kReals)];
char *texts[std::size(kTexts)];
int enums[std::size(kEnums)];

/* With room for the other spellings of on and off, and the end. */
config_enum_entry enum_options[std::size(kEnums)][kMostValues + 7];

bool
refuse_unless(bool is_default)
{
	if (is_default)
		return true;
	GUC_check_errcode(ERRCODE_FEATURE_NOT_SUPPORTED);
	GUC_check_errdetail("What this setting asks for is not supported.");
	return false;
}

template <bool Boot>
bool
check_bool(bool *newval, void **, GucSource)
{
	return refuse_unless(*newval == Boot);
}

bool
check_text(char **newval, void **, GucSource)
{
	return refuse_unless(**newval == '\0' || strcmp(*newval, "heap") == 0);
}

bool
check_enum(int *newval, void **, GucSource)
{
	return refuse_unless(*newval == 0);
}

const config_enum_entry *
options_of(size_t row)
{
	config_enum_entry *next = enum_options[row];
	int on = -1, off = -1;

	for (int i = 0; kEnums[row].values[i] != nullptr; i++)
	{
		*next++ = {kEnums[row].values[i], i, false};
		if (strcmp(kEnums[row].values[i], "on") == 0)
			on = i;
		if (strcmp(kEnums[row].values[i], "off") == 0)
			off = i;
	}
	for (const char *word : {"true", "yes", "1"})
		if (on >= 0)
			*next++ = {word, on, true};
	for (const char *word : {"false", "no", "0"})
		if (off >= 0)
			*next++ = {word, off, true};
	*next = {nullptr, 0, false};
	return enum_options[row];
}

SettingDef
definition(const char *name, GucContext context, SettingValue value, int flags = 0)
{
	return {.name = name,
			.context = context,
			.group = SettingGroup::WithoutEffect,
			.short_desc = "A setting of PostgreSQL that has no effect here.",
			.value = value,
			.flags = flags | GUC_NOT_IN_SAMPLE};
}

std::vector<SettingDef>
definitions()
{
	std::vector<SettingDef> all;

	for (size_t i = 0; i < std::size(kBools); i++)
	{
		const BoolRow &row = kBools[i];
		BoolSetting value{.variable = row.variable != nullptr ? row.variable : &bools[i],
						  .boot = row.boot};

		if (row.stays)
			value.check = row.boot ? check_bool<true> : check_bool<false>;
		all.push_back(definition(row.name, row.context, value));
	}
	for (size_t i = 0; i < std::size(kInts); i++)
	{
		const IntRow &row = kInts[i];

		all.push_back(
			definition(row.name, row.context,
					   IntSetting{.variable = row.variable != nullptr ? row.variable : &ints[i],
								  .boot = row.boot,
								  .min = row.min,
								  .max = row.max},
					   row.unit));
	}
	for (size_t i = 0; i < std::size(kReals); i++)
	{
		const RealRow &row = kReals[i];

		all.push_back(definition(
			row.name, row.context,
			RealSetting{.variable = &reals[i], .boot = row.boot, .min = row.min, .max = row.max},
			row.unit));
	}
	for (size_t i = 0; i < std::size(kTexts); i++)
	{
		const TextRow &row = kTexts[i];

		all.push_back(definition(row.name, row.context,
								 StringSetting{.variable = &texts[i],
											   .boot = row.boot,
											   .check = row.stays ? check_text : nullptr}));
	}
	for (size_t i = 0; i < std::size(kEnums); i++)
	{
		const EnumRow &row = kEnums[i];

		all.push_back(definition(row.name, row.context,
								 EnumSetting{.variable = &enums[i],
											 .boot = 0,
											 .options = options_of(i),
											 .check = row.stays ? check_enum : nullptr}));
	}
	return all;
}

} /* namespace */

SettingSpan
IgnoredSettings()
{
	static const auto &all = *new std::vector<SettingDef>(definitions());

	return all;
}

} /* namespace pg */

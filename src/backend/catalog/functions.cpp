/*
 * catalog/functions.cpp
 *		Functions of CREATE FUNCTION: looked up by name and OID, written and deleted.
 *
 * Backends and workers with a database, inside a transaction.
 */
#include "catalog/functions.h"

#include <algorithm>
#include <map>

#include "access/transaction.h"
#include "catalog/catalog_names.h"
#include "catalog/extension.h"
#include "catalog/pg_type_d.h"
#include "catalog/row_values.h"
#include "utils/adt/text_bodies.h"
#include "utils/error/report.h"

namespace pg
{
namespace
{

/* Where the rows lie; pg_proc itself is computed from them and the built-in functions. */
constexpr std::string_view kProcTable = "pg_proc_rows";

constexpr const char *kProcTableColumns =
	"oid, proname, pronamespace, proowner, prolang, procost, prorows, provariadic, prosecdef, "
	"proleakproof, proisstrict, proretset, provolatile, proparallel, pronargdefaults, prorettype, "
	"proargtypes, proallargtypes, proargmodes, proargnames, proargdefaults, prosrc, probin, "
	"proacl, prokind, proconfig";

/* What look-ups found so far; valid while `generation` is the current one. */
struct FunctionCache
{
	uint64 generation = 0;
	bool filled = false;
	std::multimap<std::string, Oid, std::less<>> names;
	std::map<Oid, ProcPtr> by_oid;
};

/* Never destroyed, as all caches of look-ups. */
FunctionCache &
function_cache()
{
	static FunctionCache *const instance = std::make_unique<FunctionCache>().release();
	const uint64 generation = CatalogGeneration();

	if (instance->generation != generation)
	{
		instance->names.clear();
		instance->by_oid.clear();
		instance->filled = false;
		instance->generation = generation;
	}
	return *instance;
}

/* Most databases have none: one query for a generation tells. */
FunctionCache &
names()
{
	FunctionCache &all = function_cache();

	if (all.filled || !HaveCurrentEngine())
		return all;

	const std::unique_ptr<EngineStatement> rows =
		CurrentEngine().prepare("SELECT proname, oid FROM " + CatalogTable(Home::Main, kProcTable));
	std::multimap<std::string, Oid, std::less<>> found;

	while (rows->step())
		found.emplace(std::string(rows->column(0).bytes),
					  static_cast<Oid>(rows->column(1).integer));
	rows->reset();
	all.names = std::move(found);
	all.filled = true;
	return all;
}

std::vector<Oid>
listed_oids(std::string_view list)
{
	std::vector<Oid> oids;

	for (const std::optional<std::string> &element : ReadArray(list))
		if (element)
			oids.push_back(static_cast<Oid>(strtoul(element->c_str(), nullptr, 10)));
	return oids;
}

char
letter(const EngineStatement &row, int column)
{
	const std::string_view bytes = row.column(column).bytes;

	return bytes.empty() ? '\0' : bytes[0];
}

/* A row of kProcTableColumns. */
ProcPtr
read_function_row(const EngineStatement &row)
{
	auto proc = std::make_shared<ProcInfo>();
	FunctionDef &def = proc->def;
	const auto number = [&](int i) { return row.column(i).integer; };
	const auto text = [&](int i) { return std::string(row.column(i).bytes); };

	def.oid = static_cast<Oid>(number(0));
	proc->name = text(1);
	def.schema = static_cast<Oid>(number(2));
	proc->owner = static_cast<Oid>(number(3));
	proc->language = static_cast<Oid>(number(4));
	proc->cost = row.column(5).real;
	proc->rows = row.column(6).real;
	def.variadic = static_cast<Oid>(number(7));
	proc->security_definer = number(8) != 0;
	proc->leakproof = number(9) != 0;
	def.strict = number(10) != 0;
	proc->returns_set = number(11) != 0;
	def.volatility = static_cast<Volatility>(letter(row, 12));
	proc->parallel = letter(row, 13);
	def.default_count = static_cast<int>(number(14));
	def.result = static_cast<Oid>(number(15));
	proc->arg_types = listed_oids(text(16));
	if (!row.column(17).is_null())
		proc->all_types = listed_oids(text(17));
	if (!row.column(18).is_null())
		for (const std::optional<std::string> &mode : ReadArray(text(18)))
			proc->modes += mode.value_or("i");
	if (!row.column(19).is_null())
		for (const std::optional<std::string> &name : ReadArray(text(19)))
			proc->arg_names.push_back(name.value_or(""));
	proc->defaults = text(20);
	proc->source = text(21);
	proc->library = text(22);
	proc->acl = text(23);
	proc->is_procedure = letter(row, 24) == 'p';
	if (!row.column(25).is_null())
		proc->config = ReadArray(row.column(25).bytes);
	proc->complete();
	return proc;
}

/* The built-in function that a function of LANGUAGE internal stands for. */
const FunctionDef *
builtin_of(const ProcInfo &proc)
{
	const FunctionDef *found = nullptr;

	for (const FunctionDef *function : AllFunctions())
	{
		const char *source =
			function->engine_name != nullptr ? function->engine_name : function->name;

		if (proc.source != source || function->arg_count != proc.def.arg_count)
			continue;
		if (std::ranges::equal(function->args(), proc.arg_types))
			return function;
		if (found == nullptr)
			found = function;
	}
	return found;
}

void
set_text(CatalogRow &row, const char *column, const std::string &text)
{
	if (!text.empty())
		row.set(column, text);
}

std::string
oid_list(std::span<const Oid> oids, char separator)
{
	std::string text;

	for (const Oid oid : oids)
		text += (text.empty() ? std::string() : std::string(1, separator)) + std::to_string(oid);
	return text;
}

void
delete_row(Oid oid)
{
	const Value parameters[] = {Value::Int(oid), Value::Int(kPgProcOid)};

	RunEngine("DELETE FROM " + CatalogTable(Home::Main, kProcTable) + " WHERE oid = ?1",
			  std::span(parameters).first(1));
	/* What it depends on; its membership in an extension stays. */
	RunEngine("DELETE FROM " + CatalogTable(Home::Main, "pg_depend") +
				  " WHERE classid = ?2 AND objid = ?1 AND deptype <> 'e'",
			  parameters);
}

} /* namespace */

void
ProcInfo::complete()
{
	size_t inputs = 0;

	def.name = name.c_str();
	def.stored = true;
	def.variadic_any = def.variadic == ANYOID;
	def.kind = returns_set ? FunctionKind::TableSource : FunctionKind::Normal;
	def.arg_count = static_cast<int>(arg_types.size());
	def.defaults = defaults.empty() ? nullptr : defaults.c_str();
	if (arg_types.size() > std::size(def.arg_types))
		def.long_args = arg_types.data();
	else
		std::ranges::copy(arg_types, def.arg_types);
	name_pointers_.clear();
	for (size_t i = 0; i < arg_names.size(); i++)
		if (const char mode = parameter_mode(i); mode != 'o' && mode != 't')
			name_pointers_.push_back(arg_names[i].c_str()), inputs++;
	def.arg_names = inputs == arg_types.size() && inputs > 0 ? name_pointers_.data() : nullptr;
	call_ = {};
	if (is_procedure && modes.find('o') != std::string::npos)
	{
		call_ = def;
		call_.long_args = all_types.data();
		call_.arg_count = static_cast<int>(all_types.size());
		call_.default_count = 0;
		call_names_.clear();
		for (const std::string &parameter : arg_names)
			call_names_.push_back(parameter.c_str());
		call_.arg_names = arg_names.empty() ? nullptr : call_names_.data();
	}
	/* One with a scope is called as those of modules are. */
	if (language != kInternalLanguageOid || has_scope())
		return;
	if (const FunctionDef *builtin = builtin_of(*this))
	{
		def.kind = builtin->kind;
		def.lowering = builtin->lowering;
		def.engine_name = builtin->engine_name;
		def.body = builtin->body;
		def.row_source = builtin->row_source;
	}
}

namespace
{

bool
is_any_array(Oid type)
{
	return type == ANYARRAYOID || type == ANYCOMPATIBLEARRAYOID;
}

bool
is_compatible_family(Oid type)
{
	return type == ANYCOMPATIBLEOID || type == ANYCOMPATIBLEARRAYOID ||
		   type == ANYCOMPATIBLENONARRAYOID;
}

} /* namespace */

Oid
BoundType(Oid type, std::span<const Oid> declared, std::span<const Oid> actual)
{
	if (!IsPolymorphic(type) || type == ANYOID)
		return type;
	for (size_t i = 0; i < declared.size() && i < actual.size(); i++)
	{
		if (!IsPolymorphic(declared[i]) || declared[i] == ANYOID ||
			is_compatible_family(declared[i]) != is_compatible_family(type))
			continue;
		if (is_any_array(declared[i]) == is_any_array(type))
			return actual[i];

		const TypeDef *const found = FindType(actual[i]);

		if (found != nullptr)
			return is_any_array(type) ? found->array_oid : found->element_oid;
	}
	return type;
}

RowShape
ResultShape(const ProcInfo &proc, std::span<const Oid> actual)
{
	RowShape shape;

	if (proc.def.result != RECORDOID)
		return RowTypeShape(BoundType(proc.def.result, proc.arg_types, actual));
	for (size_t i = 0; i < proc.modes.size(); i++)
	{
		const char mode = proc.parameter_mode(i);

		if (mode != 'o' && mode != 'b' && mode != 't')
			continue;

		const std::string name = i < proc.arg_names.size() ? proc.arg_names[i] : std::string();

		shape.push_back({name.empty() ? "column" + std::to_string(shape.size() + 1) : name,
						 BoundType(proc.all_types[i], proc.arg_types, actual), -1});
	}
	return shape;
}

std::vector<ProcPtr>
FindProcs(std::string_view name)
{
	std::vector<Oid> oids;
	std::vector<ProcPtr> found;
	const FunctionCache &all = names();
	const auto [first, last] = all.names.equal_range(name);

	for (auto at = first; at != last; ++at)
		oids.push_back(at->second);
	for (const Oid oid : oids)
		if (ProcPtr proc = FindProc(oid))
			found.push_back(std::move(proc));
	return found;
}

ProcPtr
FindProc(Oid oid)
{
	if (oid < kFirstNormalOid || !HaveCurrentEngine())
		return nullptr;

	FunctionCache &all = function_cache();

	if (const auto found = all.by_oid.find(oid); found != all.by_oid.end())
		return found->second;

	const std::unique_ptr<EngineStatement> row =
		CurrentEngine().prepare(std::string("SELECT ") + kProcTableColumns + " FROM " +
								CatalogTable(Home::Main, kProcTable) + " WHERE oid = ?1");

	row->bind(0, Value::Int(oid));

	ProcPtr proc = row->step() ? read_function_row(*row) : nullptr;

	row->reset();
	if (proc != nullptr)
		function_cache().by_oid[oid] = proc;
	return proc;
}

ProcPtr
ProcOf(Oid oid)
{
	ProcPtr proc = FindProc(oid);

	if (proc == nullptr)
		Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
				  .msg("cache lookup failed for function %u", oid));
	return proc;
}

std::vector<ProcPtr>
AllProcs()
{
	std::vector<Oid> oids;
	std::vector<ProcPtr> all;

	for (const auto &[name, oid] : names().names)
		oids.push_back(oid);
	std::ranges::sort(oids);
	for (const Oid oid : oids)
		if (ProcPtr proc = FindProc(oid))
			all.push_back(std::move(proc));
	return all;
}

FunctionPtr
FindAnyFunction(Oid oid)
{
	if (const FunctionDef *builtin = FindFunction(oid))
		return FunctionPtr(FunctionPtr(), builtin);
	if (const ProcPtr proc = FindProc(oid))
		return FunctionPtr(proc, &proc->def);
	return nullptr;
}

std::vector<NamedFunction>
FunctionsNamed(std::string_view schema, std::string_view name)
{
	std::vector<NamedFunction> found;
	const std::vector<ProcPtr> procs = FindProcs(name);
	const auto builtins = FindFunctions(name);

	if (procs.empty())
	{
		/* The common case needs no search path. */
		if (schema.empty() || schema == "pg_catalog")
			for (const FunctionDef *builtin : builtins)
				found.push_back({FunctionPtr(FunctionPtr(), builtin)});
		return found;
	}

	std::vector<Oid> path;

	if (schema.empty())
		path = EffectiveSearchPath();
	else if (const std::optional<Oid> oid = FindSchema(schema))
		path.push_back(*oid);
	for (size_t rank = 0; rank < path.size(); rank++)
	{
		if (path[rank] == kPgCatalogOid)
			for (const FunctionDef *builtin : builtins)
				found.push_back({FunctionPtr(FunctionPtr(), builtin), rank});
		for (const ProcPtr &proc : procs)
			if (proc->def.schema == path[rank])
				found.push_back({FunctionPtr(proc, &proc->def), rank});
	}
	return found;
}

bool
FunctionIsVisible(const FunctionDef &function)
{
	for (const NamedFunction &candidate : FunctionsNamed({}, function.name))
		if (std::ranges::equal(candidate.function->args(), function.args()))
			return candidate.function->oid == function.oid;
	return false;
}

std::string
ProcedureName(const FunctionDef &function)
{
	std::string text;

	if (!FunctionIsVisible(function))
		text = IdentifierText(SchemaName(function.schema).value_or("")) + ".";
	text += IdentifierText(function.name) + "(";
	for (size_t i = 0; i < function.args().size(); i++)
		text += (i > 0 ? "," : "") + FormatType(function.args()[i]);
	return text + ")";
}

std::string
FunctionSignature(const std::string &name, std::span<const Oid> types)
{
	std::string text = name + "(";

	for (size_t i = 0; i < types.size(); i++)
		text += (i > 0 ? ", " : "") + FormatType(types[i]);
	return text + ")";
}

std::string
ConfigText(const ArrayElements &config)
{
	std::string text = "{";

	for (const std::optional<std::string> &setting : config)
		AppendElement(setting, &text);
	return config.empty() ? std::string() : text + "}";
}

void
WriteFunction(const ProcInfo &proc)
{
	const FunctionDef &def = proc.def;
	const std::string arg_types = oid_list(proc.arg_types, ' ');
	const std::string all_types = "{" + oid_list(proc.all_types, ',') + "}";
	std::vector<std::string> letters;

	for (const char mode : proc.modes)
		letters.emplace_back(1, mode);

	const std::string modes = TextArrayOf(letters), arg_names = TextArrayOf(proc.arg_names);
	const std::string config = ConfigText(proc.config);
	CatalogRow row(Home::Main, kProcTable);

	delete_row(def.oid);
	row.set("oid", def.oid)
		.set("proname", proc.name)
		.set("pronamespace", def.schema)
		.set("proowner", proc.owner)
		.set("prolang", proc.language)
		.set("procost", Value::Real(proc.cost))
		.set("prorows", Value::Real(proc.rows))
		.set("provariadic", def.variadic)
		.set("prosupport", 0)
		.set_letter("prokind", proc.is_procedure ? 'p' : 'f')
		.set("prosecdef", proc.security_definer)
		.set("proleakproof", proc.leakproof)
		.set("proisstrict", def.strict)
		.set("proretset", proc.returns_set)
		.set_letter("provolatile", static_cast<char>(def.volatility))
		.set_letter("proparallel", proc.parallel)
		.set("pronargs", def.arg_count)
		.set("pronargdefaults", def.default_count)
		.set("prorettype", def.result)
		.set("proargtypes", arg_types)
		.set("prosrc", proc.source);
	if (!proc.all_types.empty())
		row.set("proallargtypes", all_types).set("proargmodes", modes);
	if (!proc.arg_names.empty())
		row.set("proargnames", arg_names);
	set_text(row, "proargdefaults", proc.defaults);
	set_text(row, "probin", proc.library);
	set_text(row, "proconfig", config);
	set_text(row, "proacl", proc.acl);
	row.insert();
	InsertDependency(Home::Main, kPgProcOid, def.oid, 0, kPgNamespaceOid, def.schema, 0, 'n');
	RecordExtensionMember(kPgProcOid, def.oid);
	for (const Oid used : proc.functions_used)
		InsertDependency(Home::Main, kPgProcOid, def.oid, 0, kPgProcOid, used, 0, 'n');
}

void
DeleteFunction(const ProcInfo &proc)
{
	const Value parameters[] = {Value::Int(kPgProcOid), Value::Int(proc.def.oid)};

	delete_row(proc.def.oid);
	RunEngine("DELETE FROM " + CatalogTable(Home::Main, "pg_depend") +
				  " WHERE (classid = ?1 AND objid = ?2) OR (refclassid = ?1 AND refobjid = ?2)",
			  parameters);
	RunEngine("DELETE FROM " + CatalogTable(Home::Main, "pg_description") +
				  " WHERE classoid = ?1 AND objoid = ?2",
			  parameters);
}

} /* namespace pg */

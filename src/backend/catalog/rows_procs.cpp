/*
 * catalog/rows_procs.cpp
 *		pg_proc: the built-in functions, then those that the database keeps.
 *
 * Backends and workers.
 */
#include "catalog/catalog_names.h"
#include "catalog/functions.h"
#include "catalog/pg_type_d.h"
#include "catalog/rows.h"
#include "utils/adt/array_text.h"
#include "utils/adt/registry.h"

namespace pg
{
namespace
{

constexpr double kRowsOfSet = 1000;

constexpr RowColumn kProcColumns[] = {
	{"oid", OIDOID},
	{"proname", NAMEOID},
	{"pronamespace", OIDOID},
	{"proowner", OIDOID},
	{"prolang", OIDOID},
	{"procost", FLOAT4OID},
	{"prorows", FLOAT4OID},
	{"provariadic", OIDOID},
	{"prosupport", REGPROCOID},
	{"prokind", CHAROID},
	{"prosecdef", BOOLOID},
	{"proleakproof", BOOLOID},
	{"proisstrict", BOOLOID},
	{"proretset", BOOLOID},
	{"provolatile", CHAROID},
	{"proparallel", CHAROID},
	{"pronargs", INT2OID},
	{"pronargdefaults", INT2OID},
	{"prorettype", OIDOID},
	{"proargtypes", OIDVECTOROID},
	{"proallargtypes", OIDARRAYOID},
	{"proargmodes", CHARARRAYOID},
	{"proargnames", TEXTARRAYOID},
	{"proargdefaults", PG_NODE_TREEOID},
	{"protrftypes", OIDARRAYOID},
	{"prosrc", TEXTOID},
	{"probin", TEXTOID},
	{"prosqlbody", PG_NODE_TREEOID},
	{"proconfig", TEXTARRAYOID},
	{"proacl", ACLITEMARRAYOID},
};

/* "1 2" or "{1,2}" */
std::string
type_list(const FunctionDef &function, char separator)
{
	std::string text;

	for (const Oid type : function.args())
	{
		if (!text.empty())
			text += separator;
		text += std::to_string(type);
	}
	return text;
}

class ProcCursor : public RowCursor
{
public:
	bool next() override { return ++current_ < AllFunctions().size() + procs_.size(); }

	Value column(int i) override
	{
		const size_t builtins = AllFunctions().size();

		return current_ < builtins ? builtin_column(*AllFunctions()[current_], i)
								   : stored_column(*procs_[current_ - builtins], i);
	}

private:
	Value builtin_column(const FunctionDef &function, int i)
	{
		const bool is_set = function.kind == FunctionKind::TableSource;

		switch (i)
		{
			case 0: return Value::Int(function.oid);
			case 1: return Value::Text(function.name);
			case 2: return Value::Int(kPgCatalogOid);
			case 3: return Value::Int(kBootstrapSuperuserOid);
			case 4: return Value::Int(kInternalLanguageOid);
			case 5: return Value::Real(1);
			case 6: return Value::Real(is_set ? kRowsOfSet : 0);
			case 7: return Value::Int(function.variadic_any ? ANYOID : 0);
			case 9: return letter(is_set ? 'f' : static_cast<char>(function.kind));
			case 12: return Value::Bool(function.strict);
			case 13: return Value::Bool(is_set);
			case 14: return letter(static_cast<char>(function.volatility));
			case 15: return letter('s');
			case 16: return Value::Int(function.arg_count);
			case 17: return Value::Int(function.default_count);
			case 18: return Value::Int(function.result);
			case 19: return kept(type_list(function, ' '));
			case 20:
				return function.variadic_any ? kept("{" + type_list(function, ',') + "}")
											 : Value::Null();
			case 21: return function.variadic_any ? kept(modes(function)) : Value::Null();
			case 22: return function.arg_names != nullptr ? kept(names(function)) : Value::Null();
			case 23:
				return function.defaults != nullptr ? Value::Text(function.defaults)
													: Value::Null();
			case 25: return Value::Text(source(function));
			case 8:
			case 10:
			case 11: return Value::Int(0);
			default: return Value::Null();
		}
	}

	Value stored_column(const ProcInfo &proc, int i)
	{
		const FunctionDef &def = proc.def;

		switch (i)
		{
			case 0: return Value::Int(def.oid);
			case 1: return Value::Text(proc.name);
			case 2: return Value::Int(def.schema);
			case 3: return Value::Int(proc.owner);
			case 4: return Value::Int(proc.language);
			case 5: return Value::Real(proc.cost);
			case 6: return Value::Real(proc.rows);
			case 7: return Value::Int(def.variadic);
			case 8: return Value::Int(0);
			case 9: return letter(proc.is_procedure ? 'p' : 'f');
			case 10: return Value::Bool(proc.security_definer);
			case 11: return Value::Bool(proc.leakproof);
			case 12: return Value::Bool(def.strict);
			case 13: return Value::Bool(proc.returns_set);
			case 14: return letter(static_cast<char>(def.volatility));
			case 15: return letter(proc.parallel);
			case 16: return Value::Int(def.arg_count);
			case 17: return Value::Int(def.default_count);
			case 18: return Value::Int(def.result);
			case 19: return kept(type_list(def, ' '));
			case 20: return proc.all_types.empty() ? Value::Null() : kept(all_types(proc));
			case 21: return proc.modes.empty() ? Value::Null() : kept(all_modes(proc));
			case 22: return proc.arg_names.empty() ? Value::Null() : kept(all_names(proc));
			case 23: return proc.defaults.empty() ? Value::Null() : Value::Text(proc.defaults);
			case 25: return Value::Text(proc.source);
			case 26: return proc.library.empty() ? Value::Null() : Value::Text(proc.library);
			case 28: return proc.config.empty() ? Value::Null() : kept(ConfigText(proc.config));
			case 29: return proc.acl.empty() ? Value::Null() : Value::Text(proc.acl);
			default: return Value::Null();
		}
	}

	static std::string all_types(const ProcInfo &proc)
	{
		std::string text = "{";

		for (const Oid type : proc.all_types)
			AppendElement(std::to_string(type), &text);
		return text + "}";
	}

	static std::string all_modes(const ProcInfo &proc)
	{
		std::string text = "{";

		for (const char mode : proc.modes)
			AppendElement(std::string_view(&mode, 1), &text);
		return text + "}";
	}

	static std::string all_names(const ProcInfo &proc)
	{
		std::string text = "{";

		for (const std::string &name : proc.arg_names)
			AppendElement(name, &text);
		return text + "}";
	}

	static std::string_view source(const FunctionDef &function)
	{
		if (function.kind == FunctionKind::Aggregate)
			return "aggregate_dummy";
		return function.engine_name != nullptr ? function.engine_name : function.name;
	}

	static std::string modes(const FunctionDef &function)
	{
		std::string text = "{";

		for (int i = 0; i < function.arg_count; i++)
			text += i + 1 < function.arg_count ? "i," : "v";
		return text + "}";
	}

	static std::string names(const FunctionDef &function)
	{
		std::string text = "{";

		for (int i = 0; i < function.arg_count; i++)
			text += (i > 0 ? "," : "") + std::string(function.arg_names[i]);
		return text + "}";
	}

	/* Two texts of one row may be wanted at a time. */
	Value kept(std::string text)
	{
		std::string &place = texts_[next_text_++ % std::size(texts_)];

		place = std::move(text);
		return Value::Text(place);
	}

	Value letter(char c)
	{
		letter_ = c;
		return Value::Text(std::string_view(&letter_, 1));
	}

	size_t current_ = static_cast<size_t>(-1);
	const std::vector<ProcPtr> procs_ = AllProcs();
	std::string texts_[4];
	size_t next_text_ = 0;
	char letter_ = 0;
};

std::unique_ptr<RowCursor>
open_procs(std::span<const Value>)
{
	return std::make_unique<ProcCursor>();
}

} /* namespace */

const RowSource kProcSource = {"pg_catalog.pg_proc", kProcColumns, 0, open_procs};

} /* namespace pg */

/*
 * catalog/rows_settings.cpp
 *		pg_settings and pg_file_settings.
 *
 * Backends and workers.  A cursor keeps the rows that the settings machine wrote out for it.
 */
#include <vector>

#include "catalog/pg_type_d.h"
#include "catalog/rows.h"
#include "utils/misc/guc_internals.h"

namespace pg
{
namespace
{

constexpr RowColumn kSettingsColumns[] = {
	{"name", TEXTOID},		 {"setting", TEXTOID},		   {"unit", TEXTOID},
	{"category", TEXTOID},	 {"short_desc", TEXTOID},	   {"extra_desc", TEXTOID},
	{"context", TEXTOID},	 {"vartype", TEXTOID},		   {"source", TEXTOID},
	{"min_val", TEXTOID},	 {"max_val", TEXTOID},		   {"enumvals", TEXTARRAYOID},
	{"boot_val", TEXTOID},	 {"reset_val", TEXTOID},	   {"sourcefile", TEXTOID},
	{"sourceline", INT4OID}, {"pending_restart", BOOLOID},
};

constexpr RowColumn kFileSettingsColumns[] = {
	{"sourcefile", TEXTOID}, {"sourceline", INT4OID}, {"seqno", INT4OID}, {"name", TEXTOID},
	{"setting", TEXTOID},	 {"applied", BOOLOID},	  {"error", TEXTOID},
};

Value
text(const std::optional<std::string> &value)
{
	return value ? Value::Text(*value) : Value::Null();
}

/* "{a,\"b c\"}" */
std::string
setting_array(const std::vector<std::string> &items)
{
	std::string array = "{";

	for (const std::string &item : items)
	{
		const bool plain =
			!item.empty() && item.find_first_of(" ,{}\"\\") == std::string::npos && item != "null";

		if (array.size() > 1)
			array += ',';
		if (plain)
		{
			array += item;
			continue;
		}
		array += '"';
		for (const char c : item)
		{
			if (c == '"' || c == '\\')
				array += '\\';
			array += c;
		}
		array += '"';
	}
	return array + "}";
}

class SettingsCursor : public RowCursor
{
public:
	SettingsCursor() : rows_(SettingRows()) {}

	bool next() override
	{
		if (++current_ >= rows_.size())
			return false;
		enumvals_ = rows_[current_].enumvals ? setting_array(*rows_[current_].enumvals) : "";
		return true;
	}

	Value column(int i) override
	{
		const SettingRow &row = rows_[current_];

		switch (i)
		{
			case 0: return Value::Text(row.name);
			case 1: return text(row.setting);
			case 2: return text(row.unit);
			case 3: return Value::Text(row.category);
			case 4: return Value::Text(row.short_desc);
			case 5: return text(row.extra_desc);
			case 6: return Value::Text(row.context);
			case 7: return Value::Text(row.vartype);
			case 8: return Value::Text(row.source);
			case 9: return text(row.min_val);
			case 10: return text(row.max_val);
			case 11: return row.enumvals ? Value::Text(enumvals_) : Value::Null();
			case 12: return text(row.boot_val);
			case 13: return text(row.reset_val);
			case 14: return text(row.sourcefile);
			case 15: return row.sourceline ? Value::Int(*row.sourceline) : Value::Null();
			default: return Value::Bool(row.pending_restart);
		}
	}

private:
	std::vector<SettingRow> rows_;
	std::string enumvals_;
	size_t current_ = static_cast<size_t>(-1);
};

class FileSettingsCursor : public RowCursor
{
public:
	FileSettingsCursor() : rows_(FileSettingRows()) {}

	bool next() override { return ++current_ < rows_.size(); }

	Value column(int i) override
	{
		const FileSettingRow &row = rows_[current_];

		switch (i)
		{
			case 0: return row.sourcefile.empty() ? Value::Null() : Value::Text(row.sourcefile);
			case 1: return row.sourcefile.empty() ? Value::Null() : Value::Int(row.sourceline);
			case 2: return Value::Int(row.seqno);
			case 3: return text(row.name);
			case 4: return text(row.setting);
			case 5: return Value::Bool(row.applied);
			default: return text(row.error);
		}
	}

private:
	std::vector<FileSettingRow> rows_;
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_settings(std::span<const Value>)
{
	return std::make_unique<SettingsCursor>();
}

std::unique_ptr<RowCursor>
open_file_settings(std::span<const Value>)
{
	return std::make_unique<FileSettingsCursor>();
}

} /* namespace */

const RowSource kSettingsSource = {"pg_catalog.pg_settings", kSettingsColumns, 0, open_settings};
const RowSource kFileSettingsSource = {"pg_catalog.pg_file_settings", kFileSettingsColumns, 0,
									   open_file_settings};

} /* namespace pg */

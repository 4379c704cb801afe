/*
 * catalog/rows_extensions.cpp
 *		pg_available_extensions and pg_available_extension_versions: what lies in SHAREDIR/extension.
 *
 * Backends and workers.  A control file that cannot be read is an error, as in PostgreSQL.
 */
#include <algorithm>

#include "catalog/extension.h"
#include "catalog/extension_files.h"
#include "catalog/pg_type_d.h"
#include "catalog/row_values.h"
#include "catalog/rows.h"
#include "utils/adt/array_text.h"

namespace pg
{
namespace
{

constexpr RowColumn kExtensionColumns[] = {
	{"name", NAMEOID},
	{"default_version", TEXTOID},
	{"installed_version", TEXTOID},
	{"comment", TEXTOID},
};

constexpr RowColumn kVersionColumns[] = {
	{"name", NAMEOID},		{"version", TEXTOID},		{"installed", BOOLOID},
	{"superuser", BOOLOID}, {"trusted", BOOLOID},		{"relocatable", BOOLOID},
	{"schema", NAMEOID},	{"requires", NAMEARRAYOID}, {"comment", TEXTOID},
};

std::string
installed_version(const std::vector<ExtensionInfo> &installed, const std::string &name)
{
	for (const ExtensionInfo &extension : installed)
		if (extension.name == name)
			return extension.version;
	return {};
}

class ExtensionCursor : public RowCursor
{
public:
	ExtensionCursor()
	{
		for (const std::string &name : ExtensionNames())
			controls_.push_back(ReadExtensionControl(name));
	}

	bool next() override { return ++current_ < controls_.size(); }

	Value column(int i) override
	{
		const ExtensionControl &control = controls_[current_];

		switch (i)
		{
			case 0: return Value::Text(control.name);
			case 1: return TextUnlessEmpty(control.default_version);
			case 2:
				version_ = installed_version(installed_, control.name);
				return TextUnlessEmpty(version_);
			default: return TextUnlessEmpty(control.comment);
		}
	}

private:
	std::vector<ExtensionControl> controls_;
	const std::vector<ExtensionInfo> installed_ = AllExtensions();
	std::string version_;
	size_t current_ = static_cast<size_t>(-1);
};

class VersionCursor : public RowCursor
{
public:
	VersionCursor()
	{
		for (const std::string &name : ExtensionNames())
			add_versions(ReadExtensionControl(name));
	}

	bool next() override { return ++current_ < rows_.size(); }

	Value column(int i) override
	{
		const Row &row = rows_[current_];

		switch (i)
		{
			case 0: return Value::Text(row.control.name);
			case 1: return Value::Text(row.version);
			case 2:
				return Value::Bool(installed_version(installed_, row.control.name) == row.version);
			case 3: return Value::Bool(row.control.superuser);
			case 4: return Value::Bool(row.control.trusted);
			case 5: return Value::Bool(row.control.relocatable);
			case 6: return TextUnlessEmpty(row.control.schema);
			case 7: return TextUnlessEmpty(row.required);
			default: return TextUnlessEmpty(row.control.comment);
		}
	}

private:
	struct Row
	{
		ExtensionControl control;
		std::string version, required;
	};

	/* Every version that can be installed. */
	void add_versions(const ExtensionControl &control)
	{
		const std::vector<ExtensionScript> scripts = ExtensionScripts(control);
		std::vector<std::string> versions;

		for (const ExtensionScript &script : scripts)
			if (std::ranges::find(versions, script.to) == versions.end() &&
				InstallPath(scripts, script.to))
				versions.push_back(script.to);
		for (const std::string &version : versions)
		{
			Row row{ReadVersionControl(control, version), version, ""};

			for (const std::string &name : row.control.requires_list)
				AppendElement(name, &(row.required.empty() ? row.required = "{" : row.required));
			row.required += row.required.empty() ? "" : "}";
			rows_.push_back(std::move(row));
		}
	}

	std::vector<Row> rows_;
	const std::vector<ExtensionInfo> installed_ = AllExtensions();
	size_t current_ = static_cast<size_t>(-1);
};

std::unique_ptr<RowCursor>
open_extensions(std::span<const Value>)
{
	return std::make_unique<ExtensionCursor>();
}

std::unique_ptr<RowCursor>
open_versions(std::span<const Value>)
{
	return std::make_unique<VersionCursor>();
}

} /* namespace */

const RowSource kAvailableExtensionsSource = {"pg_catalog.pg_available_extensions",
											  kExtensionColumns, 0, open_extensions};
const RowSource kAvailableVersionsSource = {"pg_catalog.pg_available_extension_versions",
											kVersionColumns, 0, open_versions};

} /* namespace pg */

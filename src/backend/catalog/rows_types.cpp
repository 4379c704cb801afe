/*
 * catalog/rows_types.cpp
 *		pg_type, pg_cast and pg_operator, from the tables of built-in types.
 *
 * Backends and workers.  Nothing is copied: the tables are constants.
 */
#include "catalog/catalog_names.h"
#include "catalog/pg_type_d.h"
#include "catalog/rights.h"
#include "catalog/row_values.h"
#include "catalog/rows.h"
#include "catalog/type_functions.h"
#include "catalog/user_types.h"
#include "utils/adt/enum_type.h"
#include "utils/adt/registry.h"
#include "utils/adt/row_type.h"

namespace pg
{
namespace
{

constexpr Oid kArraySubscript = 6179, kRawArraySubscript = 6180;

constexpr RowColumn kTypeColumns[] = {
	{"oid", OIDOID},
	{"typname", NAMEOID},
	{"typnamespace", OIDOID},
	{"typowner", OIDOID},
	{"typlen", INT2OID},
	{"typbyval", BOOLOID},
	{"typtype", CHAROID},
	{"typcategory", CHAROID},
	{"typispreferred", BOOLOID},
	{"typisdefined", BOOLOID},
	{"typdelim", CHAROID},
	{"typrelid", OIDOID},
	{"typsubscript", REGPROCOID},
	{"typelem", OIDOID},
	{"typarray", OIDOID},
	{"typinput", REGPROCOID},
	{"typoutput", REGPROCOID},
	{"typreceive", REGPROCOID},
	{"typsend", REGPROCOID},
	{"typmodin", REGPROCOID},
	{"typmodout", REGPROCOID},
	{"typanalyze", REGPROCOID},
	{"typalign", CHAROID},
	{"typstorage", CHAROID},
	{"typnotnull", BOOLOID},
	{"typbasetype", OIDOID},
	{"typtypmod", INT4OID},
	{"typndims", INT4OID},
	{"typcollation", OIDOID},
	{"typdefaultbin", PG_NODE_TREEOID},
	{"typdefault", TEXTOID},
	{"typacl", ACLITEMARRAYOID},
};

constexpr RowColumn kCastColumns[] = {
	{"oid", OIDOID},	  {"castsource", OIDOID},	{"casttarget", OIDOID},
	{"castfunc", OIDOID}, {"castcontext", CHAROID}, {"castmethod", CHAROID},
};

constexpr RowColumn kOperatorColumns[] = {
	{"oid", OIDOID},		 {"oprname", NAMEOID},	  {"oprnamespace", OIDOID},
	{"oprowner", OIDOID},	 {"oprkind", CHAROID},	  {"oprcanmerge", BOOLOID},
	{"oprcanhash", BOOLOID}, {"oprleft", OIDOID},	  {"oprright", OIDOID},
	{"oprresult", OIDOID},	 {"oprcom", OIDOID},	  {"oprnegate", OIDOID},
	{"oprcode", REGPROCOID}, {"oprrest", REGPROCOID}, {"oprjoin", REGPROCOID},
};

/* Array types with modifiers take those of their elements. */
const TypeFunctions &
modifiers_of(const TypeDef &type)
{
	const TypeDef *const element = type.category == 'A' ? FindType(type.element_oid) : nullptr;

	return FunctionsOfType(element != nullptr ? *element : type);
}

/* Over a constant table. */
template <typename Row>
class TableCursor : public RowCursor
{
public:
	explicit TableCursor(std::span<const Row> rows) : rows_(rows) {}
	bool next() override { return ++current_ < rows_.size(); }

protected:
	const Row &row() const { return rows_[current_]; }
	size_t position() const { return current_; }
	Value letter(char c)
	{
		letter_ = c;
		return Value::Text(std::string_view(&letter_, c == 0 ? 0 : 1));
	}

private:
	std::span<const Row> rows_;
	size_t current_ = static_cast<size_t>(-1);
	char letter_ = 0;
};

Oid
schema_of(const TypeDef &type)
{
	switch (type.kind)
	{
		case 'c': return RowTypeSchema(type.oid);
		case 'e': return EnumTypeSchema(type.oid);
		default: return kPgCatalogOid;
	}
}

Oid
owner_of(const TypeDef &type)
{
	const RelationInfoPtr relation = type.kind == 'c' ? FindRelation(type.oid) : nullptr;
	const UserTypePtr stored = type.kind == 'e' ? FindUserType(type.oid) : nullptr;

	return relation != nullptr ? relation->owner
		   : stored != nullptr ? stored->owner
							   : Oid{kBootstrapSuperuserOid};
}

/* The built-in types, then the row types of relations and the enumerations. */
class TypeCursor : public RowCursor
{
public:
	TypeCursor()
	{
		for (const TypeDef &type : AllTypes())
			types_.push_back(&type);
		for (const Oid oid : RowTypeOids())
			if (const TypeDef *type = FindRowType(oid))
				types_.push_back(type);
		for (const UserTypePtr &stored : AllUserTypes())
			types_.push_back(FindEnumType(stored->oid));
	}

	bool next() override { return ++current_ < types_.size(); }

	Value column(int i) override
	{
		const TypeDef &type = row();
		const TypeFunctions &functions = FunctionsOfType(type);

		switch (i)
		{
			case 0: return Value::Int(type.oid);
			case 1: return Value::Text(type.name);
			case 2: return Value::Int(schema_of(type));
			case 3: return Value::Int(owner_of(type));
			case 4: return Value::Int(type.len);
			case 5: return Value::Bool(type.by_value);
			case 6: return letter(type.kind);
			case 7: return letter(type.category);
			case 8: return Value::Bool(type.preferred);
			case 9: return Value::Bool(true);
			case 10: return letter(',');
			case 11: return Value::Int(type.kind == 'c' ? type.oid : InvalidOid);
			case 12:
				return Value::Int(type.element_oid == 0	 ? 0
								  : type.category == 'A' ? kArraySubscript
														 : kRawArraySubscript);
			case 13: return Value::Int(type.element_oid);
			case 14: return Value::Int(type.array_oid);
			case 15: return Value::Int(functions.input);
			case 16: return Value::Int(functions.output);
			case 17: return Value::Int(functions.receive);
			case 18: return Value::Int(functions.send);
			case 19: return Value::Int(modifiers_of(type).modifier_input);
			case 20: return Value::Int(modifiers_of(type).modifier_output);
			case 21: return Value::Int(functions.analyze);
			case 22: return letter(type.align);
			case 23: return letter(StorageOf(type));
			case 26: return Value::Int(-1);
			case 28: return Value::Int(TypeCollation(type.oid));
			case 29:
			case 30: return Value::Null();
			case 31:
				acl_ = StoredRightsOfType(type.oid);
				return acl_.empty() ? Value::Null() : Value::Text(acl_);
			default: /* typnotnull, typbasetype, typndims */ return Value::Int(0);
		}
	}

private:
	const TypeDef &row() const { return *types_[current_]; }
	Value letter(char c)
	{
		letter_ = c;
		return Value::Text(std::string_view(&letter_, c == 0 ? 0 : 1));
	}

	std::vector<const TypeDef *> types_;
	size_t current_ = static_cast<size_t>(-1);
	char letter_ = 0;
	std::string acl_;
};

/* OIDs of casts are not kept; they count from the first that PostgreSQL's initdb gives out. */
class CastCursor : public TableCursor<CastDef>
{
public:
	CastCursor() : TableCursor(AllCasts()) {}

	Value column(int i) override
	{
		constexpr int64 kFirstCastOid = 10077;

		switch (i)
		{
			case 0: return Value::Int(kFirstCastOid + static_cast<int64>(position()));
			case 1: return Value::Int(row().source);
			case 2: return Value::Int(row().target);
			case 3: return Value::Int(row().function);
			case 4: return letter(row().context);
			default: return letter(row().method);
		}
	}
};

class OperatorCursor : public TableCursor<OperatorDef>
{
public:
	OperatorCursor() : TableCursor(AllOperators()) {}

	Value column(int i) override
	{
		const OperatorDef &op = row();

		switch (i)
		{
			case 0: return Value::Int(op.oid);
			case 1: return Value::Text(op.name);
			case 2: return Value::Int(kPgCatalogOid);
			case 3: return Value::Int(kBootstrapSuperuserOid);
			case 4: return letter(op.left == 0 ? 'l' : 'b');
			case 5:
			case 6: return Value::Bool(std::string_view(op.name) == "=");
			case 7: return Value::Int(op.left);
			case 8: return Value::Int(op.right);
			case 9: return Value::Int(op.result);
			case 10: return Value::Int(op.commutator);
			case 11: return Value::Int(op.negator);
			case 12: return Value::Int(op.function);
			default: /* estimators */ return Value::Int(0);
		}
	}
};

template <typename Cursor>
std::unique_ptr<RowCursor>
open_cursor(std::span<const Value>)
{
	return std::make_unique<Cursor>();
}

} /* namespace */

const RowSource kTypeSource = {"pg_catalog.pg_type", kTypeColumns, 0, open_cursor<TypeCursor>};
const RowSource kCastSource = {"pg_catalog.pg_cast", kCastColumns, 0, open_cursor<CastCursor>};
const RowSource kOperatorSource = {"pg_catalog.pg_operator", kOperatorColumns, 0,
								   open_cursor<OperatorCursor>};

} /* namespace pg */

/*
 * coerce.cpp
 *		Conversions: what may be converted to what, and the nodes that do it.
 *
 * Backends and workers.  The rules are those of PostgreSQL's type conversion chapter.
 */
#include "parser/analyzer.h"

namespace pg::parser
{

namespace
{

bool
is_pseudo_any(Oid type)
{
	switch (type)
	{
		case kAny:
		case kAnyElement:
		case kAnyNonArray:
		case kAnyCompatible:
		case kAnyCompatibleNonArray: return true;
		default: return false;
	}
}

bool
is_pseudo_array(Oid type)
{
	return type == kAnyArray || type == kAnyCompatibleArray;
}

enum class Path : uint8_t
{
	None,
	Relabel,
	Function,
	Text
};

bool
is_row_type(Oid type)
{
	return type == kRecord || FindRowType(type) != nullptr;
}

bool
context_allows(char cast_context, CoercionContext context)
{
	switch (cast_context)
	{
		case 'i': return true;
		case 'a': return context != CoercionContext::Implicit;
		default: return context == CoercionContext::Explicit;
	}
}

bool
is_array(const TypeDef *type)
{
	return type != nullptr && type->category == 'A' && type->array_oid == 0;
}

/* How source becomes target within the context, and by which cast. */
Path
conversion_path(Oid source, Oid target, CoercionContext context, const CastDef **cast)
{
	*cast = nullptr;
	if (source == target)
		return Path::Relabel;
	if (const CastDef *found = FindCast(source, target))
	{
		if (!context_allows(found->context, context))
			return Path::None;
		*cast = found;
		switch (found->method)
		{
			case 'b': return Path::Relabel;
			case 'f': return Path::Function;
			default: return Path::Text;
		}
	}
	const TypeDef *source_type = FindType(source);
	const TypeDef *target_type = FindType(target);

	/* int2vector as int2[] and the like: the same elements. */
	if (context == CoercionContext::Explicit && source_type && target_type &&
		source_type->element_oid != 0 && source_type->element_oid == target_type->element_oid)
		return Path::Relabel;
	/* Elements convert as they would alone. */
	if (is_array(source_type) && is_array(target_type))
	{
		const Path element =
			conversion_path(source_type->element_oid, target_type->element_oid, context, cast);

		return element == Path::Function ? Path::Text : element;
	}
	/* Strings convert through text: to them by assignment, from them only when asked. */
	if (context >= CoercionContext::Assignment && CategoryOf(target) == 'S')
		return Path::Text;
	if (context >= CoercionContext::Explicit && CategoryOf(source) == 'S')
		return Path::Text;
	return Path::None;
}

} /* namespace */

char
CategoryOf(Oid type)
{
	const TypeDef *def = FindType(type);

	return def ? def->category : 'X';
}

bool
Analyzer::can_coerce(Oid source_type, Oid target, CoercionContext context) const
{
	if ((target == kAnyNonArray || target == kAnyCompatibleNonArray) &&
		CategoryOf(source_type) == 'A')
		return false;
	/* Records fit any row type until their columns are looked at, and all row types are records. */
	if (is_row_type(source_type) && is_row_type(target))
		return source_type == target || source_type == kRecord || target == kRecord;
	if (source_type == target || is_pseudo_any(target) || source_type == kUnknown)
		return true;
	if (target == kAnyEnum)
		return CategoryOf(source_type) == 'E';
	if (is_pseudo_array(target))
	{
		const TypeDef *type = FindType(source_type);

		return type != nullptr && type->element_oid != 0 && type->len == -1;
	}
	const CastDef *cast;

	return conversion_path(source_type, target, context, &cast) != Path::None;
}

/*
 * Does a literal's meaning hang on TimeZone, DateStyle or the time of day?  ISO dates and
 * timestamps without a zone do not.
 */
bool
DependsOnSession(Oid type, std::string_view text)
{
	switch (type)
	{
		case kTimestamptz:
		case kTimetz: return true;
		case kDate:
		case kTime:
		case kTimestamp: break;
		default: return false;
	}
	const size_t first_dash = text.find('-');

	if (type != kTime && first_dash != 4)
		return true;
	return text.find_first_not_of("0123456789-: .T") != std::string_view::npos;
}

Expr *
Analyzer::literal(const Expr &unknown, Oid type, int32 typmod, int location)
{
	Expr *result = make_const(type, unknown.constant, location);

	result->typmod = typmod;
	if (unknown.is_null_const())
		return result;
	const TypeDef *def = FindType(type);

	if (def == nullptr || def->input == nullptr)
		not_supported("a literal of type " + FormatType(type), location);
	std::string scratch;

	if (unknown.literal != nullptr)
	{
		result->literal = unknown.literal;
		result->recipe = unknown.recipe;
		result->recipe.read_as = type;
		result->recipe.read_typmod = typmod;
	}
	/*
	 * Read now for its errors, and again at every run: the plan outlives settings and the clock.  A shared
	 * literal is read at every run anyway.
	 */
	else if (DependsOnSession(type, unknown.value().bytes))
	{
		Expr *text = make_const(kText, unknown.value(), location);

		result = make(ExprKind::ViaText, type, location);
		result->args = {text};
		result->typmod = typmod;
	}
	try
	{
		Value value = ValueIn(def->oid, unknown.constant.bytes, typmod, &scratch);

		if (value.kind == Value::Kind::Text || value.kind == Value::Kind::Blob)
			value.bytes = keep(std::string(value.bytes));
		if (result->kind == ExprKind::Const)
			result->constant = value;
	}
	catch (PgError &error)
	{
		if (error.report.position == 0)
			error.report.at(at(unknown.location));
		throw;
	}
	return result;
}

namespace
{

/* How an unknown literal meets a typmod: interval needs its fields to be read at all. */
int32
input_typmod(Oid type, int32 typmod)
{
	return type == kInterval ? typmod : -1;
}

} /* namespace */

Expr *
Analyzer::coerce(Expr *expr, Oid target, int32 typmod, CoercionContext context, int location)
{
	if (expr->type == target || is_pseudo_any(target) || is_pseudo_array(target) ||
		target == kAnyEnum)
		return expr;
	if (is_row_type(expr->type) && is_row_type(target))
		return row_as(expr, target, context, location);
	if (expr->is_unknown_const())
	{
		Expr *result = literal(*expr, target, input_typmod(target, typmod), expr->location);

		result->typmod = input_typmod(target, typmod);
		return result;
	}
	if (expr->kind == ExprKind::Param && expr->type == kUnknown)
	{
		Oid &known = params_[static_cast<size_t>(expr->number - 1)];

		if (known == 0)
			known = target;
		if (known != target)
			Raise(Report(ERROR, ERRCODE_AMBIGUOUS_PARAMETER)
					  .msg("inconsistent types deduced for parameter $%d", expr->number)
					  .detail("%s versus %s", FormatType(known).c_str(), FormatType(target).c_str())
					  .at(at(expr->location)));
		Expr *result = copy(*expr);

		result->type = target;
		return result;
	}
	const CastDef *cast;
	/* A column of type unknown (a literal of a sub-query) is text. */
	const Oid source_type = expr->type == kUnknown ? Oid{kText} : expr->type;
	const Path path =
		source_type == target
			? Path::Relabel
			: conversion_path(source_type, target,
							  expr->type == kUnknown ? CoercionContext::Explicit : context, &cast);
	Expr *result;

	switch (path)
	{
		case Path::Relabel:
			result = make(ExprKind::Relabel, target, expr->location);
			result->args = {expr};
			return result;
		case Path::Function:
		{
			const FunctionDef *function = FindFunction(cast->function);

			if (function == nullptr)
				not_supported("conversion from " + FormatType(expr->type) + " to " +
								  FormatType(target),
							  location);
			result = make(ExprKind::Function, target, expr->location);
			result->function = function;
			result->args = {expr};
			/* Casts may take the typmod and whether they are explicit. */
			if (function->arg_count > 1)
				result->args.push_back(make_const(kInt4, Value::Int(typmod), -1));
			if (function->arg_count > 2)
				result->args.push_back(
					make_const(kBool, Value::Bool(context == CoercionContext::Explicit), -1));
			if (function->arg_count > 1)
				result->typmod = typmod;
			return result;
		}
		case Path::Text:
			result = make(ExprKind::ViaText, target, expr->location);
			result->args = {expr};
			return result;
		case Path::None: break;
	}
	Raise(Report(ERROR, ERRCODE_CANNOT_COERCE)
			  .msg("cannot cast type %s to %s", FormatType(expr->type).c_str(),
				   FormatType(target).c_str())
			  .at(at(location)));
}

Expr *
Analyzer::apply_typmod(Expr *expr, int32 typmod, bool explicit_cast)
{
	if (typmod < 0 || expr->typmod == typmod)
		return expr;
	const TypeDef *type = FindType(expr->type);

	if (type == nullptr || type->coerce_typmod == nullptr)
		return expr;
	/* A recipe brings a value to one modifier, not to a second one. */
	if (expr->kind == ExprKind::Const && (expr->literal == nullptr || expr->recipe.cut_as == 0))
	{
		Expr *result = copy(*expr);

		result->typmod = typmod;
		if (expr->is_null_const())
			return result;
		std::string scratch;
		Value value = type->coerce_typmod(expr->constant, typmod, explicit_cast, &scratch);

		if (value.kind == Value::Kind::Text || value.kind == Value::Kind::Blob)
			value.bytes = keep(std::string(value.bytes));
		result->constant = value;
		result->recipe.cut_as = expr->type;
		result->recipe.typmod = typmod;
		result->recipe.explicit_cast = explicit_cast;
		return result;
	}
	Expr *result = make(ExprKind::Typmod, expr->type, expr->location);

	result->typmod = typmod;
	result->explicit_cast = explicit_cast;
	result->args = {expr};
	return result;
}

Expr *
Analyzer::try_coerce(Expr *expr, Oid target, int32 typmod, CoercionContext context, int location)
{
	if (!can_coerce(expr->type, target, context))
		return nullptr;
	Expr *result = coerce(expr, target, typmod, context, location);

	return apply_typmod(result, typmod, context == CoercionContext::Explicit);
}

Expr *
Analyzer::explicit_cast(Expr *expr, Oid target, int32 typmod, int location)
{
	if (expr->kind == ExprKind::Row)
		for (Expr *&part : expr->args)
			if (target == kRecord || !is_row_type(target))
				resolve_unknown(part);
	Expr *result = try_coerce(expr, target, typmod, CoercionContext::Explicit, location);

	if (result == nullptr)
		Raise(Report(ERROR, ERRCODE_CANNOT_COERCE)
				  .msg("cannot cast type %s to %s", FormatType(expr->type).c_str(),
					   FormatType(target).c_str())
				  .at(at(location)));
	return result;
}

Expr *
Analyzer::coerce_to_boolean(Expr *expr, const char *construct)
{
	if (expr->type == kBool)
		return expr;
	Expr *result = try_coerce(expr, kBool, -1, CoercionContext::Assignment, expr->location);

	if (result == nullptr)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("argument of %s must be type %s, not type %s", construct, "boolean",
					   FormatType(expr->type).c_str())
				  .at(at(expr->location)));
	return result;
}

Expr *
Analyzer::coerce_to_specific(Expr *expr, Oid type, const char *construct)
{
	if (expr->type == type)
		return expr;
	Expr *result = try_coerce(expr, type, -1, CoercionContext::Assignment, expr->location);

	if (result == nullptr)
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("argument of %s must be type %s, not type %s", construct,
					   FormatType(type).c_str(), FormatType(expr->type).c_str())
				  .at(at(expr->location)));
	return result;
}

Expr *
Analyzer::coerce_to_common(Expr *expr, Oid type, const char *construct)
{
	if (expr->type == type)
		return expr;
	if (!can_coerce(expr->type, type, CoercionContext::Implicit))
		Raise(Report(ERROR, ERRCODE_CANNOT_COERCE)
				  .msg("%s could not convert type %s to %s", construct,
					   FormatType(expr->type).c_str(), FormatType(type).c_str())
				  .at(at(expr->location)));
	return coerce(expr, type, -1, CoercionContext::Implicit, expr->location);
}

/* Null construct: answers 0 instead of raising. */
Oid
Analyzer::common_type(const std::vector<Expr *> &exprs, const char *construct, Expr **which)
{
	Expr *chosen = exprs.front();
	Oid type = chosen->type;

	for (Expr *expr : exprs)
	{
		if (expr->type == kUnknown || expr->type == type)
			continue;
		const TypeDef *new_type = FindType(expr->type);
		const TypeDef *old_type = FindType(type);

		if (type == kUnknown)
		{
			chosen = expr;
			type = expr->type;
		}
		else if (new_type == nullptr || old_type == nullptr ||
				 new_type->category != old_type->category)
		{
			if (construct == nullptr)
				return 0;
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("%s types %s and %s cannot be matched", construct,
						   FormatType(type).c_str(), FormatType(expr->type).c_str())
					  .at(at(expr->location)));
		}
		else if (!old_type->preferred && can_coerce(type, expr->type, CoercionContext::Implicit) &&
				 !can_coerce(expr->type, type, CoercionContext::Implicit))
		{
			chosen = expr;
			type = expr->type;
		}
	}
	if (which != nullptr)
		*which = chosen;
	return type == kUnknown ? Oid{kText} : type;
}

int32
Analyzer::common_typmod(const std::vector<Expr *> &exprs, Oid type) const
{
	int32 typmod = -1;
	bool first = true;

	for (const Expr *expr : exprs)
	{
		if (expr->type != type)
			return -1;
		if (first)
			typmod = expr->typmod;
		else if (typmod != expr->typmod)
			return -1;
		first = false;
	}
	return typmod;
}

void
Analyzer::resolve_unknown(Expr *&expr)
{
	if (expr->type == kUnknown)
		expr = coerce(expr, kText, -1, CoercionContext::Implicit, expr->location);
}

} /* namespace pg::parser */

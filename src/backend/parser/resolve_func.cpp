/*
 * resolve_func.cpp
 *		Which function or operator a name means for given argument types.
 *
 * Backends and workers.  Follows PostgreSQL's resolution rules: an exact match, else the candidates
 * that implicit casts reach, narrowed by exact matches, preferred types and the unknown literals'
 * category.
 */
#include "parser/analyzer.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "catalog/functions.h"
#include "catalog/lookup.h"

namespace pg::parser
{

/* One function or operator with the types it takes for this call, in the order of the call. */
struct Candidate
{
	FunctionPtr function;
	const OperatorDef *op = nullptr;
	std::vector<Oid> types;
	std::vector<size_t> places; /* where the arguments stand in the declaration; empty: as given */
	int defaults_used = 0;
	bool variadic = false; /* any number of any type, handed over as they are */
	bool expanded = false; /* the last ones become one array */
	size_t rank = 0;	   /* of its schema in the search path */
};

namespace
{

constexpr size_t kMaxArgs = 100;

bool
preferred(Oid type, char in_category)
{
	const TypeDef *def = FindType(type);

	return def != nullptr && def->preferred && (in_category == 0 || def->category == in_category);
}

/*
 * Whether the arguments that a stored function takes as anyelement, anyarray and the like can be of one type.
 * Built-in functions are declared with more freedom.
 */
bool
polymorphic_types_agree(const Candidate &candidate, const std::vector<Oid> &given)
{
	Oid element = 0, array = 0;
	const bool stored = candidate.function != nullptr && candidate.function->stored;
	const bool enums = std::ranges::find(candidate.types, Oid{kAnyEnum}) != candidate.types.end();

	if (!stored && !enums)
		return true;
	for (size_t i = 0; i < given.size(); i++)
	{
		const Oid declared = candidate.types[i];
		Oid *known = nullptr;

		if (declared == kAnyElement || declared == kAnyNonArray || declared == kAnyEnum)
			known = &element;
		else if (declared == kAnyArray)
			known = &array;
		if (known == nullptr || given[i] == kUnknown)
			continue;
		if (*known != 0 && *known != given[i])
			return false;
		*known = given[i];
	}
	return array == 0 || element == 0 || FindType(array)->element_oid == element;
}

/* The same of anycompatible and its kin: all must convert to one of them. */
bool
compatible_types_agree(const Analyzer &analyzer, const Candidate &candidate,
					   const std::vector<Oid> &given)
{
	std::vector<Oid> elements;

	if (candidate.function == nullptr || !candidate.function->stored)
		return true;
	for (size_t i = 0; i < given.size(); i++)
	{
		const Oid declared = candidate.types[i];

		if (given[i] == kUnknown)
			continue;
		if (declared == kAnyCompatible || declared == kAnyCompatibleNonArray)
			elements.push_back(given[i]);
		else if (declared == kAnyCompatibleArray && FindType(given[i]) != nullptr)
			elements.push_back(FindType(given[i])->element_oid);
	}
	return elements.empty() ||
		   std::ranges::any_of(
			   elements,
			   [&](Oid target)
			   {
				   return std::ranges::all_of(
					   elements, [&](Oid source)
					   { return analyzer.can_coerce(source, target, CoercionContext::Implicit); });
			   });
}

bool
reaches(const Analyzer &analyzer, const Candidate &candidate, const std::vector<Oid> &given)
{
	if (!polymorphic_types_agree(candidate, given) ||
		!compatible_types_agree(analyzer, candidate, given))
		return false;
	for (size_t i = 0; i < given.size(); i++)
	{
		if (!analyzer.can_coerce(given[i], candidate.types[i], CoercionContext::Implicit))
			return false;
	}
	return true;
}

/* Keeps the candidates with the highest score. */
template <typename Score>
void
keep_best(std::vector<Candidate> &candidates, Score score)
{
	int best = -1;

	for (const Candidate &candidate : candidates)
		best = std::max(best, score(candidate));
	std::erase_if(candidates, [&](const Candidate &candidate) { return score(candidate) < best; });
}

/* Narrows by what category each unknown argument should be. False: no decision. */
bool
narrow_unknown(std::vector<Candidate> &candidates, const std::vector<Oid> &given)
{
	std::vector<char> categories(given.size(), 0);
	std::vector<bool> has_preferred(given.size(), false);

	for (size_t i = 0; i < given.size(); i++)
	{
		if (given[i] != kUnknown)
			continue;
		bool conflict = false;
		char chosen = CategoryOf(candidates.front().types[i]);
		bool is_preferred = preferred(candidates.front().types[i], chosen);

		for (const Candidate &candidate : candidates)
		{
			const char current = CategoryOf(candidate.types[i]);

			if (current == chosen)
				is_preferred |= preferred(candidate.types[i], current);
			else if (current == 'S')
			{
				chosen = current;
				is_preferred = preferred(candidate.types[i], current);
			}
			else if (chosen != 'S')
				conflict = true;
		}
		if (conflict && chosen != 'S')
			return false;
		categories[i] = chosen;
		has_preferred[i] = is_preferred;
	}
	std::vector<Candidate> kept;

	for (const Candidate &candidate : candidates)
	{
		bool fits = true;

		for (size_t i = 0; i < given.size() && fits; i++)
		{
			if (given[i] != kUnknown)
				continue;
			fits = CategoryOf(candidate.types[i]) == categories[i] &&
				   (!has_preferred[i] || preferred(candidate.types[i], categories[i]));
		}
		if (fits)
			kept.push_back(candidate);
	}
	if (!kept.empty())
		candidates = std::move(kept);
	return true;
}

/* Last resort: takes unknowns for the one type that all known arguments have. */
void
assume_same_type(const Analyzer &analyzer, std::vector<Candidate> &candidates,
				 const std::vector<Oid> &given)
{
	Oid known = 0;

	for (Oid type : given)
	{
		if (type == kUnknown)
			continue;
		if (known != 0 && known != type)
			return;
		known = type;
	}
	if (known == 0)
		return;
	std::vector<Oid> assumed(given.size(), known);
	std::vector<Candidate> kept;

	for (const Candidate &candidate : candidates)
	{
		if (reaches(analyzer, candidate, assumed))
			kept.push_back(candidate);
	}
	if (kept.size() == 1)
		candidates = std::move(kept);
}

/* The best of candidates that all can be reached; more than one left: ambiguous. */
void
narrow(const Analyzer &analyzer, std::vector<Candidate> &candidates, const std::vector<Oid> &given)
{
	if (candidates.size() < 2)
		return;
	keep_best(candidates,
			  [&](const Candidate &candidate)
			  {
				  int matches = 0;

				  for (size_t i = 0; i < given.size(); i++)
					  matches += given[i] != kUnknown && candidate.types[i] == given[i];
				  return matches;
			  });
	if (candidates.size() == 1)
		return;
	keep_best(candidates,
			  [&](const Candidate &candidate)
			  {
				  int matches = 0;

				  for (size_t i = 0; i < given.size(); i++)
					  matches += given[i] != kUnknown &&
								 (candidate.types[i] == given[i] ||
								  preferred(candidate.types[i], CategoryOf(given[i])));
				  return matches;
			  });
	if (candidates.size() == 1 || std::ranges::find(given, Oid{kUnknown}) == given.end())
		return;
	narrow_unknown(candidates, given);
	if (candidates.size() > 1)
		assume_same_type(analyzer, candidates, given);
}

std::vector<Oid>
types_of(const std::vector<Expr *> &args)
{
	std::vector<Oid> types;

	for (const Expr *arg : args)
		types.push_back(arg->type);
	return types;
}

/* Finds the place of each named argument; the rest must have defaults. */
bool
match_names(const CallShape &shape, size_t count, Candidate *candidate)
{
	const FunctionDef &function = *candidate->function;
	const std::span<const Oid> declared = function.args();
	const size_t positional = count - shape.arg_names.size();
	std::vector<bool> given(declared.size(), false);

	if (function.arg_names == nullptr || count > declared.size() ||
		(function.variadic != 0 && !shape.variadic))
		return false;
	for (size_t i = 0; i < count; i++)
	{
		size_t place = i;

		if (i >= positional)
		{
			const char *const *const first = function.arg_names;
			const char *const *const last = first + declared.size();

			place = static_cast<size_t>(std::find(first, last, shape.arg_names[i - positional]) -
										first);
			if (place == declared.size() || given[place])
				return false;
		}
		given[place] = true;
		candidate->places.push_back(place);
		candidate->types.push_back(declared[place]);
	}
	for (size_t i = 0; i + static_cast<size_t>(function.default_count) < declared.size(); i++)
		if (!given[i])
			return false;
	candidate->defaults_used = static_cast<int>(declared.size() - count);
	return true;
}

/* Fits the definition to the number of arguments, or not. */
bool
candidate_for(const CallShape &shape, size_t count, Candidate *candidate)
{
	const FunctionDef &function = *candidate->function;
	const std::span<const Oid> declared = function.args();

	if (!shape.arg_names.empty())
		return match_names(shape, count, candidate);
	if (shape.variadic && function.variadic == 0)
		return false;
	if (function.variadic_any && count >= declared.size())
	{
		for (size_t i = 0; i < count; i++)
			candidate->types.push_back(declared[std::min(i, declared.size() - 1)]);
		candidate->variadic = true;
		return true;
	}
	if (function.variadic != 0 && !shape.variadic && count >= declared.size())
	{
		candidate->types.assign(declared.begin(), declared.end() - 1);
		candidate->types.resize(count, function.variadic);
		candidate->expanded = true;
		return true;
	}
	if (count > declared.size() ||
		count + static_cast<size_t>(function.default_count) < declared.size())
		return false;
	candidate->types.assign(declared.begin(), declared.begin() + static_cast<ptrdiff_t>(count));
	candidate->defaults_used = static_cast<int>(declared.size() - count);
	return true;
}

/*
 * Of candidates with the same types the one whose schema comes first counts, then one that takes them
 * as they are, then one that needs no defaults; two that differ in nothing both stay: ambiguous.
 */
void
add_candidate(std::vector<Candidate> &candidates, Candidate candidate)
{
	const auto order = [](const Candidate &c)
	{ return std::tuple(c.rank, c.expanded, c.defaults_used > 0); };

	for (Candidate &other : candidates)
	{
		if (other.types != candidate.types || other.variadic != candidate.variadic ||
			order(other) == order(candidate))
			continue;
		if (order(candidate) < order(other))
			other = std::move(candidate);
		return;
	}
	candidates.push_back(std::move(candidate));
}

[[noreturn]] void
raise_no_operator(const Analyzer &analyzer, std::string_view name, const Expr *left,
				  const Expr *right, bool ambiguous, int location)
{
	std::string text;

	if (left != nullptr)
		text = FormatType(left->type) + " ";
	text += name;
	text += " " + FormatType(right->type);
	if (ambiguous)
		Raise(Report(ERROR, ERRCODE_AMBIGUOUS_FUNCTION)
				  .msg("operator is not unique: %s", text.c_str())
				  .hint("Could not choose a best candidate operator. You might need to add "
						"explicit type casts.")
				  .at(analyzer.at(location)));
	Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
			  .msg("operator does not exist: %s", text.c_str())
			  .hint(left != nullptr ? "No operator matches the given name and argument types. You "
									  "might need to add explicit type casts."
									: "No operator matches the given name and argument type. You "
									  "might need to add an explicit type cast.")
			  .at(analyzer.at(location)));
}

/* The operator for exactly these operand types, an unknown one taken for the other's type. */
const OperatorDef *
exact_operator(std::span<const OperatorDef *const> operators, Oid left, Oid right)
{
	if (left == kUnknown && right != kUnknown)
		left = right;
	else if (right == kUnknown && left != kUnknown && left != 0)
		right = left;
	for (const OperatorDef *op : operators)
	{
		if (op->left == left && op->right == right)
			return op;
	}
	return nullptr;
}

bool
is_any_array(Oid type)
{
	return type == kAnyArray || type == kAnyCompatibleArray;
}

const OperatorDef *
find_operator(const Analyzer &analyzer, std::string_view name, Expr *left, Expr *right,
			  int location)
{
	const std::span<const OperatorDef *const> operators = FindOperators(name);
	const Oid left_type = left ? left->type : 0;

	if (const OperatorDef *op = exact_operator(operators, left_type, right->type))
		return op;
	std::vector<Oid> given;
	std::vector<Candidate> candidates;

	if (left != nullptr)
		given.push_back(left->type);
	given.push_back(right->type);
	for (const OperatorDef *op : operators)
	{
		/* Those of arrays were tried before (array_operation). */
		if ((op->left == 0) != (left == nullptr) || is_any_array(op->left) ||
			is_any_array(op->right))
			continue;
		Candidate candidate;

		candidate.op = op;
		if (left != nullptr)
			candidate.types.push_back(op->left);
		candidate.types.push_back(op->right);
		if (reaches(analyzer, candidate, given))
			candidates.push_back(std::move(candidate));
	}
	if (candidates.empty())
		raise_no_operator(analyzer, name, left, right, false, location);
	narrow(analyzer, candidates, given);
	if (candidates.size() > 1)
		raise_no_operator(analyzer, name, left, right, true, location);
	return candidates.front().op;
}

} /* namespace */

Expr *
Analyzer::operator_node(const OperatorDef *op, std::vector<Expr *> args, int location)
{
	const FunctionDef *function = FindFunction(op->function);

	if (function == nullptr)
		not_supported(std::string("operator ") + op->name, location);
	Expr *expr = make(ExprKind::Operator, op->result, leftmost(args, location));
	std::vector<Oid> declared;

	if (op->left != 0)
		declared.push_back(op->left);
	declared.push_back(op->right);
	expr->op = op;
	expr->function = function;
	expr->type = polymorphic_result(*function, args);
	convert_arguments(declared, args);
	expr->args = std::move(args);
	return expr;
}

Expr *
Analyzer::binary(std::string_view name, Expr *left, Expr *right, int location)
{
	if (name == "!=")
		name = "<>";
	if (Expr *arrays = array_operation(name, left, right, location))
		return arrays;

	const OperatorDef *op = find_operator(*this, name, left, right, location);

	return operator_node(op, {left, right}, location);
}

Expr *
Analyzer::prefix(std::string_view name, Expr *arg, int location)
{
	const OperatorDef *op = find_operator(*this, name, nullptr, arg, location);

	return operator_node(op, {arg}, location);
}

void
Analyzer::convert_arguments(std::span<const Oid> declared, std::vector<Expr *> &args)
{
	for (size_t i = 0; i < args.size() && i < declared.size(); i++)
	{
		/* "any" takes a literal as it is: pg_typeof('a') is unknown. */
		if (args[i]->type == kUnknown && declared[i] == kAny)
			continue;
		if (args[i]->type == kUnknown && declared[i] == kAnyElement)
			resolve_unknown(args[i]);
		else
			args[i] =
				coerce(args[i], declared[i], -1, CoercionContext::Implicit, args[i]->location);
	}
}

namespace
{

bool
is_any_element(Oid type)
{
	return type == kAnyElement || type == kAnyNonArray || type == kAnyCompatible ||
		   type == kAnyCompatibleNonArray || type == kAnyEnum;
}

} /* namespace */

/* Binds anyelement and its kin, converts the arguments they cover, and gives the result's type. */
Oid
Analyzer::polymorphic_result(const FunctionDef &function, std::vector<Expr *> &args)
{
	std::vector<Expr *> elements;
	Oid element = 0, array = 0;
	bool polymorphic = false, compatible = false;

	for (size_t i = 0; i < args.size() && i < static_cast<size_t>(function.arg_count); i++)
	{
		const Oid declared = function.args()[i];

		if (is_any_element(declared))
			elements.push_back(args[i]);
		else if (declared == kAnyCompatibleArray && args[i]->type != kUnknown)
			elements.push_back(
				make_const(FindType(args[i]->type)->element_oid, Value::Null(), args[i]->location));
		else if (is_any_array(declared) && args[i]->type != kUnknown)
			array = args[i]->type;
		polymorphic |= is_any_element(declared) || is_any_array(declared);
		compatible |= declared >= kAnyCompatible && declared <= kAnyCompatibleNonArray;
	}
	if (!polymorphic && !is_any_element(function.result) && !is_any_array(function.result))
		return function.result;
	if (array != 0)
		element = FindType(array)->element_oid;
	else if (!elements.empty())
	{
		const bool all_unknown =
			std::ranges::all_of(elements, [](const Expr *expr) { return expr->type == kUnknown; });

		if (all_unknown && !compatible)
			Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
					  .msg("could not determine polymorphic type because input has type unknown"));
		element = common_type(elements, function.name);
		array = FindType(element) ? FindType(element)->array_oid : 0;
	}
	for (size_t i = 0; i < args.size() && i < static_cast<size_t>(function.arg_count); i++)
	{
		if (is_any_element(function.args()[i]))
			args[i] = coerce_to_common(args[i], element, function.name);
		else if (is_any_array(function.args()[i]) && array != 0)
			args[i] = coerce(args[i], array, -1, CoercionContext::Implicit, args[i]->location);
	}
	if (is_any_element(function.result))
		return element;
	if (is_any_array(function.result))
		return array;
	return function.result;
}

namespace
{

/* "integer, b => text" */
std::string
call_types(const CallShape &shape, const std::vector<Expr *> &args)
{
	const size_t positional = args.size() - shape.arg_names.size();
	std::string text;

	if (shape.star)
		return "*";
	for (size_t i = 0; i < args.size(); i++)
	{
		text += i > 0 ? ", " : "";
		if (i >= positional)
			text += std::string(shape.arg_names[i - positional]) + " => ";
		text += FormatType(args[i]->type);
	}
	return text;
}

[[noreturn]] void
raise_no_procedure(const Analyzer &analyzer, const CallShape &shape, const std::string &types,
				   bool ambiguous)
{
	if (ambiguous)
		Raise(Report(ERROR, ERRCODE_AMBIGUOUS_FUNCTION)
				  .msg("procedure %s(%s) is not unique", shape.display.c_str(), types.c_str())
				  .hint("Could not choose a best candidate procedure. You might need to add "
						"explicit type casts.")
				  .at(analyzer.at(shape.location)));
	Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
			  .msg("procedure %s(%s) does not exist", shape.display.c_str(), types.c_str())
			  .hint("No procedure matches the given name and argument types. You might need to add "
					"explicit type casts.")
			  .at(analyzer.at(shape.location)));
}

/* CALL is for procedures, and nothing else is. */
void
check_routine(const Analyzer &analyzer, const FunctionDef &function, const CallShape &shape,
			  const std::vector<Expr *> &args)
{
	const ProcPtr proc = function.stored ? FindProc(function.oid) : nullptr;
	const bool is_procedure = proc != nullptr && proc->is_procedure;

	if (is_procedure == shape.procedure)
		return;

	const std::string signature = shape.display + "(" + call_types(shape, args) + ")";

	if (shape.procedure)
		Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
				  .msg("%s is not a procedure", signature.c_str())
				  .hint("To call a function, use SELECT.")
				  .at(analyzer.at(shape.location)));
	Raise(Report(ERROR, ERRCODE_WRONG_OBJECT_TYPE)
			  .msg("%s is a procedure", signature.c_str())
			  .hint("To call a procedure, use CALL.")
			  .at(analyzer.at(shape.location)));
}

[[noreturn]] void
raise_no_function(const Analyzer &analyzer, const CallShape &shape, const std::vector<Expr *> &args,
				  bool ambiguous)
{
	const std::string types = call_types(shape, args);
	const bool in_catalog = shape.schema.empty() || shape.schema == "pg_catalog";

	if (shape.procedure)
		raise_no_procedure(analyzer, shape, types, ambiguous);
	if (ambiguous)
		Raise(Report(ERROR, ERRCODE_AMBIGUOUS_FUNCTION)
				  .msg("function %s(%s) is not unique", shape.display.c_str(), types.c_str())
				  .hint("Could not choose a best candidate function. You might need to add "
						"explicit type casts.")
				  .at(analyzer.at(shape.location)));
	if (in_catalog && FunctionsNamed(shape.schema, shape.name).empty() &&
		IsUnsupportedFunction(shape.name))
		analyzer.not_supported("function " + shape.display, shape.location);
	Raise(Report(ERROR, ERRCODE_UNDEFINED_FUNCTION)
			  .msg("function %s(%s) does not exist", shape.display.c_str(),
				   shape.star ? "" : types.c_str())
			  .hint("No function matches the given name and argument types. You might need to add "
					"explicit type casts.")
			  .at(analyzer.at(shape.location)));
}

/* text(x), int4('3'): a call that is a cast in disguise. */
Expr *
call_as_cast(Analyzer &analyzer, std::string_view name, const std::vector<Expr *> &args,
			 int location)
{
	if (args.size() != 1)
		return nullptr;
	const TypeDef *type = FindTypeByName(name);

	if (type == nullptr || type->name != name)
		return nullptr;
	const Oid source = args[0]->type;
	const CastDef *cast = FindCast(source, type->oid);
	const bool text_input = source != kUnknown && CategoryOf(source) == 'S';
	const bool text_output = CategoryOf(type->oid) == 'S';

	if (source == kUnknown || source == type->oid || (cast != nullptr && cast->method != 'f') ||
		(cast == nullptr && (text_input || text_output)))
		return analyzer.try_coerce(args[0], type->oid, -1, CoercionContext::Explicit, location);
	return nullptr;
}

/* The default of argument `place`. */
Expr *
default_argument(Analyzer &analyzer, const FunctionDef &function, size_t place, int location)
{
	const std::vector<std::string> defaults = SplitExpressions(function.defaults);
	const size_t first = function.args().size() - defaults.size();
	Expr *expr = analyzer.stored_expression(defaults.at(place - first), nullptr, Place::Other);

	/* Built-in ones are right as they are; polymorphic ones, too. */
	if (!function.stored)
		return expr;
	Expr *converted = analyzer.try_coerce(expr, function.args()[place], -1,
										  CoercionContext::Assignment, location);

	return converted != nullptr ? converted : expr;
}

} /* namespace */

/* ARRAY[...] of the arguments that fall under VARIADIC. */
Expr *
Analyzer::variadic_array(Oid element, std::vector<Expr *> args, int location)
{
	const TypeDef *type = FindType(element);
	const TypeDef *array = type && type->array_oid ? FindType(type->array_oid) : nullptr;

	if (array == nullptr || array->storage != Storage::Text)
		not_supported("ARRAY of " + FormatType(element), location);
	Expr *expr = make(ExprKind::Array, array->oid, location);

	for (Expr *arg : args)
		expr->args.push_back(coerce(arg, element, -1, CoercionContext::Implicit, arg->location));
	return expr;
}

/* Brings args into the declared order, with defaults and the array of VARIADIC arguments. */
void
Analyzer::complete_arguments(const Candidate &candidate, const CallShape &shape,
							 std::vector<Expr *> &args)
{
	const FunctionDef &function = *candidate.function;
	const size_t declared = function.args().size();

	if (candidate.variadic)
		return;
	if (candidate.expanded)
	{
		const auto first = args.begin() + static_cast<ptrdiff_t>(declared - 1);
		const std::vector<Expr *> last(first, args.end());

		args.erase(first, args.end());
		args.push_back(variadic_array(function.variadic, last, shape.location));
		return;
	}
	std::vector<Expr *> placed(declared, nullptr);

	for (size_t i = 0; i < args.size(); i++)
		placed[candidate.places.empty() ? i : candidate.places[i]] = args[i];
	for (size_t i = 0; i < declared; i++)
	{
		if (placed[i] == nullptr)
			placed[i] = default_argument(*this, function, i, shape.location);
	}
	args = std::move(placed);
}

/* Resolves a call and completes args, which are then converted to the declared types. */
const FunctionDef *
Analyzer::find_function(const CallShape &shape, std::vector<Expr *> &args, Expr **as_cast)
{
	const std::vector<Oid> given = types_of(args);
	const bool in_catalog = shape.schema.empty() || shape.schema == "pg_catalog";
	std::vector<Candidate> candidates;
	const Candidate *chosen = nullptr;

	if (args.size() > kMaxArgs)
		Raise(
			Report(ERROR, ERRCODE_TOO_MANY_ARGUMENTS)
				.msg("cannot pass more than %d arguments to a function", static_cast<int>(kMaxArgs))
				.at(at(shape.location)));
	for (NamedFunction &named : FunctionsNamed(shape.schema, shape.name))
	{
		Candidate candidate;

		candidate.function = std::move(named.function);
		if (shape.procedure && candidate.function->stored)
			if (const ProcPtr proc = FindProc(candidate.function->oid))
				candidate.function = FunctionPtr(proc, &proc->call_def());
		candidate.rank = named.rank;
		if (candidate_for(shape, args.size(), &candidate))
			add_candidate(candidates, std::move(candidate));
	}
	for (const Candidate &candidate : candidates)
	{
		if (candidate.types == given && !candidate.variadic &&
			(chosen == nullptr || candidate.defaults_used < chosen->defaults_used))
			chosen = &candidate;
	}
	if (chosen == nullptr)
	{
		if (as_cast != nullptr && in_catalog &&
			(*as_cast = call_as_cast(*this, shape.name, args, shape.location)) != nullptr)
			return nullptr;
		std::erase_if(candidates, [&](const Candidate &candidate)
					  { return !reaches(*this, candidate, given); });
		narrow(*this, candidates, given);
		if (candidates.size() != 1)
			raise_no_function(*this, shape, args, candidates.size() > 1);
		chosen = &candidates.front();
	}
	kept_.push_back(chosen->function);
	check_routine(*this, *chosen->function, shape, args);
	if (shape.variadic && chosen->variadic && args.back()->type != kUnknown &&
		CategoryOf(args.back()->type) != 'A')
		Raise(Report(ERROR, ERRCODE_DATATYPE_MISMATCH)
				  .msg("VARIADIC argument must be an array")
				  .at(at(args.back()->location)));
	complete_arguments(*chosen, shape, args);
	return chosen->function.get();
}

Expr *
Analyzer::call(std::string_view name, std::vector<Expr *> args, int location)
{
	CallShape shape;

	shape.display = name;
	shape.schema = "pg_catalog";
	shape.name = name;
	shape.location = location;
	const FunctionDef *function = find_function(shape, args, nullptr);
	Expr *expr = make(ExprKind::Function, 0, location);

	expr->function = function;
	expr->type = polymorphic_result(*function, args);
	std::vector<Oid> declared(function->args().begin(), function->args().end());

	while (declared.size() < args.size())
		declared.push_back(declared.back());
	convert_arguments(declared, args);
	expr->args = std::move(args);
	return expr;
}

} /* namespace pg::parser */

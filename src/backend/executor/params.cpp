/*
 * executor/params.cpp
 *		Lists of parameters (nodes/params.h), as SPI_execute_extended takes them.
 *
 * Any process.
 */
#include "postgres.h"

#include "nodes/params.h"

#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/palloc.h"

extern "C" ParamListInfo
makeParamList(int numParams)
{
	const size_t size = offsetof(ParamListInfoData, params) +
						static_cast<size_t>(numParams) * sizeof(ParamExternData);
	ParamListInfo const list = static_cast<ParamListInfo>(palloc0(size));

	list->numParams = numParams;
	return list;
}

extern "C" ParamListInfo
copyParamList(ParamListInfo from)
{
	if (from == nullptr || from->numParams <= 0)
		return nullptr;

	ParamListInfo const list = makeParamList(from->numParams);

	for (int i = 0; i < from->numParams; i++)
	{
		ParamExternData &to = list->params[i];
		int16 length;
		bool by_value;

		to = from->params[i];
		if (to.isnull || !OidIsValid(to.ptype))
			continue;
		get_typlenbyval(to.ptype, &length, &by_value);
		to.value = datumCopy(to.value, by_value, length);
	}
	return list;
}

/*
 * executor/params.cpp
 *		Lists of parameters (nodes/params.h), as SPI_execute_extended takes them.
 *
 * Any process.
 */
#include "postgres.h"

#include "nodes/params.h"

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

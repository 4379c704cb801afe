/*
 * catalog/usercontext.cpp
 *		Becoming another user for a while: utils/usercontext.h.
 *
 * Backends and workers with a database, within a transaction.
 */
#include "postgres.h"

#include "utils/usercontext.h"

#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/error/report.h"
#include "utils/error/wall.h"
#include "utils/guc.h"

namespace
{

constexpr int kNoLevel = -1;

void
switch_to(Oid userid, UserContext *context)
{
	GetUserIdAndSecContext(&context->save_userid, &context->save_sec_context);
	if (!member_can_set_role(context->save_userid, userid))
		pg::Raise(pg::Report(ERROR, ERRCODE_INSUFFICIENT_PRIVILEGE)
					  .msg("role \"%s\" cannot SET ROLE to \"%s\"",
						   GetUserNameFromId(context->save_userid, false),
						   GetUserNameFromId(userid, false)));

	/* Who could become this user anyway is trusted with its session. */
	const bool trusted = member_can_set_role(userid, context->save_userid);

	context->save_nestlevel = trusted ? kNoLevel : NewGUCNestLevel();
	SetUserIdAndSecContext(userid, context->save_sec_context |
									   (trusted ? 0 : SECURITY_RESTRICTED_OPERATION));
}

} /* namespace */

extern "C" void
SwitchToUntrustedUser(Oid userid, UserContext *context)
{
	pg::FromC([&] { switch_to(userid, context); });
}

extern "C" void
RestoreUserContext(UserContext *context)
{
	if (context->save_nestlevel != kNoLevel)
		AtEOXact_GUC(false, context->save_nestlevel);
	SetUserIdAndSecContext(context->save_userid, context->save_sec_context);
}

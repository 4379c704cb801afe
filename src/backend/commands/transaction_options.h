/*
 * commands/transaction_options.h
 *		Isolation, read only and deferrable as BEGIN and SET TRANSACTION write them.
 */
#pragma once

#include "access/transaction.h"
#include "commands/tree.h"

namespace pg::commands
{

TransactionOptions ReadTransactionOptions(Node *const *nodes, size_t count);

} /* namespace pg::commands */

/*
 * storage/lmgr/proc_list.h
 *		Lists of processes, linked through a proclist_node in their PGPROC.
 *
 * Members are numbers in ProcGlobal->allProcs, so that the list may lie anywhere in shared memory.  The caller holds
 * the lock that guards the list.  A node whose links are both 0 is in no list: see proclist_types.h.
 */
#pragma once

#include "postgres.h"

#include "storage/proc.h"
#include "storage/proclist_types.h"

namespace pg
{

/* A list through the node `Node` of each member; a view of a head in shared memory. */
template <proclist_node PGPROC::*Node>
class ProcList
{
public:
	explicit ProcList(proclist_head &head) : head_(head) {}

	static void init(proclist_head &head) { head = {INVALID_PGPROCNO, INVALID_PGPROCNO}; }

	bool empty() const { return head_.head == INVALID_PGPROCNO; }

	static bool contains(const PGPROC *proc)
	{
		const proclist_node &node = proc->*Node;

		return node.next != 0 || node.prev != 0;
	}

	void push_back(PGPROC *proc)
	{
		const int number = proc->pgprocno;

		node(proc->pgprocno) = {INVALID_PGPROCNO, head_.tail};
		(empty() ? head_.head : node(head_.tail).next) = number;
		head_.tail = number;
	}

	void erase(PGPROC *proc)
	{
		const proclist_node links = proc->*Node;

		(links.prev == INVALID_PGPROCNO ? head_.head : node(links.prev).next) = links.next;
		(links.next == INVALID_PGPROCNO ? head_.tail : node(links.next).prev) = links.prev;
		proc->*Node = {0, 0};
	}

	PGPROC *pop_front()
	{
		if (empty())
			return nullptr;

		PGPROC *const proc = GetPGProcByNumber(head_.head);

		erase(proc);
		return proc;
	}

private:
	static proclist_node &node(int number) { return GetPGProcByNumber(number)->*Node; }

	proclist_head &head_;
};

} /* namespace pg */

/*
 * postmaster/pmchild.cpp
 *		The child table of pmchild.h.
 *
 * Postmaster only.  Never looks at shared memory and sends no signal.
 */
#include "postmaster/pmchild.h"

#include <algorithm>
#include <bit>

#include "storage/lmgr/proc_internals.h"

namespace pg
{

void
ChildTable::initialize(int max_clients, int max_workers)
{
	max_clients_ = max_clients;
	slots_used_ = 0;
	slotted_.assign(static_cast<size_t>(max_clients) + kHelperSlots + max_workers, PmChild{});
	free_client_slots_.clear();
	free_client_slots_.reserve(max_clients);
	for (int slot = max_clients; slot-- > 0;)
		free_client_slots_.push_back(slot);
}

int
ChildTable::pick_client_slot() const
{
	return free_client_slots_.empty() ? -1 : free_client_slots_.back();
}

int
ChildTable::free_client_slots() const
{
	return static_cast<int>(free_client_slots_.size());
}

int
ChildTable::worker_process_slot(int worker) const
{
	return max_clients_ + kHelperSlots + worker;
}

int
ChildTable::helper_process_slot(ChildKind kind) const
{
	switch (kind)
	{
		case ChildKind::Startup: return max_clients_;
		case ChildKind::Checkpointer: return max_clients_ + 1;
		default: return -1;
	}
}

bool
ChildTable::slot_in_use(int slot) const
{
	return slotted_[slot].pid != 0;
}

unsigned
ChildTable::mask_of(const PmChild &child)
{
	switch (child.kind)
	{
		case ChildKind::Backend: return child.dead_end ? kDeadEnds : kClients;
		case ChildKind::BackgroundWorker: return kWorkers;
		case ChildKind::Startup: return kStartup;
		case ChildKind::Checkpointer: return kCheckpointer;
		case ChildKind::Logger: return kLogger;
		case ChildKind::Count: break;
	}
	return 0;
}

PmChild &
ChildTable::add(const PmChild &child)
{
	PmChild *place = nullptr;

	if (child.slot >= 0)
	{
		place = &slotted_[child.slot];
		slots_used_ = std::max(slots_used_, static_cast<size_t>(child.slot) + 1);
		if (child.slot < max_clients_)
			free_client_slots_.pop_back(); /* it was the one picked */
	}
	else
	{
		for (PmChild &other : others_)
			if (other.pid == 0)
				place = &other;
		if (place == nullptr)
			place = &others_.emplace_back();
	}
	*place = child;
	counts_[std::countr_zero(mask_of(child))]++;
	return *place;
}

PmChild *
ChildTable::find(pid_t pid)
{
	if (pid <= 0)
		return nullptr;
	for (size_t slot = 0; slot < slots_used_; slot++)
		if (slotted_[slot].pid == pid)
			return &slotted_[slot];
	for (PmChild &child : others_)
		if (child.pid == pid)
			return &child;
	return nullptr;
}

PmChild *
ChildTable::find(ChildKind kind)
{
	PmChild *found = nullptr;

	for_each(~0u,
			 [&](PmChild &child)
			 {
				 if (child.kind == kind)
					 found = &child;
			 });
	return found;
}

void
ChildTable::remove(PmChild &child)
{
	counts_[std::countr_zero(mask_of(child))]--;
	if (child.slot >= 0 && child.slot < max_clients_)
		free_client_slots_.push_back(child.slot);
	child = PmChild{};
}

int
ChildTable::count(unsigned mask) const
{
	int sum = 0;

	for (int bit = 0; bit < static_cast<int>(std::size(counts_)); bit++)
		if ((mask & (1u << bit)) != 0)
			sum += counts_[bit];
	return sum;
}

void
ChildTable::fill(PmFacts &facts) const
{
	facts.clients = count(kClients);
	facts.workers = count(kWorkers);
	facts.dead_ends = count(kDeadEnds);
	facts.startup = count(kStartup) > 0;
	facts.checkpointer = count(kCheckpointer) > 0;
}

} /* namespace pg */

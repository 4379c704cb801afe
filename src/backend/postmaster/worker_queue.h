/*
 * postmaster/worker_queue.h
 *		Sorted queues of worker slots.
 *
 * A set of queues over one array of nodes, one node per slot: so a slot stands in at most one queue of the set, and
 * putting it into one takes it out of the other.  Each queue is a search tree, a treap, whose weights follow from the
 * slots' numbers.  Every call costs O(log n).  Memory is taken in reset() only; all else cannot fail.
 *
 * The nodes lie beside each other and apart from the workers: what the postmaster writes after a fork is copied page
 * by page, so what changes with every start must lie on few pages.
 */
#pragma once

#include <compare>
#include <cstdint>
#include <utility>
#include <vector>

namespace pg
{

/* Compared field by field. No two slots of a queue may have the same. */
struct QueueKey
{
	uint64_t group = 0;
	int64_t rank = 0;
	int64_t turn = 0;
	int64_t priority = 0;
	int64_t age = 0;

	auto operator<=>(const QueueKey &) const = default;
};

class WorkerQueues
{
public:
	static constexpr int kMaxQueues = 10;

	/* Empties all queues and makes room for so many slots. May raise bad_alloc. */
	void reset(int slots);
	/* Whether there is a node for the slot. */
	bool covers(int slot) const { return slot >= 0 && slot < static_cast<int>(nodes_.size()); }

	void put(int queue, int slot, const QueueKey &key);
	void take_out(int slot);
	/* The queue that the slot stands in, or -1. */
	int queue_of(int slot) const { return nodes_[slot].queue; }
	const QueueKey &key_of(int slot) const { return nodes_[slot].key; }

	int count(int queue) const { return size_of(roots_[queue]); }
	/* The slot with the lowest key, of all or of a group; -1: none. */
	int first(int queue) const;
	int first_of(int queue, uint64_t group) const;
	int count_of(int queue, uint64_t group) const;

	/* Calls visit(slot) in the order of the keys; visit must not change the queue. */
	template <typename Visit>
	void for_each(int queue, Visit visit) const
	{
		walk(roots_[queue], visit);
	}

private:
	struct Node
	{
		QueueKey key;
		int left = -1, right = -1;
		int size = 1; /* of the tree below and with it */
		uint32_t weight = 0;
		int queue = -1;
	};

	int size_of(int tree) const { return tree < 0 ? 0 : nodes_[tree].size; }
	void count_again(int tree);
	int merge(int low, int high);
	std::pair<int, int> split(int tree, const QueueKey &key);
	int without(int tree, int slot);
	/* How many of the queue have a lower key. */
	int count_below(int queue, const QueueKey &key) const;

	template <typename Visit>
	void walk(int tree, Visit &visit) const
	{
		if (tree < 0)
			return;
		walk(nodes_[tree].left, visit);
		visit(tree);
		walk(nodes_[tree].right, visit);
	}

	std::vector<Node> nodes_;
	int roots_[kMaxQueues] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
};

} /* namespace pg */

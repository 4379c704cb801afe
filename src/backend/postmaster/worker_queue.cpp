/*
 * postmaster/worker_queue.cpp
 *		The queues of worker_queue.h.
 *
 * Postmaster only.  No tree is deeper than some two dozen nodes, so recursion is shallow.
 */
#include "postmaster/worker_queue.h"

#include <algorithm>
#include <limits>

namespace pg
{

namespace
{

constexpr QueueKey
lowest_of(uint64_t group)
{
	constexpr int64_t least = std::numeric_limits<int64_t>::min();

	return {group, least, least, least, least};
}

/* Neighbours must not have neighbouring weights, or the tree becomes a list. */
uint32_t
scatter(uint32_t number)
{
	number = (number ^ (number >> 16)) * 0x85EBCA6B;
	number = (number ^ (number >> 13)) * 0xC2B2AE35;
	return number ^ (number >> 16);
}

} /* namespace */

void
WorkerQueues::reset(int slots)
{
	nodes_.assign(static_cast<size_t>(slots), Node{});
	for (int slot = 0; slot < slots; slot++)
		nodes_[slot].weight = scatter(static_cast<uint32_t>(slot) + 1);
	std::fill(std::begin(roots_), std::end(roots_), -1);
}

/* ---- Trees ---- */

void
WorkerQueues::count_again(int tree)
{
	Node &node = nodes_[tree];

	node.size = 1 + size_of(node.left) + size_of(node.right);
}

/* All keys of low are lower than those of high. */
int
WorkerQueues::merge(int low, int high)
{
	if (low < 0 || high < 0)
		return low < 0 ? high : low;

	const int root = nodes_[low].weight > nodes_[high].weight ? low : high;

	if (root == low)
		nodes_[low].right = merge(nodes_[low].right, high);
	else
		nodes_[high].left = merge(low, nodes_[high].left);
	count_again(root);
	return root;
}

/* Those with a lower key, and the others. */
std::pair<int, int>
WorkerQueues::split(int tree, const QueueKey &key)
{
	if (tree < 0)
		return {-1, -1};

	Node &node = nodes_[tree];

	if (node.key < key)
	{
		auto [low, high] = split(node.right, key);

		node.right = low;
		count_again(tree);
		return {tree, high};
	}

	auto [low, high] = split(node.left, key);

	node.left = high;
	count_again(tree);
	return {low, tree};
}

int
WorkerQueues::without(int tree, int slot)
{
	Node &node = nodes_[tree];

	if (tree == slot)
		return merge(node.left, node.right);
	if (nodes_[slot].key < node.key)
		node.left = without(node.left, slot);
	else
		node.right = without(node.right, slot);
	count_again(tree);
	return tree;
}

/* ---- Queues ---- */

void
WorkerQueues::put(int queue, int slot, const QueueKey &key)
{
	take_out(slot);

	Node &node = nodes_[slot];
	auto [low, high] = split(roots_[queue], key);

	node.key = key;
	node.left = node.right = -1;
	node.size = 1;
	node.queue = queue;
	roots_[queue] = merge(merge(low, slot), high);
}

void
WorkerQueues::take_out(int slot)
{
	Node &node = nodes_[slot];

	if (node.queue < 0)
		return;
	roots_[node.queue] = without(roots_[node.queue], slot);
	node.queue = -1;
}

int
WorkerQueues::first(int queue) const
{
	int at = roots_[queue];

	while (at >= 0 && nodes_[at].left >= 0)
		at = nodes_[at].left;
	return at;
}

int
WorkerQueues::first_of(int queue, uint64_t group) const
{
	const QueueKey lowest = lowest_of(group);
	int found = -1;

	for (int at = roots_[queue]; at >= 0;)
	{
		const bool is_below = nodes_[at].key < lowest;

		if (!is_below)
			found = at;
		at = is_below ? nodes_[at].right : nodes_[at].left;
	}
	return found >= 0 && nodes_[found].key.group == group ? found : -1;
}

int
WorkerQueues::count_below(int queue, const QueueKey &key) const
{
	int below = 0;

	for (int at = roots_[queue]; at >= 0;)
	{
		const bool is_below = nodes_[at].key < key;

		if (is_below)
			below += 1 + size_of(nodes_[at].left);
		at = is_below ? nodes_[at].right : nodes_[at].left;
	}
	return below;
}

int
WorkerQueues::count_of(int queue, uint64_t group) const
{
	const int up_to_group = group == std::numeric_limits<uint64_t>::max()
								? count(queue)
								: count_below(queue, lowest_of(group + 1));

	return up_to_group - count_below(queue, lowest_of(group));
}

} /* namespace pg */

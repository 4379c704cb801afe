/*
 * catalog/pinned_cache.h
 *		Objects that are found by key, handed out by pointer, and stay while somebody holds them.
 *
 * Backends and workers.  An object is good for one catalog generation: then it is forgotten, and
 * destroyed when its last holder lets go.  Holders that an error kept from letting go are taken off
 * at the end of the transaction (drop_holds).
 */
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "postgres.h"

namespace pg
{

/* Object: anything with a destructor; Handle: what callers hold, made unique per object. */
template <typename Key, typename Object, typename Handle>
class PinnedCache
{
public:
	/* Null when there is no object of that key in the current generation; known: it is known that there is none. */
	Object *find(const Key &key, bool *known)
	{
		const auto found = by_key_.find(key);

		*known = found != by_key_.end();
		return *known ? found->second.get() : nullptr;
	}

	/* object may be null: there is none. */
	Object *add(const Key &key, std::unique_ptr<Object> object)
	{
		return (by_key_[key] = std::move(object)).get();
	}

	void hold(Handle handle, Object *object)
	{
		Hold &hold = holds_[handle];

		hold.object = object;
		hold.count++;
	}

	/* False when nobody holds it. */
	bool release(Handle handle)
	{
		const auto found = holds_.find(handle);

		if (found == holds_.end())
			return false;
		if (--found->second.count == 0)
		{
			Object *const object = found->second.object;

			holds_.erase(found);
			std::erase_if(old_, [&](const auto &kept) { return kept.get() == object; });
		}
		return true;
	}

	int holders(Handle handle) const
	{
		const auto found = holds_.find(handle);

		return found == holds_.end() ? 0 : found->second.count;
	}

	/* A new generation. True when it is one. */
	bool turn_to(uint64 generation)
	{
		if (generation == generation_)
			return false;
		generation_ = generation;
		for (auto &[key, object] : by_key_)
			if (object != nullptr && is_held(object.get()))
				old_.push_back(std::move(object));
		by_key_.clear();
		return true;
	}

	void drop_holds()
	{
		holds_.clear();
		old_.clear();
	}

private:
	struct Hold
	{
		Object *object = nullptr;
		int count = 0;
	};

	bool is_held(const Object *object) const
	{
		for (const auto &[handle, hold] : holds_)
			if (hold.object == object)
				return true;
		return false;
	}

	uint64 generation_ = 0;
	std::map<Key, std::unique_ptr<Object>> by_key_;
	std::map<Handle, Hold> holds_;
	std::vector<std::unique_ptr<Object>> old_; /* of former generations, still held */
};

} /* namespace pg */
